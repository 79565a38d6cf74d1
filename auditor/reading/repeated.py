"""Numbers of repeated loads: the median, how far they lie apart, and whether the page has two states."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Literal

from auditor.check import NotRecorded
from auditor.evidence import SpeedMethod, Timed, TimedLoad

MetricName = Literal["ttfb", "fcp", "lcp", "tbt", "cls", "si"]
SIMULATED = frozenset({"fcp", "lcp", "tbt", "si"})
"""What Lantern estimates. Time to first byte and layout shift are observed with either method."""

PAINTS: tuple[MetricName, ...] = ("fcp", "lcp")

Kind = SpeedMethod | Literal["steady"]
"""How a number of a load was had: ``steady`` is simulated, where paints wait for nothing that only raced with them."""

CONTESTED, CONTESTED_MS = 0.1, 100.0
"""Lantern's paint is contested where it is later than the steady one by this share, and by so many ms. Our proposal."""

LEAST_GAP: dict[MetricName, float] = {"ttfb": 300, "fcp": 500, "lcp": 500, "tbt": 200, "cls": 0.05, "si": 500}
GAP_OF_MEDIAN = 0.25
GAP_OF_SIDE = 3.0
"""Two groups of loads are apart when the gap between them is at least this large, this share of the median, and this
many times the wider group. Our proposal."""

MARGIN: dict[MetricName, float] = {"ttfb": 0.1, "fcp": 0.1, "lcp": 0.1, "tbt": 2.0, "cls": 0.1, "si": 0.1}
LEAD = 3
MOST_LOADS = 9
"""A median is surely above a limit when it is above it by this share, and the loads above that outnumber the others by
LEAD, or there are MOST_LOADS of them: three loads can agree by accident, and one of three is often another state. What
is left of a task above 50 ms varies with the machine by far more than the task: a page of 120 ms had 315 ms on another
day, so that only what is poor (three times what is good) is sure. Our proposal; `python -m benchmarks.speed --parts
flips` shows what it is for."""

OTHERS = 0.4
"""Share of the machine that others may use while a load is timed. Our proposal."""


@dataclass(frozen=True)
class Repeated:
    """``spread`` is the interquartile range. ``states`` are the medians of two groups of loads of which each was seen
    twice at least, the quicker first; ``apart`` says that a single load lies as far from the others. ``quiet`` is the
    number of loads during which the machine was ours. ``steady`` tells which of the two estimates the samples are;
    ``other`` are those of the other one where it is not known which holds."""

    name: MetricName
    method: SpeedMethod
    samples: tuple[float, ...]
    median: float
    spread: float
    states: tuple[float, ...] = ()
    apart: bool = False
    quiet: int = 0
    steady: bool = False
    other: tuple[float, ...] = ()

    @property
    def kind(self) -> Kind:
        return "steady" if self.steady else self.method

    @property
    def shared(self) -> bool:
        """Whether others used much of the machine during half of the loads or more: then the number says little."""
        return 2 * self.quiet <= len(self.samples)

    def surely_above(self, limit: float, margin: float | None = None) -> bool:
        """Whether it is above a limit by this share of it, in so many loads that more would hardly change that.

        A simulated paint that is above it by only one of two estimates, of which nobody knows which holds, is not
        surely so.

        :param margin: None is that of the metric.
        """
        beyond = (1 + (MARGIN[self.name] if margin is None else margin)) * limit

        def most_are(samples: tuple[float, ...]) -> bool:
            ahead = outvote(sum(sample > beyond for sample in samples), len(samples))
            return median(samples) > beyond and ahead

        both = [samples for samples in (self.samples, self.other) if samples]
        return len(self.samples) > 1 and not self.shared and all(map(most_are, both))

    def undecided(self, limit: float) -> bool:
        """Whether two more loads may tell on which side of being surely above a limit it is."""
        above = sum(sample > (1 + MARGIN[self.name]) * limit for sample in self.samples)
        most = max(above, len(self.samples) - above)
        return len(self.samples) >= LEAD and not self.shared and not outvote(most, len(self.samples))


def outvote(most: int, loads: int) -> bool:
    """Whether so many of the loads that agree hold against the others, so that more loads would hardly change it."""
    return loads >= MOST_LOADS or 2 * most - loads >= min(LEAD, loads)


def picture_of_most(timed: Timed) -> tuple[str | None, int]:
    """The address of the largest picture in most loads, None for text, and in how many it was that."""
    seen = Counter(load.traced.lcp_url for load in timed.loads if load.traced)
    return seen.most_common(1)[0] if seen else (None, 0)


def repeated(timed: Timed | None, name: MetricName) -> Repeated | None:
    """None where no load measured it. Where no load could be simulated, the observed numbers stand in."""
    if timed is None:
        return None
    methods: tuple[SpeedMethod, ...] = ("applied" if timed.method == "applied" else "observed",)
    if timed.method == "simulated" and name in SIMULATED:
        methods = ("simulated", "observed")
    return next((found for method in methods if (found := _repeated_by(timed, name, method)) is not None), None)


def slower(timed: Timed | None, name: MetricName) -> Repeated | None:
    """The same, but as observed where that is slower than what was simulated.

    Lantern takes one wait for all files of a server, so that a single late one is missing from its estimate; and a
    slower device on a slower network is not quicker than this machine was.
    """
    found = repeated(timed, name)
    if timed is None or found is None or found.method != "simulated" or name not in PAINTS:
        return found
    seen = _repeated_by(timed, name, "observed")
    return seen if seen is not None and seen.median > found.median else found


def _repeated_by(timed: Timed, name: MetricName, method: SpeedMethod) -> Repeated | None:
    steady = method == "simulated" and waits_for_little(timed, name)
    kind: Kind = "steady" if steady else method
    seen = [(load, value) for load in timed.loads if (value := value_of(load, name, kind)) is not None]
    if not seen:
        return None
    samples = tuple(value for _load, value in seen)
    low, high = _groups(name, samples)
    tried = timed.trial is not None and timed.trial.fcp is not None
    other = () if steady or tried or method != "simulated" else _values((load for load, _ in seen), name, "steady")
    return Repeated(
        name, method, samples, median(samples), interquartile(samples),
        states=(median(low), median(high)) if min(len(low), len(high)) > 1 else (),
        apart=min(len(low), len(high)) == 1,
        quiet=sum(load.others is None or load.others <= OTHERS for load, _value in seen),
        steady=steady, other=other if len(other) == len(samples) else (),
    )  # fmt: skip


def _values(loads: Iterable[TimedLoad], name: MetricName, kind: Kind) -> tuple[float, ...]:
    return tuple(value for load in loads if (value := value_of(load, name, kind)) is not None)


def contested(load: TimedLoad) -> bool:
    """Whether Lantern has a paint of this load wait for files that Chrome does not, and that makes a difference."""
    pairs = ((value_of(load, name, "simulated"), value_of(load, name, "steady")) for name in PAINTS)
    return any(
        lantern is not None and steady is not None and lantern > max((1 + CONTESTED) * steady, steady + CONTESTED_MS)
        for lantern, steady in pairs
    )


def waits_for_little(timed: Timed, name: MetricName) -> bool:
    """Whether the steady estimates hold: where they differ, the page was seen to paint without what raced."""
    loads = [load for load in timed.loads if value_of(load, name, "simulated") is not None]
    if not loads or any(value_of(load, name, "steady") is None for load in loads):
        return False
    if timed.trial is None:
        return not any(map(contested, loads))
    return timed.trial.fcp is True and (name != "lcp" or timed.trial.lcp is True)


def judged(timed: Timed, name: MetricName) -> Repeated:
    """Numbers that a check may judge.

    :raises NotRecorded: where no load measured it, and where the machine was too busy to tell.
    """
    loads = slower(timed, name)
    if loads is None:
        raise NotRecorded(timed.why or "no timed load measured it")
    if loads.shared:
        raise NotRecorded("other programs used much of this machine meanwhile; audit again when it is quiet")
    return loads


def repeated_values(loads: Repeated) -> dict[str, str | int | float]:
    """What a finding says of its loads. ``spread`` in the metric's unit."""
    spread = round(loads.spread, 3) if loads.name == "cls" else round(loads.spread)
    return {"loads": len(loads.samples), "spread": spread, "method": loads.method}


def middle_load(timed: Timed | None) -> TimedLoad | None:
    """The load that kept its insights."""
    return next((load for load in (timed.loads if timed else ()) if load.traced and load.traced.insights), None)


def selector_of(timed: Timed | None) -> str | None:
    """That of the largest element, as the load in the middle saw it."""
    load = middle_load(timed)
    return load.observed.lcp_selector if load and load.observed else None


def lcp_phases(timed: Timed | None) -> dict[str, str | int | float]:
    """The four parts of the largest paint of the load in the middle, in ms, where they are known; 0 for a file that
    text does not need."""
    load = middle_load(timed)
    phases = load.traced.phases if load and load.traced else None
    if phases is None:
        return {}
    parts = {
        "server_ms": phases.ttfb_ms, "delay_ms": phases.load_delay_ms or 0.0, "load_ms": phases.load_ms or 0.0,
        "render_ms": phases.render_delay_ms,
    }  # fmt: skip
    return {name: round(part) for name, part in parts.items()}


def value_of(load: TimedLoad, name: MetricName, kind: Kind) -> float | None:
    """In ms, or as a score for ``cls``."""
    if kind in ("simulated", "steady"):
        simulated = load.traced.simulated if load.traced else None
        found = getattr(simulated, f"steady_{name}_ms" if kind == "steady" else f"{name}_ms") if simulated else None
    elif name == "si":
        found = load.traced.observed.get("si") if load.traced else None
    else:
        observed = load.observed
        found = getattr(observed, "cls" if name == "cls" else f"{name}_ms") if observed else None
    return None if found is None else float(found)


def interquartile(samples: tuple[float, ...]) -> float:
    """0 for a single sample."""
    if len(samples) < 2:
        return 0.0
    low, _middle, high = quantiles(samples, n=4, method="inclusive")
    return round(high - low, 4)


def _groups(name: MetricName, samples: tuple[float, ...]) -> tuple[list[float], list[float]]:
    """The samples below and above their largest gap, or nothing where they are one group."""
    ordered = sorted(samples)
    if len(ordered) < 3:
        return [], []
    gap, cut = max((ordered[place] - ordered[place - 1], place) for place in range(1, len(ordered)))
    low, high = ordered[:cut], ordered[cut:]
    wider = max(low[-1] - low[0], high[-1] - high[0])
    if gap < max(LEAST_GAP[name], GAP_OF_MEDIAN * median(ordered), GAP_OF_SIDE * wider):
        return [], []
    return low, high
