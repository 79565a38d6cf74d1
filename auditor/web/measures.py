"""For machines that watch this one: ``/healthz`` and ``/metrics`` (OpenMetrics)."""

from collections import Counter

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy import select

from auditor.store import RunState, StoreError, history
from auditor.store import runs as stored
from auditor.store.alert_tables import notifications
from auditor.store.alerts import alerts_of
from auditor.web.access import Here, Viewer

router = APIRouter(include_in_schema=True)
OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"


@router.get("/healthz")
def health(site: Here) -> Response:
    """200 where the database can be read and the files can be used; 503 with the reason where not. Needs no login and
    tells no secret."""
    error = site.files()[1]
    try:
        with site.store.read() as connection:
            stored.count_by_state(connection)
    except StoreError:
        return JSONResponse({"state": "broken", "why": "the database cannot be read"}, 503)
    return JSONResponse({"state": "degraded" if error else "well", "why": "a file is broken" if error else ""})


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(site: Here, visitor: Viewer) -> Response:
    with site.store.read() as connection:
        by_state = stored.count_by_state(connection)
        newest = history.newest_of_each_shop(connection)
        open_alerts = Counter(shop for shop, _, alert in alerts_of(connection) if alert.state == "open")
        messages: Counter[str] = Counter(connection.execute(select(notifications.c.state)).scalars())
    lines = ["# TYPE auditor_runs gauge", "# HELP auditor_runs Runs by state."]
    lines += [_line("auditor_runs", by_state.get(state.value, 0), state=state.value) for state in RunState]
    lines += ["# TYPE auditor_overall_score gauge", "# HELP auditor_overall_score Of the newest audit, 0 to 100."]
    lines += [_line("auditor_overall_score", row.overall, shop=row.shop) for row in newest if row.overall is not None]
    lines += ["# TYPE auditor_findings gauge", "# HELP auditor_findings Failed, of the newest audit."]
    for row in newest:
        for severity in ("critical", "serious", "moderate", "minor"):
            lines.append(_line("auditor_findings", getattr(row, severity), shop=row.shop, severity=severity))
    lines += [
        "# TYPE auditor_last_audit_timestamp_seconds gauge",
        "# UNIT auditor_last_audit_timestamp_seconds seconds",
    ]
    lines += [_line("auditor_last_audit_timestamp_seconds", row.ended_at.timestamp(), shop=row.shop) for row in newest]
    lines += ["# TYPE auditor_alerts gauge", "# HELP auditor_alerts Open now."]
    lines += [_line("auditor_alerts", open_alerts.get(row.shop, 0), shop=row.shop) for row in newest]
    lines += ["# TYPE auditor_messages gauge", "# HELP auditor_messages Messages by state."]
    lines += [_line("auditor_messages", many, state=state) for state, many in sorted(messages.items())]
    return Response("\n".join([*lines, "# EOF", ""]), media_type=OPENMETRICS)


def _line(name: str, value: float, **labels: str) -> str:
    told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return f"{name}{{{told}}} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
