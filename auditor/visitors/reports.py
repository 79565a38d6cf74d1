"""What visitors' browsers report, checked and kept: a line a report, a file a day, nothing that names anybody."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from auditor.evidence.frozen import Frozen
from auditor.stats import wilson

MOST_DAY_BYTES = 20_000_000
FEWEST_REPORTS = 5
"""A host that fewer reports of a day name is left out: an extension that hardly anybody has may name its owner."""

Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.:-]{1,253}$", to_lower=True)]


class Inserted(Frozen):
    """An element that no script of the page made. ``t``: its tag, or ``link`` turned round, ``script`` in the HTML,
    ``csp`` refused by the policy. ``h``: outside hosts. ``a``: its size, 0-3. ``c``: 1 where it covers the buy
    button."""

    t: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,20}$")]
    h: tuple[Host, ...] = Field((), max_length=5)
    a: int = Field(0, ge=0, le=3)
    c: int = Field(0, ge=0, le=1)


class VisitorReport(Frozen):
    """Of one page. ``f``: 1 in the first of a session; ``i``: 1 in the first of a session that met an insertion."""

    v: Literal[1]
    p: Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,20}$")]
    f: int = Field(ge=0, le=1)
    i: int = Field(ge=0, le=1)
    e: tuple[Inserted, ...] = Field((), max_length=10)


class ReportFolder:
    """The files of a folder. A day that has grown to MOST_DAY_BYTES takes no more."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, report: VisitorReport, day: date) -> bool:
        """Whether it was kept.

        :raises OSError: when the folder cannot be written.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        file = self.path / f"{day:%Y-%m-%d}.jsonl"
        if file.exists() and file.stat().st_size > MOST_DAY_BYTES:
            return False
        with file.open("a", encoding="utf-8") as lines:
            lines.write(report.model_dump_json(exclude_defaults=True) + "\n")
        return True

    def read(self) -> Iterator[tuple[date, VisitorReport]]:
        """All reports by day; a line that was broken off by a crash is passed over."""
        for file in sorted(self.path.glob("????-??-??.jsonl")):
            try:
                day = date.fromisoformat(file.stem)
            except ValueError:
                continue
            with file.open(encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    try:
                        yield day, VisitorReport.model_validate_json(line)
                    except ValidationError:
                        continue


class Rate(Frozen):
    """``sessions`` that were sampled and how many of them met an insertion, with the 95 % Wilson interval of the share
    (0-1). ``hosts``: how many reports name each, those named often enough; ``pages``: reports with insertions by kind
    of page; ``refused``: reports of the content security policy; ``unknown_scripts``: hosts of scripts in the HTML that
    nobody approved."""

    sessions: int
    met: int
    low: float
    high: float
    since: date | None = None
    until: date | None = None
    hosts: dict[str, int] = {}
    pages: dict[str, int] = {}
    refused: dict[str, int] = {}
    unknown_scripts: dict[str, int] = {}


def rate_of(folder: ReportFolder) -> Rate | None:
    """None where no session was reported: that is no rate of 0."""
    sessions = met = 0
    days: set[date] = set()
    by_day: dict[str, Counter[tuple[date, str]]] = {
        "hosts": Counter(),
        "refused": Counter(),
        "unknown_scripts": Counter(),
    }
    pages: Counter[str] = Counter()
    for day, report in folder.read():
        days.add(day)
        sessions, met = sessions + report.f, met + report.i
        kinds = {"csp": "refused", "script": "unknown_scripts"}
        named = {(kinds.get(one.t, "hosts"), host) for one in report.e for host in one.h}
        for kind, host in named:
            by_day[kind][day, host] += 1
        pages[report.p] += any(one.t not in kinds for one in report.e)
    if not sessions:
        return None
    low, high = wilson(min(met, sessions), sessions)
    return Rate(
        sessions=sessions, met=min(met, sessions), low=low, high=high, since=min(days), until=max(days),
        pages={page: count for page, count in pages.most_common() if count},
        **{kind: _often(found) for kind, found in by_day.items()},
    )  # fmt: skip


def _often(found: Counter[tuple[date, str]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for (_, host), count in found.items():
        total[host] += count if count >= FEWEST_REPORTS else 0
    return {host: count for host, count in total.most_common(50) if count}


def report_of(body: bytes) -> VisitorReport | None:
    """The report in a body; None for what is none."""
    try:
        return VisitorReport.model_validate(json.loads(body))
    except (ValueError, RecursionError):
        return None
