"""SPD-008, a cause of it."""

from auditor.api import Judgement, Measure, Problem, Severity, Timed, _, check
from auditor.reading.causes import by_owner, file_name, insight

LEAST_KIB = 10
"""Our proposal."""


@check(
    id="speed/script-twice",
    row="SPD-008",
    severity=Severity.MINOR,
    title=_("The same library is loaded more than once"),
    why=_("Every shopper downloads and runs it again, often in two versions."),
    fix=_("Let the bundles share one copy, and bring what depends on it to the same version."),
    found=_(
        "{library} is in several files, {file} among them; about {kib} KiB of {libraries} libraries are sent twice"
    ),
    source="https://developer.chrome.com/docs/performance/insights/duplicated-javascript",
    shopwide=True,
    scored=False,
)
def script_twice(timed: Timed, *, least_kib: float = LEAST_KIB) -> Judgement:
    found = insight(timed, "DuplicatedJavaScript")
    yield Measure(value=round((found.wasted_bytes or 0.0) / 1024, 1), unit="KiB")
    for owner, causes in by_owner(found.causes).items():
        kib = sum(cause.wasted_bytes or 0.0 for cause in causes) / 1024
        if kib >= least_kib:
            worst = causes[0]
            yield Problem(
                values={
                    "library": str(worst.facts.get("what", ""))[:80], "file": file_name(worst.url), "kib": round(kib),
                    "libraries": len(causes),
                },
                discriminator=f"owner:{owner}",
                owner=owner,
            )  # fmt: skip
