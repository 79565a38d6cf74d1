"""Whole records, as checks receive them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from auditor.evidence import (
    AcrossDevices,
    DeadLink,
    Discovery,
    Images,
    Links,
    NotFoundProbe,
    PageEvidence,
    PageFacts,
    Panel,
    PanelPage,
    Renditions,
    Requests,
    ShopEvidence,
    Targets,
    Template,
    TemplateEvidence,
)
from tests.factories.pages import SHOP, at, document, page, visit

_LISTS = {
    "links": Links,
    "images": Images,
    "renditions": Renditions,
    "targets": Targets,
    "requests": Requests,
}


def page_evidence(
    template: str = "product", device: str = "mobile", url: str | None = None, **sections: Any
) -> PageEvidence:
    """A visit that loaded. Sections are models, or lists of items; those not given are None, except ``document``.

    ``lang`` and ``direction`` go to the document; ``visit_fields`` to the visit.
    """
    about = page(template, url)
    shape = {name: sections.pop(name) for name in ("lang", "direction") if name in sections}
    made = visit(device, **sections.pop("visit_fields", {}))
    whole: dict[str, Any] = {"page": about, "visit": made, "document": document(device, url=about.url, **shape)}
    for name, section in sections.items():
        whole[name] = _LISTS[name](items=tuple(section)) if isinstance(section, list | tuple) else section
    return PageEvidence.model_validate(whole)


def template_evidence(*pages: PageEvidence) -> TemplateEvidence:
    return TemplateEvidence(template=pages[0].page.template, device=pages[0].visit.device, pages=pages)


def across_devices(mobile: PageEvidence, desktop: PageEvidence) -> AcrossDevices:
    return AcrossDevices(mobile=mobile, desktop=desktop)


def page_facts(url: str = "/", **fields: Any) -> PageFacts:
    where = at(url)
    return PageFacts.model_validate(
        {
            "url": where,
            "key": urlsplit(where).path,
            "status": 200,
            "final_url": where,
            "text_chars": 1800,
        }
        | fields
    )


def catalogue(products: int) -> tuple[PageFacts, ...]:
    """As many fetched product pages."""
    return tuple(page_facts(f"/p/{n}", template=Template.PRODUCT) for n in range(products))


def dead_link(url: str, status: int = 404, **fields: Any) -> DeadLink:
    found_on = tuple(at(source) for source in fields.pop("found_on", ("/",)))
    return DeadLink.model_validate(
        {"url": at(url), "status": status, "found_on": found_on, "found_on_count": len(found_on), "regions": ("main",)}
        | fields
    )


def not_found_probe(status: int = 404, **fields: Any) -> NotFoundProbe:
    """A 404 page that helps: search, a link home and the menu."""
    return NotFoundProbe.model_validate(
        {
            "url": at("/auditor-cannot-exist"),
            "status": status,
            "final_url": at("/auditor-cannot-exist"),
            "noindex": False,
            "redirected_home": False,
            "text_chars": 400,
            "links_home": True,
            "has_search": True,
            "menu_links": 6,
            "lang": "en",
            "title": "Page not found",
        }
        | fields
    )


def discovery(**fields: Any) -> Discovery:
    return Discovery.model_validate(
        {
            "start_url": SHOP,
            "home_url": SHOP,
            "language": "en",
            "ended": "complete",
            "why": "No known page was left.",
            "fetched": 60,
            "statuses": {"200": 60},
        }
        | fields
    )


def shop_evidence(
    visits: Sequence[PageEvidence] = (),
    facts: Sequence[PageFacts] = (),
    dead_links: Sequence[DeadLink] = (),
    **fields: Any,
) -> ShopEvidence:
    """A shop whose three pages were fetched unless ``facts`` are given. ``not_found`` goes to its discovery."""
    probe = fields.pop("not_found", None)
    language = fields.get("language", "en")
    pages = tuple(facts) or (page_facts("/", template=Template.HOME), *catalogue(2))
    panel = Panel(pages=tuple({seen.page.key: PanelPage(page=seen.page, reason="test") for seen in visits}.values()))
    return ShopEvidence.model_validate(
        {
            "start_url": SHOP,
            "home_url": SHOP,
            "language": language,
            "market": None,
            "discovery": discovery(language=language, not_found=probe),
            "panel": panel,
            "pages": pages,
            "dead_links": tuple(dead_links),
            "links_checked": 200,
            "links_unchecked": 0,
            "visits": tuple(visits),
        }
        | fields
    )
