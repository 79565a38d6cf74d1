"""Numbers over time: a change is called one when it is sure, large and of one environment."""

import random

import pytest

from auditor.trends import EARLIER, LEAST_EARLIER, RECENT, Value, believed, pooled, recovered, trend

CALM = [2000.0 + wobble for wobble in (0, 30, -40, 55, -15, 25, -60, 10, 45, -30, 5, -20, 35, -5, 15)]


def values(*numbers: float, epoch: str = "one") -> list[Value]:
    return [Value(number, epoch) for number in numbers]


def test_a_calm_series_is_steady():
    assert trend("lcp", "simulated", values(*CALM)).direction == "steady"


@pytest.mark.parametrize(("factor", "direction"), [(1.3, "worse"), (0.7, "better")])
def test_a_shift_of_three_runs_is_seen_with_both_medians(factor, direction):
    found = trend("lcp", "simulated", values(*CALM, *(2000 * factor + wobble for wobble in (0, 20, -20))))
    assert (found.direction, found.after) == (direction, 2000 * factor)
    assert found.before == pytest.approx(2000, abs=20)
    assert found.p == pytest.approx(1 / 816)


def test_two_slow_runs_are_not_yet_a_change():
    assert trend("lcp", "simulated", values(*CALM, 2600, 2620)).direction == "steady"


def test_a_sure_change_that_no_shopper_notices_is_none():
    assert trend("lcp", "simulated", values(*CALM, 2090, 2100, 2110)).direction == "steady"
    quick = [40 + wobble / 100 for wobble in CALM]
    assert trend("ttfb", "observed", values(*quick, 85, 86, 87)).direction == "steady", "less than 50 ms"


def test_a_new_environment_starts_anew():
    found = trend("lcp", "simulated", [*values(*CALM), *values(2600, 2610, 2620, epoch="two")])
    assert (found.direction, found.lacking) == ("unknown", 10)


def test_the_fewest_runs_that_can_be_judged_are_judged():
    fewest = values(*CALM[:LEAST_EARLIER], 2600, 2610, 2620)
    assert trend("lcp", "simulated", fewest).direction == "worse"
    assert trend("lcp", "simulated", fewest[1:]).direction == "unknown"


def test_runs_on_a_busy_machine_do_not_count():
    busy = [Value(4000, "one", shared=True)] * RECENT
    assert trend("lcp", "simulated", [*values(*CALM), *busy]).direction == "steady"


def test_untimed_numbers_are_not_compared():
    assert trend("lcp", "untimed", values(*CALM, 3000, 3000, 3000)).direction == "unknown"


def test_what_is_counted_is_compared_exactly_against_all_that_was_seen():
    assert trend("requests", "untimed", values(40, 40, 44)).direction == "worse"
    assert trend("requests", "untimed", values(40, 44, 40, 44)).direction == "steady"
    assert trend("bytes", "untimed", values(900_000, 905_000, 700_000)).direction == "better"
    assert trend("requests", "untimed", values(40)).direction == "unknown"


def test_a_metric_has_recovered_when_it_is_back_at_its_reference():
    crossed = trend("lcp", "simulated", values(*CALM, 2600, 2610, 2620))
    slow, quick = values(2600, 2650, 2640), values(2040, 1990, 2010)
    assert not recovered("lcp", crossed.reference, values(2040, 2600, 2610))
    assert not recovered("lcp", crossed.reference, slow)
    assert recovered("lcp", crossed.reference, [*slow, *quick])


def test_only_the_newest_window_counts():
    long = values(*([9000.0] * 40), *(CALM * 2)[:EARLIER], 2600, 2610, 2620)
    assert trend("lcp", "simulated", long).before == pytest.approx(2000, abs=20)


def test_of_many_series_that_did_not_change_next_to_none_becomes_a_message():
    randomly = random.Random(3)
    trends = {
        (str(number),): trend("lcp", "simulated", values(*(randomly.gauss(2000, 150) for _ in range(30))))
        for number in range(200)
    }
    assert len(believed(trends)) <= 2
    slow = {(f"slow{n}",): trend("lcp", "simulated", values(*CALM * 2, 2600, 2610, 2620)) for n in range(10)}
    assert set(slow) <= believed(trends | slow)


def test_pages_of_a_template_are_judged_by_their_median_page_where_all_were_seen():
    one = {1: Value(100, "e"), 2: Value(200, "e"), 3: Value(300, "e")}
    two = {1: Value(300, "e"), 3: Value(500, "e")}
    gone = {1: Value(9000, "e")}
    assert [each.value for each in pooled([one, two, gone])] == [200, 400]
    assert pooled([]) == []
