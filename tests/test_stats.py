"""The rank test against counting every case, and the properties that trends and gates rely on."""

from itertools import combinations
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.stats import benjamini_hochberg, hodges_lehmann, mann_whitney, wilson

SMALL = st.lists(st.integers(0, 6), min_size=1, max_size=5)


def by_counting(before: list[int], after: list[int]) -> float:
    values = before + after
    ranks = [sum(other < value for other in values) + (values.count(value) + 1) / 2 for value in values]
    observed = sum(ranks[len(before) :])
    dealt = list(combinations(ranks, len(after)))
    return sum(sum(hand) >= observed - 1e-9 for hand in dealt) / len(dealt)


@settings(deadline=None, max_examples=150)
@given(SMALL, SMALL)
def test_the_rank_test_equals_counting_every_deal(before, after):
    assert mann_whitney(before, after) == pytest.approx(by_counting(before, after), abs=1e-12)


def test_the_least_p_of_five_against_five_is_one_in_252():
    assert mann_whitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]) == 1 / 252


def test_published_value():
    """Mann and Whitney 1947: n = m = 4 and U = 1 gives 2/70."""
    assert mann_whitney([1, 2, 3, 5], [4, 6, 7, 8]) == pytest.approx(2 / 70)


@given(SMALL, SMALL, st.integers(-50, 50))
def test_a_shift_of_everything_changes_no_p(before, after, by):
    moved = mann_whitney([value + by for value in before], [value + by for value in after])
    assert moved == mann_whitney(before, after)


@given(st.lists(st.integers(0, 1000), min_size=5, max_size=15), st.integers(1, 500))
def test_the_shift_is_found_and_lies_in_its_interval(before, by):
    shift = hodges_lehmann(before, [value + by for value in before])
    assert shift.low <= shift.estimate <= shift.high
    assert shift.estimate == pytest.approx(by)


def test_the_interval_of_the_shift_has_its_published_width():
    """n = m = 5 at 95 %: two of the 25 differences are left out at each end (tables of the rank sum test)."""
    before, after = [1.0, 2.0, 3.0, 4.0, 5.0], [10.0, 21.0, 32.0, 43.0, 54.0]
    differences = sorted(b - a for a in before for b in after)
    shift = hodges_lehmann(before, after)
    assert (shift.low, shift.estimate, shift.high) == (differences[2], median(differences), differences[-3])


@pytest.mark.parametrize(("before", "after"), [([], [1]), ([1], []), ([1] * 61, [1])])
def test_sides_that_cannot_be_tested_are_refused(before, after):
    with pytest.raises(ValueError, match="1 to 60 values"):
        mann_whitney(before, after)
    with pytest.raises(ValueError, match="1 to 60 values"):
        hodges_lehmann(before, after)


def test_many_tests_at_once_follow_the_published_example():
    """Benjamini and Hochberg 1995, section 3.2: of 15 p-values the first four are believed at 5 %."""
    published = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ]  # fmt: skip
    assert benjamini_hochberg(published, 0.05) == (True,) * 4 + (False,) * 11
    assert benjamini_hochberg(published[::-1], 0.05) == (False,) * 11 + (True,) * 4
    assert benjamini_hochberg([], 0.05) == ()


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (0, 0, 0, 1)],
)
def test_intervals_of_shares(hits, of, low, high):
    """81 of 263 is Newcombe's (1998) example."""
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)
