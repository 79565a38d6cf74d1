"""CHK-021."""

from auditor.api import (
    Certainty,
    JourneyEvidence,
    Judgement,
    NotApplicable,
    NotRecorded,
    Problem,
    Severity,
    StepIntent,
    _,
    check,
)
from auditor.lexicon import Concept, mentions
from auditor.reading.checkout_steps import need, noted
from auditor.reading.visits import understood

EU = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()  # noqa: SIM905
)


@check(
    id="checkout/order-button-wording",
    row="CHK-021",
    severity=Severity.SERIOUS,
    title=_("The order button does not say that paying is due"),
    why=_("In the EU the last button has to name the duty to pay; a neutral one leaves shoppers and courts in doubt."),
    fix=_("Write on the button “order with obligation to pay”, or the words that your country's law gives."),
    found=_("No wording about paying was found on the last button: “{button}”"),
    found_as={"close": _("The last button says “{button}”, which orders but does not speak of paying")},
    source="https://eur-lex.europa.eu/eli/dir/2011/83/oj",
    scored=False,
)
def order_button_wording(journey: JourneyEvidence) -> Judgement:
    facts = noted(journey)
    if facts.market not in EU:
        raise NotApplicable("the shop does not evidently sell in the EU")
    need(journey, StepIntent.REACH_PAYMENT)
    review = facts.review
    if review is None or not review.button or (review.later and not review.sure):
        raise NotRecorded("the order button comes after the payment step, where the journey ends")
    said = [
        concept
        for concept in (Concept.OBLIGED_TO_PAY, Concept.PAY, Concept.PLACE_ORDER)
        if mentions(review.button, concept, journey.language)
    ]
    if said and said[0] is not Concept.PLACE_ORDER:
        return
    doubt = not understood(journey.language) or not (said or review.sure)
    yield Problem(
        selector=review.button_selector or None,
        box=review.button_box,
        step=review.step,
        values={"button": review.button},
        middle=bool(said),
        certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
        discriminator="close" if said else "neutral",
    )
