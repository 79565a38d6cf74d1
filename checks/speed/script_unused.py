"""SPD-008, a cause of it."""

from auditor.api import Certainty, Judgement, Measure, NotRecorded, Problem, Severity, Timed, _, check
from auditor.reading.causes import file_name

LEAST_KIB = 150
POOR_KIB = 600
MOSTLY = 0.6
"""Of source text, uncompressed, and the share of it that did not run: some of it waits for a tap. Our proposal."""


@check(
    id="speed/script-unused",
    row="SPD-008",
    severity=Severity.MODERATE,
    title=_("Much of the scripts is not used while the page loads"),
    why=_("A phone downloads and reads all of it before the shopper can do something."),
    fix=_("Split scripts by page, load what a tap needs with the tap, and remove what nothing uses."),
    found=_("{unused_kib} of {kib} KiB of script text did not run while the page loaded, most of it in {file}"),
    source="https://developer.chrome.com/docs/lighthouse/performance/unused-javascript",
    shopwide=True,
    scored=False,
)
def script_unused(timed: Timed, *, least_kib: float = LEAST_KIB, poor_kib: float = POOR_KIB) -> Judgement:
    scripts = timed.again.unused if timed.again else None
    if scripts is None:
        raise NotRecorded((timed.again and timed.again.note) or "no second view counted what of the scripts ran")
    yield Measure(value=round(sum(script.unused_bytes for script in scripts) / 1024, 1), unit="KiB")
    for owner in dict.fromkeys(script.owner for script in scripts):
        mine = [script for script in scripts if script.owner == owner]
        unused, whole = sum(one.unused_bytes for one in mine) / 1024, sum(one.bytes for one in mine) / 1024
        if unused >= least_kib:
            yield Problem(
                values={"unused_kib": round(unused), "kib": round(whole), "file": file_name(mine[0].url)},
                middle=unused < poor_kib,
                certainty=Certainty.CERTAIN if unused >= MOSTLY * whole else Certainty.NEEDS_REVIEW,
                discriminator=f"owner:{owner}",
                owner=owner,
            )
