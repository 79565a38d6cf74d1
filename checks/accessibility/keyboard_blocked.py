"""A11Y-005."""

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

NEEDED = {
    StepIntent.CHOOSE_VARIANT: "choose a variant",
    StepIntent.ADD_TO_CART: "add to the cart",
    StepIntent.OPEN_CART: "open the cart",
    StepIntent.START_CHECKOUT: "start the checkout",
    StepIntent.CHOOSE_GUEST: "go on as a guest",
    StepIntent.FILL_CONTACT: "go on",
    StepIntent.FILL_ADDRESS: "go on",
    StepIntent.CHOOSE_DELIVERY: "go on",
}
NATIVE = ("a", "button", "input", "summary")


@check(
    id="accessibility/keyboard-blocked",
    row="A11Y-005",
    severity=Severity.SERIOUS,
    title=_("Nobody can buy with the keyboard alone"),
    why=_("People who cannot use a mouse or touch, and those with a screen reader, are shut out."),
    fix=_("Make every control that buying needs a real button or link, so that Tab reaches it and Enter works it."),
    found=_("Tab does not reach “{control}”, which is needed to {purpose}"),
    found_as={"unsure": _("“{control}” takes the focus, but may not answer to Enter; it is needed to {purpose}")},
    source="https://www.w3.org/WAI/WCAG22/Understanding/keyboard",
    scale="share",
)
def keyboard_blocked(journey: JourneyEvidence) -> Judgement:
    pressed = [
        press for press in noted(journey).presses
        if press.step < len(journey.steps)
        and journey.steps[press.step].intent in NEEDED and journey.steps[press.step].confirmed
    ]  # fmt: skip
    if not any(journey.steps[press.step].intent is StepIntent.ADD_TO_CART for press in pressed):
        raise NotRecorded("nothing that adds to the cart was pressed with effect")
    yield Measure(value=sum(press.focusable for press in pressed) / len(pressed), unit="share", of=len(pressed))
    for press in pressed:
        if press.focusable and press.native:
            continue
        step = journey.steps[press.step]
        detour = any(one.tag in NATIVE and not one.vetoed and one.name != press.name for one in step.candidates)
        yield Problem(
            selector=press.selector or None,
            step=press.step,
            values={"control": press.name or press.tag, "purpose": NEEDED[step.intent]},
            middle=detour and not press.focusable,
            certainty=Certainty.NEEDS_REVIEW if press.focusable else Certainty.CERTAIN,
            discriminator=f"{'unsure' if press.focusable else 'blocked'}:{step.intent.value}",
        )
