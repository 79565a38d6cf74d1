"""Picks the panel: the pages that every run looks at. No chance is involved, so the same shop gives the same panel."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from auditor.evidence import Page, PageFacts, Panel, PanelPage, Template
from auditor.lexicon import path_concepts, path_segments, url_words
from auditor.sample.made import cart_page, is_made, search_page
from auditor.settings import ShopSettings

_SERVICE = ("contact", "returns", "shipping", "terms", "privacy", "faq", "about")
_NAMES = {
    Template.HOME: "start page",
    Template.SEARCH: "search page",
    Template.CONTENT: "page with policies or contact",
}


_VARIANT = 20


class _Candidate(NamedTuple):
    page: Page
    group: str
    named: bool
    worth: int
    order: str


def choose_panel(
    pages: Iterable[PageFacts],
    shop: ShopSettings,
    *,
    previous: Panel | None = None,
    home_url: str,
    allowed: Callable[[str], bool] = lambda url: True,
) -> Panel:
    """The panel for classified ``pages``.

    Pages of the ``previous`` panel stay while they answer 200 with the same template; a page that is gone is
    replaced, and the replacement names it. The rest is spread over parents and depths, in an order that only the
    page keys decide. Where no search or cart page was discovered, its address is made from a search form or the
    platform's defaults, if ``allowed`` (robots.txt) lets it; ``short`` says what is missing.
    """
    found: dict[Template, list[_Candidate]] = {}
    home: PageFacts | None = None
    sample: PageFacts | None = None
    dead: set[str] = set()
    plain: set[str] = set()
    for facts in pages:
        if not _alive(facts):
            dead.add(facts.key)
        if _alive(facts) and "?" not in facts.key:
            plain.add(facts.key)
        if _alive(facts) and shop.panel.get(facts.template):
            found.setdefault(facts.template, []).append(_candidate(facts, shop))
        if facts.template is Template.HOME and _alive(facts) and (home is None or facts.url == home_url):
            home = facts
        if (
            facts.template is Template.PRODUCT
            and _alive(facts)
            and (sample is None or _order(facts.key) < _order(sample.key))
        ):
            sample = facts
    chosen: list[PanelPage] = []
    short: dict[str, str] = {}
    for template in Template:
        wanted = shop.panel.get(template, 0)
        candidates = [_less_worth_if_variant(one, plain) for one in found.get(template, [])]
        if made_before := _made_before(previous, template, home_url, dead):
            # Discovery was told to fetch it, and may know it by another key, such as that of its canonical address.
            same = made_before.page
            candidates = [one._replace(page=same) if one.page.url == same.url else one for one in candidates]
        picked = _fill(candidates, wanted, _before(previous, template), home_url)
        if template in (Template.SEARCH, Template.CART) and not picked and wanted:
            made, why = (
                search_page(home, sample, home_url) if template is Template.SEARCH else cart_page(home, home_url)
            )
            made = made_before or made
            if made and not allowed(made.page.url):
                short[template] = (
                    f"its address would be {made.page.url}, which the shop closes to crawlers (robots.txt)"
                )
            elif made:
                picked = [made]
            else:
                short[template] = why
        elif len(picked) < wanted:
            short[template] = _too_few(template, len(picked), wanted)
        chosen += picked
    return Panel(pages=tuple(chosen), short=short)


def _fill(candidates: list[_Candidate], wanted: int, before: list[PanelPage], home_url: str) -> list[PanelPage]:
    by_key = {candidate.page.key: candidate for candidate in candidates}
    stay = [entry for entry in before if entry.page.key in by_key][:wanted]
    gone = [entry.page.key for entry in before if entry.page.key not in by_key]
    picked = [by_key[entry.page.key] for entry in stay]
    result = [PanelPage(page=by_key[entry.page.key].page, reason=entry.reason) for entry in stay]
    rest = [candidate for candidate in candidates if candidate not in picked]
    while rest and len(picked) < wanted:
        groups = [candidate.group for candidate in picked]
        depths = {candidate.page.depth for candidate in picked}
        best = min(rest, key=lambda one: _rank(one, groups, depths, home_url))
        replaces = gone.pop(0) if gone else None
        result.append(PanelPage(page=best.page, reason=_reason(best, groups), replaces=replaces))
        picked.append(best)
        rest.remove(best)
    return result


def _rank(
    one: _Candidate, groups: list[str], depths: set[int | None], home_url: str
) -> tuple[bool, bool, int, int, bool, str]:
    page = one.page
    return page.url != home_url, not one.named, -one.worth, groups.count(one.group), page.depth in depths, one.order


def _before(previous: Panel | None, template: Template) -> list[PanelPage]:
    return [entry for entry in previous.pages if entry.page.template is template] if previous else []


def _made_before(previous: Panel | None, template: Template, home_url: str, dead: set[str]) -> PanelPage | None:
    """The made page of the previous panel, at this run's host: another search word would be another page."""
    entry = next((entry for entry in _before(previous, template) if is_made(entry.page)), None)
    if entry is None or entry.page.key in dead:
        return None
    parts = urlsplit(entry.page.url)
    url = urljoin(home_url, parts._replace(scheme="", netloc="").geturl())
    return entry.model_copy(
        update={"page": entry.page.model_copy(update={"url": url, "found_from": home_url}), "replaces": None}
    )


def _alive(facts: PageFacts) -> bool:
    return facts.status == 200 and (not facts.content_type or "html" in facts.content_type.lower())


def _candidate(facts: PageFacts, shop: ShopSettings) -> _Candidate:
    page = Page(
        url=facts.url, key=facts.key, template=facts.template, because=facts.because, found_from=facts.found_from,
        depth=facts.depth,
    )  # fmt: skip
    return _Candidate(page, _group(facts), facts.url in shop.urls, _worth(facts), _order(facts.key))


def _worth(facts: PageFacts) -> int:
    """Coarse on purpose: among pages that are equally telling, diversity decides."""
    worth = 0 if "noindex" in (facts.robots or "").lower() or facts.redirects else 2
    if facts.depth is not None:
        worth += 1
    if facts.template is Template.CATEGORY:
        worth += 2 * (facts.signals.cards >= 4)
    if facts.template is Template.CONTENT:
        rank = next((n for n, concept in enumerate(_SERVICE) if _about(facts.url, concept)), len(_SERVICE))
        worth += 2 * (len(_SERVICE) - rank)
    if facts.template is Template.SEARCH:
        worth += 2 * (facts.signals.cards > 0)
    return worth


def _less_worth_if_variant(one: _Candidate, plain: set[str]) -> _Candidate:
    """A filtered, sorted or later page of a listing tells less than the listing."""
    path, _, query = one.page.key.partition("?")
    return one._replace(worth=one.worth - _VARIANT) if query and path in plain else one


def _about(url: str, concept: str) -> bool:
    last = "".join(path_segments(url)[-1:])
    return concept in path_concepts(last) or any(len(w) > 4 and f"-{w}-" in f"-{last}-" for w in url_words(concept))


def _group(facts: PageFacts) -> str:
    """Where a page belongs: the page that links to it, or the folder of its address if that is the start page."""
    if facts.found_from and facts.depth is not None and facts.depth > 1:
        return unquote(urlsplit(facts.found_from).path)
    return facts.key.partition("?")[0].rpartition("/")[0]


def _order(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest()


def _reason(candidate: _Candidate, groups: list[str]) -> str:
    page = candidate.page
    name = _NAMES.get(page.template, f"{page.template} page")
    if candidate.named:
        return f"The operator named this {name}."
    if page.template is Template.HOME:
        return "It is the shop's start page."
    where = (
        "known from the sitemap only"
        if page.depth is None
        else f"{page.depth} click{'s' * (page.depth != 1)} from the start page"
    )
    if groups and candidate.group not in groups:
        return f"A {name} of another part of the shop ({candidate.group or '/'}), {where}."
    return f"A {name}, {where}."


def _too_few(template: Template, got: int, wanted: int) -> str:
    name = _NAMES.get(template, f"{template} page")
    return f"no {name} was found" if not got else f"only {got} of {wanted} {name}s were found"
