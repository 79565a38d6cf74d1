"""NAV-012."""

from auditor.api import (
    Certainty,
    Device,
    Judgement,
    NotApplicable,
    NotRecorded,
    PageEvidence,
    Problem,
    Severity,
    ShopEvidence,
    Template,
    _,
    check,
)
from auditor.reading.catalogue import products
from auditor.reading.pressable import nameless_at_top, on_first_screen
from auditor.reading.search import search_buttons, search_fields
from auditor.reading.visits import language_of, loaded, understood

FEW_PRODUCTS = 30
"""A shop with fewer products can be looked through without a search (row NAV-012)."""
TEMPLATES = (Template.HOME, Template.CATEGORY, Template.PRODUCT, Template.SEARCH, Template.CART, Template.CONTENT)


@check(
    id="navigation/search-missing",
    row="NAV-012",
    severity=Severity.SERIOUS,
    title=_("The search is not in view when a page opens"),
    why=_("Shoppers who know what they want look for a search field first, and leave when they see none."),
    fix=_("Show a search field in the header of every page, or a search button there on a phone."),
    found=_("On {device} the first screen shows neither a search field nor a search button"),
    found_as={
        "desktop-button-only": _("On desktop the first screen shows a search button, and no field"),
        "desktop-below": _("On desktop the search field is below the first screen"),
        "mobile-below": _("On a phone the search field is below the first screen"),
        "desktop-elsewhere": _("On desktop these pages show neither a search field nor a search button; others do"),
        "mobile-elsewhere": _("On a phone these pages show neither a search field nor a search button; others do"),
    },
    source="https://baymard.com/blog/ecommerce-search-query-types",
)
def search_missing(shop: ShopEvidence, *, few_products: int = FEW_PRODUCTS) -> Judgement:
    known = len(products(shop))
    whole = shop.discovery.ended == "complete"
    if known < few_products and whole:
        raise NotApplicable(f"the shop has {known} products")
    visits = [visit for visit in loaded(shop, *TEMPLATES) if visit.controls and visit.document]
    if not visits:
        raise NotRecorded("no page's controls were recorded")
    found = [(visit, _problem(visit, language_of(visit, shop))) for visit in visits]
    somewhere = {visit.visit.device for visit, problem in found if problem is None or problem.middle}
    for visit, problem in found:
        if problem:
            device = visit.visit.device
            if not problem.middle and device in somewhere:
                problem = problem.model_copy(update={"discriminator": f"{device}-elsewhere"})
            doubt = known < few_products or problem.certainty is Certainty.NEEDS_REVIEW
            yield problem.model_copy(
                update={"certainty": Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN, "page_key": visit.page.key}
            )


def _problem(visit: PageEvidence, language: str | None) -> Problem | None:
    assert visit.controls is not None
    assert visit.document is not None
    height = visit.document.viewport_height
    fields = search_fields(visit.controls, language)
    if any(field.visible and on_first_screen(field.box, height) for field in fields):
        return None
    buttons = [
        button
        for button in search_buttons(visit.controls, visit.links, visit.targets, visit.layout, language)
        if on_first_screen(button.box, height)
    ]
    if buttons and visit.visit.device is Device.MOBILE:
        return None
    kind = "button-only" if buttons else "below" if any(field.visible for field in fields) else "none"
    unread = bool(fields) and nameless_at_top(visit.controls, visit.links, visit.targets)
    hints = kind == "none" and (unread or not understood(language))
    return Problem(
        values={"device": visit.visit.device.value, "buttons": len(buttons), "fields": len(fields)},
        certainty=Certainty.NEEDS_REVIEW if hints else Certainty.CERTAIN,
        middle=kind != "none",
        discriminator=f"{visit.visit.device}-{kind}",
    )
