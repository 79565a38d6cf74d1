"""What the index tells of a shop: its audits, its findings and their lives, its series of numbers."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, func, select

from auditor.store.index_tables import area_scores, audits, findings, samples, series, sightings
from auditor.store.life import Life

Rows = tuple[Row[Any], ...]


class Point(NamedTuple):
    """A series' number in one audit. ``median`` in the series' unit; ``shared``: others used the machine meanwhile."""

    audit: int
    series: int
    started_at: datetime
    epoch: str
    median: float
    spread: float
    loads: int
    shared: bool


def newest_of_each_shop(connection: Connection) -> Rows:
    newest = select(audits.c.shop, func.max(audits.c.started_at).label("at")).group_by(audits.c.shop).subquery()
    wanted = select(audits).join(newest, and_(audits.c.shop == newest.c.shop, audits.c.started_at == newest.c.at))
    return tuple(connection.execute(wanted.order_by(audits.c.shop)))


def audits_of(connection: Connection, shop: str, count: int, *, before: datetime | None = None) -> Rows:
    """Newest first; with ``before`` only older ones."""
    wanted = select(audits).where(audits.c.shop == shop)
    if before is not None:
        wanted = wanted.where(audits.c.started_at < before)
    return tuple(connection.execute(wanted.order_by(audits.c.started_at.desc(), audits.c.id.desc()).limit(count)))


def audit_of(connection: Connection, audit: int) -> Row[Any] | None:
    return connection.execute(select(audits).where(audits.c.id == audit)).first()


def audit_in(connection: Connection, folder: str) -> Row[Any] | None:
    return connection.execute(select(audits).where(audits.c.folder == folder)).first()


def area_scores_of(connection: Connection, among: Iterable[int]) -> Rows:
    return tuple(connection.execute(select(area_scores).where(area_scores.c.audit.in_(tuple(among)))))


def findings_in(connection: Connection, audit: int) -> Rows:
    """Findings of a run, with their state, severity and verdict in it: what was fixed or unjudged included."""
    wanted = (
        select(
            findings, sightings.c.state.label("then"), sightings.c.severity.label("then_severity"),
            sightings.c.verdict.label("then_verdict"),
        )
        .join(sightings, sightings.c.finding == findings.c.id)
        .where(sightings.c.audit == audit)
    )  # fmt: skip
    return tuple(connection.execute(wanted))


def open_findings(connection: Connection, shop: str) -> Rows:
    """Those of the shop that are not fixed."""
    return tuple(connection.execute(select(findings).where(findings.c.shop == shop, findings.c.state != Life.FIXED)))


def finding_of(connection: Connection, shop: str, fingerprint: str) -> Row[Any] | None:
    wanted = select(findings).where(findings.c.shop == shop, findings.c.fingerprint == fingerprint)
    return connection.execute(wanted).first()


def life_of(connection: Connection, shop: str, finding: int, count: int) -> Rows:
    """The shop's newest audits, each with its ``folder`` and the finding's ``state`` in it; None where it was not
    there."""
    wanted = (
        select(audits.c.id, audits.c.started_at, audits.c.ended, audits.c.folder, sightings.c.state)
        .outerjoin(sightings, and_(sightings.c.audit == audits.c.id, sightings.c.finding == finding))
        .where(audits.c.shop == shop)
        .order_by(audits.c.started_at.desc(), audits.c.id.desc())
        .limit(count)
    )
    return tuple(connection.execute(wanted))


def series_of(connection: Connection, shop: str) -> Rows:
    """By template and page."""
    wanted = select(series).where(series.c.shop == shop)
    return tuple(connection.execute(wanted.order_by(series.c.template, series.c.page, series.c.device, series.c.name)))


def points_of(connection: Connection, shop: str, count: int, *, of: Iterable[int] | None = None) -> tuple[Point, ...]:
    """Numbers of the shop's newest ``count`` audits, oldest first; only the series ``of``, where given."""
    newest = connection.execute(
        select(audits.c.id, audits.c.started_at, audits.c.epoch)
        .where(audits.c.shop == shop, audits.c.ended != "failed")
        .order_by(audits.c.started_at.desc(), audits.c.id.desc()).limit(count)
    ).all()  # fmt: skip
    # Instants are read once an audit, not with each of its numbers: of those there are thousands.
    values = (samples.c.median, samples.c.spread, samples.c.loads, samples.c.shared)
    wanted = select(samples.c.audit, samples.c.series, *values).where(samples.c.audit.in_([row.id for row in newest]))
    if of is not None:
        wanted = wanted.where(samples.c.series.in_(tuple(of)))
    by_audit: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(wanted.order_by(samples.c.audit, samples.c.series)):
        by_audit[row[0]].append(row)
    return tuple(
        Point(number, row[1], started_at, epoch, *row[2:])
        for number, started_at, epoch in reversed(newest)
        for row in by_audit[number]
    )


def samples_in(connection: Connection, audit: int) -> Rows:
    """Series and numbers of one audit."""
    wanted = select(series, samples).join(samples, samples.c.series == series.c.id).where(samples.c.audit == audit)
    return tuple(connection.execute(wanted.order_by(series.c.template, series.c.page, series.c.device)))


def overalls(connection: Connection, shops: Iterable[str], count: int) -> dict[str, list[int | None]]:
    """The overall scores of each shop's newest audits, oldest first."""
    return {
        shop: [row.overall for row in reversed(connection.execute(
            select(audits.c.overall).where(audits.c.shop == shop).order_by(audits.c.started_at.desc()).limit(count)
        ).all())]
        for shop in shops
    }  # fmt: skip
