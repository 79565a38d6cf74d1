"""SPD-002."""

from auditor.api import Certainty, Judgement, Measure, Problem, Severity, Timed, _, check
from auditor.reading.repeated import judged, repeated_values

GOOD_MS = 200
POOR_MS = 600
"""Lighthouse on a phone. A proxy for the reaction to taps, which only real taps show."""


@check(
    id="speed/script-blocks",
    row="SPD-002",
    severity=Severity.SERIOUS,
    title=_("Scripts keep the page from reacting"),
    why=_("While a script runs, a tap does nothing: shoppers tap again, or leave."),
    fix=_("Load less script, split long tasks, and let tags and widgets start after the page can be used."),
    found=_(
        "Total blocking time {tbt_ms} ms ({method}, median; loads: {loads}, spread {spread} ms); good is up to"
        " {good_ms} ms"
    ),
    source="https://web.dev/articles/tbt",
    scale="curve",
)
def script_blocks(timed: Timed, *, good_ms: float = GOOD_MS, poor_ms: float = POOR_MS) -> Judgement:
    loads = judged(timed, "tbt")
    yield Measure(value=loads.median, unit="ms")
    if loads.median > good_ms:
        yield Problem(
            values={"tbt_ms": round(loads.median), "good_ms": good_ms, **repeated_values(loads)},
            middle=loads.median <= poor_ms,
            certainty=Certainty.CERTAIN if loads.surely_above(good_ms) else Certainty.NEEDS_REVIEW,
            discriminator="tbt",
            timed=True,
        )
