"""SPD-004, a cause of it."""

from auditor.api import Certainty, Judgement, Measure, Problem, Severity, Timed, _, _n, check
from auditor.reading.causes import by_owner, delay_ms, file_name, holding_back, in_every_load, insight, kib

LEAST_MS = 150
SURE_MS = 300
POOR_MS = 1000
"""Estimated saving of the first paint. Our proposal: an estimate below SURE_MS may be gone on the next load."""


@check(
    id="speed/render-blocking",
    row="SPD-004",
    severity=Severity.MODERATE,
    title=_("Files hold back the first paint"),
    why=_("The browser shows nothing until these style sheets and scripts have arrived and run."),
    fix=_("Put the style of the first screen into the page, load the rest later, and give scripts defer or async."),
    found=_n(
        "{file} ({kib} KiB) delays the first paint by about {saved_ms} ms",
        "{count} files ({kib} KiB, above all {file}) delay the first paint by about {saved_ms} ms together",
    ),
    source="https://developer.chrome.com/docs/performance/insights/render-blocking",
    scored=False,
)
def render_blocking(timed: Timed, *, least_ms: float = LEAST_MS, poor_ms: float = POOR_MS) -> Judgement:
    found = holding_back(timed, insight(timed, "RenderBlocking"))
    saved = delay_ms(found)
    yield Measure(value=saved, unit="ms")
    if saved < least_ms:
        return
    blank = timed.trial is not None and timed.trial.fcp is False
    known = blank or not any(cause.facts.get("in_body") for cause in found.causes)
    sure = known and saved >= SURE_MS and in_every_load(timed, "RenderBlocking", SURE_MS)
    for owner, causes in by_owner(found.causes).items():
        yield Problem(
            values={
                "count": len(causes), "file": file_name(causes[0].url), "kib": kib(causes), "saved_ms": round(saved),
            },
            middle=saved < poor_ms,
            certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
            discriminator=f"owner:{owner}",
            owner=owner,
        )  # fmt: skip
