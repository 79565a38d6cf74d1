"""SPD-004."""

from auditor.api import Certainty, Judgement, Measure, Problem, Severity, Timed, _, check
from auditor.reading.repeated import judged, repeated_values

GOOD_MS = 1800
POOR_MS = 3000
"""Lighthouse and web-vitals."""


@check(
    id="speed/first-paint-late",
    row="SPD-004",
    severity=Severity.MODERATE,
    title=_("The page stays empty for long"),
    why=_("An empty screen looks broken: some shoppers are gone before the first word appears."),
    fix=_(
        "Shorten the wait for the server, and let style sheets and scripts that the first screen does not need wait."
    ),
    found=_(
        "First contentful paint after {fcp_ms} ms ({method}, median; loads: {loads}, spread {spread} ms);"
        " good is up to {good_ms} ms"
    ),
    source="https://web.dev/articles/fcp",
    scale="curve",
)
def first_paint_late(timed: Timed, *, good_ms: float = GOOD_MS, poor_ms: float = POOR_MS) -> Judgement:
    loads = judged(timed, "fcp")
    yield Measure(value=loads.median, unit="ms")
    if loads.median > good_ms:
        yield Problem(
            values={"fcp_ms": round(loads.median), "good_ms": good_ms, **repeated_values(loads)},
            middle=loads.median <= poor_ms,
            certainty=Certainty.CERTAIN if loads.surely_above(good_ms) else Certainty.NEEDS_REVIEW,
            discriminator="fcp",
            timed=True,
        )
