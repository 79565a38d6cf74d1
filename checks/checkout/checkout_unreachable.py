"""CHK-004."""

from auditor.api import (
    Blocker,
    Certainty,
    JourneyEvidence,
    Judgement,
    NotRecorded,
    Problem,
    Severity,
    StepIntent,
    _,
    check,
)
from auditor.reading.checkout_steps import NOT_THE_SHOPS, bought, need, place

SURE_SCORE = 0.5
"""A button that several signs call the way to the checkout, pressed without any effect."""


@check(
    id="checkout/checkout-unreachable",
    row="CHK-004",
    severity=Severity.CRITICAL,
    title=_("The checkout cannot be reached from the cart"),
    why=_("Whoever gets this far wants to buy, and cannot."),
    fix=_("Repair the way from the cart to the checkout, and watch it with an audit after every release."),
    found=_("From the cart nothing led to a page for address or payment: {note}"),
    source="https://baymard.com/lists/cart-abandonment-rate",
)
def checkout_unreachable(journey: JourneyEvidence) -> Judgement:
    bought(journey)
    need(journey, StepIntent.OPEN_CART)
    if place(journey, StepIntent.START_CHECKOUT) is not None:
        return
    if journey.depth == "cart" or journey.blocker in NOT_THE_SHOPS or journey.blocker is Blocker.LOGIN_WALL:
        why = f"the walk ended with “{journey.blocker}”" if journey.blocker else "the walk ended at the cart, as asked"
        raise NotRecorded(why)
    at = next((at for at, step in enumerate(journey.steps) if step.intent is StepIntent.START_CHECKOUT), None)
    if at is None:
        raise NotRecorded("no step tried to start the checkout")
    pressed = [one for one in journey.steps[at].attempts if one.candidate and one.outcome == "no-effect"]
    kinds = {part.name for one in pressed if one.candidate for part in one.candidate.parts if part.value > 0}
    sure = journey.blocker is Blocker.HTTP_ERROR or (
        any(one.candidate and one.candidate.score >= SURE_SCORE for one in pressed)
        and bool({"words", "address", "platform"} & kinds)
    )
    yield Problem(
        step=at,
        values={"note": journey.note[:160]},
        certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
        discriminator="unreachable",
    )
