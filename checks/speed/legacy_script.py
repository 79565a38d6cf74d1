"""SPD-008, a cause of it."""

from auditor.api import Judgement, Measure, Problem, Severity, Timed, _, check
from auditor.reading.causes import by_owner, file_name, insight

LEAST_KIB = 20
"""Our proposal: below it the work is not worth the gain."""


@check(
    id="speed/legacy-script",
    row="SPD-008",
    severity=Severity.MINOR,
    title=_("Scripts carry code for browsers that are gone"),
    why=_("Every shopper downloads and runs what only browsers of many years ago needed."),
    fix=_("Build scripts for today's browsers: leave out these polyfills and translations."),
    found=_("{file} holds {what}; about {kib} KiB could be left out of {files} scripts"),
    source="https://developer.chrome.com/docs/performance/insights/legacy-javascript",
    shopwide=True,
    scored=False,
)
def legacy_script(timed: Timed, *, least_kib: float = LEAST_KIB) -> Judgement:
    found = insight(timed, "LegacyJavaScript")
    yield Measure(value=round((found.wasted_bytes or 0.0) / 1024, 1), unit="KiB")
    for owner, causes in by_owner(found.causes).items():
        kib = sum(cause.wasted_bytes or 0.0 for cause in causes) / 1024
        if kib >= least_kib:
            worst = causes[0]
            yield Problem(
                values={
                    "file": file_name(worst.url), "what": str(worst.facts.get("what", "")), "kib": round(kib),
                    "files": len(causes),
                },
                discriminator=f"owner:{owner}",
                owner=owner,
            )  # fmt: skip
