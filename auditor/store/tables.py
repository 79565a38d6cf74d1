"""The tables, as SQLAlchemy sees them. A change here needs a migration beside it."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; SQLite itself would hand back a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


schedules = Table(
    "schedules",
    metadata,
    Column("name", String(63), primary_key=True),
    # Slots up to here have become rows of runs.
    Column("cursor", UtcDateTime, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # "" for a run that a person asked for.
    Column("schedule", String(63), nullable=False),
    Column("shop", String(63), nullable=False),
    Column("slot", UtcDateTime, nullable=False),
    Column("wall", String(40), nullable=False),
    Column("starts", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempt", Integer, nullable=False, default=0),
    Column("worker", String(120)),
    Column("folder", Text),
    Column("exit_code", Integer),
    Column("why", Text, nullable=False, default=""),
    Column("started_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    UniqueConstraint("schedule", "slot", name="uq_runs_schedule_slot"),
    Index("ix_runs_state_starts", "state", "starts"),
    Index("ix_runs_shop_slot", "shop", "slot"),
)
