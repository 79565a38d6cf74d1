"""Timed loads of one page on one device: what each measured, and what its trace says."""

from datetime import datetime
from typing import Any, Literal

from pydantic import model_validator

from auditor.evidence.frozen import SCHEMA_VERSION, Frozen
from auditor.evidence.pages import Device

SpeedMethod = Literal["simulated", "observed", "applied"]


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
    """Lantern's estimate for the simulated device and network, in ms.

    Lantern has a paint wait for whatever was over before it on this machine. ``steady_`` is the same estimate where
    only what Chrome lets hold the paint back is waited for, and all else that was asked for shares the network with it.
    """

    fcp_ms: float
    lcp_ms: float
    tbt_ms: float
    tti_ms: float
    si_ms: float | None = None
    steady_fcp_ms: float | None = None
    steady_lcp_ms: float | None = None
    steady_si_ms: float | None = None
    steady_tbt_ms: float | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_what_was_tried(cls, given: Any) -> Any:
        """For a day an estimate was kept that took no notice of what shares the network."""
        return {name: at for name, at in given.items() if name not in _TRIED} if isinstance(given, dict) else given


_TRIED = frozenset({"sure_fcp_ms", "sure_lcp_ms", "sure_si_ms"})


class Fetched(Frozen):
    """A file of the traced load, its times in ms since the navigation: asked for, first byte, over. ``bytes`` as they
    were sent. ``blocking``: the first paint waits for it."""

    url: str
    owner: str = "shop"
    type: str
    start_ms: float
    first_byte_ms: float | None = None
    end_ms: float
    bytes: float = 0.0
    blocking: bool = False
    priority: str = ""


class FilmFrame(Frozen):
    """What the screen showed from ``at_ms`` after the navigation on; ``picture`` is a file of the run folder."""

    at_ms: float
    picture: str


class FirstView(Frozen):
    """The screen at 2.6 s against the settled one: ``likeness`` of the two (structural similarity, 0-1) and how much of
    its colours was there (``complete``, 0-1). ``at_ms`` is the time of this load that stands for 2.6 s; with a
    simulated device it is an estimate."""

    at_ms: float
    likeness: float
    complete: float


class TracedRun(Frozen):
    """What the trace engine made of one trace. Without a paint there is nothing to simulate.

    ``observed`` holds fcp, lcp, dcl, load and si (the speed index) in ms on this machine, as it was slowed down.
    ``fetched`` are the files that say most about the load, in the order in which they were asked for. ``blamed`` is
    what is left of insights that are not kept: ms by the names of :func:`auditor.reading.causes.blamed_ms`. ``raced``
    are files that Lantern has the paints wait for and that Chrome does not; ``awaited`` the scripts that both do.
    """

    url: str
    observed: dict[str, float] = {}
    simulated: Simulated | None = None
    lcp_element: str | None = None
    lcp_url: str | None = None
    phases: LcpPhases | None = None
    server_ms: float | None = None
    insights: tuple[Insight, ...] = ()
    blamed: dict[str, float] | None = None
    fetched: tuple[Fetched, ...] = ()
    fetched_in_all: int = 0
    raced: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()
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
    runs here, used meanwhile; ``settled`` tells whether the page came to rest by itself. ``film`` shows how the screen
    filled up; only two loads of a page keep theirs. ``first_view`` is placed by Lantern's paints, ``steady_view`` by
    the steady ones.
    """

    took_ms: int
    settled: bool = False
    others: float | None = None
    observed: Observed | None = None
    traced: TracedRun | None = None
    errors: tuple[str, ...] = ()
    film: tuple[FilmFrame, ...] = ()
    first_view: FirstView | None = None
    steady_view: FirstView | None = None
    note: str = ""


class Machine(Frozen):
    """How quick the machine was before its timed loads: ``speed`` in rounds of a fixed task per ms, in the best of some
    series; ``unrest`` is the share (0-1) of it that the series in the middle lost to whatever else ran. ``slowdown`` is
    the factor by which ``applied`` slows its processor down to a slow phone; 1 on a desktop."""

    speed: float
    unrest: float
    slowdown: float = 1.0


class UnusedScript(Frozen):
    """``unused_bytes`` and ``bytes`` of source text, uncompressed."""

    url: str
    owner: str = "shop"
    bytes: int
    unused_bytes: int


class SecondLook(Frozen):
    """The page opened again in the same browser, with its cache filled; and left and come back to.

    Times in ms on this machine, not slowed down. ``sent_bytes``: what the second view fetched. ``kept_whole``: the
    browser kept the page when it was left (back/forward cache); None where that could not be tried. ``not_kept`` are
    Chrome's reasons that the page can mend, ``not_kept_others`` those that it cannot. ``unused``: scripts by code that
    did not run while the page loaded, largest first.
    """

    ttfb_ms: float | None = None
    fcp_ms: float | None = None
    lcp_ms: float | None = None
    sent_bytes: int | None = None
    kept_whole: bool | None = None
    not_kept: tuple[str, ...] = ()
    not_kept_others: tuple[str, ...] = ()
    unused: tuple[UnusedScript, ...] | None = None
    note: str = ""


class PaintTrial(Frozen):
    """The page loaded once more with ``held`` files held back: all scripts, fonts and data that Chrome does not hold
    the first paint for.

    ``fcp`` and ``lcp``: whether the first and the largest paint came all the same; None where that was not seen, and
    ``note`` says why. ``raced`` are the files that made the difference between the two estimates.
    """

    held: int = 0
    raced: tuple[str, ...] = ()
    fcp: bool | None = None
    lcp: bool | None = None
    note: str = ""


class Timed(Frozen):
    """All timed loads of one page on one device, in the order in which they were made.

    ``visit`` is the id of the untimed visit to the page. ``method``: ``simulated`` judges a trace for Lighthouse's slow
    phone or desktop; ``observed`` takes this machine's own times; ``applied`` those of a browser that was slowed down.
    ``why`` says why a load is missing or not simulated. Insights and files are kept of the load in the middle only.
    ``trial`` was made where the two estimates of a load differ.
    """

    schema_version: int = SCHEMA_VERSION
    visit: str
    page_key: str
    device: Device
    method: SpeedMethod
    wanted: int
    started_at: datetime
    loads: tuple[TimedLoad, ...] = ()
    machine: Machine | None = None
    again: SecondLook | None = None
    trial: PaintTrial | None = None
    why: str = ""
