"""Whether times became worse: the exact test over pages, and when enough loads were made."""

from itertools import combinations, product
from random import Random

import pytest

from auditor.evidence import Device, Observed, TimedLoad
from auditor.gate.paired import answers_from_baseline, samples, timed_pages
from auditor.gate.policy import Timing
from auditor.gate.ranks import Pair, p_better, p_worse, shift_of, upper_bound
from auditor.gate.sequential import LOOKS, answers, looks, wanted
from auditor.result import Metric
from auditor.stats import mann_whitney
from tests.factories.gate import side, visits

PHONE = Device.MOBILE


def pair(before: list[float], after: list[float], page: str = "/") -> Pair:
    return Pair(page, tuple(before), tuple(after))


@pytest.mark.parametrize("seed", range(8))
def test_on_one_page_it_is_the_rank_test_ties_included(seed):
    random = Random(seed)
    before, after = ([float(random.randint(0, 9)) for _ in range(7)] for _side in range(2))
    assert p_worse([pair(before, after)]) == pytest.approx(mann_whitney(before, after), abs=1e-9)


def by_hand(pairs: list[Pair]) -> float:
    """Every way to deal out the loads of every page."""

    def sums(values: list[float], take: int) -> list[float]:
        rank = {
            value: sum(values.index(v) >= 0 and v < value for v in values) + (values.count(value) + 1) / 2
            for value in values
        }
        return [sum(rank[values[place]] for place in places) for places in combinations(range(len(values)), take)]

    every = [sums([*one.after, *one.before], len(one.after)) for one in pairs]
    observed = sum(ways[0] for ways in every)
    totals = [sum(chosen) for chosen in product(*every)]
    return sum(total >= observed for total in totals) / len(totals)


def test_over_pages_it_counts_every_way_to_deal_the_loads_out():
    pairs = [pair([1, 2, 2], [2, 5, 3]), pair([100, 120], [110, 130], "/c"), pair([7, 7, 8], [9, 7], "/p")]
    assert p_worse(pairs) == pytest.approx(by_hand(pairs), abs=1e-9)


def test_pages_of_different_speed_do_not_hide_each_other():
    quick, slow = (
        pair([10, 11, 12, 13, 14], [13, 14, 15, 16, 17]),
        pair([1000, 1010, 1020, 1030, 1040], [1030, 1040, 1050, 1060, 1070], "/c"),
    )
    assert p_worse([quick, slow]) < min(p_worse([quick]), p_worse([slow]))
    mixed = mann_whitney([*quick.before, *slow.before], [*quick.after, *slow.after])
    assert p_worse([quick, slow]) < mixed / 10


def test_the_bound_rules_out_what_the_loads_do_not_show():
    same = pair([100, 101, 102, 103, 104], [100.5, 101.5, 102.5, 103.5, 99.5])
    bound = upper_bound([same])
    assert bound is not None
    assert 0 < bound < 0.05
    assert p_better([same], bound + 0.001) <= 0.05 < p_better([same], bound - 0.01)
    assert upper_bound([pair([100, 101], [99, 100])]) is None


def test_a_shift_is_a_share_of_each_pages_own_median():
    assert shift_of([pair([100] * 3, [120] * 3), pair([2000] * 3, [2400] * 3, "/c")]) == pytest.approx(0.2)


def noisy(random: Random, middle: float, loads: int, noise: float) -> list[float]:
    return [middle * random.lognormvariate(0, noise) for _ in range(loads)]


def measured(
    worse: float, loads: int = 5, *, noise: float = 0.05, seed: int = 1, only: str = ""
) -> dict[str, list[Pair]]:
    """Four pages, of which ``only`` one or all are slower by a share."""
    random, found = Random(seed), []
    for number in range(4):
        page, middle = f"/{number}", 2000 + 300.0 * number
        slower = middle * (1 + worse if only in ("", page) else 1.0)
        found.append(pair(noisy(random, middle, loads, noise), noisy(random, slower, loads, noise), page))
    return {"lcp": found}


def test_a_clear_worsening_is_certain_at_the_first_look_and_no_load_more_is_made():
    timing, steps = Timing(), len(LOOKS)
    found = measured(0.4)
    (whole, *_pages) = answers(timing, found, PHONE, steps)
    assert (whole.verdict, whole.page) == ("worse", None)
    assert whole.shift == pytest.approx(0.4, abs=0.1)
    assert wanted(timing, found, PHONE, steps) == frozenset()


def test_steady_pages_need_no_more_loads_and_say_what_they_rule_out():
    found = measured(-0.05)
    (whole,) = answers(Timing(), found, PHONE, len(LOOKS))
    assert whole.verdict == "steady"
    assert whole.excluded is not None
    assert whole.excluded < 0.05
    assert wanted(Timing(), found, PHONE, len(LOOKS)) == frozenset()


def test_what_is_not_certain_asks_for_more_loads_of_all_pages():
    assert wanted(Timing(), measured(0.06, noise=0.2), PHONE, len(LOOKS)) == {"/0", "/1", "/2", "/3"}


def test_one_page_alone_is_found_and_named():
    found = answers(Timing(), measured(0.5, loads=9, only="/2"), PHONE, len(LOOKS))
    assert "/2" in {answer.page for answer in found if answer.verdict == "worse"}


def test_fewer_than_five_loads_are_not_judged():
    (whole, *rest) = answers(Timing(), measured(3.0, loads=4), PHONE, len(LOOKS))
    assert (whole.verdict, rest) == ("too_few", [])


def test_a_difference_below_the_floor_is_none():
    found = {"lcp": [pair([100, 101, 102, 103, 104], [140, 141, 142, 143, 144])]}
    (whole,) = answers(Timing(), found, PHONE, 1)
    assert whole.verdict == "steady", "40 ms of a largest paint are nothing that a shopper notices"
    (whole,) = answers(Timing(floors={"lcp": 20}), found, PHONE, 1)
    assert whole.verdict == "worse"


def test_a_metric_that_is_nothing_on_both_sides_is_steady_at_the_first_look():
    still = {"cls": [Pair(page, (0.0,) * 5, (0.0,) * 5, 0.02) for page in ("/", "/c")]}
    (whole,) = answers(Timing(), still, PHONE, len(LOOKS))
    assert (whole.verdict, whole.excluded) == ("steady", 0.0)
    assert wanted(Timing(), still, PHONE, len(LOOKS)) == frozenset()


@pytest.mark.parametrize(("blocking", "verdict"), [(40.0, "steady"), (90.0, "worse")])
def test_where_the_base_has_nothing_the_floor_is_what_counts(blocking, verdict):
    after = tuple(blocking + step for step in range(5))
    found = {"tbt": [Pair(page, (0.0,) * 5, after, Timing().floor("tbt")) for page in ("/", "/c")]}
    (whole, *_pages) = answers(Timing(metrics=("tbt",)), found, PHONE, 1)
    assert whole.verdict == verdict


def test_the_level_is_shared_out_over_metrics_pages_and_looks():
    """Every test of all that a gate looks at, at exactly its part of the level: together they are the level."""
    timing, pages, steps = Timing(), 4, len(looks(Timing()))
    part = timing.level / len(timing.metrics) / steps / 2
    assert (part + pages * part / pages) * steps * len(timing.metrics) == pytest.approx(timing.level)


@pytest.mark.parametrize("most", [5, 9, 40])
def test_looks_end_with_the_loads_that_are_allowed(most):
    assert looks(Timing(most_loads=most)) == tuple(look for look in LOOKS if look <= most)


def load(lcp: float | None, cls: float | None = 0.0, others: float = 0.0) -> TimedLoad:
    return TimedLoad(took_ms=900, others=others, observed=Observed(lcp_ms=lcp, cls=cls, tbt_ms=0.0))


def test_a_page_counts_for_a_metric_only_where_both_sides_measured_it():
    both, one = ([load(900)] * 5, [load(950)] * 5), ([load(900)] * 5, [load(None)] * 5)
    found = samples(Timing(), {"/": both, "/c": one})
    assert [one.page for one in found["lcp"]] == ["/"]
    assert [one.page for one in found["cls"]] == ["/", "/c"]


def test_one_page_of_each_template_that_both_sides_have_is_timed():
    wide = side(seen=visits(pages={"/": "home", "/a": "product", "/b": "product", "/c": "category"}))
    narrow = side(seen=visits(pages={"/": "home", "/b": "product"}))
    assert timed_pages(wide, wide) == ("/", "/a", "/c")
    assert timed_pages(narrow, wide) == ("/", "/b")


def metric(values: list[float], **fields: object) -> Metric:
    made = {
        "page": "/",
        "device": PHONE,
        "name": "lcp",
        "unit": "ms",
        "median": values[0],
        "spread": 0,
        "samples": values,
        "method": "simulated",
    }
    return Metric.model_validate(made | fields)


def test_a_baseline_files_samples_are_compared_in_one_look():
    slow = [2500.0 + step for step in range(7)]
    before, after = metric([2000.0 + step for step in range(7)]), metric(slow)
    (whole,) = answers_from_baseline(Timing(), [before], [after], PHONE)
    assert (whole.verdict, whole.loads) == ("worse", 7)
    for other in ({"method": "observed"}, {"shared": True}, {"page": "/c"}):
        assert answers_from_baseline(Timing(), [metric(slow, **other)], [after], PHONE) == ()
