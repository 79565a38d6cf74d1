"""Counts of a journey that its effort is made of."""

from auditor.evidence import JourneyEvidence, StepIntent
from auditor.reading.checkout_steps import checkout_steps

_VIEWS = (StepIntent.OPEN_CART, StepIntent.START_CHECKOUT)


def views(journey: JourneyEvidence) -> int:
    """Different pages or parts from the cart to the last one that was reached, both counted (Baymard's steps).

    A step that leads to the page it was already on, in the same place of the indicator, is not another one.
    """
    seen: list[tuple[str, int | None]] = []
    count = 0
    for at, step in enumerate(journey.steps):
        inside = step.intent in _VIEWS or any(at == place for place, _ in checkout_steps(journey))
        if not (inside and step.confirmed) or step.intent is StepIntent.REACH_PAYMENT:
            continue
        here = (step.reached.partition("#")[0], step.current_step)
        if here not in seen or any("revealed" in one or "other fields" in one for one in step.effect):
            count += 1
        seen.append(here)
    return count
