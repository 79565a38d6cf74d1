"""Which pages a run visits: the sample's choice, those that the operator named, and the previous run's."""

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from pydantic import ValidationError

from auditor.classify import classified
from auditor.crawler_rules import allowed_by_robots
from auditor.evidence import Discovery, Page, PageFacts, Panel, PanelPage
from auditor.run_folder import RunFolder
from auditor.sample import choose_panel
from auditor.settings import ShopSettings
from auditor.user_agent import user_agent


def pick_panel(shop: ShopSettings, folder: RunFolder, discovery: Discovery, previous: Panel | None) -> Panel:
    """The panel of this run; that of the previous one is kept as far as its pages are alive."""
    if discovery.ended == "unreachable":
        return Panel(short={"home": discovery.why})
    pages = classified(folder.facts(), shop, home_url=discovery.home_url)
    allowed = allowed_by_robots(discovery, user_agent(shop))
    panel = choose_panel(
        pages,
        shop,
        previous=previous,
        home_url=discovery.home_url,
        allowed=allowed if shop.politeness.obey_robots else lambda _url: True,
    )
    taken = {entry.page.key for entry in panel.pages}
    asked = [facts for facts in pages if facts.url in shop.urls and facts.key not in taken]
    panel = panel.model_copy(update={"pages": (*panel.pages, *(_asked(facts) for facts in asked))})
    lost = lost_templates(panel, pages, shop, discovery.home_url)
    return panel.model_copy(update={"short": panel.short | lost, "lost": tuple(lost)})


def lost_templates(panel: Panel, pages: Iterable[PageFacts], shop: ShopSettings, home_url: str) -> dict[str, str]:
    """Templates without a panel page whose addresses were met and answered an error or nothing, each with why."""
    failed = (facts for facts in pages if facts.status in (0, 403, 429) or facts.status >= 500)
    as_if = classified([facts.model_copy(update={"status": 200}) for facts in failed], shop, home_url=home_url)
    met = Counter(facts.template for facts in as_if)
    filled = {entry.page.template for entry in panel.pages}
    return {
        template: f"{met[template]} addresses look like a {template} page, but answered an error or nothing"
        for template in sorted(met.keys() - filled)
        if shop.panel.get(template)
    }


def _asked(facts: PageFacts) -> PanelPage:
    page = Page.model_validate({name: getattr(facts, name) for name in Page.model_fields})
    return PanelPage(page=page, reason="the operator named it")


def with_previous_panel(shop: ShopSettings) -> tuple[ShopSettings, Panel | None]:
    """The settings for discovery with the previous panel's pages among ``urls``, at this run's host."""
    if shop.previous_panel is None or not shop.previous_panel.is_file():
        return shop, None
    try:
        previous = Panel.model_validate_json(shop.previous_panel.read_bytes())
    except ValidationError:
        return shop, None
    urls = (urlsplit(entry.page.url)._replace(scheme="", netloc="").geturl() for entry in previous.pages)
    return shop.model_copy(update={"urls": (*shop.urls, *(urljoin(shop.start_url, url) for url in urls))}), previous
