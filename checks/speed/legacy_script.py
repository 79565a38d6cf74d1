"""SPD-008, a cause of it."""

from auditor.api import Judgement, Severity, Timed, _, check
from auditor.reading.causes import sent_in_vain

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
    return sent_in_vain(
        timed,
        "LegacyJavaScript",
        least_kib,
        lambda causes: {"what": str(causes[0].facts.get("what", "")), "files": len(causes)},
    )
