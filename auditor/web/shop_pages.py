"""The shops, and one shop over time."""

from collections import defaultdict
from typing import Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection, Row

from auditor.finding import Severity
from auditor.schedule import next_slots
from auditor.schedule.budgets import value_of
from auditor.schedule.messages import sentence
from auditor.store import history
from auditor.store import runs as stored
from auditor.store.alerts import alerts_of
from auditor.store.history import Point
from auditor.trends import EARLIER, RECENT, trend
from auditor.web.access import Here, Number, Viewer
from auditor.web.drawing import Mark, note_of
from auditor.web.rendering import language_of, moment_once, page
from auditor.web.site import Site
from reports.language import written_in

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
SHOWN_RUNS, SHOWN_FINDINGS, CHART_RUNS, SPARK_RUNS = 20, 100, 180, 30


@router.get("/")
def shops(request: Request, site: Here, visitor: Viewer) -> HTMLResponse:
    files, _error = site.files()
    with site.store.read() as connection:
        newest = {row.shop: row for row in history.newest_of_each_shop(connection)}
        alerts: dict[str, int] = defaultdict(int)
        for shop, _since, alert in alerts_of(connection):
            alerts[shop] += alert.state == "open"
        lines = history.overalls(connection, newest, SPARK_RUNS)
        open_runs = {run.shop: run for run in stored.open_runs(connection)}
    names = sorted({*files.shops.shops, *newest})
    now = site.now()
    slots = [slot for one in files.schedules.schedules if not one.paused for slot in next_slots(one, now, 1)]
    shop_of = {one.name: one.shop for one in files.schedules.schedules}
    rows = [
        {
            "key": name, "name": site.shown(name), "audit": newest.get(name), "alerts": alerts[name],
            "scores": lines.get(name, []), "run": open_runs.get(name),
            "next": min((slot.starts for slot in slots if shop_of[slot.schedule] == name), default=None),
        }
        for name in names
    ]  # fmt: skip
    return page(request, "shops.html", {"rows": rows})


@router.get("/shops/{shop}")
def shop(
    request: Request, site: Here, visitor: Viewer, shop: str, before: int | None = Query(None, ge=1, le=2**31 - 1)
) -> HTMLResponse:
    with site.store.read() as connection:
        audits = history.audits_of(connection, shop, CHART_RUNS)
        known = site.files()[0].shops.shops
        if not audits and shop not in known:
            raise HTTPException(404, "There is no such shop.")
        start = history.audit_of(connection, before) if before else None
        older = start.started_at if start is not None and start.shop == shop else None
        listed = history.audits_of(connection, shop, SHOWN_RUNS + 1, before=older)
        values = {
            "shop": shop, "name": site.shown(shop), "audits": listed[:SHOWN_RUNS],
            "newest": audits[0] if audits else None,
            "more": listed[SHOWN_RUNS - 1].id if len(listed) > SHOWN_RUNS else None,
            "areas": _areas(connection, audits[:SPARK_RUNS]),
            "groups": _groups(connection, shop), "alerts": _alerts(request, connection, shop),
            "run": next((run for run in stored.open_runs(connection) if run.shop == shop), None),
            "can_run": shop in known,
        }  # fmt: skip
        values |= _findings(site, shop, history.open_findings(connection, shop))
    with written_in(language_of(request)):
        values["marks"] = marks_of(tuple(reversed(audits)))
        values["jump"] = _jump(audits)
    return page(request, "shop.html", values)


def _alerts(request: Request, connection: Connection, shop: str) -> list[tuple[Any, ...]]:
    with written_in(language_of(request)):
        return [(since, alert, sentence(alert)) for _, since, alert in alerts_of(connection, shop)]


def marks_of(audits: tuple[Row[Any], ...]) -> list[Mark]:
    """Overall scores, oldest first; scores of two profiles share no line."""
    marks = []
    for place, row in enumerate(audits):
        note = note_of(audits[place - 1], row) if place else ""
        shown = "–" if row.overall is None else str(row.overall)
        marks.append(Mark(row.overall, f"{moment_once(row.started_at)}: {shown}", row.score_profile, note))
    return marks


def _jump(audits: tuple[Row[Any], ...]) -> dict[str, int] | None:
    """How much of the newest change of the overall comes from other checks."""
    if len(audits) < 2 or audits[0].overall_same_checks is None:
        return None
    new, old = audits[0], audits[1]
    if new.overall is None or old.overall is None:
        return None
    return {"whole": new.overall - old.overall, "checks": new.overall - new.overall_same_checks}


def _areas(connection: Connection, audits: tuple[Row[Any], ...]) -> list[dict[str, Any]]:
    if not audits:
        return []
    by_area: dict[str, dict[int, Row[Any]]] = defaultdict(dict)
    for row in history.area_scores_of(connection, [audit.id for audit in audits]):
        by_area[row.area][row.audit] = row
    order = [audit.id for audit in reversed(audits)]
    return [
        {
            "area": area, "now": rows.get(audits[0].id),
            "line": [rows[number].score if number in rows else None for number in order],
        }
        for area, rows in by_area.items()
    ]  # fmt: skip


def _groups(connection: Connection, shop: str) -> list[dict[str, Any]]:
    """Series by template and page, with their trend."""
    points: dict[int, list[Point]] = defaultdict(list)
    newest = 0
    for point in history.points_of(connection, shop, RECENT + EARLIER):
        points[point.series].append(point)
        newest = point.audit
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in history.series_of(connection, shop):
        mine = points.get(row.id, [])
        if mine and mine[-1].audit == newest:
            judged = trend(row.name, row.method, [value_of(point) for point in mine])
            entry = {"row": row, "point": mine[-1], "trend": judged, "line": [point.median for point in mine]}
            found[row.template, row.page, row.device].append(entry)
    return [{"template": key[0], "page": key[1], "device": key[2], "entries": rows} for key, rows in found.items()]


def _findings(site: Site, shop: str, rows: tuple[Row[Any], ...]) -> dict[str, Any]:
    accepted, error = site.accepted(shop)
    order = list(Severity)
    ranked = sorted(rows, key=lambda row: (row.verdict != "failed", order.index(Severity(row.severity)), row.row))
    ours = [row for row in ranked if row.fingerprint not in accepted]
    return {
        "findings": ours[:SHOWN_FINDINGS], "many_findings": len(ours), "accepted_error": error,
        "accepted": [(row, accepted[row.fingerprint]) for row in ranked if row.fingerprint in accepted],
    }  # fmt: skip


@router.get("/shops/{shop}/series/{series}")
def one_series(request: Request, site: Here, visitor: Viewer, shop: str, series: Number) -> HTMLResponse:
    with site.store.read() as connection:
        row = next((row for row in history.series_of(connection, shop) if row.id == series), None)
        if row is None:
            raise HTTPException(404, "There is no such series.")
        points = history.points_of(connection, shop, 365, of=[series])
    judged = trend(row.name, row.method, [value_of(point) for point in points])
    values = {"shop": shop, "name": site.shown(shop), "row": row, "points": points[::-1], "trend": judged}
    with written_in(language_of(request)):
        values["marks"] = [
            Mark(point.median, moment_once(point.started_at), point.epoch,
                 point.epoch if place and points[place - 1].epoch != point.epoch else "")
            for place, point in enumerate(points)
        ]  # fmt: skip
    values["high"] = max((point.median for point in points), default=1) * 1.1
    return page(request, "series.html", values)
