"""Journeys side by side, as far as they leave each other and the shop in peace."""

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing
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
    walk: Walk, names: Iterable[JourneyName], devices: Sequence[Device], most: int
) -> AsyncGenerator[JourneyEvidence, None]:
    """Every journey on every device in the order of ``names``; yields each as it ends.

    Journeys that only look go on side by side, ``most`` at once. One that buys goes on alone, for the sake of what it
    measures, and because two guests of the same name may be after the last piece of a product. The sign of an order
    ends all at once, and none begins after it. Closing the iterator ends those under way.
    """
    alarm = Alarm()
    for buys, group in groupby(names, key=lambda name: name == "buy"):
        turns = [(name, device) for name in group for device in devices]
        shared = 1 if buys else min(most, len(turns))
        begin = [partial(walk, name, device, alarm, shared) for name, device in turns]
        async with aclosing(_side_by_side(begin, shared, alarm)) as ended:
            async for evidence in ended:
                yield evidence


async def _side_by_side(
    begin: Iterable[Callable[[], Awaitable[JourneyEvidence]]], most: int, alarm: Alarm
) -> AsyncGenerator[JourneyEvidence, None]:
    waiting, running = list(begin), list[asyncio.Future[JourneyEvidence]]()
    try:
        while running or (waiting and alarm.trip is None):
            while waiting and len(running) < most and alarm.trip is None:
                running.append(asyncio.ensure_future(waiting.pop(0)()))
            await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for walk in [one for one in running if one.done()]:
                running.remove(walk)
                yield walk.result()
    finally:
        for walk in running:
            walk.cancel()
        await asyncio.gather(*running, return_exceptions=True)
