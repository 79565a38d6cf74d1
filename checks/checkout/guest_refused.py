"""CHK-005."""

from auditor.api import Blocker, JourneyEvidence, Judgement, NotRecorded, Problem, Severity, StepIntent, _, check
from auditor.reading.checkout_steps import bought, need


@check(
    id="checkout/guest-refused",
    row="CHK-005",
    severity=Severity.CRITICAL,
    title=_("Nobody can buy without an account"),
    why=_("Of shoppers who abandon a cart, about one in four or five names the forced account as the reason."),
    fix=_("Let shoppers order as guests, and offer the account on the page that thanks for the order."),
    found=_("The checkout asks for a password and offers no way on without an account"),
    found_as={"cart": _("“Add to cart” leads to a log-in: without an account nothing gets into the cart")},
    source="https://baymard.com/lists/cart-abandonment-rate",
)
def guest_refused(journey: JourneyEvidence) -> Judgement:
    bought(journey)
    if journey.guest in ("offered", "only-way"):
        return
    if journey.blocker is Blocker.ONE_TIME_CODE:
        raise NotRecorded("the checkout asks for a one-time code; what comes after it is not known")
    if journey.guest != "not-offered" or journey.blocker is not Blocker.LOGIN_WALL:
        need(journey, StepIntent.START_CHECKOUT)
        raise NotRecorded(f"the journey ended before it was clear: {journey.note[:120]}")
    kind = "cart" if journey.stuck_at is StepIntent.ADD_TO_CART else "forced"
    yield Problem(step=len(journey.steps) - 1, discriminator=kind)
