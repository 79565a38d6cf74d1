"""DRK-005."""

from auditor.api import Certainty, JourneyEvidence, Judgement, NotRecorded, Problem, Severity, StepIntent, _, check
from auditor.lexicon import Concept, mentions, parse_price
from auditor.reading.checkout_cart import chosen_line, costs, is_chosen
from auditor.reading.checkout_steps import need, noted
from auditor.reading.checkout_sums import sums_of


@check(
    id="dark-patterns/sneaked-into-cart",
    row="DRK-005",
    severity=Severity.CRITICAL,
    title=_("The cart holds something that nobody chose"),
    why=_("Shoppers who pay for what they did not choose want their money back, and do not return."),
    fix=_("Put into the cart only what the shopper chose; offer extras as boxes that are not ticked."),
    found=_("Beside the product, the cart holds “{line}” for {amount}"),
    found_as={"gift": _("Beside the product, the cart holds “{line}” at no cost")},
    source="https://arxiv.org/abs/1907.07032",
)
def sneaked_into_cart(journey: JourneyEvidence) -> Judgement:
    at = need(journey, StepIntent.OPEN_CART)
    cart = noted(journey).cart
    if cart is None or chosen_line(cart.lines, journey) is None:
        raise NotRecorded("the line of the product could not be told from the rest of the cart")
    sums = sums_of(journey.steps[at], journey.language)
    for line in cart.lines:
        said = f"{line.name} {line.text}"
        required = any(mentions(said, concept, journey.language) for concept in (Concept.DEPOSIT, Concept.FEE))
        if is_chosen(line, journey.product_name) or required or costs(line) is None:
            continue
        paid = costs(line) is True
        # A product that is only recommended is in no sum; a line of the cart has a quantity or can be taken out.
        held = line.remove or line.quantity is not None
        page = parse_price(journey.product_price, journey.language)
        summed = sums.goods is not None and page is not None and sums.goods > page.amount
        yield Problem(
            selector=line.selector,
            box=line.box,
            step=at,
            values={"line": (line.name or line.text)[:80], "amount": next(iter(line.amounts), "")},
            middle=not paid,
            certainty=Certainty.CERTAIN if held and (summed or not paid) else Certainty.NEEDS_REVIEW,
            discriminator="paid" if paid else "gift",
        )
