"""What is wrong with a shop until it is over: each thing is suspected once, opened once and closed once."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select, update

from auditor.store.alert_tables import alerts

Kind = Literal["finding", "metric", "budget", "run", "missed"]


class AlertState(StrEnum):
    """``suspected``: seen once, not told yet; another run has to confirm it."""

    SUSPECTED = "suspected"
    OPEN = "open"


@dataclass(frozen=True)
class Alert:
    """``told`` is an English sentence with places for ``values``, ``reference`` whatever tells that it is over."""

    kind: Kind
    subject: str
    told: str
    values: Mapping[str, str | float] = field(default_factory=dict)
    reference: tuple[float, ...] = ()
    state: AlertState = AlertState.SUSPECTED


@dataclass(frozen=True)
class Crossing:
    """What a run changed: alerts that are to be told now, that are over, and that another run has to confirm."""

    opened: tuple[Alert, ...] = ()
    closed: tuple[Alert, ...] = ()
    suspected: tuple[Alert, ...] = ()


def cross(known: Iterable[Alert], bad: Iterable[Alert], over: Mapping[tuple[str, str], bool]) -> Crossing:
    """Pure. ``bad`` is what a run shows to be wrong; ``over`` says of known alerts whether they are; one that is in
    neither was not looked at and stays as it is."""
    seen = {(one.kind, one.subject): one for one in bad}
    had = {(one.kind, one.subject): one for one in known}
    confirmed = [
        replace(one, state=AlertState.OPEN)
        for key, one in had.items()
        if one.state is AlertState.SUSPECTED and not over.get(key) and (key in seen or over.get(key) is False)
    ]
    return Crossing(
        opened=tuple(confirmed),
        closed=tuple(one for key, one in had.items() if over.get(key)),
        suspected=tuple(one for key, one in seen.items() if key not in had),
    )


def alerts_of(connection: Connection, shop: str | None = None) -> tuple[tuple[str, datetime, Alert], ...]:
    """Shop, since when, alert; the oldest first."""
    wanted = select(alerts).order_by(alerts.c.since, alerts.c.id)
    if shop is not None:
        wanted = wanted.where(alerts.c.shop == shop)
    return tuple((row.shop, row.since, _alert(row)) for row in connection.execute(wanted))


def _alert(row: Row[Any]) -> Alert:
    told, values = json.loads(row.told)
    return Alert(row.kind, row.subject, told, values, tuple(json.loads(row.reference)), AlertState(row.state))


def write(connection: Connection, shop: str, crossing: Crossing, now: datetime) -> None:
    for one in crossing.suspected:
        _insert(connection, shop, one, now)
    for one in crossing.opened:
        connection.execute(update(alerts).where(*_is(shop, one)).values(state=AlertState.OPEN))
    for one in crossing.closed:
        connection.execute(delete(alerts).where(*_is(shop, one)))


def open_once(connection: Connection, shop: str, one: Alert, now: datetime) -> bool:
    """Open an alert that needs no second look; False when it is open already."""
    if connection.execute(select(alerts.c.id).where(*_is(shop, one))).first():
        return False
    _insert(connection, shop, replace(one, state=AlertState.OPEN), now)
    return True


def close(connection: Connection, shop: str, kind: Kind, subject: str) -> bool:
    """False when there was none."""
    return bool(connection.execute(delete(alerts).where(*_is(shop, Alert(kind, subject, "")))).rowcount)


def _insert(connection: Connection, shop: str, one: Alert, now: datetime) -> None:
    told = json.dumps([one.told, dict(one.values)], ensure_ascii=False)
    row = {"shop": shop, "kind": one.kind, "subject": one.subject[:255], "state": one.state, "told": told, "since": now}
    connection.execute(insert(alerts).values(reference=json.dumps(one.reference), **row))


def _is(shop: str, one: Alert) -> tuple[Any, ...]:
    return (alerts.c.shop == shop, alerts.c.kind == one.kind, alerts.c.subject == one.subject[:255])
