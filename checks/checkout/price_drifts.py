"""CHK-014."""

from decimal import Decimal

from auditor.api import (
    Certainty,
    JourneyEvidence,
    Judgement,
    Measure,
    NotRecorded,
    Problem,
    Severity,
    StepIntent,
    _,
    check,
)
from auditor.reading.checkout_steps import need, noted
from auditor.reading.checkout_sums import sums_of


@check(
    id="checkout/price-drifts",
    row="CHK-014",
    severity=Severity.CRITICAL,
    title=_("The last step costs more than what was stated before"),
    why=_("A sum that grows at the last step is taken for a trick, and the cart is left."),
    fix=_("Name every cost in the cart, and let the total at the last step be the sum of what was named."),
    found=_("At the last step the order costs {drift} more than goods, delivery and tax that were stated"),
    found_as={"fee": _("At the last step {drift} come on top, called “{label}”")},
    source="https://eur-lex.europa.eu/eli/dir/2011/83/oj",
)
def price_drifts(journey: JourneyEvidence) -> Judgement:
    at = need(journey, StepIntent.REACH_PAYMENT)
    cart = sums_of(journey.steps[need(journey, StepIntent.OPEN_CART)], journey.language)
    last = sums_of(journey.steps[at], journey.language)
    goods = cart.goods if cart.goods is not None else cart.total
    if last.total is None or goods is None:
        raise NotRecorded("the total of the cart, or that of the last step, could not be read")
    own = cart.delivery if cart.goods is None and cart.delivery is not None else Decimal(0)
    stated = last.delivery if last.delivery is not None else _chosen(journey)
    drift = last.total - (goods - own) - stated
    yield Measure(value=float(round(drift, 2)), unit="currency")
    taxed = last.tax is not None and abs(drift - last.tax) <= last.tolerance()
    if drift <= last.tolerance() or taxed:
        return
    known = {amount for _label, amount in cart.rows}
    rows = [(label, amount) for label, amount in last.rows if label and abs(amount - drift) <= last.tolerance()]
    if any(amount in known for _label, amount in rows):
        return
    unchanged = last.goods is None or last.goods == goods - own
    yield Problem(
        step=at,
        values={"drift": float(round(drift, 2)), "label": rows[0][0][:60] if rows else ""},
        middle=bool(rows),
        certainty=Certainty.CERTAIN if rows or (unchanged and last.goods is not None) else Certainty.NEEDS_REVIEW,
        discriminator="fee" if rows else "surplus",
    )


def _chosen(journey: JourneyEvidence) -> Decimal:
    delivery = noted(journey).delivery
    chosen = next((one for one in delivery.options if one.chosen), None) if delivery else None
    return Decimal(chosen.amounts[0]) if chosen and chosen.amounts else Decimal(0)
