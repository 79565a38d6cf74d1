"""Timed loads of one page on one device: what each measured, and what its trace says."""

from datetime import datetime
from typing import Literal

from auditor.evidence.frozen import SCHEMA_VERSION, Frozen
from auditor.evidence.pages import Device

SpeedMethod = Literal["simulated", "observed"]


class Cause(Frozen):
    """One thing that an insight blames: a file, a request, a third party.

    ``owner`` is ``shop`` or the third party's name. ``wasted_ms`` and ``wasted_bytes`` are what it costs, as far as
    known; ``facts`` hold what else the engine says of it.
    """

    url: str = ""
    owner: str = "shop"
    wasted_ms: float | None = None
    wasted_bytes: float | None = None
    facts: dict[str, str | float | bool] = {}


class Insight(Frozen):
    """An insight of Chrome's trace engine, by the engine's name for it, such as RenderBlocking.

    ``savings`` are estimates for ``fcp`` and ``lcp`` in ms of the simulated device, and for ``cls`` as a score.
    ``causes`` are the worst first, at most 20 of ``causes_in_all``.
    """

    name: str
    state: Literal["pass", "fail", "informative"]
    savings: dict[str, float] = {}
    wasted_bytes: float | None = None
    facts: dict[str, str | float | bool] = {}
    causes: tuple[Cause, ...] = ()
    causes_in_all: int = 0


class LcpPhases(Frozen):
    """The four parts of the largest contentful paint as it was observed, in ms; text has no ``load_*``."""

    ttfb_ms: float
    load_delay_ms: float | None = None
    load_ms: float | None = None
    render_delay_ms: float


class Simulated(Frozen):
    """Lantern's estimate for the simulated device and network, in ms."""

    fcp_ms: float
    lcp_ms: float
    tbt_ms: float
    tti_ms: float
    si_ms: float | None = None


class TracedRun(Frozen):
    """What the trace engine made of one trace. Without a paint there is nothing to simulate.

    ``observed`` holds fcp, lcp, dcl, load and si (the speed index) in ms on this machine, not slowed down.
    """

    url: str
    observed: dict[str, float] = {}
    simulated: Simulated | None = None
    lcp_element: str | None = None
    lcp_url: str | None = None
    phases: LcpPhases | None = None
    server_ms: float | None = None
    insights: tuple[Insight, ...] = ()
    failed: dict[str, str] = {}


class Observed(Frozen):
    """What the page's own observers measured on this machine, in ms but for ``cls``; None where there was nothing."""

    ttfb_ms: float | None = None
    fcp_ms: float | None = None
    lcp_ms: float | None = None
    lcp_selector: str | None = None
    lcp_url: str | None = None
    cls: float | None = None
    cls_selector: str | None = None
    tbt_ms: float | None = None
    load_ms: float | None = None


class TimedLoad(Frozen):
    """One load, alone on the machine. ``note`` says why it measured nothing, or why it has no ``traced``.

    ``errors`` are the first lines of scripts' uncaught errors, and the shop's own files that were answered with an
    error, at most 20. ``others`` is the share (0-1) of the machine's processors that other programs, and the shop if it
    runs here, used meanwhile; ``settled`` tells whether the page came to rest by itself.
    """

    took_ms: int
    settled: bool = False
    others: float | None = None
    observed: Observed | None = None
    traced: TracedRun | None = None
    errors: tuple[str, ...] = ()
    note: str = ""


class Timed(Frozen):
    """All timed loads of one page on one device, in the order in which they were made.

    ``visit`` is the id of the untimed visit to the page. ``method``: ``simulated`` judges a trace for Lighthouse's slow
    phone or desktop; ``observed`` takes this machine's own times. ``why`` says why a load is missing or not simulated.
    Insights are kept of the load in the middle only.
    """

    schema_version: int = SCHEMA_VERSION
    visit: str
    page_key: str
    device: Device
    method: SpeedMethod
    wanted: int
    started_at: datetime
    loads: tuple[TimedLoad, ...] = ()
    why: str = ""
