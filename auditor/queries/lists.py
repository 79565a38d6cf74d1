"""Which product lists a journey may browse."""

from collections.abc import Iterable

from auditor.evidence import PageEvidence, PageFacts, Template
from auditor.reading.one_each import list_facts, one_each

MOST = 5
FEW = 4


def product_lists(pages: Iterable[PageFacts]) -> tuple[str, ...]:
    """Addresses of category pages: those that go on, have the most products and are nearest to the home page first."""
    found = one_each((one for one in pages if one.template is Template.CATEGORY and one.status == 200), list_facts)
    ranked = sorted(
        found,
        key=lambda one: (
            "?" in one.url,
            not one.signals.has_next_page,
            -one.signals.cards,
            99 if one.depth is None else one.depth,
            one.key,
        ),
    )
    return tuple(one.final_url or one.url for one in ranked[:MOST])


def lists_or_home(pages: Iterable[PageFacts], visits: Iterable[PageEvidence] = ()) -> tuple[str, ...]:
    """Product lists, or in a shop that has none the home page, if it lists at least as many products as are known.

    A home page with a choice of the goods is no list: what it cannot do says nothing about the shop's lists. Products
    are counted by cards, and where ``visits`` went by links too.
    """
    known = [one for one in pages if one.status == 200]
    if lists := product_lists(known):
        return lists
    home = next((one for one in known if one.template is Template.HOME), None)
    products = one_each(one for one in known if one.template is Template.PRODUCT)
    linked = _products_linked(known, visits)
    shown = {one.key: max(one.signals.cards, linked.get(one.key, 0)) for one in known}
    elsewhere = (one for one in known if one.template not in (Template.HOME, Template.PRODUCT))
    if home is None or shown[home.key] < max(FEW, len(products)):
        return ()
    return () if any(shown[one.key] >= FEW for one in elsewhere) else (home.final_url or home.url,)


def _products_linked(pages: Iterable[PageFacts], visits: Iterable[PageEvidence]) -> dict[str, int]:
    """How many products a page links to in what is its own, by page key."""
    sold = {url: one.key for one in pages if one.template is Template.PRODUCT for url in (one.url, one.final_url)}
    return {
        visit.page.key: len({sold[one.url] for one in visit.links.items if one.region == "main" and one.url in sold})
        for visit in visits
        if visit.links
    }
