"""Timed visits: every page several times, strictly one load after the other, after all else is over."""

import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError

from auditor.browser.browser_process import LAUNCH_ARGS, BrowserDied, without_features
from auditor.browser.finder import BrowserNotFound
from auditor.browser.second_look import Second
from auditor.browser.session import BrowserSession
from auditor.browser.timed_load import timed_load
from auditor.browser.timed_machine import measured_machine, slowdown, too_slow
from auditor.browser.timed_series import chosen, empty, films_kept, stands_apart, with_load
from auditor.evidence import Device, Machine, PageEvidence, Timed, TimedLoad
from auditor.progress import Progress, Silent
from auditor.speed.engine import EngineUnavailable, TraceEngine
from auditor.speed.film import FilmPlace

EXTRA_LOADS = 2
MAX_RETRIES = 2
HOPELESS = 2
MAX_BROWSERS = 3
_SPARE = ("SpareRendererForSitePerProcess",)
ONE_PROCESS = "--disable-site-isolation-trials"
TIMED_ARGS = (
    # A shopper's browser keeps frames of other sites in processes of their own.
    *(argument for argument in LAUNCH_ARGS if argument not in (ONE_PROCESS, without_features())),
    # A process kept in reserve, which begins before the trace does, may join it after the navigation began: 4 of 40
    # loads had no start on a busy machine, without it none.
    without_features(*_SPARE),
)
APPLIED_ARGS = (*TIMED_ARGS, ONE_PROCESS)
"""What slows a page down reaches its own process only."""

Opens = Callable[[Device], Awaitable[BrowserContext]]


async def timed_visits(
    session: BrowserSession,
    visits: Sequence[PageEvidence],
    progress: Progress | None = None,
    folder: Path | None = None,
) -> AsyncGenerator[Timed, None]:
    """Load the page of every loaded visit ``speed.runs`` times, and yield what each page and device measured so far,
    again after every load: the last one for a page is the whole.

    All pages are loaded once, then all again, so that a drift of the machine meets all alike. A page of which one load
    stands apart gets EXTRA_LOADS more, which tell an accident from a page with two states; a load that failed is made
    MAX_RETRIES times more, but a page that measured nothing HOPELESS times in a row is left alone. After
    ``speed.seconds`` the lane ends. Closing the iterator ends the load under way.

    :param folder: the run folder, for pictures of how each page filled up; None keeps none.
    """
    shop, progress = session.shop, progress or Silent()
    series = [empty(visit, shop.speed.runs, shop.speed.method) for visit in chosen(visits, shop.speed.pages)]
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
        machine: Machine | None = None
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
                    applied = shop.speed.method == "applied"
                    opens = await browser.enter_async_context(session.timing(APPLIED_ARGS if applied else TIMED_ARGS))
                if machine is None:
                    machine = await measured_machine(await opens(timed.device))
                context = await opens(timed.device)
            except (BrowserDied, BrowserNotFound, PlaywrightError):
                await browser.aclose()
                opens = None
                if browsers >= MAX_BROWSERS:
                    yield timed.model_copy(update={"why": f"the browser for timed loads ended {browsers} times"})
                    return
                load, then = TimedLoad(took_ms=0, note="the browser ended"), None
            else:
                if slow := too_slow(machine):
                    for one in series:
                        yield one.model_copy(update={"why": slow, "machine": machine})
                    return
                timed = with_machine(timed, machine)
                then = Second(urls[timed.page_key, timed.device]) if _looks_again(timed) and shop.speed.again else None
                load = await timed_load(
                    context, urls[timed.page_key, timed.device], session.profile(timed.device), shop, engine,
                    slowdown=timed.machine.slowdown if timed.machine and timed.method == "applied" else None,
                    film=FilmPlace(folder, f"pages/{timed.visit}/film-{len(timed.loads) + 1}") if folder else None,
                    then=then,
                )  # fmt: skip
            timed = with_load(timed, load, why)
            if then is not None and then.look is not None:
                timed = timed.model_copy(update={"again": then.look})
            timed = series[place] = _without_old_films(timed, folder)
            yield timed
            if len(timed.loads) >= HOPELESS and all(one.observed is None for one in timed.loads[-HOPELESS:]):
                queue = [other for other in queue if other != place]
            elif load.traced is None and load.note and retries[place] < MAX_RETRIES:
                retries[place] += 1
                queue.append(place)
            if place not in queue and stands_apart(timed) and len(timed.loads) == shop.speed.runs + retries[place]:
                queue += [place] * EXTRA_LOADS


def with_machine(timed: Timed, machine: Machine) -> Timed:
    """With the machine that its loads are made on, and how far it is slowed down for its device."""
    if timed.method == "applied" and timed.device is Device.MOBILE:
        machine = machine.model_copy(update={"slowdown": slowdown(machine)})
    return timed.model_copy(update={"machine": machine})


def _looks_again(timed: Timed) -> bool:
    """With the last load, or where that one failed with one of those that follow."""
    return timed.again is None and len(timed.loads) >= timed.wanted - 1


def _without_old_films(timed: Timed, folder: Path | None) -> Timed:
    if folder is None:
        return timed
    kept = films_kept(timed)
    wanted = {frame.picture for load in kept.loads for frame in load.film}
    for frame in (frame for load in timed.loads for frame in load.film):
        if frame.picture not in wanted:
            (folder / frame.picture).unlink(missing_ok=True)
    return kept


async def _engine(last: contextlib.AsyncExitStack) -> tuple[TraceEngine | None, str]:
    """The engine, or None and why there is none. A trace is recorded for the causes, whatever the method."""
    engine = await last.enter_async_context(TraceEngine())
    try:
        await engine.ready()
    except EngineUnavailable as problem:
        return None, f"not simulated: {problem}"
    return engine, ""
