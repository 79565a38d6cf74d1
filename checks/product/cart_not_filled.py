"""PDP-004."""

from auditor.api import (
    Blocker,
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
from auditor.reading.checkout_steps import NOT_THE_SHOPS, bought, place

GOOD, FAIR = 0.95, 0.8
SURE_SCORE = 0.6
ADDING = (StepIntent.ADD_TO_CART, StepIntent.OPEN_CART)
SURE_PARTS = frozenset({"words", "platform", "attributes"})


@check(
    id="product/cart-not-filled",
    row="PDP-004",
    severity=Severity.CRITICAL,
    title=_("The product cannot be put into the cart"),
    why=_("Nothing else of the shop matters to a shopper whose product does not get into the cart."),
    fix=_("Repair the button: after a press the cart has to hold the product, on phones and with all variants."),
    found=_("Of {tried} products tried, {taken} got into the cart: {note}"),
    source="https://baymard.com/lists/cart-abandonment-rate",
    scale="share",
)
def cart_not_filled(journey: JourneyEvidence, *, good: float = GOOD, fair: float = FAIR) -> Judgement:
    bought(journey)
    lost = [
        at for at, step in enumerate(journey.steps)
        if step.intent in ADDING and not step.confirmed and _pressed(journey, at)
    ]  # fmt: skip
    taken = int(place(journey, StepIntent.OPEN_CART) is not None)
    if not taken and not lost:
        if _left_alone(journey):
            raise NotRecorded("what may put the product into the cart looks like an order, and was left alone")
        if journey.blocker is Blocker.NO_ADD_TO_CART:
            at = next((at for at, one in enumerate(journey.steps) if one.intent is StepIntent.ADD_TO_CART), None)
            yield _problem(journey, at, len(journey.products_tried), taken, sure=False)
            return
        raise NotRecorded(f"no product was tried to the end: {journey.note[:140]}")
    if journey.blocker in (*NOT_THE_SHOPS, Blocker.LOGIN_WALL) and not taken:
        raise NotRecorded(f"the walk ended with “{journey.blocker}”")
    tried = taken + len(lost)
    yield Measure(value=taken / tried, unit="share", of=tried)
    if taken / tried < good:
        yield _problem(journey, lost[0], tried, taken, sure=any(_sure(journey, at) for at in lost) and not taken)


def _problem(journey: JourneyEvidence, at: int | None, tried: int, taken: int, *, sure: bool) -> Problem:
    return Problem(
        step=at,
        values={"tried": tried, "taken": taken, "note": journey.note[:140] or "another product was taken"},
        certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
        discriminator="not-filled",
    )


def _pressed(journey: JourneyEvidence, at: int) -> bool:
    return any(one.candidate and one.outcome in ("no-effect", "confirmed") for one in journey.steps[at].attempts)


def _left_alone(journey: JourneyEvidence) -> bool:
    """Whether something might have been pressed, and the interlock refused all of it."""
    tries = [one for step in journey.steps if step.intent in ADDING for one in step.attempts if one.candidate]
    return bool(tries) and all(one.outcome == "refused" for one in tries)


def _sure(journey: JourneyEvidence, at: int) -> bool:
    """A button that words or marks call the way into the cart was pressed, or the opened cart was empty."""
    step = journey.steps[at]
    if step.intent is StepIntent.OPEN_CART:
        return journey.blocker is Blocker.CART_EMPTY
    for one in step.attempts:
        if one.candidate and one.outcome == "no-effect" and one.candidate.score >= SURE_SCORE:
            return len({part.name for part in one.candidate.parts if part.value > 0} & SURE_PARTS) > 1
    return False
