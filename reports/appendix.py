"""Every finding with its evidence, for who wants to check it: one row each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.finding import Finding, Verdict
from auditor.result import AuditResult
from reports.finding_view import Card, anchor_of
from reports.language import _
from reports.reach import Looked, reach
from reports.recorded import said
from reports.shop_text import clean, readable, shown_address
from reports.wording import SEVERITIES

MOST_ROWS = 500
MOST_PAGES = 3
MOST_FILES = 2


@dataclass(frozen=True)
class FindingRow:
    """``files`` lie in the run folder. ``state`` says whether it failed or a person has to decide. The number of its
    card is found by ``anchor``."""

    anchor: str
    title: str
    severity: str
    severity_name: str
    state: str
    check: str
    row: str
    found: str
    where: str
    pages: tuple[str, ...]
    more_pages: int
    element: str
    files: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True)
class Appendix:
    """``rows`` in the order of the report's numbers, ``more`` findings are left out."""

    rows: tuple[tuple[int, FindingRow], ...]
    more: int


def finding_rows(result: AuditResult) -> tuple[FindingRow, ...]:
    looked = Looked(result.pages)
    return tuple(_row(finding, result, looked) for finding in result.findings)


def appendix(rows: Iterable[FindingRow], cards: Iterable[Card]) -> Appendix:
    """Those of the cards that the report shows; what is beyond ``MOST_ROWS`` is counted."""
    numbers: Mapping[str, int] = {card.anchor: card.number for card in cards}
    shown = sorted(((numbers[row.anchor], row) for row in rows if row.anchor in numbers), key=lambda one: one[0])
    return Appendix(tuple(shown[:MOST_ROWS]), max(0, len(shown) - MOST_ROWS))


def _row(finding: Finding, result: AuditResult, looked: Looked) -> FindingRow:
    texts = result.checks.get(finding.check)
    keys = [key for key in finding.pages if key]
    return FindingRow(
        anchor=anchor_of(finding),
        title=_(texts.title) if texts else finding.check,
        severity=finding.severity.value,
        severity_name=SEVERITIES[finding.severity],
        state=_("failed") if finding.verdict is Verdict.FAILED else _("to be reviewed by a person"),
        check=finding.check,
        row=finding.row,
        found=readable(said(finding.found)),
        where=reach(finding, looked),
        pages=tuple(shown_address(key, 90) for key in keys[:MOST_PAGES]),
        more_pages=max(0, len(keys) - MOST_PAGES),
        element=clean(finding.selector or "", 160),
        files=tuple(_files(finding))[:MOST_FILES],
        fingerprint=finding.fingerprint,
    )


def _files(finding: Finding) -> Iterable[str]:
    named = dict.fromkeys(
        f"journeys/{one.journey}.{one.device}" if one.journey else f"pages/{one.visit}"
        for one in finding.occurrences
        if one.visit or (one.journey and one.device)
    )
    yield from (clean(f"{folder}/evidence.json", 120) for folder in named)
