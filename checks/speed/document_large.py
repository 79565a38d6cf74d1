"""SPD-002, a cause of it."""

from auditor.api import Judgement, Measure, NotRecorded, Problem, Severity, Timed, _, check
from auditor.reading.causes import insight

GOOD, POOR = 1500, 5000
"""Our proposal; Lighthouse speaks of an excessive DOM from 1,400 elements."""


@check(
    id="speed/document-large",
    row="SPD-002",
    severity=Severity.MINOR,
    title=_("The page has very many elements"),
    why=_("Every filter, menu and scroll makes the browser work through all of them, on a phone for long."),
    fix=_("Show fewer goods at once, build menus when they are opened, and drop elements that only wrap others."),
    found=_("{elements} elements, up to {depth} deep; up to {good} are fine"),
    source="https://developer.chrome.com/docs/performance/insights/dom-size",
    scored=False,
)
def document_large(timed: Timed, *, good: float = GOOD, poor: float = POOR) -> Judgement:
    facts = insight(timed, "DOMSize").facts
    if "elements" not in facts:
        raise NotRecorded("the trace counts no elements")
    elements = float(facts["elements"])
    yield Measure(value=elements, unit="count")
    if elements > good:
        yield Problem(
            values={"elements": round(elements), "depth": round(float(facts.get("depth", 0))), "good": good},
            middle=elements <= poor,
            discriminator="elements",
        )
