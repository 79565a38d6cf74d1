"""When an audit is due: clocks that are set forward and back, and nothing lost or doubled between two looks."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.schedule import Schedule, next_slots, slots_between

YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def schedule(cron: str, zone: str = "UTC", **fields: object) -> Schedule:
    return Schedule.model_validate({"name": "s", "shop": "demo", "cron": cron, "timezone": zone, **fields})


def due(one: Schedule, after: str, count: int) -> list[str]:
    return [f"{slot.due:%m-%dT%H:%M}" for slot in next_slots(one, datetime.fromisoformat(f"{after}+00:00"), count)]


@pytest.mark.parametrize(
    ("cron", "zone", "after", "expected"),
    [
        ("30 2 * * *", "Europe/Warsaw", "2026-03-28T00:00", ["03-28T01:30", "03-29T01:30", "03-30T00:30"]),
        ("30 2 * * *", "Europe/Warsaw", "2026-10-24T00:00", ["10-24T00:30", "10-25T00:30", "10-26T01:30"]),
        ("30 * * * *", "Europe/Warsaw", "2026-10-25T00:00", ["10-25T00:30", "10-25T01:30", "10-25T02:30"]),
        ("30 1 * * *", "America/New_York", "2026-10-31T00:00", ["10-31T05:30", "11-01T05:30", "11-02T06:30"]),
        ("45 1 * * *", "Australia/Lord_Howe", "2026-04-03T00:00", ["04-03T14:45", "04-04T14:45", "04-05T15:15"]),
        ("0 7 * * fri", "Asia/Tehran", "2026-03-19T12:00", ["03-20T03:30", "03-27T03:30"]),
        ("0 9 * * mon", "UTC", "2026-11-22T00:00", ["11-23T09:00", "11-30T09:00"]),
        ("0 9 * * sun", "UTC", "2026-11-22T00:00", ["11-22T09:00", "11-29T09:00"]),
    ],
)
def test_slots_follow_the_local_clock(cron, zone, after, expected):
    assert due(schedule(cron, zone), after, len(expected)) == expected


def test_a_look_between_the_two_times_of_a_clock_set_back_fires_no_second_time():
    assert due(schedule("30 2 * * *", "Europe/Warsaw"), "2026-10-25T00:30", 1) == ["10-26T01:30"]


def test_a_date_that_never_comes_has_no_slot():
    assert next_slots(schedule("0 0 30 2 *"), YEAR, 3) == ()


@settings(deadline=None, max_examples=40)
@given(
    cron=st.sampled_from(["30 2 * * *", "*/30 * * * *", "15 1,2,3 * * *", "0 */6 * * *", "30 1 * * sun"]),
    zone=st.sampled_from(["Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Asia/Tehran", "UTC"]),
    start=st.integers(0, 365 * 24 * 60),
    cuts=st.lists(st.integers(0, 14 * 24 * 60), max_size=6),
)
def test_however_often_one_looks_no_slot_is_lost_or_doubled(cron, zone, start, cuts):
    one = schedule(cron, zone)
    begin = YEAR + timedelta(minutes=start)
    end = begin + timedelta(days=14)
    looks = [begin, *sorted(begin + timedelta(minutes=cut) for cut in cuts), end]
    pieces = [slot for a, b in pairwise(looks) for slot in slots_between(one, a, b)]
    assert pieces == list(slots_between(one, begin, end))
    assert len({slot.due for slot in pieces}) == len(pieces)


def test_jitter_is_the_same_at_every_look_and_below_its_limit():
    one = schedule("0 * * * *", jitter="10m")
    slots = next_slots(one, YEAR, 50)
    assert slots == next_slots(one, YEAR, 50)
    offsets = {slot.starts - slot.due for slot in slots}
    assert len(offsets) > 10
    assert all(timedelta(0) <= offset < timedelta(minutes=10) for offset in offsets)


def test_a_schedule_that_slept_for_years_is_caught_up_in_parts():
    slots = list(slots_between(schedule("* * * * *"), YEAR, YEAR + timedelta(days=60)))
    assert len(slots) == 10_000
    assert slots[0].due == YEAR + timedelta(minutes=1)
