"""NAV-006."""

from auditor.api import (
    Certainty,
    Judgement,
    NotFoundProbe,
    NotRecorded,
    Problem,
    Severity,
    ShopEvidence,
    _,
    check,
)
from auditor.lexicon import base_language
from auditor.reading.search import search_buttons, search_fields
from auditor.reading.visits import language_of, loaded

UNKNOWN = frozenset({0, 401, 403, 407, 408, 425, 429, 502, 503, 504})
"""Answers of a defence or of an overloaded server, not of the shop's error page."""
MENU_LINKS = 3


@check(
    id="navigation/not-found-page",
    row="NAV-006",
    severity=Severity.MODERATE,
    title=_("A wrong address does not get a helpful error page"),
    why=_("A shopper who follows an old link is not told that the page is gone, or finds no way on from there."),
    fix=_("Answer unknown addresses with status 404 and a page that offers the search, the menu and a link home."),
    found=_("An address that cannot exist answered {status}"),
    found_as={"bare": _("The error page has no search; links of a menu on it: {menu_links}")},
    source="https://developers.google.com/search/docs/crawling-indexing/http-network-errors",
)
def not_found_page(shop: ShopEvidence) -> Judgement:
    probe = shop.discovery.not_found
    if probe is None:
        raise NotRecorded("no impossible address was asked for")
    if probe.status in UNKNOWN:
        raise NotRecorded(f"the impossible address answered {probe.status}, which says nothing about the error page")
    helped = "yes" if probe.has_search else "no"
    values: dict[str, str | int | float] = {"status": probe.status, "search": helped, "menu_links": probe.menu_links}
    if probe.status >= 500:
        yield Problem(values=values, discriminator="server-error")
    elif probe.status < 400 and not probe.noindex:
        yield Problem(values=values, discriminator="soft-404")
    elif not _helps(probe):
        doubt = Certainty.NEEDS_REVIEW if _opened_by_an_icon(shop) else Certainty.CERTAIN
        yield Problem(values=values, discriminator="bare", middle=True, certainty=doubt)
    elif probe.lang and shop.language and base_language(probe.lang) != base_language(shop.language):
        yield Problem(values=values, discriminator="language", certainty=Certainty.NEEDS_REVIEW)


def _helps(probe: NotFoundProbe) -> bool:
    return probe.has_search or probe.menu_links >= MENU_LINKS


def _opened_by_an_icon(shop: ShopEvidence) -> bool:
    """Whether the shop's pages have a button for a search field that a script makes: the answer's text shows none."""
    for visit in loaded(shop):
        language = language_of(visit, shop)
        if visit.controls and not search_fields(visit.controls, language):
            found = search_buttons(visit.controls, visit.links, visit.targets, visit.layout, language)
            if any(item.region in ("header", "nav") for item in found):
                return True
    return False
