"""Whether a shop's numbers moved over time. Timings get a rank test on the medians of runs; what can be counted is
compared exactly. Nothing is compared across two environments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal, NamedTuple

from auditor.stats import benjamini_hochberg, mann_whitney_both, shift_between

RECENT = 3
EARLIER = 27
"""The newest runs against so many before them, all of one epoch. Medians of runs, never single loads: pooled loads of
a run resemble each other and would give false alarms (14 % instead of 5 % in a simulation)."""

LEAST_EARLIER = 10
"""With fewer no test of three against them can reach ``LEVEL``: 1/286 is the smallest p for ten."""

LEVEL = 0.0035
EFFECT = 0.08
"""Of each side; and the share of the earlier median that a change has to reach. Chosen by ``benchmarks.trends``: 0.01,
5 % and 15 earlier runs mark 14 % of the series that did not change over ten runs."""

FLOORS = {
    "ttfb": 50.0, "fcp": 100.0, "lcp": 100.0, "si": 100.0, "tbt": 50.0, "inp": 40.0, "cls": 0.02,
    "bytes": 20_000.0, "requests": 2.0,
}  # fmt: skip
"""Changes below these do not matter to a shopper, however sure they are. In the metric's unit. Our proposal."""

COUNTABLE = frozenset({"bytes", "requests"})
FALSE_RATE = 0.05
"""Of the changes that are sent as messages, at most this share is expected to be false."""

Direction = Literal["steady", "worse", "better", "unknown"]


class Value(NamedTuple):
    """A number of one run. ``epoch`` names its environment; ``shared``: the machine was too busy for it to count."""

    value: float
    epoch: str
    shared: bool = False


@dataclass(frozen=True)
class Trend:
    """``before`` and ``after`` are medians of the two windows; ``p`` is None where nothing was tested. ``why`` says
    what keeps it unknown, ``lacking`` how many runs do. ``reference`` are the earlier values, by which a recovery is
    told."""

    direction: Direction
    before: float | None = None
    after: float | None = None
    p: float | None = None
    why: str = ""
    lacking: int = 0
    reference: tuple[float, ...] = field(default=(), repr=False)


def trend(name: str, method: str, values: Sequence[Value], effect: float = EFFECT) -> Trend:
    """Judge a series of runs, oldest first; all numbers grow worse as they grow. ``effect``: the share that is a
    change, where the operator names one."""
    epoch = values[-1].epoch if values else ""
    usable = [one.value for one in values if one.epoch == epoch and not one.shared]
    if name in COUNTABLE:
        return _counted(name, usable, effect)
    if method == "untimed":
        return Trend("unknown", why="untimed visits share the machine: their times are not compared")
    if len(usable) < RECENT + LEAST_EARLIER:
        lacking = RECENT + LEAST_EARLIER - len(usable)
        return Trend("unknown", why="more runs in this environment are needed", lacking=lacking)
    recent, earlier = usable[-RECENT:], usable[-RECENT - EARLIER : -RECENT]
    before, after = median(earlier), median(recent)
    worse, better = mann_whitney_both(earlier, recent)
    p = min(worse, better)
    large = abs(shift_between(earlier, recent)) >= least_change(name, before, effect)
    direction: Direction = "steady" if p >= LEVEL or not large else "worse" if worse < better else "better"
    return Trend(direction, before, after, p if large else 1.0, reference=tuple(earlier))


def _counted(name: str, usable: Sequence[float], effect: float) -> Trend:
    """Against all that was seen in the window: a page that always moved between two weights has not changed."""
    if len(usable) < 2:
        return Trend("unknown", why="more runs in this environment are needed", lacking=2 - len(usable))
    after, earlier = usable[-1], usable[-1 - EARLIER : -1]
    before = median(earlier)
    least = least_change(name, before, effect)
    direction: Direction = "worse" if after >= max(earlier) + least else "steady"
    if after <= min(earlier) - least:
        direction = "better"
    return Trend(direction, before, after, reference=tuple(earlier))


def least_change(name: str, before: float, effect: float = EFFECT) -> float:
    """In the metric's unit."""
    return max(FLOORS.get(name, 0.0), effect * abs(before))


def recovered(name: str, reference: Sequence[float], values: Sequence[Value], effect: float = EFFECT) -> bool:
    """Whether a metric that crossed is back where ``reference``, the values before, had it."""
    epoch = values[-1].epoch if values else ""
    usable = [one.value for one in values if one.epoch == epoch and not one.shared]
    recent = usable[-1:] if name in COUNTABLE else usable[-RECENT:]
    if not recent or not reference:
        return False
    before = median(reference)
    return median(recent) - before < least_change(name, before, effect)


def believed(trends: Mapping[tuple[str, ...], Trend]) -> frozenset[tuple[str, ...]]:
    """Which of many judged at once got worse surely enough for a message (Benjamini-Hochberg); counts always do."""
    tested = [key for key, one in trends.items() if one.p is not None]
    sure = benjamini_hochberg([trends[key].p or 0.0 for key in tested], FALSE_RATE)
    kept = {key for key, holds in zip(tested, sure, strict=True) if holds}
    counted = {key for key, one in trends.items() if one.p is None}
    return frozenset(key for key in kept | counted if trends[key].direction == "worse")


def pooled(series: Iterable[Mapping[int, Value]]) -> list[Value]:
    """Pages of one template as one series: the median page of each run, of those pages that the newest run has.

    :param series: of each page, its values by run; runs are numbered in the order of time.
    """
    by_run: dict[int, list[Value]] = defaultdict(list)
    pages = [page for page in series if page]
    newest = max((max(page) for page in pages), default=0)
    pages = [page for page in pages if newest in page]
    for page in pages:
        for number, one in page.items():
            by_run[number].append(one)
    return [
        Value(median(one.value for one in ones), ones[0].epoch, any(one.shared for one in ones))
        for _, ones in sorted(by_run.items())
        if len(ones) == len(pages)
    ]
