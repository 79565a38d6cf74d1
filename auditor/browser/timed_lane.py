"""Timed visits: every page several times, strictly one load after the other, after all else is over."""

import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime

from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError

from auditor.browser.browser_process import LAUNCH_ARGS, BrowserDied, without_features
from auditor.browser.finder import BrowserNotFound
from auditor.browser.session import BrowserSession
from auditor.browser.timed_load import timed_load
from auditor.evidence import Device, Ended, PageEvidence, Timed, TimedLoad
from auditor.progress import Progress, Silent
from auditor.reading.repeated import repeated, value_of
from auditor.speed.engine import EngineUnavailable, TraceEngine

EXTRA_LOADS = 2
MAX_RETRIES = 2
HOPELESS = 2
MAX_BROWSERS = 3
_SPARE = ("SpareRendererForSitePerProcess",)
TIMED_ARGS = (
    # A shopper's browser keeps frames of other sites in processes of their own.
    *(argument for argument in LAUNCH_ARGS if argument not in ("--disable-site-isolation-trials", without_features())),
    # A process kept in reserve, which begins before the trace does, may join it after the navigation began: 4 of 40
    # loads had no start on a busy machine, without it none.
    without_features(*_SPARE),
)
Opens = Callable[[Device], Awaitable[BrowserContext]]


async def timed_visits(
    session: BrowserSession, visits: Sequence[PageEvidence], progress: Progress | None = None
) -> AsyncGenerator[Timed, None]:
    """Load the page of every loaded visit ``speed.runs`` times, and yield what each page and device measured so far,
    again after every load: the last one for a page is the whole.

    All pages are loaded once, then all again, so that a drift of the machine meets all alike. A page of which one load
    stands apart gets EXTRA_LOADS more, which tell an accident from a page with two states; a load that failed is made
    MAX_RETRIES times more, but a page that measured nothing HOPELESS times in a row is left alone. After
    ``speed.seconds`` the lane ends. Closing the iterator ends the load under way.
    """
    shop, progress = session.shop, progress or Silent()
    series = [_empty(visit, shop.speed.runs, shop.speed.method) for visit in chosen(visits, shop.speed.pages)]
    if not series or shop.speed.runs < 1:
        return
    urls = {(visit.page.key, visit.visit.device): visit.page.url for visit in visits}
    progress.stage("time", len(series) * shop.speed.runs)
    clock, browsers = datetime.now(UTC), 0
    async with contextlib.AsyncExitStack() as last:
        engine, why = await _engine(last)
        queue = [place for _run in range(shop.speed.runs) for place in range(len(series))]
        retries = [0] * len(series)
        opens: Opens | None = None
        browser = await last.enter_async_context(contextlib.AsyncExitStack())
        while queue:
            place = queue.pop(0)
            timed = series[place]
            if (datetime.now(UTC) - clock).total_seconds() > shop.speed.seconds:
                late = f"the timed loads were ended after {shop.speed.seconds:g} s, their limit"
                for unfinished in {place, *queue}:
                    yield series[unfinished].model_copy(update={"why": late})
                return
            progress.step(f"{timed.page_key} ({timed.device})")
            try:
                if opens is None:
                    browsers += 1
                    opens = await browser.enter_async_context(session.timing(TIMED_ARGS))
                context = await opens(timed.device)
            except (BrowserDied, BrowserNotFound, PlaywrightError):
                await browser.aclose()
                opens = None
                if browsers >= MAX_BROWSERS:
                    yield timed.model_copy(update={"why": f"the browser for timed loads ended {browsers} times"})
                    return
                load = TimedLoad(took_ms=0, note="the browser ended")
            else:
                url = urls[timed.page_key, timed.device]
                load = await timed_load(context, url, session.profile(timed.device), shop, engine)
            timed = series[place] = with_load(timed, load, why)
            yield timed
            if len(timed.loads) >= HOPELESS and all(one.observed is None for one in timed.loads[-HOPELESS:]):
                queue = [other for other in queue if other != place]
            elif load.traced is None and load.note and retries[place] < MAX_RETRIES:
                retries[place] += 1
                queue.append(place)
            if place not in queue and _stands_apart(timed) and len(timed.loads) == shop.speed.runs + retries[place]:
                queue += [place] * EXTRA_LOADS


def chosen(visits: Iterable[PageEvidence], most: int | None) -> list[PageEvidence]:
    """The loaded visits, of each template and device at most ``most``."""
    counts: dict[tuple[str, str], int] = {}
    taken = []
    for visit in visits:
        kind = (visit.page.template, visit.visit.device)
        if visit.visit.ended is Ended.LOADED and (most is None or counts.get(kind, 0) < most):
            counts[kind] = counts.get(kind, 0) + 1
            taken.append(visit)
    return taken


def with_load(timed: Timed, load: TimedLoad, why: str = "") -> Timed:
    """Only the load in the middle keeps its insights: those of the others say the same, and are large. ``why`` is that
    of the whole lane; a load's own reason counts until as many loads as wanted have all their numbers."""
    loads = (*timed.loads, load)
    complete = sum(one.observed is not None and one.traced is not None for one in loads) >= timed.wanted
    timed = timed.model_copy(update={"loads": loads, "why": why or ("" if complete else load.note or timed.why)})
    keeps = _middle(timed)
    return timed.model_copy(update={"loads": tuple(_slim(one) if one is not keeps else one for one in timed.loads)})


def _middle(timed: Timed) -> TimedLoad | None:
    """Of the loads that still have insights, the one whose LCP is nearest to the median."""
    lcp = repeated(timed, "lcp")
    full = [load for load in timed.loads if load.traced and load.traced.insights]
    if lcp is None or not full:
        return full[-1] if full else None
    return min(full, key=lambda load: abs((value_of(load, "lcp", lcp.method) or 0.0) - lcp.median))


def _slim(load: TimedLoad) -> TimedLoad:
    if load.traced is None or not load.traced.insights:
        return load
    return load.model_copy(update={"traced": load.traced.model_copy(update={"insights": ()})})


def _stands_apart(timed: Timed) -> bool:
    lcp = repeated(timed, "lcp")
    return lcp is not None and lcp.apart


def _empty(visit: PageEvidence, wanted: int, method: str) -> Timed:
    return Timed.model_validate(
        {
            "visit": visit.visit.id, "page_key": visit.page.key, "device": visit.visit.device, "method": method,
            "wanted": wanted, "started_at": datetime.now(UTC),
        }
    )  # fmt: skip


async def _engine(last: contextlib.AsyncExitStack) -> tuple[TraceEngine | None, str]:
    """The engine, or None and why there is none. A trace is recorded for the causes, whatever the method."""
    engine = await last.enter_async_context(TraceEngine())
    try:
        await engine.ready()
    except EngineUnavailable as problem:
        return None, f"not simulated: {problem}"
    return engine, ""
