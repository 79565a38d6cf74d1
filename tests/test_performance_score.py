"""The performance score against Lighthouse's own calculator."""

import pytest

from auditor.evidence import Device
from auditor.reading.performance import PerformanceProfile, performance, performance_score
from auditor.reading.repeated import MetricName
from auditor.result import metrics
from tests.factories import page_evidence
from tests.factories.speed import load, timed

SLOW: dict[MetricName, float] = {"fcp": 3000.0, "si": 5800.0, "lcp": 4000.0, "tbt": 600.0, "cls": 0.25}


@pytest.mark.parametrize(
    ("values", "device", "profile", "expected"),
    [
        (SLOW, Device.MOBILE, "lighthouse", 50),
        (SLOW, Device.DESKTOP, "web-vitals", 50),
        ({"fcp": 1600.0, "si": 2300.0, "lcp": 2400.0, "tbt": 350.0, "cls": 0.25}, Device.DESKTOP, "lighthouse", 50),
        ({"fcp": 1800.0, "si": 3387.0, "lcp": 2500.0, "tbt": 200.0, "cls": 0.1}, Device.MOBILE, "web-vitals", 90),
        (dict.fromkeys(SLOW, 0.0), Device.DESKTOP, "lighthouse", 100),
        (dict.fromkeys(SLOW, 1e6), Device.MOBILE, "lighthouse", 0),
    ],
)
def test_the_control_points_score_as_published(
    values: dict[MetricName, float], device: Device, profile: PerformanceProfile, expected: int
) -> None:
    assert performance_score(values, device, profile) == expected


def test_desktops_are_judged_more_strictly_by_lighthouses_profile() -> None:
    strict, same = performance_score(SLOW, Device.DESKTOP, "lighthouse"), performance_score(SLOW, Device.DESKTOP)
    assert strict is not None
    assert same is not None
    assert strict < same


@pytest.mark.parametrize("missing", SLOW)
def test_without_one_of_the_five_metrics_there_is_no_score(missing: MetricName) -> None:
    assert performance_score({name: value for name, value in SLOW.items() if name != missing}, Device.MOBILE) is None


def test_a_page_has_the_median_of_its_loads_and_none_from_a_shared_machine() -> None:
    found = performance(timed(load(), load(lcp=4000.0), load()))
    assert found is not None
    assert (found.median, len(found.samples)) == (max(found.samples), 3)
    assert performance(timed(*(load(others=0.9) for _ in range(3)))) is None
    assert performance(timed(load(si=None), load(si=None))) is None


def test_the_score_is_among_the_metrics_of_a_result() -> None:
    (score,) = (one for one in metrics([page_evidence(timed=timed())]) if one.name == "performance")
    assert (score.unit, score.method, len(score.samples)) == ("points", "simulated", 3)
