"""CHK-011."""

from auditor.api import JourneyEvidence, Judgement, Measure, NotApplicable, Problem, Severity, _, check
from auditor.reading.checkout_fields import keyboard_fits
from auditor.reading.checkout_steps import form_step, needs_address

GOOD, FAIR = 0.9, 0.6


@check(
    id="checkout/keyboards-wrong",
    row="CHK-011",
    severity=Severity.MODERATE,
    title=_("Phones open the wrong keyboard for a field"),
    why=_("Digits on a letter keyboard are small and one more press away; mistakes in a phone number cost a delivery."),
    fix=_("Use `type=email` and `type=tel`, and `inputmode=numeric` where only digits are asked for."),
    found=_("{right} of {fields} fields open the keyboard that they need; not {wrong}"),
    source="https://baymard.com/blog/mobile-touch-keyboards",
    scale="share",
)
def keyboards_wrong(journey: JourneyEvidence, *, good: float = GOOD, fair: float = FAIR) -> Judgement:
    country = journey.checkout.country if journey.checkout else None
    judged = [(use, keyboard_fits(use, country)) for use in needs_address(journey)]
    known = [(use, fits) for use, fits in judged if fits is not None]
    if not known:
        raise NotApplicable("no field needs a keyboard of its own")
    wrong = [use for use, fits in known if not fits]
    share = 1 - len(wrong) / len(known)
    yield Measure(value=share, unit="share", of=len(known))
    if share < good:
        yield Problem(
            selector=wrong[0].field.selector,
            step=form_step(journey),
            values={
                "right": len(known) - len(wrong),
                "fields": len(known),
                "wrong": ", ".join(use.meaning.replace("_", " ") for use in wrong),
            },
            middle=share >= fair,
            discriminator="keyboards",
        )
