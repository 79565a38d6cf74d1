"""NAV-019."""

from auditor.api import (
    Certainty,
    JourneyEvidence,
    Judgement,
    NotApplicable,
    NotRecorded,
    Problem,
    Severity,
    _,
    check,
)

FEW_PRODUCTS = 100
SOON_MS = 1000
WATCHED_MS = 3000
WORDS = 2


@check(
    id="navigation/search-suggestions",
    row="NAV-019",
    severity=Severity.MINOR,
    journeys={"search"},
    title=_("The search suggests nothing while a shopper types"),
    why=_("Suggestions spare typing on a phone and teach shoppers what the shop calls its goods."),
    fix=_("Show suggestions from the third letter on, within a second, that can be chosen by finger and keyboard."),
    found=_("“{typed}”, the beginning of a product's name, brought no suggestions within {watched} ms"),
    found_as={"late": _("“{typed}”, the beginning of a product's name, brought suggestions after {after} ms")},
    source="https://baymard.com/blog/autocomplete-design",
    shopwide=True,
)
def search_suggestions(journey: JourneyEvidence, *, few_products: int = FEW_PRODUCTS) -> Judgement:
    box = journey.search_box
    tried = [one for one in (box.suggestions if box else ()) if one.shown or one.watched_ms >= WATCHED_MS]
    if box is None or not tried:
        raise NotRecorded(journey.note or "no word was begun in the search field")
    if box.products <= few_products:
        if not box.whole_shop:
            raise NotRecorded("how many products the shop has is not known")
        raise NotApplicable(f"the shop has {box.products} products")
    shown = [one for one in tried if one.after_ms is not None]
    best = min((one.after_ms for one in shown if one.after_ms is not None), default=None)
    if best is not None and best <= SOON_MS:
        return
    if best is None and len(tried) < WORDS:
        raise NotRecorded("one word is not enough to say that there are no suggestions")
    one = (shown or tried)[0]
    yield Problem(
        values={"typed": one.typed, "watched": one.watched_ms, "after": best or 0},
        middle=best is not None,
        # What is late here may be our own machine's looking.
        certainty=Certainty.CERTAIN if best is None else Certainty.NEEDS_REVIEW,
        discriminator="none" if best is None else "late",
        step=one.step,
    )
