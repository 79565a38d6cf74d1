"""CHK-003."""

from auditor.api import Certainty, JourneyEvidence, Judgement, NotRecorded, Problem, Severity, StepIntent, _, check
from auditor.reading.checkout_steps import need, noted


@check(
    id="checkout/cart-not-kept",
    row="CHK-003",
    severity=Severity.SERIOUS,
    title=_("The cart does not follow changes, or does not keep them"),
    why=_("A shopper who changes the quantity and finds another sum, or an older cart, no longer trusts the total."),
    fix=_("Change the sums as soon as the quantity changes, and keep the cart over a reload."),
    found=_("With two pieces asked for, this failed: {failing}"),
    source="https://baymard.com/research/checkout-usability",
)
def cart_not_kept(journey: JourneyEvidence) -> Judgement:
    need(journey, StepIntent.OPEN_CART)
    facts = noted(journey)
    change = facts.change
    if change is None or change.note or change.quantity is None:
        raise NotRecorded((change.note if change else "") or facts.missing.get("change", "no quantity was changed"))
    followed, kept = change.total_after != change.total_before, change.kept == change.asked
    tests = {
        "the sums follow": not followed,
        "a reload keeps it": change.kept is not None and not kept,
    }
    failing = [name for name, failed in tests.items() if failed]
    if failing:
        # Where neither happened there may be one piece left, or a button to press that was not found.
        unsent = not (followed or kept)
        yield Problem(
            selector=change.line.selector if change.line else None,
            values={"failing": "; ".join(failing)},
            step=change.step,
            certainty=Certainty.NEEDS_REVIEW if unsent else Certainty.CERTAIN,
            middle=len(failing) == 1,
            discriminator="kept",
        )
