"""Journeys side by side, as far as they leave each other and the shop in peace."""

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing
from functools import partial
from itertools import groupby
from typing import Any

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


Beside = Callable[[asyncio.Semaphore], Awaitable[None]]
"""Looks around in the shop as well; takes one of the slots for each page that it opens."""


async def walk_together(
    walk: Walk, names: Iterable[JourneyName], devices: Sequence[Device], most: int, beside: Beside | None = None
) -> AsyncGenerator[JourneyEvidence, None]:
    """Every journey on every device in the order of ``names``; yields each as it ends.

    Journeys that only look go on side by side, ``most`` at once. One that buys goes on alone, for the sake of what it
    measures, and because two guests of the same name may be after the last piece of a product. The sign of an order
    ends all at once, and none begins after it. Closing the iterator ends those under way.

    :param beside: goes on wherever the first journeys that only look leave room, and is over before any that buys.
    """
    alarm = Alarm()
    groups = [(buys, tuple(group)) for buys, group in groupby(names, key=lambda name: name == "buy")]
    if beside is not None and (not groups or groups[0][0]):
        groups.insert(0, (False, ()))
    for number, (buys, group) in enumerate(groups):
        turns = [(name, device) for name in group for device in devices]
        more = None if number else beside
        shared = 1 if buys else min(most, len(turns) + (more is not None))
        begin = [partial(walk, name, device, alarm, shared) for name, device in turns]
        async with aclosing(_side_by_side(begin, shared, alarm, more)) as ended:
            async for evidence in ended:
                yield evidence


async def _side_by_side(
    begin: Iterable[Callable[[], Awaitable[JourneyEvidence]]], most: int, alarm: Alarm, beside: Beside | None
) -> AsyncGenerator[JourneyEvidence, None]:
    slots = asyncio.Semaphore(most)

    async def in_turn(walk: Callable[[], Awaitable[JourneyEvidence]]) -> JourneyEvidence | None:
        await slots.acquire()
        return await walk() if alarm.trip is None else None

    async def until_rung(other: Beside) -> None:
        looking, rung = asyncio.ensure_future(other(slots)), asyncio.ensure_future(alarm.rung())
        try:
            await asyncio.wait([looking, rung], return_when=asyncio.FIRST_COMPLETED)
            if looking.done():
                looking.result()
        finally:
            for task in (looking, rung):
                task.cancel()
            await asyncio.gather(looking, rung, return_exceptions=True)

    # A slot goes to who asked first: journeys, of which each takes long, before the pages beside them.
    walks = [asyncio.ensure_future(in_turn(walk)) for walk in begin]
    others = [asyncio.ensure_future(until_rung(beside))] if beside is not None else []
    running: list[asyncio.Future[Any]] = [*walks, *others]
    try:
        while running:
            await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for one in [one for one in running if one.done()]:
                running.remove(one)
                if evidence := one.result():
                    yield evidence
                # Only now: none begins where this one broke, or where whoever asked has seen enough.
                if one in walks:
                    slots.release()
    finally:
        for one in running:
            one.cancel()
        await asyncio.gather(*running, return_exceptions=True)
