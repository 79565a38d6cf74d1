"""One finding: what it is, its evidence, its life, and whether it is accepted."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import Row

from auditor.acceptance import accept, acceptance, withdraw
from auditor.finding import Finding
from auditor.operator_file import SettingsFileError
from auditor.store import history
from auditor.web.access import Here, Operator, OurForm, Viewer
from auditor.web.audit_pages import picture_of
from auditor.web.rendering import page, spec_of
from auditor.web.site import Site

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
SHOWN_LIFE, SHOWN_PLACES = 60, 40


@router.get("/shops/{shop}/findings/{fingerprint}")
def finding(request: Request, site: Here, visitor: Viewer, shop: str, fingerprint: str) -> HTMLResponse:
    return _page(request, site, shop, fingerprint)


def _page(
    request: Request, site: Site, shop: str, fingerprint: str, error: str = "", status: int = 200
) -> HTMLResponse:
    row, life = _known(site, shop, fingerprint)
    accepted, file_error = site.accepted(shop)
    audit, evidence = _evidence(site, life, fingerprint)
    return page(request, "finding.html", {
        "shop": shop, "name": site.shown(shop), "row": row, "life": life, "accepted": accepted.get(fingerprint),
        "error": error or file_error, "audit": audit, "evidence": evidence, "spec": spec_of(row.check),
        "places": _places(site, audit, evidence), "file": site.accepted_file.name,
    }, status)  # fmt: skip


def _known(site: Site, shop: str, fingerprint: str) -> tuple[Row[Any], tuple[Row[Any], ...]]:
    with site.store.read() as connection:
        row = history.finding_of(connection, shop, fingerprint)
        if row is None:
            raise HTTPException(404, "There is no such finding.")
        return row, history.life_of(connection, shop, row.id, SHOWN_LIFE)


def _evidence(site: Site, life: tuple[Row[Any], ...], fingerprint: str) -> tuple[Row[Any] | None, Finding | None]:
    """The newest audit that has it and still has its report, and the finding as it stands there."""
    for seen in life:
        if seen.state in ("new", "still", "came_back"):
            path = site.inside(seen.folder, "report.json")
            found = _in_report(path, fingerprint) if path else None
            if found is not None:
                return seen, found
    return None, None


def _in_report(path: Path, fingerprint: str) -> Finding | None:
    """Only the one finding is made of a report that may hold hundreds; None where it is not there or cannot be read."""
    try:
        told = json.loads(path.read_bytes())["findings"]
        return next((Finding.model_validate(one) for one in told if one["fingerprint"] == fingerprint), None)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _places(site: Site, audit: Row[Any] | None, evidence: Finding | None) -> list[dict[str, Any]]:
    if audit is None or evidence is None:
        return []
    made = []
    for one in evidence.occurrences[:SHOWN_PLACES]:
        made.append({"one": one, "picture": picture_of(site, audit, one.crop)})
    return made


@router.post("/shops/{shop}/findings/{fingerprint}/accept", dependencies=[OurForm])
def accept_finding(
    request: Request, site: Here, visitor: Operator, shop: str, fingerprint: str, why: Annotated[str, Form()] = "",
    who: Annotated[str, Form()] = "", until: Annotated[str, Form()] = "",
) -> HTMLResponse:  # fmt: skip
    """The user's own name stands in the file; before there are users the form asks for one."""
    row, _life = _known(site, shop, fingerprint)
    try:
        last = date.fromisoformat(until) if until else None
        accept(site.accepted_file, acceptance(
            shop=shop, fingerprint=fingerprint, check=row.check, who=visitor.name or who, why=why, until=last,
        ))  # fmt: skip
    except (ValueError, SettingsFileError) as error:
        return _page(request, site, shop, fingerprint, str(error), 400)
    return _back(shop, fingerprint)


@router.post("/shops/{shop}/findings/{fingerprint}/withdraw", dependencies=[OurForm])
def withdraw_acceptance(request: Request, site: Here, visitor: Operator, shop: str, fingerprint: str) -> HTMLResponse:
    _known(site, shop, fingerprint)
    try:
        withdraw(site.accepted_file, shop, fingerprint)
    except SettingsFileError as error:
        return _page(request, site, shop, fingerprint, str(error), 400)
    return _back(shop, fingerprint)


def _back(shop: str, fingerprint: str) -> HTMLResponse:
    there: Any = RedirectResponse(f"/shops/{quote(shop, safe='')}/findings/{quote(fingerprint, safe='')}", 303)
    return there  # type: ignore[no-any-return]
