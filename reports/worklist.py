"""Findings as a list of work, one row each, for a spreadsheet or a tracker."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from io import BytesIO, StringIO

from auditor.evidence import Device
from auditor.finding import Finding, Severity, Verdict
from auditor.result import AuditResult
from reports.language import current
from reports.reach import Looked, reach
from reports.recorded import said
from reports.shop_text import clean, readable, web_address
from reports.wording import AREAS, DEVICES, SEVERITIES, _, listed

MOST_PAGES = 20
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that starts so is run by spreadsheets (OWASP, CSV injection)."""


@dataclass(frozen=True)
class Task:
    """A row. ``fingerprint`` is the same in every run, so that a tracker knows the finding again."""

    severity: str
    state: str
    area: str
    problem: str
    seen: str
    where: str
    devices: str
    pages: str
    element: str
    why: str
    remedy: str
    check: str
    row: str
    source: str
    fingerprint: str


def tasks(result: AuditResult) -> tuple[Task, ...]:
    """Worst first, in the language of the report."""
    looked = Looked(result.pages)
    order = list(Severity)
    ranked = sorted(result.findings, key=lambda one: (one.verdict is not Verdict.FAILED, order.index(one.severity)))
    return tuple(_task(finding, result, looked) for finding in ranked)


def _task(finding: Finding, result: AuditResult, looked: Looked) -> Task:
    texts = result.checks.get(finding.check)
    addresses = [web_address(looked.urls.get(key, "")) or clean(key, 300) for key in finding.pages if key]
    return Task(
        severity=SEVERITIES[finding.severity],
        state=_("failed") if finding.verdict is Verdict.FAILED else _("to be reviewed by a person"),
        area=AREAS[finding.area],
        problem=_(texts.title) if texts else finding.check,
        seen=readable(said(finding.found)),
        where=reach(finding, looked),
        devices=listed([DEVICES[device] for device in Device if device in finding.devices]),
        pages="\n".join(addresses[:MOST_PAGES]),
        element=clean(finding.selector or "", 300),
        why=_(texts.why) if texts else "",
        remedy=_(texts.fix) if texts else "",
        check=finding.check,
        row=finding.row,
        source=texts.source if texts else "",
        fingerprint=finding.fingerprint,
    )


def headings() -> tuple[str, ...]:
    """Of the columns, in the order of ``Task``."""
    return (
        _("Severity"), _("State"), _("Area"), _("Problem"), _("What was seen"), _("Where"), _("Devices"), _("Pages"),
        _("Element"), _("Why it matters"), _("How to fix it"), _("Check"), _("Row"), _("Source"), _("Fingerprint"),
    )  # fmt: skip


def csv_worklist(rows: Iterable[Task]) -> str:
    """UTF-8 with a byte order mark, by which spreadsheets know it; every cell quoted, no cell a formula."""
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(headings())
    writer.writerows([_inert(cell) for cell in astuple(row)] for row in rows)
    return "\ufeff" + text.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


WIDTHS = (11, 16, 18, 34, 44, 30, 16, 40, 30, 44, 44, 28, 10, 34, 18)
"""Of the columns, in characters."""


def xlsx_worklist(rows: Iterable[Task]) -> bytes:
    """A workbook with one sheet: a frozen heading, filters, wrapped text; text stays text."""
    import xlsxwriter

    written = BytesIO()
    book = xlsxwriter.Workbook(
        written,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    sheet = book.add_worksheet(_("Findings")[:31])
    if current().direction == "rtl":
        sheet.right_to_left()
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (heading, width) in enumerate(zip(headings(), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        for column, cell in enumerate(astuple(row)):
            sheet.write_string(last, column, cell, plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(WIDTHS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return written.getvalue()
