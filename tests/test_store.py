"""The index of runs on SQLite and PostgreSQL: a slot has one row, whoever looks and however often."""

import random
import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from auditor.schedule import Schedule, slots_between
from auditor.schedule.ticking import tick
from auditor.store import RunState, Store, StoreError, open_store, runs
from tests.stores import server, store

__all__ = ["server", "store"]

START = datetime(2026, 3, 27, 12, tzinfo=UTC)


def schedule(name: str = "s", cron: str = "0 * * * *", **fields: object) -> Schedule:
    return Schedule.model_validate({"name": name, "shop": f"shop-{name}", "cron": cron} | fields)


def ticked(store: Store, one: Schedule, *hours: float) -> list[str]:
    for hour in hours:
        with store.begin() as connection:
            tick(connection, [one], START + timedelta(hours=hour))
    with store.begin() as connection:
        return [run.state.value for run in reversed(runs.latest(connection, 1000))]


def test_a_new_schedule_owes_nothing_from_before(store):
    assert ticked(store, schedule(), 0) == []


def test_a_slot_is_queued_once_however_often_one_looks(store):
    assert ticked(store, schedule(), 0, 1, 1, 1.001) == ["queued"]


@pytest.mark.parametrize(
    ("misfire", "states"),
    [
        ("run_latest", ["missed", "missed", "missed", "queued"]),
        ("run_all", ["missed", "missed", "queued", "queued"]),
        ("skip", ["missed", "missed", "missed", "missed"]),
    ],
)
def test_slots_that_passed_while_nothing_ran_follow_the_policy_and_none_is_silent(store, misfire, states):
    one = schedule(misfire=misfire, catchup_window="2h")
    assert ticked(store, one, 0, 4.5) == states
    with store.begin() as connection:
        assert all(run.why for run in runs.latest(connection, 9) if run.state is RunState.MISSED)


def test_a_slot_that_comes_while_the_last_run_goes_on_is_skipped_with_the_reason(store):
    assert ticked(store, schedule(), 0, 1, 2) == ["queued", "skipped"]
    with store.begin() as connection:
        assert runs.latest(connection, 1)[0].why == "the run of 2026-03-27 13:00 UTC was still queued"


def test_a_paused_schedule_owes_nothing_when_it_goes_on(store):
    assert ticked(store, schedule(paused=True), 0, 5) == []
    assert ticked(store, schedule(), 5.5) == []


def test_a_clock_that_was_set_back_makes_no_slot_due_again(store):
    assert ticked(store, schedule(misfire="run_all"), 0, 3, 1, 3) == ["queued"] * 3


def test_more_overdue_slots_than_one_tick_takes_are_caught_up_in_parts(store, monkeypatch):
    monkeypatch.setattr("auditor.schedule.slots.MOST_SLOTS", 500)
    monkeypatch.setattr("auditor.schedule.ticking.MOST_SLOTS", 500)
    one = schedule(cron="* * * * *", catchup_window="1h")
    states = {}
    for _ in range(3):
        with store.begin() as connection:
            tick(connection, [one], START)
            tick(connection, [one], START + timedelta(minutes=1200))
            states = runs.count_by_state(connection)
    assert states == {"missed": 1199, "queued": 1}


def test_programs_that_race_for_the_same_slots_make_one_row_each(store):
    one = schedule(cron="*/5 * * * *", misfire="run_all", catchup_window="2d")
    with store.begin() as connection:
        tick(connection, [one], START)

    def race(_: int) -> int:
        with store.begin() as connection:
            return tick(connection, [one], START + timedelta(hours=16))

    with ThreadPoolExecutor(4) as pool:
        queued = sum(pool.map(race, range(8)))
    with store.begin() as connection:
        slots = Counter(run.slot for run in runs.latest(connection, 1000))
    assert queued == len(slots) == 192
    assert set(slots.values()) == {1}


def test_workers_that_race_take_each_run_once_and_one_a_shop(store):
    with store.begin() as connection:
        for number in range(24):
            runs.add_run(
                connection, schedule=f"s{number}", shop=f"shop{number % 6}", slot=START, wall="", starts=START,
                state=RunState.QUEUED,
            )  # fmt: skip

    def take(worker: int) -> runs.Claim | None:
        with store.begin() as connection:
            return runs.claim(connection, f"w{worker}", START)

    with ThreadPoolExecutor(4) as pool:
        claims = [claim for claim in pool.map(take, range(24)) if claim]
    assert len({claim.run.id for claim in claims}) == len(claims) == 6
    assert len({claim.run.shop for claim in claims}) == 6


def test_a_run_is_taken_when_it_starts_not_when_it_is_due(store):
    ticked(store, schedule(jitter="30m"), 0, 1)
    with store.begin() as connection:
        starts = runs.latest(connection, 1)[0].starts
        assert runs.claim(connection, "w", starts - timedelta(seconds=1)) is None
        assert runs.claim(connection, "w", starts) is not None


def test_what_an_overtaken_attempt_says_is_void(store):
    ticked(store, schedule(), 0, 1)
    now = START + timedelta(hours=1)
    with store.begin() as connection:
        first = runs.claim(connection, "one", now)
        assert first is not None
        assert runs.requeue(connection, first, now, "its worker was ended")
        second = runs.claim(connection, "two", now)
        assert second is not None
        assert second.attempt == 2
        ended = {"why": "", "folder": "f", "exit_code": 0}
        assert not runs.finish(connection, first, RunState.DONE, now, **ended)
        assert runs.finish(connection, second, RunState.DONE, now, **ended)


def test_programs_killed_at_random_moments_lose_and_double_no_slot(store):
    """A tick that is killed is a transaction that never commits; 120 of them over eight simulated days."""
    randomly = random.Random(7)
    schedules = [
        schedule("hourly"), schedule("daily", "30 2 * * *", timezone="Europe/Warsaw", misfire="skip"),
        schedule("often", "*/20 * * * *", misfire="run_all", catchup_window="3h"),
    ]  # fmt: skip
    moment, end = START, START + timedelta(days=8)
    with store.begin() as connection:
        tick(connection, schedules, moment)
    killed = 0
    while moment < end:
        moment = min(end, moment + timedelta(seconds=randomly.expovariate(1 / 1800)))
        dies = moment < end and randomly.random() < 0.4
        try:
            with store.begin() as connection:
                tick(connection, schedules, moment)
                claimed = runs.claim(connection, "w", moment)
                if claimed and randomly.random() < 0.8:
                    runs.finish(connection, claimed, RunState.DONE, moment, why="", folder=None, exit_code=0)
                if dies:
                    raise KeyboardInterrupt
        except KeyboardInterrupt:
            killed += 1
    assert killed >= 100
    with store.begin() as connection:
        rows = runs.latest(connection, 100_000)
    for one in schedules:
        due = [slot.due for slot in slots_between(one, START, end)]
        assert sorted(run.slot for run in rows if run.schedule == one.name) == due


def test_instants_keep_their_zone_and_naive_ones_are_refused(store):
    with store.begin() as connection:
        runs.move_cursor(connection, "s", START)
        assert runs.cursor_of(connection, "s") == START
        assert runs.cursor_of(connection, "s").tzinfo is not None
    with pytest.raises(Exception, match="needs its time zone"), store.begin() as connection:
        runs.move_cursor(connection, "t", datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_database_of_a_newer_version_is_refused(tmp_path):
    url = f"sqlite:///{tmp_path / 'auditor.db'}"
    open_store(url).close()
    with sqlite3.connect(tmp_path / "auditor.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match="written by a newer auditor"):
        open_store(url)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("picture.db", b"\xff\xd8\xff" * 2000, "not a database"), ("", b"", "unable to open")],
)
def test_what_is_no_database_is_refused_in_words(tmp_path: Path, name, content, says):
    if content:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(StoreError, match=says):
        open_store(f"sqlite:///{tmp_path / name}")


def test_an_address_is_refused_without_its_password():
    with pytest.raises(StoreError) as refused:
        open_store("mysterious://anna:s3cret@host/db")
    assert "s3cret" not in str(refused.value)


def test_a_locked_database_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("auditor.store.database._BUSY_MS", 50)
    store = open_store(f"sqlite:///{tmp_path / 'auditor.db'}")
    other = sqlite3.connect(tmp_path / "auditor.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"locked\. Another program holds it"), store.begin():
        pass
    other.close()
    store.close()
