"""From a cron to the instants at which an audit is due."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from auditor.schedule.model import Schedule

MOST_SLOTS = 10_000
"""Slots computed at once: a schedule that slept for years is caught up in parts."""


@dataclass(frozen=True)
class Slot:
    """``due`` in UTC is its identity, ``wall`` the local time as the operator wrote it; ``starts`` adds the jitter."""

    schedule: str
    due: datetime
    wall: datetime
    starts: datetime


def slots_between(schedule: Schedule, after: datetime, until: datetime) -> Iterator[Slot]:
    """Slots in (``after``, ``until``], both aware, at most ``MOST_SLOTS``.

    Where the clock is set back, a time of day comes twice: fixed hours fire once, the first time; a cron whose hour
    field repeats (``*``, ``*/2``) fires both times. Where it is set forward, a skipped time fires once, an hour later
    by the clock.
    """
    yield from islice(_slots(schedule, after.astimezone(UTC), until.astimezone(UTC)), MOST_SLOTS)


def next_slots(schedule: Schedule, after: datetime, count: int) -> tuple[Slot, ...]:
    """The next slots; fewer where the cron has none within five years (30 February)."""
    return tuple(islice(slots_between(schedule, after, after + timedelta(days=5 * 366)), count))


def _slots(schedule: Schedule, after: datetime, until: datetime) -> Iterator[Slot]:
    trigger, hourly = schedule.trigger(), "*" in schedule.cron.split()[1]
    # One microsecond on, because the trigger counts an instant that is due now as its next.
    now, previous = after + timedelta(microseconds=1), None
    seen = _wall_before(schedule, after) if not hourly else None
    while (fires := trigger.get_next_fire_time(previous, now)) is not None:
        due, wall = fires.astimezone(UTC), fires.replace(tzinfo=None)
        if due > until:
            return
        if hourly or wall != seen:
            yield Slot(schedule.name, due, wall, due + _jitter(schedule, due))
        seen, previous, now = wall, fires, due + timedelta(microseconds=1)


def _wall_before(schedule: Schedule, after: datetime) -> datetime | None:
    """The wall time of the last slot at or before ``after`` within the hours that a clock is set back by."""
    trigger, previous, last = schedule.trigger(), None, None
    now = after - timedelta(hours=3)
    while (fires := trigger.get_next_fire_time(previous, now)) is not None and fires.astimezone(UTC) <= after:
        last, previous, now = fires.replace(tzinfo=None), fires, fires.astimezone(UTC) + timedelta(microseconds=1)
    return last


def _jitter(schedule: Schedule, due: datetime) -> timedelta:
    """By schedule and slot, so that every attempt and every machine agrees."""
    most = int(schedule.jitter.total_seconds())
    if most <= 0:
        return timedelta(0)
    digest = hashlib.sha256(f"{schedule.name} {due.isoformat()}".encode()).digest()
    return timedelta(seconds=int.from_bytes(digest[:8], "big") % most)
