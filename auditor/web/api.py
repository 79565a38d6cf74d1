"""The same in JSON, for programs: a token in ``Authorization: Bearer`` or a session."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel

from auditor.store import history
from auditor.store import runs as stored
from auditor.web.access import Here, Number, Operator, Viewer
from auditor.web.run_pages import queue

router = APIRouter(prefix="/api")


class ShopAnswer(BaseModel):
    """``overall`` 0-100, None where it could not be given."""

    shop: str
    name: str
    audit: int | None
    overall: int | None
    ended: str | None
    started_at: datetime | None


class AuditAnswer(BaseModel):
    id: int
    shop: str
    run_id: str
    started_at: datetime
    ended: str
    why: str
    release: str | None
    epoch: str
    overall: int | None
    coverage: float
    critical: int
    serious: int
    moderate: int
    minor: int
    review: int
    new: int
    fixed: int
    came_back: int


class FindingAnswer(BaseModel):
    """``state`` is that of the newest audit; ``accepted`` lays the operator's decision over it."""

    fingerprint: str
    check: str
    row: str
    area: str
    severity: str
    verdict: str
    template: str | None
    found: str
    state: str
    because: str
    first_seen: datetime
    last_seen: datetime
    accepted: bool


class PointAnswer(BaseModel):
    audit: int
    started_at: datetime
    epoch: str
    median: float
    spread: float
    loads: int
    shared: bool


class SeriesAnswer(BaseModel):
    id: int
    page: str
    template: str
    device: str
    name: str
    unit: str
    method: str
    points: list[PointAnswer] = []


class RunAnswer(BaseModel):
    id: int
    state: str
    why: str


@router.get("/shops")
def shops(site: Here, visitor: Viewer) -> list[ShopAnswer]:
    """All shops with their newest audit."""
    with site.store.read() as connection:
        newest = {row.shop: row for row in history.newest_of_each_shop(connection)}
    return [
        ShopAnswer(
            shop=name, name=site.shown(name), audit=row and row.id, overall=row and row.overall,
            ended=row and row.ended, started_at=row and row.started_at,
        )
        for name in sorted({*newest, *site.files()[0].shops.shops})
        for row in (newest.get(name),)
    ]  # fmt: skip


@router.get("/shops/{shop}/audits")
def audits(site: Here, visitor: Viewer, shop: str, count: int = Query(100, ge=1, le=1000)) -> list[AuditAnswer]:
    """The newest first."""
    with site.store.read() as connection:
        return [_audit(row) for row in history.audits_of(connection, shop, count)]


@router.get("/audits/{audit}")
def audit(site: Here, visitor: Viewer, audit: Number) -> AuditAnswer:
    with site.store.read() as connection:
        row = history.audit_of(connection, audit)
    if row is None:
        raise HTTPException(404, "There is no such audit.")
    return _audit(row)


@router.get("/shops/{shop}/findings")
def findings(site: Here, visitor: Viewer, shop: str) -> list[FindingAnswer]:
    """Those that are not fixed."""
    accepted, _error = site.accepted(shop)
    with site.store.read() as connection:
        rows = history.open_findings(connection, shop)
    return [
        FindingAnswer.model_validate(dict(row._mapping) | {"accepted": row.fingerprint in accepted}) for row in rows
    ]  # fmt: skip


@router.get("/shops/{shop}/series")
def series(site: Here, visitor: Viewer, shop: str) -> list[SeriesAnswer]:
    with site.store.read() as connection:
        return [SeriesAnswer.model_validate(dict(row._mapping)) for row in history.series_of(connection, shop)]


@router.get("/shops/{shop}/series/{series}")
def one_series(site: Here, visitor: Viewer, shop: str, series: Number) -> SeriesAnswer:
    """Oldest first. Numbers of two epochs are not to be compared."""
    with site.store.read() as connection:
        row = next((row for row in history.series_of(connection, shop) if row.id == series), None)
        points = history.points_of(connection, shop, 1000, of=[series])
    if row is None:
        raise HTTPException(404, "There is no such series.")
    told = [PointAnswer.model_validate(point, from_attributes=True) for point in points]
    return SeriesAnswer.model_validate(dict(row._mapping) | {"points": told})


@router.post("/shops/{shop}/runs", status_code=202)
def run_now(request: Request, site: Here, visitor: Operator, shop: str) -> RunAnswer:
    """Ask for an audit now. With a token only: a page of another site could use a session."""
    if not request.headers.get("authorization"):
        raise HTTPException(403, "Give an API token: Authorization: Bearer TOKEN.")
    return _run(site, queue(site, shop))


@router.get("/runs/{number}")
def run(site: Here, visitor: Viewer, number: Number) -> RunAnswer:
    return _run(site, number)


def _run(site: Here, number: int) -> RunAnswer:
    with site.store.read() as connection:
        found = stored.run_of(connection, number)
    if found is None:
        raise HTTPException(404, "There is no such run.")
    return RunAnswer(id=found.id, state=found.state.value, why=found.why)


def _audit(row: Any) -> AuditAnswer:
    return AuditAnswer.model_validate(dict(row._mapping))
