"""Puts the table of cases between two markers of docs/accuracy.md."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.ads.extensions import Met
from benchmarks.ads.judging import Row
from benchmarks.ads.record import Record
from benchmarks.ads.shops import Untouched
from benchmarks.between import PAGE, markers, put_between
from benchmarks.journeys.tables import share

BEGIN, END = markers("ads")


class Measured(NamedTuple):
    """All that is published."""

    rows: Sequence[Row]
    kept: Sequence[Record]
    untouched: Sequence[Untouched] = ()
    met: Sequence[Met] = ()


def section(measured: Measured) -> str:
    """What was measured, with its conditions."""
    parts = [_conditions(measured.kept), _totals(measured.rows), _table(measured.rows), _shops(measured.untouched)]
    return "\n\n".join([*parts, _extensions(measured.met)])


def publish(measured: Measured, page: Path = PAGE) -> None:
    """:raises ValueError: when the page has lost its markers."""
    put_between("ads", section(measured), page)


def _conditions(kept: Sequence[Record]) -> str:
    first, last = min(one.at for one in kept), max(one.at for one in kept)
    dates = f"{first:%Y-%m-%d}" if first.date() == last.date() else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
    browsers = ", ".join(sorted({one.browser for one in kept}))
    loads = sum(len(one.loads) for one in kept)
    return f"Recorded {dates} with Chromium {browsers}: {len(kept)} cases, {loads} loads."


def _totals(rows: Sequence[Row]) -> str:
    injected = [row for row in rows if row.case.verdict == "alert"]
    benign = [row for row in rows if row.case.verdict != "alert"]
    lines = [
        ("injected: alert", [bool(row.alerts) for row in injected]),
        ("injected: alert with the right vector and first link", [not row.wrong for row in injected]),
        ("injected: alert on a first run, without a baseline", [bool(row.first_run) for row in injected]),
        ("benign: alert", [bool(row.alerts) for row in benign]),
        ("benign: alert on a first run", [bool(row.first_run) for row in benign]),
        ("benign: a line to review", [bool(row.reviews) for row in benign]),
        ("other names of all hosts change no verdict", [row.renamed for row in rows]),
    ]
    told = (f"| {name} | {share(sum(answers), len(answers))} |" for name, answers in lines)
    return "\n".join(["| | |", "|---|---|", *told])


def _table(rows: Sequence[Row]) -> str:
    lines = ["| case | should be | was | first run |", "|---|---|---|---|"]
    for row in rows:
        should = ", ".join(one for one in (row.case.verdict, row.case.vector, row.case.first) if one)
        mark = "**wrong**: " if row.wrong else ""
        lines.append(f"| {row.case.name} | {should} | {mark}{row.told} | {'alert' if row.first_run else 'quiet'} |")
    return "\n".join(lines)


def _shops(untouched: Sequence[Untouched]) -> str:
    if not untouched:
        return "Shops as they are were not looked at."
    lines = ["| shop, unchanged | loads | alerts | to review | alerts on a first run |", "|---|---|---|---|---|"]
    lines += [f"| {one.shop} | {one.loads} | {one.alerts} | {one.reviews} | {one.first_run} |" for one in untouched]
    return "\n".join(lines)


def _extensions(found: Sequence[Met]) -> str:
    if not found:
        return "Software of visitors was not looked at."
    lines = ["| extension in a visitor's browser | should be told | was told |", "|---|---|---|"]
    lines += [f"| {one.name} | {one.should} | {'' if one.right else '**wrong**: '}{one.told} |" for one in found]
    return "\n".join(lines)
