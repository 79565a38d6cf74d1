"""SPD-008, a cause of it."""

from auditor.api import Judgement, Severity, Timed, _, check
from auditor.reading.causes import sent_in_vain

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
    return sent_in_vain(
        timed,
        "DuplicatedJavaScript",
        least_kib,
        lambda causes: {"library": str(causes[0].facts.get("what", ""))[:80], "libraries": len(causes)},
    )
