"""The performance score of a page: Lighthouse's five metrics by its curves and weights."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Literal

from auditor.evidence import Device, SpeedMethod, Timed
from auditor.reading.repeated import Kind, MetricName, interquartile, repeated, value_of

PerformanceProfile = Literal["web-vitals", "lighthouse"]
"""``lighthouse`` has curves of its own for desktops; ``web-vitals`` judges both devices by the same pairs, so that what
Core Web Vitals call good scores 90 or more on either."""

WEIGHTS: dict[MetricName, int] = {"fcp": 10, "si": 10, "lcp": 25, "tbt": 30, "cls": 25}
_PHONE: dict[MetricName, tuple[float, float]] = {
    "fcp": (1800, 3000), "si": (3387, 5800), "lcp": (2500, 4000), "tbt": (200, 600), "cls": (0.1, 0.25),
}  # fmt: skip
_DESKTOP: dict[MetricName, tuple[float, float]] = {
    "fcp": (934, 1600), "si": (1311, 2300), "lcp": (1200, 2400), "tbt": (150, 350), "cls": (0.1, 0.25),
}  # fmt: skip
"""Lighthouse 13's control points: the values that score 0.9 and 0.5. Those of phones hold the Core Web Vitals' good and
poor."""


def good(name: MetricName, device: Device) -> float:
    """What scores 0.9 by default; a Speed Index has a curve for each device. ``name`` is one of WEIGHTS."""
    curves = _DESKTOP if name == "si" and device is Device.DESKTOP else _PHONE
    return curves[name][0]


@dataclass(frozen=True)
class Performance:
    """0-100. ``spread`` is the interquartile range of ``samples``, one of each load that has all five metrics."""

    median: float
    spread: float
    samples: tuple[float, ...]


def log_normal_score(value: float, p10: float, middle: float) -> float:
    """Lighthouse's curve: 0.9 at ``p10``, 0.5 at ``middle``, 1 for nothing."""
    if value <= 0:
        return 1.0
    score = 0.5 * math.erfc(0.9061938024368232 * math.log(value / middle) / math.log(middle / p10))
    if value <= p10:
        return max(0.9, min(1.0, score))
    if value <= middle:
        return max(0.5, min(0.9, score))
    return max(0.0, min(0.5, score))


def performance_score(
    values: Mapping[MetricName, float], device: Device, profile: PerformanceProfile = "web-vitals"
) -> int | None:
    """0-100 of one load; None where one of the five metrics is missing, as with Lighthouse."""
    if not values.keys() >= WEIGHTS.keys():
        return None
    curves = _DESKTOP if profile == "lighthouse" and device is Device.DESKTOP else _PHONE
    points = sum(weight * round(log_normal_score(values[name], *curves[name]), 2) for name, weight in WEIGHTS.items())
    return round(points / sum(WEIGHTS.values()) * 100)


def performance(timed: Timed | None, profile: PerformanceProfile = "web-vitals") -> Performance | None:
    """None where no load has all five metrics, and where others used much of the machine meanwhile."""
    lcp = repeated(timed, "lcp")
    if timed is None or lcp is None or lcp.shared:
        return None
    scores = []
    for load in timed.loads:
        found = {name: value_of(load, name, _kind(timed, name, lcp.method)) for name in WEIGHTS}
        known = {name: value for name, value in found.items() if value is not None}
        score = performance_score(known, timed.device, profile)
        if score is not None:
            scores.append(float(score))
    return Performance(median(scores), interquartile(tuple(scores)), tuple(scores)) if scores else None


def _kind(timed: Timed, name: MetricName, method: SpeedMethod) -> Kind:
    if name == "cls":
        return "observed"
    found = repeated(timed, name)
    return found.kind if found is not None and found.method == method else method
