"""The life of a run: queued, running, done or failed; or missed, or skipped. Nothing due is ever without a row."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from auditor.store.tables import runs, schedules


class RunState(StrEnum):
    """``missed``: nothing ran when it was due. ``skipped``: another run of the schedule was in its way."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    MISSED = "missed"
    SKIPPED = "skipped"


OPEN = (RunState.QUEUED, RunState.RUNNING)


@dataclass(frozen=True)
class RunRow:
    id: int
    schedule: str
    shop: str
    slot: datetime
    wall: str
    starts: datetime
    state: RunState
    attempt: int
    worker: str | None
    folder: str | None
    exit_code: int | None
    why: str
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True)
class Claim:
    """A run that this worker may carry out. ``attempt`` fences: a later attempt makes this one's word void."""

    run: RunRow
    attempt: int


def cursor_of(connection: Connection, schedule: str) -> datetime | None:
    found: datetime | None = connection.execute(
        select(schedules.c.cursor).where(schedules.c.name == schedule)
    ).scalar_one_or_none()
    return found


def move_cursor(connection: Connection, schedule: str, to: datetime) -> None:
    """Forward only: a clock that was set back makes no slot due again."""
    moved = connection.execute(
        update(schedules).where(schedules.c.name == schedule, schedules.c.cursor < to).values(cursor=to)
    )
    if not moved.rowcount and cursor_of(connection, schedule) is None:
        connection.execute(insert(schedules).values(name=schedule, cursor=to))


def add_run(connection: Connection, **values: Any) -> bool:
    """A new row; False when the slot has one already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {"attempt": 0, "why": ""} | values
    added = connection.execute(
        dialect.insert(runs)
        .values(**row)
        .on_conflict_do_nothing(index_elements=["schedule", "slot"])
        .returning(runs.c.id)
    )
    return added.first() is not None


def has_open_run(connection: Connection, schedule: str) -> RunRow | None:
    """The schedule's queued or running run."""
    row = connection.execute(
        select(runs).where(runs.c.schedule == schedule, runs.c.state.in_(OPEN)).order_by(runs.c.slot).limit(1)
    ).first()
    return _row(row) if row else None


def claim(connection: Connection, worker: str, now: datetime) -> Claim | None:
    """Take the run that has waited longest, of a shop that nothing runs for."""
    running = select(runs.c.shop).where(runs.c.state == RunState.RUNNING)
    waiting = (
        select(runs)
        .where(runs.c.state == RunState.QUEUED, runs.c.starts <= now, runs.c.shop.not_in(running))
        .order_by(runs.c.starts, runs.c.id)
        .limit(1)
    )
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE runs IN SHARE ROW EXCLUSIVE MODE")
    row = connection.execute(waiting).first()
    if row is None:
        return None
    attempt = row.attempt + 1
    connection.execute(
        update(runs).where(runs.c.id == row.id).values(
            state=RunState.RUNNING, attempt=attempt, worker=worker, started_at=now, finished_at=None, why=""
        )
    )  # fmt: skip
    return Claim(_row(row), attempt)


def finish(
    connection: Connection, taken: Claim, state: RunState, now: datetime, *, why: str, folder: str | None,
    exit_code: int | None,
) -> bool:  # fmt: skip
    """Write how a claimed run ended; False when a later attempt has taken it over."""
    done = connection.execute(
        update(runs)
        .where(runs.c.id == taken.run.id, runs.c.attempt == taken.attempt, runs.c.state == RunState.RUNNING)
        .values(state=state, finished_at=now, why=why, folder=folder, exit_code=exit_code)
    )
    return bool(done.rowcount)


def requeue(connection: Connection, taken: Claim, starts: datetime, why: str, *, counts: bool = True) -> bool:
    """Put a run back; False when a later attempt has taken it over. ``counts``: the attempt was one."""
    done = connection.execute(
        update(runs)
        .where(runs.c.id == taken.run.id, runs.c.attempt == taken.attempt, runs.c.state == RunState.RUNNING)
        .values(state=RunState.QUEUED, starts=starts, why=why, worker=None, attempt=taken.attempt - (not counts))
    )
    return bool(done.rowcount)


def running(connection: Connection) -> tuple[RunRow, ...]:
    return tuple(map(_row, connection.execute(select(runs).where(runs.c.state == RunState.RUNNING))))


def open_runs(connection: Connection) -> tuple[RunRow, ...]:
    """Queued and running, the first to start first."""
    return rows(connection, select(runs).where(runs.c.state.in_(OPEN)).order_by(runs.c.starts))


def run_of(connection: Connection, number: int) -> RunRow | None:
    return next(iter(rows(connection, select(runs).where(runs.c.id == number))), None)


def latest(connection: Connection, count: int, shop: str | None = None) -> tuple[RunRow, ...]:
    """Newest slots first."""
    wanted = select(runs).order_by(runs.c.slot.desc(), runs.c.id.desc()).limit(count)
    if shop:
        wanted = wanted.where(runs.c.shop == shop)
    return tuple(map(_row, connection.execute(wanted)))


def rows(connection: Connection, wanted: Select[Any]) -> tuple[RunRow, ...]:
    """The runs that a query of whole rows finds."""
    return tuple(map(_row, connection.execute(wanted)))


def before(connection: Connection, run: RunRow) -> RunRow | None:
    """The shop's run before this one that has a report."""
    row = connection.execute(
        select(runs)
        .where(runs.c.shop == run.shop, runs.c.slot < run.slot, runs.c.state == RunState.DONE)
        .order_by(runs.c.slot.desc())
        .limit(1)
    ).first()
    return _row(row) if row else None


def newest_of_each_schedule(connection: Connection) -> dict[str, RunRow]:
    """Of runs that are over."""
    over = runs.c.state.not_in(OPEN)
    newest = (
        select(runs.c.schedule, func.max(runs.c.slot).label("slot")).where(over).group_by(runs.c.schedule).subquery()
    )
    found = select(runs).join(newest, and_(runs.c.schedule == newest.c.schedule, runs.c.slot == newest.c.slot))
    return {run.schedule: run for run in rows(connection, found)}


def count_by_state(connection: Connection) -> dict[str, int]:
    return {
        row.state: row.many
        for row in connection.execute(select(runs.c.state, func.count().label("many")).group_by(runs.c.state))
    }


def _row(row: Row[Any]) -> RunRow:
    values = dict(row._mapping)
    return RunRow(**values | {"state": RunState(values["state"])})
