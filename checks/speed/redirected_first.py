"""SPD-005, a cause of it."""

from auditor.api import Certainty, Judgement, Measure, NotRecorded, Problem, Severity, Timed, _, check
from auditor.reading.causes import insight

LEAST_MS, SURE_MS = 50, 200
"""Lost on this machine's way to the shop; a phone loses several times as much. Our proposal."""


@check(
    id="speed/redirected-first",
    row="SPD-005",
    severity=Severity.MINOR,
    title=_("The page's own address sends the browser on first"),
    why=_("Each detour costs a round trip before anything can load."),
    fix=_("Point menus, sitemap and canonical links straight at the address where the page is."),
    found=_("{redirect_ms} ms pass with redirects before the page is asked for"),
    source="https://developer.chrome.com/docs/performance/insights/document-latency",
    scored=False,
)
def redirected_first(timed: Timed, *, least_ms: float = LEAST_MS) -> Judgement:
    facts = insight(timed, "DocumentLatency").facts
    if "redirects_ms" not in facts:
        raise NotRecorded("the trace does not tell how the page was reached")
    lost = float(facts["redirects_ms"])
    yield Measure(value=lost, unit="ms")
    if lost >= least_ms:
        yield Problem(
            values={"redirect_ms": round(lost)},
            certainty=Certainty.CERTAIN if lost >= max(SURE_MS, least_ms) else Certainty.NEEDS_REVIEW,
            discriminator="redirects",
        )
