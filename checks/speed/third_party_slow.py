"""SPD-008, a cause of it: third parties by owner."""

from auditor.api import Certainty, Judgement, Problem, Severity, Timed, _, check
from auditor.reading.causes import in_every_load, insight

LEAST_MS, SURE_MS = 50, 100
LEAST_KIB, SURE_KIB = 200, 300
"""Script time on this machine, not slowed down, and size. Our proposal, after Lighthouse's 250 ms on a slow phone."""


@check(
    id="speed/third-party-slow",
    row="SPD-008",
    severity=Severity.MODERATE,
    title=_("A third party takes much of the page's time"),
    why=_("Shoppers wait for somebody else's scripts, which the shop can remove or start later."),
    fix=_("Remove what nobody uses, and load the rest after the page can be used."),
    found=_("{owner} takes {script_ms} ms of script time and {kib} KiB"),
    source="https://developer.chrome.com/docs/performance/insights/third-parties",
    shopwide=True,
    scored=False,
)
def third_party_slow(timed: Timed, *, least_ms: float = LEAST_MS, least_kib: float = LEAST_KIB) -> Judgement:
    for cause in insight(timed, "ThirdParties").causes:
        script_ms, kib = cause.wasted_ms or 0.0, (cause.wasted_bytes or 0.0) / 1024
        if script_ms >= least_ms or kib >= least_kib:
            busy = in_every_load(timed, f"ThirdParties {cause.owner}", max(SURE_MS, least_ms))
            sure = busy or kib >= max(SURE_KIB, least_kib)
            yield Problem(
                values={"owner": cause.owner, "script_ms": round(script_ms), "kib": round(kib)},
                certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
                discriminator=f"owner:{cause.owner}",
                owner=cause.owner,
            )
