"""Reports of a run: every one is a function of its AuditResult and the pictures in its run folder."""

from pathlib import Path

from auditor.result import AuditResult
from auditor.run_folder import RunFolder
from reports.html import html_report
from reports.incidents import write_incidents
from reports.markdown import markdown_report
from reports.third_parties import evidence_of
from reports.view import view_of


def write_reports(result: AuditResult, folder: RunFolder) -> dict[str, Path]:
    """Write ``report.json``, ``report.html`` and ``report.md`` into the run folder; ``{"json": path, ...}``.

    :raises OSError: when the folder cannot be written.
    """
    shop = evidence_of(folder)
    view = view_of(result, folder, shop=shop)
    incidents = write_incidents(folder, shop)
    return ({"incidents": incidents} if incidents else {}) | {
        "json": folder.write_result(result),
        "html": folder.write_text("report.html", html_report(view, folder.path)),
        "markdown": folder.write_text("report.md", markdown_report(view)),
    }
