"""SPD-006."""

from auditor.api import Certainty, Device, Judgement, Measure, Problem, Severity, Timed, _, check
from auditor.reading.repeated import judged, repeated_values

GOOD_MS, POOR_MS = 3400, 5800
DESKTOP_GOOD_MS, DESKTOP_POOR_MS = 1300, 2300
"""Lighthouse's for phone and desktop."""


@check(
    id="speed/screen-fills-slowly",
    row="SPD-006",
    severity=Severity.MINOR,
    title=_("The first screen fills up slowly"),
    why=_("Until pictures and text are in place a shopper cannot judge what is on offer."),
    fix=_("Send what the first screen shows first: its style, its text, its pictures; the rest can follow."),
    found=_(
        "Speed Index {si_ms} ms ({method}, median; loads: {loads}, spread {spread} ms); good is up to {good_ms} ms"
    ),
    source="https://developer.chrome.com/docs/lighthouse/performance/speed-index",
    scale="curve",
)
def screen_fills_slowly(
    timed: Timed,
    *,
    good_ms: float = GOOD_MS,
    poor_ms: float = POOR_MS,
    desktop_good_ms: float = DESKTOP_GOOD_MS,
    desktop_poor_ms: float = DESKTOP_POOR_MS,
) -> Judgement:
    loads = judged(timed, "si")
    good, poor = (good_ms, poor_ms) if timed.device is Device.MOBILE else (desktop_good_ms, desktop_poor_ms)
    yield Measure(value=loads.median, unit="ms")
    if loads.median > good:
        yield Problem(
            values={"si_ms": round(loads.median), "good_ms": good, **repeated_values(loads)},
            middle=loads.median <= poor,
            certainty=Certainty.CERTAIN if loads.surely_above(good) else Certainty.NEEDS_REVIEW,
            discriminator="si",
            timed=True,
        )
