"""SPD-009."""

from auditor.api import Certainty, Judgement, NotApplicable, Problem, Severity, Timed, _, check
from auditor.reading.causes import file_name, insight
from auditor.reading.repeated import outvote, picture_of_most


@check(
    id="speed/main-picture-found-late",
    row="SPD-009",
    severity=Severity.MODERATE,
    title=_("The browser learns late of the main picture"),
    why=_("The largest picture of the first screen is asked for after files that matter less."),
    fix=_('Write the main picture into the first HTML as an img without loading="lazy", with fetchpriority="high".'),
    found=_("The main picture {file} is loaded late"),
    found_as={
        "hidden": _(
            "The main picture {file} is not in the first HTML: the browser learns of it from a script or style sheet"
        ),
        "lazy": _('The main picture {file} has loading="lazy"'),
        "priority": _('The main picture {file} has no fetchpriority="high"'),
    },
    source="https://developer.chrome.com/docs/performance/insights/lcp-discovery",
    scale="binary",
)
def main_picture_found_late(timed: Timed) -> Judgement:
    found = insight(timed, "LCPDiscovery")
    if not found.facts or not found.causes:
        raise NotApplicable("the largest element is text")
    traced = [load.traced for load in timed.loads if load.traced]
    picture, count = picture_of_most(timed)
    of_most = picture in [run.lcp_url for run in traced if run.insights] and outvote(count, len(traced))
    same = Certainty.CERTAIN if of_most else Certainty.NEEDS_REVIEW
    file = file_name(found.causes[0].url)
    hidden, lazy = not found.facts.get("requestDiscoverable", True), not found.facts.get("eagerlyLoaded", True)
    if hidden or lazy:
        yield Problem(values={"file": file}, certainty=same, discriminator="hidden" if hidden else "lazy")
    elif not found.facts.get("priorityHinted", True):
        yield Problem(values={"file": file}, certainty=same, middle=True, discriminator="priority")
