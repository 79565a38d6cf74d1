"""Effort adds up as the Keystroke-Level Model says, and published figures carry their year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from auditor.effort import StepEffort, benchmarks, effort, sources

COUNT = st.integers(0, 50)
STEP = st.builds(
    StepEffort, fields_typed=COUNT, chars_typed=COUNT, selects=COUNT, ticks=COUNT, clicks=COUNT, fields_skipped=COUNT
)


def test_an_average_checkout_costs_what_the_reference_computes() -> None:
    """5.1 steps, 11.3 fields, 115 characters, 8 presses, 2.0 and 2.5 s a page: 86 s at a desk, 97 to 108 s on a phone."""
    steps = [
        StepEffort(fields_typed=fields, chars_typed=23, clicks=clicks, pages=1)
        for fields, clicks in ((2, 1), (3, 2), (2, 1), (2, 2), (2, 2))
    ]
    found = effort(steps)
    assert found.desktop.high + 5 * 2.0 == pytest.approx(86, rel=0.03)
    assert found.phone.low + 5 * 2.5 == pytest.approx(97, rel=0.03)
    assert found.phone.high + 5 * 2.5 == pytest.approx(108, rel=0.03)


def test_single_actions_cost_their_operators() -> None:
    assert effort([StepEffort(clicks=1)]).desktop.low == pytest.approx(1.35 + 1.1 + 0.2, abs=0.06)
    assert effort([StepEffort(clicks=1)]).phone.low == pytest.approx(1.35 + 1.1, abs=0.06)
    assert effort([StepEffort(selects=1)]).desktop.low == pytest.approx(1.35 + 2.2 + 0.4, abs=0.06)
    assert effort([StepEffort(fields_typed=1, chars_typed=10)]).desktop.high == pytest.approx(
        1.35 + 11 * 0.28 + 0.8, abs=0.06
    )
    assert effort([StepEffort(fields_skipped=2)]).phone.high == pytest.approx(2.7, abs=0.06)


def test_counts_are_kept_apart() -> None:
    found = effort(
        [
            StepEffort(
                fields_typed=5,
                fields_skipped=2,
                fields_prefilled=1,
                chars_typed=40,
                selects=1,
                required=6,
                pages=1,
                clicks=1,
            ),
            StepEffort(ticks=2, clicks=1, pages=1, forced_wait_ms=1500),
        ]
    )
    assert (found.steps, found.fields, found.elements, found.required, found.optional) == (2, 8, 11, 6, 3)
    assert (found.clicks, found.keys, found.pages, found.waits_ms, found.prefilled) == (6, 40, 2, 1500, 1)


def test_waiting_is_no_part_of_the_hands_on_time() -> None:
    assert effort([StepEffort(clicks=1, forced_wait_ms=30_000)]).desktop == effort([StepEffort(clicks=1)]).desktop


def test_autofill_replaces_a_block_by_one_press() -> None:
    step = StepEffort(
        fields_typed=8, chars_typed=90, selects=1, autofillable_fields=8, autofillable_selects=1, autofillable_chars=90
    )
    found = effort([step])
    assert found.autofillable == 9
    assert found.desktop_autofill == effort([StepEffort(clicks=1)]).desktop
    assert found.phone_autofill.high < found.phone.low


@given(st.lists(STEP, max_size=5), STEP)
def test_more_to_do_never_costs_less(steps: list[StepEffort], one: StepEffort) -> None:
    before, after = effort(steps), effort([*steps, one])
    for device in ("desktop", "phone", "desktop_autofill", "phone_autofill"):
        band = getattr(after, device)
        assert band.low <= band.high
        assert band.low >= getattr(before, device).low
    assert after.elements >= before.elements


def test_nothing_to_do_costs_nothing() -> None:
    assert effort([]).desktop.high == 0


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        StepEffort(clicks=-1)


def test_every_benchmark_has_a_year_and_a_source_and_the_newest_comes_first() -> None:
    found = benchmarks()
    assert {one.year for one in found} >= {2024, 2017}
    assert all(one.source and 2000 < one.year < 2100 for one in found)
    assert [one.year for one in found] == sorted((one.year for one in found), reverse=True)
    assert next(one.value for one in found if one.name == "fields") == 11.3
    assert len(sources()) == 2
