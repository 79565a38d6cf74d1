"""SPD-002, a cause of it."""

from auditor.api import Certainty, Judgement, Measure, Problem, Severity, Timed, _, check
from auditor.reading.causes import by_owner, file_name, in_every_load, insight

LEAST_MS, SURE_MS = 30, 60
"""On this machine, not slowed down: a slow phone takes some four times as long. Our proposal."""


@check(
    id="speed/layout-forced",
    row="SPD-002",
    severity=Severity.MINOR,
    title=_("A script makes the browser lay the page out again and again"),
    why=_("Asking for a size right after a change stops everything until the page is laid out; a tap waits as well."),
    fix=_("Read all sizes first and change the page afterwards, or read them in requestAnimationFrame."),
    found=_("{function} in {file} forces the layout for {forced_ms} ms while the page loads"),
    source="https://developer.chrome.com/docs/performance/insights/forced-reflow",
    scored=False,
)
def layout_forced(timed: Timed, *, least_ms: float = LEAST_MS) -> Judgement:
    causes = [cause for cause in insight(timed, "ForcedReflow").causes if cause.url]
    yield Measure(value=round(sum(cause.wasted_ms or 0.0 for cause in causes), 1), unit="ms")
    for owner, found in by_owner(causes).items():
        forced = sum(cause.wasted_ms or 0.0 for cause in found)
        if forced >= least_ms:
            worst = found[0]
            sure = in_every_load(timed, f"ForcedReflow {owner}", max(SURE_MS, least_ms))
            yield Problem(
                values={
                    "function": str(worst.facts.get("function") or "a function")[:80], "file": file_name(worst.url),
                    "forced_ms": round(forced),
                },
                certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
                discriminator=f"owner:{owner}",
                owner=owner,
            )  # fmt: skip
