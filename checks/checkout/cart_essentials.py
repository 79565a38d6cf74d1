"""CHK-002."""

from auditor.api import JourneyEvidence, Judgement, NotRecorded, Problem, Severity, StepIntent, _, check
from auditor.reading.checkout_cart import chosen_line, chosen_variants, says, says_one_piece
from auditor.reading.checkout_steps import need, noted

GRAVE = frozenset({"quantity", "price"})


@check(
    id="checkout/cart-essentials",
    row="CHK-002",
    severity=Severity.SERIOUS,
    title=_("The cart leaves out what shoppers check before they pay"),
    why=_("Shoppers use the cart to compare and to make sure; what they cannot see there makes them go back."),
    fix=_("Show picture, name, variant, quantity, unit and line price of every line, and a button that removes it."),
    found=_("A line of the cart shows no {missing}"),
    source="https://baymard.com/research/checkout-usability",
)
def cart_essentials(journey: JourneyEvidence) -> Judgement:
    need(journey, StepIntent.OPEN_CART)
    cart = noted(journey).cart
    line = chosen_line(cart.lines, journey) if cart else None
    if cart is None or line is None:
        raise NotRecorded("the line of the product could not be told from the rest of the cart")
    variants = [(chosen, *others) for chosen, others in chosen_variants(journey) if others]
    removed = any(
        step.intent is StepIntent.EMPTY_CART and any(one.outcome == "confirmed" for one in step.attempts)
        for step in journey.steps
    )
    change = noted(journey).change
    taken = change is not None and (change.kept == change.asked or change.total_after != change.total_before)
    two = change.line if change and taken and change.quantity == change.asked else None
    lacks = {
        "picture": not line.picture,
        "name": not line.name,
        "variant": bool(variants) and not any(says(line.text, one) for options in variants for one in options),
        "quantity": line.quantity is None and not line.editable and not says_one_piece(line),
        "price": not line.amounts,
        "unit or line price": bool(line.amounts) and two is not None and len(set(two.amounts)) == 1,
        "way to remove it": not line.remove and not removed,
    }
    missing = [name for name, lacking in lacks.items() if lacking]
    if missing:
        yield Problem(
            selector=line.selector,
            box=line.box,
            values={"missing": ", ".join(missing)},
            step=cart.step,
            discriminator="lines",
            middle=len(missing) == 1 and not GRAVE & set(missing),
        )
