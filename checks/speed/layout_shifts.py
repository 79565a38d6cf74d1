"""SPD-003."""

from auditor.api import Certainty, Consent, Judgement, Measure, NotRecorded, Problem, Severity, Timed, Timing, _, check
from auditor.reading.repeated import repeated, repeated_values

GOOD = 0.1
POOR = 0.25
"""Core Web Vitals."""


@check(
    id="speed/layout-shifts",
    row="SPD-003",
    severity=Severity.SERIOUS,
    title=_("Content jumps while the page loads"),
    why=_("A shopper taps what was there a moment ago and hits something else."),
    fix=_(
        "Reserve the room of images, banners and embedded content before they load: width and height, or aspect-ratio."
    ),
    found=_("Cumulative layout shift {cls}; good is up to {good}"),
    found_as={
        "timed": _(
            "Cumulative layout shift {cls} while loading (median; loads: {loads}, spread {spread});"
            " good is up to {good}"
        )
    },
    source="https://web.dev/articles/cls",
    scale="curve",
    indicative=True,
)
def layout_shifts(
    timing: Timing, consent: Consent | None, timed: Timed | None, *, good: float = GOOD, poor: float = POOR
) -> Judgement:
    loads = repeated(timed, "cls")
    if loads is not None and loads.surely_above(good):
        # Timed loads find the consent dialog answered, and do not scroll: what shifts there shifts by itself.
        yield Measure(value=loads.median, unit="score")
        moved = next((load.observed.cls_selector for load in (timed.loads if timed else ()) if load.observed), None)
        yield Problem(
            selector=moved,
            values={"cls": round(loads.median, 3), "good": good, **repeated_values(loads)},
            middle=loads.median <= poor,
            discriminator="cls",
            timed=True,
        )
        return
    if timing.cls is None:
        raise NotRecorded("the browser reported no layout shifts")
    yield Measure(value=timing.cls, unit="score")
    if timing.cls > good:
        worst = max(timing.shifts, key=lambda shift: shift.value, default=None)
        # Our own click on a consent dialog moves content as well.
        clicked = consent is not None and consent.by in ("autoconsent", "fallback")
        untouched = max(timing.load_ms or 0, (consent and consent.began_ms) or 0)
        by_itself = any(shift.value > good and shift.at_ms <= untouched for shift in timing.shifts)
        yield Problem(
            selector=worst.selectors[0] if worst and worst.selectors else None,
            values={"cls": round(timing.cls, 3), "good": good},
            middle=timing.cls <= poor,
            certainty=Certainty.NEEDS_REVIEW if clicked and not by_itself else Certainty.CERTAIN,
            discriminator="cls",
        )
