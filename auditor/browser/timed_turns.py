"""Which page is loaded next, and what each has measured so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.browser.second_look import Second
from auditor.browser.timed_measured import Measured
from auditor.browser.timed_series import films_kept, stands_apart, undecided, with_load
from auditor.evidence import PaintTrial, Timed, TimedLoad
from auditor.reading.repeated import LEAD, MOST_LOADS, contested
from auditor.speed.engine import TraceEngine
from auditor.speed.film import FilmPlace

EXTRA_LOADS = 2
MAX_RETRIES = 2
HOPELESS = 2


@dataclass
class Waiting:
    """A load of the page at ``place`` whose trace is judged while the next page hands over its own, or at the end."""

    place: int
    measured: Measured
    then: Second | None = None
    film: FilmPlace | None = None
    load: TimedLoad | None = None

    async def judge(self, engine: TraceEngine | None) -> None:
        self.load = await self.measured.judged(engine, self.film)


class Turns:
    """All pages once, then all again, so that a drift of the machine meets all alike.

    A page of which one load stands apart gets EXTRA_LOADS more, and so does one whose loads do not agree whether a
    number is good, again and again up to MOST_LOADS; a load that failed is made MAX_RETRIES times more, but
    a page that measured nothing HOPELESS times in a row is left alone.
    """

    def __init__(self, series: Sequence[Timed], runs: int, why: str, folder: Path | None) -> None:
        """:param why: no load can be simulated, "" otherwise."""
        self.series = list(series)
        self.queue = [place for _run in range(runs) for place in range(len(series))]
        self._runs, self._why, self._folder = runs, why, folder
        self._retries = [0] * len(series)
        self._begun = [0] * len(series)

    def next(self) -> int:
        place = self.queue.pop(0)
        self._begun[place] += 1
        return place

    def begun(self) -> int:
        """How many of the planned loads have begun: of those that a page needs beside them none counts."""
        return sum(min(begun, self._runs) for begun in self._begun)

    def film_of(self, place: int) -> FilmPlace | None:
        if self._folder is None:
            return None
        return FilmPlace(self._folder, f"pages/{self.series[place].visit}/film-{self._begun[place]}")

    def looks_again(self, place: int) -> bool:
        """With the last load, or where that one failed with one of those that follow."""
        return self.series[place].again is None and self._begun[place] >= self._runs

    def took(self, place: int, load: TimedLoad, then: Second | None = None) -> Timed:
        """The page with one more load, which may call for others."""
        timed = with_load(self.series[place], load, self._why)
        if then is not None and then.look is not None:
            timed = timed.model_copy(update={"again": then.look})
        timed = self.series[place] = self._without_old_films(timed)
        if len(timed.loads) >= HOPELESS and all(one.observed is None for one in timed.loads[-HOPELESS:]):
            self.queue = [other for other in self.queue if other != place]
        elif load.traced is None and load.note and self._retries[place] < MAX_RETRIES:
            self._retries[place] += 1
            self.queue.append(place)
        if not self.wants_trial(place):
            self._add_more(place)
        return timed

    def wants_trial(self, place: int) -> bool:
        """Whether the next thing to do is to try if the page paints without the files that raced in its last load."""
        timed = self.series[place]
        return timed.trial is None and timed.method == "simulated" and bool(timed.loads) and contested(timed.loads[-1])

    def tried(self, place: int, trial: PaintTrial) -> Timed:
        timed = self.series[place] = self.series[place].model_copy(update={"trial": trial})
        self._add_more(place)
        return timed

    def _add_more(self, place: int) -> None:
        if place not in self.queue and self._wants_more(place):
            self.queue += [place] * EXTRA_LOADS

    def _wants_more(self, place: int) -> bool:
        timed, made = self.series[place], len(self.series[place].loads)
        if stands_apart(timed) and made == self._runs + self._retries[place]:
            return True
        waits = made < self._begun[place]
        return not waits and self._runs >= LEAD and made < MOST_LOADS and undecided(timed)

    def _without_old_films(self, timed: Timed) -> Timed:
        if self._folder is None:
            return timed
        kept = films_kept(timed)
        wanted = {frame.picture for load in kept.loads for frame in load.film}
        for frame in (frame for load in timed.loads for frame in load.film):
            if frame.picture not in wanted:
                (self._folder / frame.picture).unlink(missing_ok=True)
        return kept
