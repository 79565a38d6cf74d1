"""What the journeys of one audit tell each other: that there was a sign of an order."""

import asyncio

from auditor.browser.interlock.tripwire import Trip


class Alarm:
    """Rung by the interlock that sees the sign of an order first. From then on nothing leaves any of the journeys that
    share it. ``trip`` is that sign."""

    def __init__(self) -> None:
        self.trip: Trip | None = None
        self._rung = asyncio.Event()

    def ring(self, trip: Trip) -> None:
        self.trip = self.trip or trip
        self._rung.set()

    async def rung(self) -> None:
        """Waits until it is."""
        await self._rung.wait()
