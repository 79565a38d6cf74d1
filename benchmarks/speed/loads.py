"""Loads of ours and of Lighthouse in turn, and loads of ours alone and two at once, in browsers that run already."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from playwright.async_api import BrowserContext

from auditor.audit import egress_policy
from auditor.browser.busy import Busy
from auditor.browser.finder import find_chromium
from auditor.browser.paint_trial import paint_trial
from auditor.browser.session import BrowserSession
from auditor.browser.timed_lane import TIMED_ARGS, Opens
from auditor.browser.timed_load import measure
from auditor.browser.timed_turns import Waiting
from auditor.egress import EgressProxy
from auditor.evidence import Device, Timed, TimedLoad
from auditor.reading.repeated import contested
from auditor.settings import ShopSettings
from auditor.speed.engine import TraceEngine
from benchmarks.accuracy.shops import EVERSHOP
from benchmarks.speed.plan import LoadUnit, OverlapUnit
from benchmarks.speed.ratios import OURS_PER_TURN, ours_of
from benchmarks.speed.record import Load, Overlapped, Tool
from benchmarks.speed.tools import lighthouse
from benchmarks.visits import oscar_panel


class Loaded(NamedTuple):
    """Fields of ``Load``: metrics, none with a ``note`` that says why; seconds of it all."""

    values: dict[str, float]
    seconds: float
    note: str
    others: float | None
    measured: float | None = None


@dataclass(frozen=True)
class Lane:
    """A browser and an engine that nothing else uses."""

    shop: ShopSettings
    session: BrowserSession
    opens: Opens
    engine: TraceEngine

    async def loads(self, path: str, device: Device, count: int) -> list[Loaded]:
        """Loads one after the other as the lane makes them, each trace judged while the next page is closed, and the
        trial whether the page paints without what raced, where that made a difference. Each has an equal part of the
        time that all took."""
        url, profile = urljoin(self.shop.start_url, path), self.session.profile(device)
        start = time.perf_counter()
        made: list[Waiting] = []
        for _load in range(count):
            context: BrowserContext = await self.opens(device)
            beside = partial(made[-1].judge, self.engine) if made else None
            last = made[-1].measured if made else None
            measured = await measure(context, url, profile, self.shop, traced=True, meanwhile=beside, after=last)
            made.append(Waiting(0, measured))
        await made[-1].judge(self.engine)
        loads = tuple(load for one in made if (load := one.load) is not None)
        timed = Timed(
            visit="-", page_key=path, device=device, method="simulated", wanted=count, started_at=datetime.now(UTC),
            loads=loads,
        )  # fmt: skip
        raced = next((load for load in loads if contested(load)), None)
        if raced is not None:
            trial = await paint_trial(await self.opens(device), url, self.shop, raced)
            timed = timed.model_copy(update={"trial": trial})
        took = (time.perf_counter() - start) / count
        return [_loaded(load, values, took) for load, values in zip(loads, ours_of(timed), strict=True)]


def _loaded(load: TimedLoad, values: dict[str, float] | None, took: float) -> Loaded:
    note = "" if values else load.note or "no simulation"
    return Loaded(values or {}, round(took, 3), note, load.others, load.took_ms / 1000)


@asynccontextmanager
async def lanes(home: str, count: int) -> AsyncIterator[list[Lane]]:
    """``count`` lanes that have loaded the home page once: the first load of a browser is slower than all others."""
    shop = ShopSettings(start_url=home, allow_private=True)
    async with (
        EgressProxy(egress_policy(shop)) as egress,
        BrowserSession(shop, proxy=egress.url) as session,
        _lanes(shop, session, count) as ready,
    ):
        for lane in ready:
            await lane.loads(urlsplit(home).path, Device.MOBILE, 1)
        yield ready


@asynccontextmanager
async def _lanes(shop: ShopSettings, session: BrowserSession, count: int) -> AsyncIterator[list[Lane]]:
    if not count:
        yield []
        return
    async with TraceEngine() as engine, session.timing(TIMED_ARGS) as opens, _lanes(shop, session, count - 1) as more:
        await engine.ready()
        yield [Lane(shop, session, opens, engine), *more]


async def turn_of(lane: Lane, name: str, unit: LoadUnit) -> list[Load]:
    """OURS_PER_TURN loads of ours and one of Lighthouse; which is first changes from turn to turn."""
    lines: list[Load] = []

    def keep(tool: Tool, before: float, loads: list[Loaded]) -> None:
        lines.extend(
            Load(
                shop=name, load=before, path=unit.path, device=unit.device, turn=unit.turn, tool=tool,
                **one._asdict(),
            )
            for one in loads
        )  # fmt: skip

    for ours in (True, False) if unit.turn % 2 == 0 else (False, True):
        before = os.getloadavg()[0]
        if ours:
            keep("ours", before, await lane.loads(unit.path, unit.device, OURS_PER_TURN))
        else:
            keep("lighthouse", before, [await _lighthouse(urljoin(lane.shop.start_url, unit.path), unit.device)])
    return lines


async def _lighthouse(url: str, device: Device) -> Loaded:
    chromium = str((await asyncio.to_thread(find_chromium)).path or "")
    busy, start = Busy(), time.perf_counter()
    try:
        values, took = await lighthouse(url, device, chromium)
    except RuntimeError as problem:
        return Loaded({}, round(time.perf_counter() - start, 3), str(problem), busy.others())
    return Loaded(values, round(took, 3), "", busy.others())


async def overlap_of(pair: list[Lane], name: str, unit: OverlapUnit) -> list[Overlapped]:
    """Two pages, each alone and then both at once; the other way round in every second turn."""

    async def one(lane: Lane, path: str, together: bool) -> Overlapped:
        (load,) = await lane.loads(path, unit.device, 1)
        return Overlapped(
            shop=name, load=os.getloadavg()[0], path=path, device=unit.device, turn=unit.turn, together=together,
            seconds=load.seconds, values=load.values, note=load.note,
        )  # fmt: skip

    each = list(zip(pair, unit.paths, strict=True))
    lines: list[Overlapped] = []
    for together in (False, True) if unit.turn % 2 == 0 else (True, False):
        if together:
            lines += await asyncio.gather(*(one(lane, path, True) for lane, path in each))
        else:
            lines += [await one(lane, path, False) for lane, path in each]
    return lines


async def paths_of(session: BrowserSession, home: str, name: str, count: int) -> tuple[str, ...]:
    """Paths of one page of each kind before more of one: of django-oscar found on its home page, of EverShop known."""
    if name == "oscar":
        found = [page.url for page in await oscar_panel(session, home)]
        # Home, three categories, five products, search, basket, login: the kinds first.
        urls = [found[place] for place in (0, 1, 4, 9, 10) if place < len(found)]
        urls += [url for url in found if url not in urls]
        return tuple(dict.fromkeys(_path(url) for url in urls))[:count]
    return tuple(dict(reversed(EVERSHOP.pages)).values())[::-1][:count]


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
