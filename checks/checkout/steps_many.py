"""CHK-006."""

from auditor.api import Certainty, JourneyEvidence, Judgement, Measure, Problem, Severity, StepIntent, _, check
from auditor.reading.checkout_effort import views
from auditor.reading.checkout_steps import need, noted

USUAL = 5
MANY = 7
"""Baymard's average is 5.1 steps from the cart to the review of the order."""


@check(
    id="checkout/steps-many",
    row="CHK-006",
    severity=Severity.MINOR,
    title=_("The checkout has more steps than most"),
    why=_("Every step more is a page to wait for and to understand, though the number of fields matters more."),
    fix=_("Merge steps that ask for little, and leave out those that only confirm."),
    found=_("From the cart to the review of the order there are {steps} steps; most shops need {usual}"),
    source="https://baymard.com/blog/checkout-flow-average-form-fields",
    scale="curve",
)
def steps_many(journey: JourneyEvidence, *, usual: int = USUAL, many: int = MANY) -> Judgement:
    at = need(journey, StepIntent.REACH_PAYMENT)
    review = noted(journey).review
    merged = journey.one_page or bool(review and review.button and not review.later)
    steps = views(journey) + (0 if merged else 1)
    yield Measure(value=steps, unit="steps")
    if steps > usual:
        yield Problem(
            step=at,
            values={"steps": steps, "usual": usual},
            middle=steps < many,
            certainty=Certainty.CERTAIN if merged or steps - 1 > usual else Certainty.NEEDS_REVIEW,
            discriminator="steps",
        )
