"""What is due, what runs, and asking for an audit now."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from auditor.notify import outbox
from auditor.schedule import next_slots
from auditor.store import RunRow, RunState, history
from auditor.store import runs as stored
from auditor.web.access import Here, Number, Operator, OurForm, Viewer
from auditor.web.rendering import page
from auditor.web.site import Site
from reports.shop_text import clean

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
LOG_BYTES, LOG_LINES = 20_000, 12


@router.get("/schedules")
def schedules(request: Request, site: Here, visitor: Viewer) -> HTMLResponse:
    files, _error = site.files()
    now = site.now()
    with site.store.read() as connection:
        newest = stored.newest_of_each_schedule(connection)
        runs = stored.latest(connection, 30)
        messages = outbox.newest(connection, 10)
    rows = [
        {
            "schedule": one, "last": newest.get(one.name), "name": site.shown(one.shop),
            "next": () if one.paused else next_slots(one, now, 3),
        }
        for one in files.schedules.schedules
    ]  # fmt: skip
    return page(request, "schedules.html", {"rows": rows, "runs": runs, "messages": messages})


@router.post("/shops/{shop}/run", dependencies=[OurForm])
def run_now(site: Here, visitor: Operator, shop: str) -> Response:
    return RedirectResponse(f"/runs/{queue(site, shop)}", 303)


def queue(site: Site, shop: str) -> int:
    """The number of the run; of the one that waits or runs already, where there is one.

    :raises HTTPException: 404 for a shop that shops.yaml does not name.
    """
    if shop not in site.files()[0].shops.shops:
        raise HTTPException(404, "shops.yaml names no such shop.")
    now = site.now()
    with site.store.begin() as connection:
        waiting = next((run for run in stored.open_runs(connection) if run.shop == shop and run.starts <= now), None)
        if waiting is not None:
            return waiting.id
        stored.add_run(
            connection, schedule="", shop=shop, slot=now, wall=f"{now:%Y-%m-%d %H:%M}", starts=now,
            state=RunState.QUEUED,
        )  # fmt: skip
        number = next(run.id for run in stored.open_runs(connection) if run.shop == shop and run.slot == now)
    site.look_now()
    return number


@router.get("/runs/{number}")
def one_run(request: Request, site: Here, visitor: Viewer, number: Number) -> Response:
    values = _progress(site, number)
    if "HX-Request" in request.headers:
        return page(request, "progress.html", values)
    return page(request, "run.html", values)


def _progress(site: Site, number: int) -> dict[str, Any]:
    with site.store.read() as connection:
        run = stored.run_of(connection, number)
        if run is None:
            raise HTTPException(404, "There is no such run.")
        audit = history.audit_in(connection, run.folder) if run.folder else None
    going = run.state in (RunState.QUEUED, RunState.RUNNING)
    lines = _said(site, run) if run.state in (RunState.RUNNING, RunState.FAILED) else []
    return {
        "run": run, "name": site.shown(run.shop), "going": going, "lines": lines, "audit": audit,
        "shop_path": quote(run.shop, safe=""),
    }  # fmt: skip


def _said(site: Site, run: RunRow) -> list[str]:
    """The last lines of what the audit's process said."""
    log = Path(site.runs) / ".logs" / f"{run.id}-{run.attempt}.log"
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - LOG_BYTES))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [clean(line, 200) for line in lines if line.strip()][-LOG_LINES:]
