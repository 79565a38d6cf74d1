"""NAV-022."""

from auditor.api import (
    Certainty,
    JourneyEvidence,
    Judgement,
    Measure,
    NotApplicable,
    NotRecorded,
    Problem,
    Severity,
    _,
    check,
)
from auditor.reading.list_tries import listing_of, order_share
from auditor.reading.visits import understood

GOOD, POOR = 0.95, 0.8
FEWEST_PAIRS = 3
SHORT = 12
LONG = 30
"""A list of up to twelve is looked through; from thirty on, one that cannot be sorted is a fault. Our proposal."""


@check(
    id="navigation/sort-works",
    row="NAV-022",
    severity=Severity.MODERATE,
    journeys={"browse"},
    title=_("A product list cannot be sorted by price"),
    why=_("Shoppers with a budget sort by price, and stop trusting a list whose prices jump."),
    fix=_("Offer price up and down beside the usual order, and sort by the price that is shown."),
    found=_("Sorted by “{label}”, {share} % of neighbouring prices are in order"),
    found_as={"none": _("A list of {products} products offers no order by price")},
    source="https://baymard.com/blog/ecommerce-sorting-tool",
    scale="share",
)
def sort_works(journey: JourneyEvidence, *, good: float = GOOD, poor: float = POOR) -> Judgement:
    listing = listing_of(journey)
    products = listing.total or listing.shown
    shares = [
        (*order_share(one, journey.language), one) for one in listing.sorts if one.ended in ("sorted", "no-effect")
    ]
    judged = [(share, one) for share, pairs, one in shares if pairs >= FEWEST_PAIRS]
    if judged:
        share, one = min(judged, key=lambda found: found[0])
        yield Measure(value=share, unit="share", of=len(one.products))
        if share < good:
            values = {"label": one.label, "share": round(100 * share), "products": products}
            yield Problem(
                values=values,
                middle=share >= poor,
                # Where neither the list nor its address changed, the choice may never have been sent.
                certainty=Certainty.CERTAIN if one.changed else Certainty.NEEDS_REVIEW,
                discriminator="order",
                step=one.step,
            )
        return
    if products <= SHORT and not listing.more_pages:
        raise NotApplicable(f"the list has {products} products")
    if listing.sorts:
        raise NotRecorded("too few prices could be read after sorting")
    doubt = listing.orders or listing.words_of_sorting or products < LONG or not understood(journey.language)
    yield Problem(
        values={"label": "", "share": 0, "products": products},
        certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
        discriminator="none",
        step=next((n for n, step in enumerate(journey.steps) if step.intent == "open_list"), None),
    )
