"""SPD-007."""

from auditor.api import Certainty, Judgement, Measure, NotRecorded, Problem, Severity, Timed, _, check
from auditor.reading.first_view import first_view_of
from auditor.reading.repeated import repeated

GOOD, POOR = 0.9, 0.7
"""Structural similarity. Our proposal."""

LEAST_COMPLETE = 0.9
"""A first view with that much of its colours is there: what differs moves, as a carousel does."""


@check(
    id="speed/first-view-unfinished",
    row="SPD-007",
    severity=Severity.MINOR,
    title=_("The first view is unfinished when it makes its impression"),
    why=_(
        "Eyes land on the part that shapes the impression after some 2.6 s; until then it has to be there. The figure"
        " comes from still pictures of home pages, and is a hint."
    ),
    fix=_("Send what the first view shows first: its style, its text, its pictures; the rest can follow."),
    found=_("After 2.6 s ({method}) the first view is {likeness} % like the settled one (median; loads: {loads})"),
    source="https://www.sciencedaily.com/releases/2012/02/120216094726.htm",
    scored=False,
)
def first_view_unfinished(timed: Timed, *, good: float = GOOD, poor: float = POOR) -> Judgement:
    seen = (first_view_of(timed, load) for load in timed.loads)
    views = sorted((view for view in seen if view is not None), key=lambda view: view.likeness)
    if not views:
        raise NotRecorded(timed.why or "no load was filmed")
    lcp = repeated(timed, "lcp")
    if lcp is not None and lcp.shared:
        raise NotRecorded("other programs used much of this machine meanwhile; audit again when it is quiet")
    middle = views[(len(views) - 1) // 2]
    yield Measure(value=middle.likeness, unit="share")
    if middle.likeness < good:
        # On a simulated device it is estimated which frame stands for that moment.
        certain = timed.method != "simulated" and len(views) > 1
        sure = certain and all(view.likeness < good and view.complete < LEAST_COMPLETE for view in views)
        yield Problem(
            values={"likeness": round(100 * middle.likeness), "loads": len(views), "method": timed.method},
            middle=middle.likeness >= poor,
            certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
            discriminator="first view",
            timed=True,
        )
