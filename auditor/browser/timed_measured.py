"""A load that was measured, and whose trace is not judged yet."""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from pathlib import Path

from auditor.browser.busy import Busy
from auditor.evidence import DeviceProfile, Observed, SpeedMethod, TimedLoad
from auditor.speed.engine import EngineUnavailable, Judged, NotJudged, TraceEngine
from auditor.speed.film import NO_FILM, FilmPlace, film_of


@dataclass
class Measured:
    """How far a load got. ``others`` as in TimedLoad. ``trace`` is the file in ``folder`` that holds its trace."""

    profile: DeviceProfile
    method: SpeedMethod
    folder: Path
    trace: Path | None
    clock: float = field(default_factory=time.monotonic)
    busy: Busy = field(default_factory=Busy)
    observed: Observed | None = None
    settled: bool = False
    errors: list[str] = field(default_factory=list)
    note: str = ""
    took_ms: int = 0
    others: float | None = None
    beside: list[asyncio.Future[None]] = field(default_factory=list)
    """What goes on while the next empty page is opened."""

    async def rest(self) -> None:
        """Waits until nothing of it goes on any more."""
        await asyncio.gather(*self.beside)

    def over(self) -> None:
        """Its numbers are there: what follows does not count."""
        self.took_ms, self.others = round((time.monotonic() - self.clock) * 1000), self.busy.others()
        self.errors = list(dict.fromkeys(self.errors))

    @property
    def waits(self) -> bool:
        """Whether there is a trace to judge."""
        return self.trace is not None and self.observed is not None and not self.note

    async def judged(self, engine: TraceEngine | None, film: FilmPlace | None = None) -> TimedLoad:
        """The load with what its trace says; the trace is gone afterwards. Never raises for what the engine does.

        :param film: where its pictures go; None keeps none.
        """
        found: Judged | None = None
        try:
            await self.rest()
            if self.waits and self.trace is not None and engine is not None:
                try:
                    found = await engine.judge(self.trace, self.profile)
                except (NotJudged, EngineUnavailable) as problem:
                    self.note = str(problem)
        finally:
            self.drop()
        shown = await asyncio.to_thread(film_of, found.frames, found.run, self.method) if found else NO_FILM
        return TimedLoad(
            took_ms=self.took_ms, settled=self.settled, others=self.others, observed=self.observed,
            traced=found.run if found else None, errors=tuple(self.errors), film=film.write(shown) if film else (),
            first_view=shown.first_view, steady_view=shown.steady_view, note=self.note,
        )  # fmt: skip

    def drop(self) -> None:
        """End what goes on, and remove its trace."""
        for task in self.beside:
            task.cancel()
        for left in (self.trace, self.folder):
            with contextlib.suppress(OSError):
                if left is not None:
                    (left.rmdir if left is self.folder else left.unlink)()
