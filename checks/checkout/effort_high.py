"""CHK-022."""

from auditor.api import Certainty, Device, JourneyEvidence, Judgement, Measure, Problem, Severity, StepIntent, _, check
from auditor.journey_result import effort_of
from auditor.reading.checkout_steps import need
from auditor.reading.visits import OVERLOAD

GOOD_S = 90
FAIR_S = 150


@check(
    id="checkout/effort-high",
    row="CHK-022",
    severity=Severity.MODERATE,
    title=_("Buying takes long even for a quick shopper"),
    why=_("Seconds of typing, pressing and waiting add up before any thinking; each is a chance to give up."),
    fix=_("Ask for fewer fields, let browsers fill them in, and answer each press within a second."),
    found=_("From the product to the payment: {hands_s} s of pressing and typing and {waits_s} s of waiting"),
    source="Card, Moran and Newell, The Keystroke-Level Model, 1980",
    scale="curve",
)
def effort_high(journey: JourneyEvidence, *, good_s: float = GOOD_S, fair_s: float = FAIR_S) -> Judgement:
    at = need(journey, StepIntent.REACH_PAYMENT)
    sums = effort_of(journey.model_copy(update={"steps": journey.steps[: at + 1]}))
    band = sums.phone if journey.device is Device.MOBILE else sums.desktop
    hands = (band.low + band.high) / 2
    seconds = hands + sums.waits_ms / 1000
    yield Measure(value=round(seconds, 1), unit="s")
    ours = journey.checkout is not None and (journey.checkout.host_load or 0) > OVERLOAD
    if seconds > good_s:
        yield Problem(
            step=at,
            values={"hands_s": round(hands), "waits_s": round(sums.waits_ms / 1000)},
            middle=seconds <= fair_s,
            certainty=Certainty.NEEDS_REVIEW if ours and hands <= good_s else Certainty.CERTAIN,
            discriminator="effort",
        )
