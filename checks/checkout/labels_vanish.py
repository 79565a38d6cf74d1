"""CHK-012."""

from auditor.api import Certainty, JourneyEvidence, Judgement, Measure, NotRecorded, Problem, Severity, _, check
from auditor.reading.checkout_steps import needs_address, noted

FEW = 0.2
"""Up to this share of fields without a lasting label is the milder band."""


@check(
    id="checkout/labels-vanish",
    row="CHK-012",
    severity=Severity.SERIOUS,
    title=_("Labels vanish as soon as something is typed"),
    why=_("Whoever looks back at a filled-in form, or was interrupted, no longer knows what a field asked for."),
    fix=_("Put a label above each field that stays visible, instead of a placeholder."),
    found=_("{count} of {fields} filled-in fields show no label"),
    source="https://www.w3.org/WAI/WCAG22/Understanding/labels-or-instructions",
    scale="share",
)
def labels_vanish(journey: JourneyEvidence, *, few: float = FEW) -> Judgement:
    needs_address(journey)
    forms = noted(journey).forms
    filled = [(form.step, one) for form in forms for one in form.fields if one.filled]
    if not filled:
        raise NotRecorded("no filled-in field was looked at")
    bare = [(step, one) for step, one in filled if one.placed in ("placeholder", "none")]
    yield Measure(value=1 - len(bare) / len(filled), unit="share", of=len(filled))
    if bare:
        step, first = bare[0]
        # Without a placeholder the label may be a picture, or a text that is built in an unusual way.
        sure = any(one.placed == "placeholder" for _step, one in bare)
        yield Problem(
            selector=first.selector,
            box=first.box,
            step=step,
            values={"count": len(bare), "fields": len(filled)},
            middle=len(bare) / len(filled) <= few,
            certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
            discriminator="labels",
        )
