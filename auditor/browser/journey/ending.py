"""How a journey ends before its end."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Literal

from auditor.browser.interlock import Interlock, Trip
from auditor.evidence.journey import Blocker, StepIntent

STEP_SECONDS = 10.0
"""What is left to the step under way once it saw the sign of an order: nothing leaves the browser meanwhile."""


class Ended(Exception):
    """The journey cannot or must not go on. The message is a sentence for the shop's owner."""

    def __init__(
        self, blocker: Blocker, at: StepIntent, why: str, *, how: Literal["stuck", "forbidden", "not_walked"] = "stuck"
    ) -> None:
        super().__init__(why)
        self.blocker, self.at, self.why, self.how = blocker, at, why, how


class NextProduct(Exception):
    """This product cannot be bought; another one may."""

    def __init__(self, blocker: Blocker, at: StepIntent, why: str) -> None:
        super().__init__(why)
        self.ended = Ended(blocker, at, why)


def tripped(trip: Trip, at: StepIntent) -> Ended:
    return Ended(Blocker.TRIPPED, at, f"The journey was ended at once: {trip.sign}.", how="forbidden")


async def heeding(interlock: Interlock, at: Callable[[], StepIntent], walking: Coroutine[Any, Any, None]) -> None:
    """Walks to the end, or to the sign of an order: that of another journey ends this one at once, its own with the
    step under way, whose picture shows it.

    :raises Ended: then, and as ``walking`` does.
    """
    walk, alarm = asyncio.ensure_future(walking), asyncio.ensure_future(interlock.alarm.rung())
    try:
        await asyncio.wait((walk, alarm), return_when=asyncio.FIRST_COMPLETED)
        if interlock.trip is not None:
            await asyncio.wait((walk,), timeout=STEP_SECONDS)
        if walk.done():
            return walk.result()
    finally:
        for one in (walk, alarm):
            one.cancel()
        await asyncio.gather(walk, alarm, return_exceptions=True)
    why = "The journey was ended at once: another one that went on at the same time saw a sign of an order."
    raise Ended(Blocker.TRIPPED, at(), why, how="forbidden")
