"""From schedules to rows of runs. A tick may come late, twice, or from two programs at once: a slot has one row."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from auditor.schedule.model import Schedule
from auditor.schedule.slots import MOST_SLOTS, Slot, slots_between
from auditor.store.runs import RunState, add_run, cursor_of, has_open_run, move_cursor

TICK_SECONDS = 15
ON_TIME = timedelta(seconds=6 * TICK_SECONDS)
"""A slot that is this young was not missed, whatever ``misfire`` says."""


def tick(connection: Connection, schedules: Iterable[Schedule], now: datetime) -> int:
    """Give every slot that became due since the last tick its row; the number of runs that were queued.

    A schedule that is seen for the first time begins now: nothing before was ever promised.
    """
    return sum(_tick_one(connection, schedule, now.astimezone(UTC)) for schedule in schedules)


def _tick_one(connection: Connection, schedule: Schedule, now: datetime) -> int:
    cursor = cursor_of(connection, schedule.name)
    if cursor is None or schedule.paused:
        move_cursor(connection, schedule.name, now)
        return 0
    slots = tuple(slots_between(schedule, cursor, now))
    behind = len(slots) == MOST_SLOTS
    wanted = set() if behind else _to_run(schedule, slots, now)
    queued = sum(_add(connection, schedule, slot, now, wanted=slot in wanted) for slot in slots)
    move_cursor(connection, schedule.name, slots[-1].due if behind else now)
    return queued


def _to_run(schedule: Schedule, slots: tuple[Slot, ...], now: datetime) -> set[Slot]:
    """Those of the due slots that are still to be run."""
    recent = [slot for slot in slots if slot.due >= now - max(schedule.catchup_window, ON_TIME)]
    if schedule.misfire == "run_all":
        return set(recent)
    if schedule.misfire == "skip":
        recent = [slot for slot in recent if slot.due >= now - ON_TIME]
    return set(recent[-1:])


def _add(connection: Connection, schedule: Schedule, slot: Slot, now: datetime, *, wanted: bool) -> int:
    state, why = RunState.QUEUED, ""
    if not wanted:
        late = int((now - slot.due).total_seconds())
        state, why = RunState.MISSED, f"nothing was running when it was due; it was seen {late} s later"
    elif schedule.misfire != "run_all" and (other := has_open_run(connection, schedule.name)) is not None:
        state, why = RunState.SKIPPED, f"the run of {other.slot:%Y-%m-%d %H:%M} UTC was still {other.state.value}"
    added = add_run(
        connection, schedule=schedule.name, shop=schedule.shop, slot=slot.due, wall=f"{slot.wall:%Y-%m-%d %H:%M}",
        starts=slot.starts, state=state, why=why, finished_at=None if state is RunState.QUEUED else now,
    )  # fmt: skip
    return int(added and state is RunState.QUEUED)
