"""SPD-011."""

from auditor.api import (
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
from auditor.reading.checkout_steps import noted
from auditor.reading.visits import OVERLOAD

GOOD_MS, POOR_MS = 1000, 3000
"""First visible change after a press (row SPD-011)."""
SLOW_INP_MS = 500
"""Interaction to Next Paint is poor above 500 ms in the field; one press in the lab gets room."""
WATCHED = (StepIntent.CHOOSE_VARIANT, StepIntent.ADD_TO_CART)


@check(
    id="speed/slow-clicks",
    row="SPD-011",
    severity=Severity.SERIOUS,
    title=_("The shop answers presses late"),
    why=_("After a second without any change a shopper doubts the press, and presses again."),
    fix=_("Show at once that a press was taken, and do the work in small parts or on the server."),
    found=_("“{control}” showed its first change after {changed_ms} ms"),
    found_as={"busy": _("The page took up to {inp_ms} ms to react to what was pressed, such as “{control}”")},
    source="https://web.dev/articles/inp",
    scale="curve",
    indicative=True,
)
def slow_clicks(
    journey: JourneyEvidence, *, good_ms: float = GOOD_MS, poor_ms: float = POOR_MS, slow_inp_ms: float = SLOW_INP_MS
) -> Judgement:
    facts = noted(journey)
    pressed = [
        press for press in facts.presses
        if press.step < len(journey.steps) and journey.steps[press.step].intent in WATCHED
        and journey.steps[press.step].confirmed
    ]  # fmt: skip
    timed = [(press, press.changed_ms) for press in pressed if press.changed_ms is not None]
    if not timed:
        raise NotRecorded("no press was followed from its click to what changed")
    worst, changed = max(timed, key=lambda one: one[1])
    inp = max((step.inp_ms or 0.0 for step in journey.steps if step.intent in WATCHED), default=0.0)
    yield Measure(value=changed, unit="ms", of=len(timed))
    load = facts.host_load or 0
    if changed > good_ms or inp > slow_inp_ms:
        yield Problem(
            step=worst.step,
            values={"control": worst.name or worst.tag, "changed_ms": changed, "inp_ms": round(inp)},
            middle=changed <= poor_ms,
            certainty=Certainty.CERTAIN if changed > poor_ms and load <= OVERLOAD else Certainty.NEEDS_REVIEW,
            discriminator="slow" if changed > good_ms else "busy",
        )
