"""What the benchmark of speed makes of two series of loads."""

import pytest

from auditor.evidence import Device
from benchmarks.speed_ratios import Row, Series, summary, two_groups


def row(ours: list[float], theirs: list[float], *, took: tuple[float, float] = (1.0, 10.0)) -> Row:
    def series(values: list[float], seconds: float) -> Series:
        loads = [dict.fromkeys(("fcp", "lcp", "tbt", "si", "score"), value) for value in values]
        return Series(loads, [seconds] * len(values))

    return Row("https://shop.example/", Device.MOBILE, series(ours, took[0]), series(theirs, took[1]))


@pytest.mark.parametrize(
    ("ours", "theirs", "near"),
    [
        ([2390.0], [2000.0, 2000.0], True),
        ([2410.0], [2000.0, 2000.0], False),
        ([390.0], [200.0, 200.0], True),
        ([410.0], [200.0, 200.0], False),
        ([2900.0], [1500.0, 1600.0, 2500.0, 2600.0], True),
    ],
)
def test_numbers_agree_within_a_fifth_200_ms_or_lighthouses_own_difference(
    ours: list[float], theirs: list[float], near: bool
) -> None:
    assert row(ours, theirs).near("lcp") is near


def test_the_spread_of_3_run_medians_is_set_against_that_of_single_runs() -> None:
    steady = [1000.0, 1010.0, 2000.0, 1000.0, 1020.0, 1900.0]
    assert row(steady, [1000.0, 1200.0]).spread_ratio == pytest.approx(0.0545, abs=0.002)
    assert row(steady[:3], [1000.0, 1200.0]).spread_ratio is None, "one median has no spread"


def test_pages_with_two_states_are_counted_apart() -> None:
    both = [2100.0, 2150.0, 8300.0, 8250.0]
    assert two_groups(both)
    assert not two_groups([2100.0, 2150.0, 2200.0, 8250.0])
    said = summary([row(both, [2000.0, 2000.0]), row([2000.0], [2000.0, 2000.0], took=(1.0, 8.0))])
    assert "1 of them bimodal" in said
    assert "lcp: 1 of 1 agree" in said
    assert "worst 0.125" in said
