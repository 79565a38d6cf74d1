"""What two series of loads of one page say about each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import mean, median, pstdev

from auditor.evidence import Device, Timed, TimedLoad
from auditor.reading.performance import performance_score
from auditor.reading.repeated import (
    GAP_OF_MEDIAN,
    GAP_OF_SIDE,
    LEAST_GAP,
    PAINTS,
    Kind,
    MetricName,
    repeated,
    value_of,
)  # fmt: skip
from benchmarks.speed.record import Load

NEAR_SHARE, NEAR_MS, NEAR_POINTS = 0.2, 200.0, 7.0
OURS_PER_TURN = 3
JUDGED: tuple[MetricName, ...] = ("fcp", "lcp", "tbt")
PAINTED: tuple[MetricName, ...] = (*JUDGED, "si")


@dataclass
class Series:
    """Loads in the order in which they were made: metrics by name, and the seconds that each took."""

    loads: list[dict[str, float]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def of(self, name: str) -> list[float]:
        return [load[name] for load in self.loads if name in load]


@dataclass(frozen=True)
class Row:
    """One page on one device."""

    shop: str
    path: str
    device: Device
    ours: Series
    theirs: Series

    @property
    def time_ratio(self) -> float:
        return mean(self.ours.seconds) / mean(self.theirs.seconds)

    @property
    def bimodal(self) -> bool:
        return two_groups(self.ours.of("lcp")) or two_groups(self.theirs.of("lcp"))

    @property
    def spread_ratio(self) -> float | None:
        """Of our 3-run medians' coefficient of variation to that of single runs of Lighthouse, by LCP."""
        lcp = self.ours.of("lcp")
        medians = [median(lcp[at : at + OURS_PER_TURN]) for at in range(0, len(lcp) - OURS_PER_TURN + 1, OURS_PER_TURN)]
        theirs = variation(self.theirs.of("lcp"))
        return variation(medians) / theirs if theirs and len(medians) > 1 else None

    def near(self, name: str) -> bool:
        """Within 20 %, 200 ms, or Lighthouse's own difference between two halves of its series."""
        theirs = self.theirs.of(name)
        other, half = median(theirs), len(theirs) // 2
        own = abs(median(theirs[:half]) - median(theirs[half:])) if half else 0.0
        return abs(median(self.ours.of(name)) - other) <= max(NEAR_SHARE * other, NEAR_MS, own)

    @property
    def near_score(self) -> bool:
        return abs(median(self.ours.of("score")) - median(self.theirs.of("score"))) <= NEAR_POINTS


def rows_of(loads: Iterable[Load]) -> list[Row]:
    """A row for every page and device that both tools have numbers of, in order of the first load."""
    rows: dict[tuple[str, str, Device], Row] = {}
    for load in loads:
        key = (load.shop, load.path, load.device)
        row = rows.setdefault(key, Row(*key, Series(), Series()))
        series = row.ours if load.tool == "ours" else row.theirs
        if load.values:
            series.loads.append(load.values)
            series.seconds.append(load.seconds)
        else:
            series.failed += 1
    return [row for row in rows.values() if row.ours.loads and row.theirs.loads]


def ours_of(timed: Timed) -> list[dict[str, float] | None]:
    """The metrics of each load as reports have them, with Lighthouse's score; and Lantern's own paints."""
    kinds = {name: found.kind for name in PAINTED if (found := repeated(timed, name)) is not None}
    return [_of(load, timed.device, kinds) for load in timed.loads]


def _of(load: TimedLoad, device: Device, kinds: Mapping[MetricName, Kind]) -> dict[str, float] | None:
    found: dict[MetricName, float | None] = {name: value_of(load, name, kind) for name, kind in kinds.items()}
    found["cls"] = value_of(load, "cls", "observed")
    values = {name: value for name, value in found.items() if value is not None}
    score = performance_score(values, device, "lighthouse")
    if score is None or not {"simulated", "steady"}.issuperset(kinds.values()):
        return None
    lantern = {f"lantern_{name}": value_of(load, name, "simulated") for name in PAINTS}
    known = {name: value for name, value in lantern.items() if value is not None}
    return {**{str(name): value for name, value in values.items()}, **known, "score": float(score)}


def variation(samples: Sequence[float]) -> float:
    """Coefficient of variation."""
    return pstdev(samples) / mean(samples) if len(samples) > 1 and mean(samples) else 0.0


def width(samples: Sequence[float]) -> float:
    """From the least to the most, as a share of the median."""
    return (max(samples) - min(samples)) / median(samples)


def two_groups(samples: Sequence[float]) -> bool:
    """By the lane's own measure, with two loads or more in each."""
    ordered = sorted(samples)
    if len(ordered) < 4:
        return False
    gap, cut = max((high - low, place) for place, (low, high) in enumerate(pairwise(ordered), 1))
    low, high = ordered[:cut], ordered[cut:]
    wider = max(low[-1] - low[0], high[-1] - high[0])
    least = max(LEAST_GAP["lcp"], GAP_OF_MEDIAN * median(ordered), GAP_OF_SIDE * wider)
    return min(len(low), len(high)) > 1 and gap >= least
