"""Lab timing of one load."""

from auditor.evidence.frozen import Frozen


class Shift(Frozen):
    """One layout shift without recent input."""

    value: float
    at_ms: float
    selectors: tuple[str, ...] = ()


class LongTask(Frozen):
    start_ms: float
    duration_ms: float


class Timing(Frozen):
    """Milliseconds since navigation start; None where the browser did not report it.

    ``cls`` is the largest session window over load and one slow scroll to the bottom. ``tbt_ms`` sums what long tasks
    exceed 50 ms by, between FCP and the end of settling. On an untimed visit all of it is indicative only.
    """

    ttfb_ms: float | None = None
    fcp_ms: float | None = None
    lcp_ms: float | None = None
    lcp_selector: str | None = None
    lcp_url: str | None = None
    cls: float | None = None
    shifts: tuple[Shift, ...] = ()
    inp_ms: float | None = None
    tbt_ms: float | None = None
    long_tasks: tuple[LongTask, ...] = ()
    dom_content_loaded_ms: float | None = None
    load_ms: float | None = None
    connect_ms: float | None = None
    settled_ms: float | None = None
