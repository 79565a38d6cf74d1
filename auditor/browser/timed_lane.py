"""Timed visits: every page several times, strictly one load after the other, after all else is over."""

import contextlib
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError

from auditor.browser.applied import NETWORKS, slow_down
from auditor.browser.browser_process import LAUNCH_ARGS, BrowserDied, without_features
from auditor.browser.finder import BrowserNotFound
from auditor.browser.paint_trial import paint_trial
from auditor.browser.second_look import Second
from auditor.browser.session import BrowserSession
from auditor.browser.timed_load import Slow, measure
from auditor.browser.timed_machine import measured_machine, slowdown, too_slow
from auditor.browser.timed_series import chosen, empty
from auditor.browser.timed_turns import Turns, Waiting
from auditor.evidence import Device, Machine, PageEvidence, PaintTrial, Timed, TimedLoad
from auditor.progress import Progress, Silent
from auditor.settings import ShopSettings
from auditor.speed.engine import EngineUnavailable, TraceEngine

MAX_BROWSERS = 3
_SPARE = ("SpareRendererForSitePerProcess",)
ONE_PROCESS = "--disable-site-isolation-trials"
TIMED_ARGS = (
    # A shopper's browser keeps frames of other sites in processes of their own.
    *(argument for argument in LAUNCH_ARGS if argument not in (ONE_PROCESS, without_features())),
    # A process kept in reserve, which begins before the trace does, may join it after the navigation began: 4 of 40
    # loads had no start on a busy machine, without it none.
    without_features(*_SPARE),
    # A page that leaves its empty tab's process (as under Cross-Origin-Opener-Policy) leaves a recorded process that is
    # gone, for which the end of the trace waits 5 s: 42 of 57 loads of django-oscar, with this limit 0 of 45. Frames of
    # other sites still get processes of their own.
    "--renderer-process-limit=1",
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

    In the order of :class:`Turns`. The trace of a load is judged after the next page was measured, while that one is
    closed and another empty one opened: nothing runs beside a page. After ``speed.seconds`` the lane ends. Closing the
    iterator ends the load under way.

    :param folder: the run folder, for pictures of how each page filled up; None keeps none.
    """
    shop, progress = session.shop, progress or Silent()
    series = [empty(visit, shop.speed.runs, shop.speed.method) for visit in chosen(visits, shop.speed.pages)]
    if not series or shop.speed.runs < 1:
        return
    urls = {(visit.page.key, visit.visit.device): visit.page.url for visit in visits}
    progress.stage("time", len(series) * shop.speed.runs)
    clock = time.monotonic()
    async with contextlib.AsyncExitStack() as last:
        engine, why = await _engine(last)
        contexts = await last.enter_async_context(_Contexts(session))
        turns = Turns(series, shop.speed.runs, why, folder)
        waiting: list[Waiting] = []
        last.callback(_drop, waiting)
        while turns.queue or waiting:
            if waiting and (load := waiting[0].load) is not None:
                done = waiting.pop(0)
                timed = turns.took(done.place, load, done.then)
                if turns.wants_trial(done.place) and not _late(clock, shop):
                    timed = turns.tried(done.place, await contexts.tried(urls[_key(timed)], timed.device, load))
                yield timed
                continue
            late = _late(clock, shop)
            if waiting and (late or contexts.lost or not turns.queue or not waiting[-1].measured.waits):
                await waiting[-1].judge(engine)
                continue
            if late or contexts.lost:
                limit = f"the timed loads were ended after {shop.speed.seconds:g} s, their limit"
                for unfinished in set(turns.queue):
                    yield turns.series[unfinished].model_copy(update={"why": contexts.lost or limit})
                return
            place = turns.next()
            timed = turns.series[place]
            url, device = urls[_key(timed)], timed.device
            progress.step(f"{timed.page_key} ({device})", turns.begun())
            context = await contexts.open(device)
            if context is None or contexts.machine is None:
                yield turns.took(place, TimedLoad(took_ms=0, note="the browser ended"))
                continue
            if slow := too_slow(contexts.machine):
                for one in turns.series:
                    yield one.model_copy(update={"why": slow, "machine": contexts.machine})
                return
            timed = turns.series[place] = with_machine(timed, contexts.machine)
            then = Second(url) if shop.speed.again and turns.looks_again(place) else None
            measured = await measure(
                context, url, session.profile(device), shop, traced=engine is not None, then=then,
                slow=_slow(timed),
                meanwhile=partial(waiting[-1].judge, engine) if waiting else None,
                after=waiting[-1].measured if waiting else None,
            )  # fmt: skip
            waiting.append(Waiting(place, measured, then, turns.film_of(place)))


def _late(since: float, shop: ShopSettings) -> bool:
    return time.monotonic() - since > shop.speed.seconds


def _key(timed: Timed) -> tuple[str, Device]:
    return timed.page_key, timed.device


def _drop(waiting: Sequence[Waiting]) -> None:
    for one in waiting:
        one.measured.drop()


class _Contexts(contextlib.AsyncExitStack):
    """Opens contexts in a browser of the lane's own, which is started again where it died. ``lost`` says that it died
    MAX_BROWSERS times; ``machine`` is known once one is open."""

    def __init__(self, session: BrowserSession) -> None:
        super().__init__()
        self.lost = ""
        self.machine: Machine | None = None
        self._session = session
        self._starts = 0
        self._opens: Opens | None = None

    async def open(self, device: Device) -> BrowserContext | None:
        """None where the browser died; the next call starts another one."""
        try:
            if self._opens is None:
                self._starts += 1
                applied = self._session.shop.speed.method == "applied"
                opens = self._session.timing(APPLIED_ARGS if applied else TIMED_ARGS)
                self._opens = await self.enter_async_context(opens)
            if self.machine is None:
                self.machine = await measured_machine(await self._opens(device))
            return await self._opens(device)
        except (BrowserDied, BrowserNotFound, PlaywrightError):
            await self.aclose()
            self._opens = None
            if self._starts >= MAX_BROWSERS:
                self.lost = f"the browser for timed loads ended {self._starts} times"
            return None

    async def tried(self, url: str, device: Device, load: TimedLoad) -> PaintTrial:
        """Whether ``url`` paints without the files that raced in ``load``."""
        context = await self.open(device)
        if context is None:
            return PaintTrial(note="the browser ended")
        return await paint_trial(context, url, self._session.shop, load)


def _slow(timed: Timed) -> Slow | None:
    if timed.machine is None or timed.method != "applied":
        return None
    return partial(slow_down, network=NETWORKS[timed.device], slowdown=timed.machine.slowdown)


def with_machine(timed: Timed, machine: Machine) -> Timed:
    """With the machine that its loads are made on, and how far it is slowed down for its device."""
    if timed.method == "applied" and timed.device is Device.MOBILE:
        machine = machine.model_copy(update={"slowdown": slowdown(machine)})
    return timed.model_copy(update={"machine": machine})


async def _engine(last: contextlib.AsyncExitStack) -> tuple[TraceEngine | None, str]:
    """The engine, or None and why there is none. A trace is recorded for the causes, whatever the method."""
    engine = await last.enter_async_context(TraceEngine())
    try:
        await engine.ready()
    except EngineUnavailable as problem:
        return None, f"not simulated: {problem}"
    return engine, ""
