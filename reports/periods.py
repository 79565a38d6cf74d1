"""Several runs of a shop over a period: what ran, what did not, and how the numbers went."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from auditor.finding import Severity, Verdict
from auditor.result import AuditResult
from reports.language import Words
from reports.more import More
from reports.recorded import said
from reports.sections import Section
from reports.shop_text import readable
from reports.wording import SEVERITIES, _, moment, number

MOST_RUNS = 120
"""Runs that are listed; of more, the newest."""
_FORM = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.IGNORECASE)

ENDINGS = Words[str](
    {
        "complete": _("complete"),
        "partial": _("partial"),
        "failed": _("not audited"),
        "missed": _("missed: nothing ran when it was due"),
        "skipped": _("skipped: another run was in its way"),
    }
)


class PeriodError(ValueError):
    """It is no period, or there is nothing in it. The message says what to do."""


@dataclass(frozen=True)
class Period:
    """From ``start`` until before ``end``, in UTC."""

    name: str
    start: datetime
    end: datetime

    @classmethod
    def read(cls, text: str) -> "Period":
        """A year, a quarter or a month: ``2026``, ``2026-Q4``, ``2026-11``.

        :raises PeriodError: for anything else.
        """
        match = _FORM.fullmatch(text)
        if not match or not 1970 <= int(match[1]) <= 9998:
            raise PeriodError(f"{text[:40]!r} is no period: give a year, a quarter or a month: 2026, 2026-Q4, 2026-11.")
        year = int(match[1])
        first, months = 1, 12
        if match[2]:
            first, months = 3 * int(match[2]) - 2, 3
        elif match[3]:
            first, months = int(match[3]), 1
        after = first + months
        end = datetime(year + (after > 12), after - 12 * (after > 12), 1, tzinfo=UTC)
        return cls(text.upper(), datetime(year, first, 1, tzinfo=UTC), end)

    def holds(self, when: datetime) -> bool:
        return self.start <= when < self.end


@dataclass(frozen=True)
class Unrun:
    """A slot that was due and has no result."""

    at: datetime
    state: str
    why: str


@dataclass(frozen=True)
class PeriodRow:
    at: str
    ended: str
    overall: str
    findings: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class PeriodTable:
    severities: tuple[str, ...]
    rows: tuple[PeriodRow, ...]
    older: int


def period_part(period: Period, runs: Sequence[AuditResult], unrun: Iterable[Unrun] = ()) -> More:
    """A table of the period's runs, oldest first, with what was due and did not run.

    :param runs: those of the period, in any order.
    """
    unrun = tuple(one for one in unrun if period.holds(one.at))
    entries: list[tuple[datetime, AuditResult | Unrun]] = [(run.run.started_at, run) for run in runs]
    ordered = sorted([*entries, *((one.at, one) for one in unrun)], key=lambda pair: pair[0])

    def table() -> PeriodTable:
        rows = tuple(_row(entry) for _at, entry in ordered[-MOST_RUNS:])
        return PeriodTable(tuple(SEVERITIES.values()), rows, max(0, len(ordered) - MOST_RUNS))

    def sections() -> tuple[Section, ...]:
        return (Section("period", _("The period {name}").format(name=period.name), "period.html", table()),)

    def markdown() -> str:
        title = _("The period {name}").format(name=period.name)
        lines = [f"## {title}", "", *(f"- {row.at}: {row.ended}, {row.overall}" for row in table().rows)]
        return "\n".join(lines) + "\n"

    return More(sections, markdown)


def _row(entry: AuditResult | Unrun) -> PeriodRow:
    blank = tuple("–" for _severity in Severity)
    if isinstance(entry, Unrun):
        ended = ENDINGS.get(entry.state, ENDINGS["failed"])
        return PeriodRow(moment(entry.at), ended, "–", blank, readable(said(entry.why), 200))
    run = entry.run
    if run.ended == "failed":
        return PeriodRow(moment(run.started_at), ENDINGS["failed"], "–", blank, readable(said(run.why), 200))
    counts = Counter(finding.severity for finding in entry.findings if finding.verdict is Verdict.FAILED)
    overall = entry.scores.overall
    return PeriodRow(
        at=moment(run.started_at),
        ended=ENDINGS[run.ended],
        overall=_("insufficient evidence") if overall is None else number(overall, 0),
        findings=tuple(number(counts[severity], 0) for severity in Severity),
        note=readable(said(run.why), 200) if run.ended == "partial" else "",
    )
