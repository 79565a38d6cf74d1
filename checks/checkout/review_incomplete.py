"""CHK-020."""

from auditor.api import Certainty, JourneyEvidence, Judgement, NotRecorded, Problem, Severity, StepIntent, _, check
from auditor.reading.checkout_steps import need, noted
from auditor.reading.visits import understood

PARTS = ("items", "address", "delivery", "payment", "total", "edit")
CALLED = {"edit": "a way to change them", "items": "the goods", "payment": "the way of paying"}
FEW = 2


@check(
    id="checkout/review-incomplete",
    row="CHK-020",
    severity=Severity.SERIOUS,
    title=_("The order cannot be checked on one page before it is placed"),
    why=_("A wrong address or size is found before the order or after the delivery; after is dearer for both."),
    fix=_("Show goods, address, delivery, payment and total beside the order button, each with a link to change it."),
    found=_("The page with the order button does not show {missing}"),
    source="https://eur-lex.europa.eu/eli/dir/2011/83/oj",
)
def review_incomplete(journey: JourneyEvidence) -> Judgement:
    need(journey, StepIntent.REACH_PAYMENT)
    review = noted(journey).review
    if review is None or not review.button or review.later:
        raise NotRecorded("the review of the order comes after the payment step, where the journey ends")
    missing = [part for part in PARTS if not getattr(review, part)]
    if missing:
        yield Problem(
            selector=review.button_selector or None,
            step=review.step,
            values={"missing": ", ".join(CALLED.get(part, f"the {part}") for part in missing)},
            middle=len(missing) <= FEW,
            certainty=Certainty.CERTAIN if understood(journey.language) else Certainty.NEEDS_REVIEW,
            discriminator="review",
        )
