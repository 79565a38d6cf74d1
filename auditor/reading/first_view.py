"""The screen after 2.6 s, by the estimate of the paints that holds for the page."""

from auditor.evidence import FirstView, Timed, TimedLoad
from auditor.reading.repeated import waits_for_little


def first_view_of(timed: Timed, load: TimedLoad) -> FirstView | None:
    """None where the load was not filmed."""
    return (load.steady_view if waits_for_little(timed, "lcp") else None) or load.first_view
