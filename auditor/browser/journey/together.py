"""Journeys side by side, as far as they leave each other and the shop in peace."""

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from auditor.browser.capture import PARALLEL
from auditor.browser.interlock import Alarm
from auditor.evidence import Device, JourneyEvidence, JourneyName
from auditor.settings import Politeness

PAGE_SECONDS = 1.0
"""A journey opens a page a second at most: django-oscar's search, on the machine it is asked from."""

Walk = Callable[[JourneyName, Device, Alarm, int], Awaitable[JourneyEvidence]]
"""Walks one; the number is that of the journeys that share the machine, this one included."""


def at_once(polite: Politeness, crawl_delay_s: float | None, processors: int | None = None) -> int:
    """How many journeys may look around in the shop at the same time: one for each processor and one more, since they
    wait more than they compute, but no more than pages are visited at once, or than keep to the operator's pace. One
    where robots.txt asks for a slow pace.
    """
    if crawl_delay_s or polite.concurrency == 1:
        return 1
    paced = int(PAGE_SECONDS / polite.delay_s) if polite.delay_s else PARALLEL
    return max(1, min(PARALLEL, paced, (processors or os.cpu_count() or 1) + 1))


async def walk_together(
    walk: Walk,
    names: Iterable[JourneyName],
    devices: Sequence[Device],
    most: int,
    one_by_one: frozenset[JourneyName] = frozenset(),
) -> AsyncGenerator[JourneyEvidence, None]:
    """Every journey on every device in the order of ``names``; yields each as it ends.

    Journeys that only look go on side by side, ``most`` at once. One that buys goes on alone, for the sake of what it
    measures, and because two guests of the same name may be after the last piece of a product. Those of a name in
    ``one_by_one`` go on with others, but from device to device: the next knows what the last one learned. The sign of
    an order ends all at once, and none begins after it. Closing the iterator ends those under way.
    """
    alarm = Alarm()
    for buys, group in groupby(names, key=lambda name: name == "buy"):
        turns = [(name, device) for name in group for device in devices]
        shared = 1 if buys else min(most, len(turns))
        begin = [
            _Turn(name if name in one_by_one else f"{name} {device}", partial(walk, name, device, alarm, shared))
            for name, device in turns
        ]
        async with aclosing(_side_by_side(begin, shared, alarm)) as ended:
            async for evidence in ended:
                yield evidence


@dataclass(frozen=True)
class _Turn:
    """A journey that may begin; those of the same ``lane`` one after the other."""

    lane: str
    begin: Callable[[], Awaitable[JourneyEvidence]]


async def _side_by_side(turns: Iterable[_Turn], most: int, alarm: Alarm) -> AsyncGenerator[JourneyEvidence, None]:
    waiting, running = list(turns), dict[asyncio.Future[JourneyEvidence], str]()
    try:
        while running or (waiting and alarm.trip is None):
            while alarm.trip is None and len(running) < most:
                turn = next((one for one in waiting if one.lane not in running.values()), None)
                if turn is None:
                    break
                waiting.remove(turn)
                running[asyncio.ensure_future(turn.begin())] = turn.lane
            await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for walk in [one for one in running if one.done()]:
                del running[walk]
                yield walk.result()
    finally:
        for walk in running:
            walk.cancel()
        await asyncio.gather(*running, return_exceptions=True)
