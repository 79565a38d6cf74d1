"""Messages wait in the database: the same news goes to a recipient once, and what could not be sent is tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects import postgresql, sqlite

from auditor.store.alert_tables import notifications

MOST_ATTEMPTS = 10
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=4)
MOST_AT_ONCE = 20


class Sending(StrEnum):
    """``held``: it waits for the digest that it belongs to. ``merged``: it went out in one."""

    QUEUED = "queued"
    HELD = "held"
    SENT = "sent"
    MERGED = "merged"
    FAILED = "failed"


@dataclass(frozen=True)
class Message:
    """``recipient`` is where the address stands, ``env:NAME`` or ``file:PATH``. ``key`` names the news: the same key
    goes to a recipient once. ``digest_at``: when it is to go out together with others."""

    key: str
    recipient: str
    event: str
    shop: str
    title: str
    body: str
    digest_at: datetime | None = None


def enqueue(connection: Connection, message: Message, now: datetime) -> bool:
    """False when the recipient has had this news."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    added = connection.execute(
        dialect.insert(notifications)
        .values(
            key=f"{message.key} {message.recipient}"[:255], recipient=message.recipient, event=message.event,
            shop=message.shop, title=message.title, body=message.body, attempts=0, created_at=now, error="",
            state=Sending.HELD if message.digest_at else Sending.QUEUED, next_try=message.digest_at or now,
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(notifications.c.id)
    )  # fmt: skip
    return added.first() is not None


def gather_digests(connection: Connection, now: datetime) -> None:
    """Make one message of all that a recipient's digest holds, once its time has come."""
    wanted = select(notifications).where(notifications.c.state == Sending.HELD, notifications.c.next_try <= now)
    by_recipient: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(wanted.order_by(notifications.c.id)):
        by_recipient.setdefault(row.recipient, []).append(row)
    for recipient, rows in by_recipient.items():
        enqueue(connection, _digest(recipient, rows), now)
        numbers = [row.id for row in rows]
        merged = {"state": Sending.MERGED, "sent_at": now}
        connection.execute(update(notifications).where(notifications.c.id.in_(numbers)).values(**merged))


def _digest(recipient: str, rows: Sequence[Row[Any]]) -> Message:
    shops = sorted({row.shop for row in rows})
    return Message(
        key=f"digest {rows[0].id}-{rows[-1].id}",
        recipient=recipient,
        event="digest",
        shop=", ".join(shops)[:255],
        title=f"{rows[0].title} (+{len(rows) - 1})" if len(rows) > 1 else rows[0].title,
        body="\n\n".join(f"{row.created_at:%Y-%m-%d} {row.title}\n{row.body}" for row in rows),
    )


def take_due(connection: Connection, now: datetime) -> tuple[Row[Any], ...]:
    """Messages to be sent now. Each is put off by its next delay first: a program that dies in the middle of sending
    sends it again later, rather than never."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE notifications IN SHARE ROW EXCLUSIVE MODE")
    wanted = select(notifications).where(notifications.c.state == Sending.QUEUED, notifications.c.next_try <= now)
    rows = tuple(connection.execute(wanted.order_by(notifications.c.next_try, notifications.c.id).limit(MOST_AT_ONCE)))
    for row in rows:
        delay = min(FIRST_DELAY * 2**row.attempts, LONGEST_DELAY)
        connection.execute(
            update(notifications).where(notifications.c.id == row.id)
            .values(attempts=row.attempts + 1, next_try=now + delay)
        )  # fmt: skip
    return rows


def settle(connection: Connection, row: Row[Any], error: str, now: datetime) -> None:
    """Write whether a taken message went out; the last attempt ends it."""
    values: dict[str, Any] = {"error": error[:500]}
    if not error:
        values |= {"state": Sending.SENT, "sent_at": now}
    elif row.attempts + 1 >= MOST_ATTEMPTS:
        values |= {"state": Sending.FAILED}
    connection.execute(update(notifications).where(notifications.c.id == row.id).values(**values))


def newest(connection: Connection, count: int, shop: str | None = None) -> tuple[Row[Any], ...]:
    wanted = select(notifications).order_by(notifications.c.id.desc()).limit(count)
    if shop is not None:
        wanted = wanted.where(notifications.c.shop == shop)
    return tuple(connection.execute(wanted))


def next_digest(every: str, now: datetime) -> datetime | None:
    """07:00 UTC of the next day, Monday or first of a month; None for ``at_once``."""
    day = now.astimezone(UTC).replace(hour=7, minute=0, second=0, microsecond=0)
    while day <= now or (every == "weekly" and day.weekday()) or (every == "monthly" and day.day != 1):
        day += timedelta(days=1)
    return None if every == "at_once" else day
