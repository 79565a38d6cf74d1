"""One audit: what it found, its pictures, its report; and two side by side."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from sqlalchemy import Row

from auditor.compare import Comparison, State, compare
from auditor.finding import Severity
from auditor.result import AuditResult
from auditor.run_folder import RunFolder, RunFolderError
from auditor.store import history
from auditor.store.life import Life
from auditor.trends import least_change
from auditor.web.access import Here, Number, Viewer
from auditor.web.films import films_in
from auditor.web.inventory import third_parties_in
from auditor.web.rendering import language_of, page
from auditor.web.site import Site
from reports.language import written_in

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
PICTURES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
FILE_POLICY = "default-src 'none'; sandbox"
REPORT_POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"
ORDER = [Life.NEW, Life.CAME_BACK, Life.STILL, Life.UNJUDGED, Life.FIXED]
CHANGES = (State.NEW, State.FIXED, State.UNJUDGED, State.STILL)
MOST_SHOWN = 400


def audit_row(site: Site, audit: int) -> Row[Any]:
    """:raises HTTPException: 404 where there is none."""
    with site.store.read() as connection:
        row = history.audit_of(connection, audit)
    if row is None:
        raise HTTPException(404, "There is no such audit.")
    return row


def result_of(site: Site, row: Row[Any]) -> AuditResult | None:
    """report.json; None where the folder is gone or cannot be read any more."""
    folder = site.inside(row.folder)
    try:
        return RunFolder(folder).result() if folder else None
    except RunFolderError:
        return None


@router.get("/audits/{audit}")
def one_audit(request: Request, site: Here, visitor: Viewer, audit: Number) -> HTMLResponse:
    row = audit_row(site, audit)
    with site.store.read() as connection:
        found = history.findings_in(connection, audit)
        areas = history.area_scores_of(connection, [audit])
        before = next(iter(history.audits_of(connection, row.shop, 1, before=row.started_at)), None)
    accepted, _error = site.accepted(row.shop)
    severities = list(Severity)
    by_state: dict[Life, list[Row[Any]]] = defaultdict(list)
    for one in sorted(
        found, key=lambda one: (one.then_verdict != "failed", severities.index(one.then_severity), one.row)
    ):
        by_state[Life(one.then)].append(one)
    pages = _pages(site, row)
    with written_in(language_of(request)):
        films = _films(site, row, pages or [])
    return page(request, "audit.html", {
        "row": row, "name": site.shown(row.shop), "areas": areas, "before": before, "accepted": accepted,
        "groups": [
            (state.value, by_state[state][:MOST_SHOWN], len(by_state[state])) for state in ORDER if by_state[state]
        ],
        "pages": pages, "report": site.inside(row.folder, "report.html") is not None,
        "third_parties": third_parties(site, row), "films": films,
    })  # fmt: skip


def _pages(site: Site, row: Row[Any]) -> list[dict[str, Any]] | None:
    """Visited pages with their picture, where there still is one; None where the folder is gone."""
    path = site.inside(row.folder, "report.json")
    if path is None:
        return None
    try:
        pages = json.loads(path.read_bytes())["pages"]
        return [one | {"picture": picture_of(site, row, one.get("screenshot"))} for one in pages]
    except (ValueError, KeyError, TypeError, OSError):
        return None


def picture_of(site: Site, row: Row[Any], name: str | None) -> str | None:
    there = name and Path(name).suffix in PICTURES and (site.inside(row.folder, name) or site.moved(row.folder, name))
    return f"/audits/{row.id}/files/{name}" if there else None


def _films(site: Site, row: Row[Any], pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pages that were filmed while they loaded: ``template``, ``device``, ``key`` and ``films``, a picture of which is
    its address, when it was taken, and what had happened by then."""
    folder = site.inside(row.folder)
    found = films_in(folder) if folder else {}
    return [
        {"template": one["template"], "device": one["device"], "key": one["key"], "films": [
            (film.title, [(picture_of(site, row, frame.file), frame.label, frame.mark) for frame in film.pictures])
            for film in found[one["visit"]]
        ]}
        for one in pages
        if one.get("visit") in found
    ]  # fmt: skip


def third_parties(site: Site, row: Row[Any]) -> list[dict[str, Any]]:
    """Hosts that are not the shop's, with the pages that asked them, from the network records of the visits."""
    folder = site.inside(row.folder)
    return third_parties_in(folder) if folder else []


@router.get("/audits/{audit}/report")
def report(site: Here, visitor: Viewer, audit: Number) -> FileResponse:
    """The HTML report as it was written. It may run nothing and reach nothing."""
    path = site.inside(audit_row(site, audit).folder, "report.html")
    if path is None:
        raise HTTPException(404, "The report is gone: its run folder was moved or removed.")
    return FileResponse(path, media_type="text/html", headers={"Content-Security-Policy": REPORT_POLICY})


@router.get("/audits/{audit}/files/{name:path}")
def file(site: Here, visitor: Viewer, audit: Number, name: str) -> Response:
    """A picture of the run folder, also where it was moved to the artifacts; nothing else leaves it."""
    folder, kind = audit_row(site, audit).folder, PICTURES.get(Path(name).suffix)
    path, headers = site.inside(folder, name), {"Content-Security-Policy": FILE_POLICY}
    headers |= {"Cache-Control": "private, max-age=86400"}
    if kind and path is not None and path.is_file():
        return FileResponse(path, media_type=kind, headers=headers)
    digest = site.moved(folder, name) if kind else None
    content = site.artifacts.read(digest) if site.artifacts and digest else None
    if content is None:
        raise HTTPException(404, "There is no such picture, or it was removed to save space.")
    return Response(content, media_type=kind, headers=headers)


@router.get("/compare")
def side_by_side(
    request: Request,
    site: Here,
    visitor: Viewer,
    before: int = Query(ge=1, le=2**31 - 1),
    after: int = Query(ge=1, le=2**31 - 1),
) -> HTMLResponse:
    one, two = audit_row(site, before), audit_row(site, after)
    if one.shop != two.shop:
        raise HTTPException(400, "These audits are of two shops.")
    old, new = result_of(site, one), result_of(site, two)
    comparison = _compared(site, one, two, old, new)
    with written_in(language_of(request)):
        films = _film_pairs(site, one, two)
    with site.store.read() as connection:
        scores = [history.area_scores_of(connection, [row.id]) for row in (one, two)]
        numbers = [
            {(row.page, row.device, row.name, row.method): row for row in history.samples_in(connection, each.id)}
            for each in (one, two)
        ]  # fmt: skip
    return page(request, "compare.html", {
        "one": one, "two": two, "name": site.shown(one.shop), "comparison": comparison,
        "changes": [(state.value, comparison.of(state)) for state in CHANGES] if comparison else [],
        "areas": _area_pairs(*scores), "pairs": _metric_pairs(*numbers), "same_epoch": one.epoch == two.epoch,
        "pictures": _picture_pairs(site, one, two, old, new), "films": films,
    })  # fmt: skip


def _compared(
    site: Site, one: Row[Any], two: Row[Any], old: AuditResult | None, new: AuditResult | None
) -> Comparison | None:
    if old is None or new is None:
        return None
    try:
        folders = [RunFolder(Path(row.folder)) for row in (one, two)]
        return compare(old, new, folders[0].outcomes(), folders[1].outcomes())
    except RunFolderError:
        return None


def _area_pairs(old: tuple[Row[Any], ...], new: tuple[Row[Any], ...]) -> list[tuple[str, int | None, int | None]]:
    before, after = ({row.area: row.score for row in rows} for rows in (old, new))
    return [(area, before.get(area), after.get(area)) for area in dict.fromkeys([*before, *after])]


def _metric_pairs(old: dict[Any, Row[Any]], new: dict[Any, Row[Any]]) -> list[tuple[Row[Any], Row[Any]]]:
    """Numbers of both runs that differ by more than matters; one pair of runs proves nothing, and the page says so."""
    pairs = [(old[key], new[key]) for key in old.keys() & new.keys()]
    large = [
        pair for pair in pairs if abs(pair[1].median - pair[0].median) >= least_change(pair[0].name, pair[0].median)
    ]
    return sorted(large, key=lambda pair: (pair[0].template, pair[0].page, pair[0].device, pair[0].name))


def _film_pairs(site: Site, one: Row[Any], two: Row[Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pages that were filmed in both."""
    before, after = (
        {(film["key"], film["device"]): film for film in _films(site, row, _pages(site, row) or [])}
        for row in (one, two)
    )  # fmt: skip
    return [(before[key], film) for key, film in after.items() if key in before]


def _picture_pairs(
    site: Site, one: Row[Any], two: Row[Any], old: AuditResult | None, new: AuditResult | None
) -> list[dict[str, Any]]:
    if old is None or new is None:
        return []
    before = {(page.key, page.device): page for page in old.pages}
    return [
        {
            "page": page, "before": picture_of(site, one, before[page.key, page.device].screenshot),
            "after": picture_of(site, two, page.screenshot),
        }
        for page in new.pages
        if (page.key, page.device) in before
    ]  # fmt: skip
