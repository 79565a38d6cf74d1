"""CHK-013."""

from decimal import Decimal

from auditor.api import Certainty, JourneyEvidence, Judgement, NotRecorded, Problem, Severity, StepIntent, _, check
from auditor.lexicon import Concept, mentions
from auditor.reading.checkout_steps import need, noted
from auditor.reading.checkout_sums import delivery_told, sums_of
from auditor.reading.visits import understood


@check(
    id="checkout/total-late",
    row="CHK-013",
    severity=Severity.SERIOUS,
    title=_("The cart does not say what the order costs with delivery"),
    why=_("Costs that appear late are the most common reason to abandon a cart: 39 to 48 % of shoppers name them."),
    fix=_("Show the cost of delivery, or the cheapest one, and the total in the cart, before personal data are asked."),
    found=_("The cart shows a total but says nothing of the cost of delivery"),
    found_as={
        "total": _("The cart shows no total"),
        "later": _("The cart says that the cost of delivery comes later"),
        "estimate": _("The cart speaks of the cost of delivery, but its total does not hold it"),
    },
    source="https://baymard.com/lists/cart-abandonment-rate",
)
def total_late(journey: JourneyEvidence) -> Judgement:
    at = need(journey, StepIntent.OPEN_CART)
    page = next((one for one in noted(journey).pages if one.step == at), None)
    if page is None or not journey.steps[at].sums:
        raise NotRecorded("the cart's amounts could not be read")
    sums = sums_of(journey.steps[at], journey.language)
    told = delivery_told(page.lines, journey.language)
    summed = sums.delivery is not None or told == "free"
    if sums.total is not None and summed and told != "later":
        return
    kind = "total" if sums.total is None and sums.goods is None else told if told == "later" else "none"
    if kind == "none" and (told in ("amount", "free") or summed):
        kind = "estimate"
    delivery = noted(journey).delivery
    free = delivery is not None and not any(Decimal(one) for way in delivery.options for one in way.amounts)
    # A cart that is to be fetched has no delivery to name the cost of.
    fetched = kind == "none" and any(mentions(line, Concept.PICKUP, journey.language) for line in page.lines)
    doubt = free or fetched or not understood(journey.language) or (kind == "total" and len(sums.rows) > 1)
    yield Problem(
        step=at,
        discriminator=kind,
        middle=kind == "estimate",
        certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
    )
