"""NAV-002."""

from auditor.api import (
    Device,
    Judgement,
    Measure,
    NotApplicable,
    NotRecorded,
    Problem,
    Severity,
    ShopEvidence,
    Template,
    _,
    check,
)
from auditor.reading.menus import FEWEST_ENTRIES, all_entries, menu_entries
from auditor.reading.visits import loaded

PASS_SHARE, POOR_SHARE = 0.9, 0.7
"""Our bands: the share of the home page's menu that other pages have too. More entries elsewhere do no harm."""

TEMPLATES = (Template.CATEGORY, Template.PRODUCT, Template.SEARCH, Template.CONTENT)


@check(
    id="navigation/menu-varies",
    row="NAV-002",
    severity=Severity.MODERATE,
    title=_("The main menu changes from page to page"),
    why=_("Shoppers learn a menu once; where entries come and go they lose their way, and the trust in it."),
    fix=_("Use one menu on all pages but the checkout."),
    found=_("{share} % of the {entries} entries of the home page's menu are here; such as {gone} is missing"),
    source="https://www.w3.org/WAI/WCAG22/Understanding/consistent-navigation",
    scale="share",
)
def menu_varies(shop: ShopEvidence, *, pass_share: float = PASS_SHARE, poor_share: float = POOR_SHARE) -> Judgement:
    # A phone folds its menu away, and what is folded there may be more than the menu.
    visits = [visit for visit in loaded(shop, Template.HOME, *TEMPLATES) if visit.visit.device is Device.DESKTOP]
    menus = [
        (visit, menu_entries(visit.document, visit.links), all_entries(visit.document, visit.links))
        for visit in visits
        if visit.document and visit.links
    ]
    home = next((menu for visit, menu, _all in menus if visit.page.template is Template.HOME), None)
    if home is None:
        raise NotRecorded("the home page was not seen on a desktop")
    if len(home) < FEWEST_ENTRIES:
        raise NotApplicable("the home page has no menu to compare with")
    shares: list[float] = []
    problems = []
    for visit, menu, entries in menus:
        if visit.page.template is Template.HOME or len(menu) < FEWEST_ENTRIES:
            continue
        shares.append(len(home & entries) / len(home))
        if shares[-1] < pass_share:
            gone = min(home - entries)
            values = {"share": round(100 * shares[-1]), "entries": len(home), "gone": gone[:80]}
            problems.append(
                Problem(values=values, middle=shares[-1] >= poor_share, page_key=visit.page.key, discriminator="menu")
            )
    if not shares:
        raise NotRecorded("no other page with a menu was visited")
    yield Measure(value=round(min(shares), 4), unit="share", of=len(shares))
    yield from problems
