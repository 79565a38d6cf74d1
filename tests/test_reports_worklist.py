"""The list of work as CSV and XLSX: one row for each finding, and nothing a spreadsheet would run."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from auditor.finding import Severity
from auditor.result import AuditResult
from reports.language import Language, written_in
from reports.worklist import csv_worklist, headings, tasks, xlsx_worklist
from tests.factories.results import sample

FORMULAS = [
    '=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1", "＝1+1", " =1+1",
    "=cmd|' /C calc'!A0", '"=1+1', "http://evil.example/", "x" * 40_000, "a\x00b\x1bc", "چراغ =1", "{count} %(x)s",
]  # fmt: skip


@pytest.fixture
def result(tmp_path) -> AuditResult:
    return sample(tmp_path / "run", pictures=False)[0]


def written_by(result: AuditResult, text: str) -> AuditResult:
    findings = tuple(
        one.model_copy(update={"found": text, "selector": text, "pages": (text,)}) for one in result.findings
    )
    return result.model_copy(update={"findings": findings})


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_one_row_for_each_finding_worst_first(result):
    rows = rows_of(csv_worklist(tasks(result)))
    assert tuple(rows[0]) == headings()
    assert {row[-1] for row in rows[1:]} == {finding.fingerprint for finding in result.findings}
    failed = [row[0] for row in rows[1:] if row[1] == "failed"]
    names = [severity.capitalize() for severity in Severity]
    assert failed == sorted(failed, key=names.index)


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_that_a_shop_writes_becomes_a_formula(result, text):
    shop = written_by(result, text)
    for row in rows_of(csv_worklist(tasks(shop)))[1:]:
        assert not any(cell.lstrip(" ").startswith(tuple("=+-@\t\r＝＋－＠")) for cell in row)
    sheet = load_workbook(BytesIO(xlsx_worklist(tasks(shop)))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_a_persian_sheet_runs_from_right_to_left(result):
    with written_in(Language("fa")):
        book = load_workbook(BytesIO(xlsx_worklist(tasks(result))))
    assert book.active.sheet_view.rightToLeft
