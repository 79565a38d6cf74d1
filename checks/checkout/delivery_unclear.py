"""CHK-019."""

from auditor.api import Certainty, JourneyEvidence, Judgement, NotApplicable, Problem, Severity, StepIntent, _, check
from auditor.reading.checkout_delivery import dated, priced
from auditor.reading.checkout_steps import need, noted
from auditor.reading.visits import understood


@check(
    id="checkout/delivery-unclear",
    row="CHK-019",
    severity=Severity.MODERATE,
    title=_("Ways of delivery do not say when the parcel comes"),
    why=_("Shoppers choose by the day of arrival; “standard” and “express” leave them to guess."),
    fix=_("Show beside each way of delivery its price and the date or range of dates of arrival."),
    found=_("Of {options} ways of delivery, {priced} show a price and {dated} a date or a number of days"),
    source="https://baymard.com/research/checkout-usability",
)
def delivery_unclear(journey: JourneyEvidence) -> Judgement:
    delivery = noted(journey).delivery
    if delivery is None:
        need(journey, StepIntent.REACH_PAYMENT)
        raise NotApplicable("no choice of delivery was shown")
    options = delivery.options
    with_price = sum(priced(one, journey.language) for one in options)
    with_date = sum(dated(one, journey.language) for one in options)
    if with_price == with_date == len(options):
        return
    yield Problem(
        step=delivery.step,
        values={"options": len(options), "priced": with_price, "dated": with_date},
        middle=with_price == len(options),
        certainty=Certainty.CERTAIN if understood(journey.language) else Certainty.NEEDS_REVIEW,
        discriminator="delivery",
    )
