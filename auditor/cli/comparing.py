"""``auditor diff BEFORE AFTER``."""

import json
from pathlib import Path

import click

from auditor.cli.errors import Refused
from auditor.compare import Change, Comparison, State, compare
from auditor.finding import Outcome
from auditor.result import AuditResult
from auditor.run_folder import RunFolder, RunFolderError
from reports.shop_text import clean

_RUN = click.Path(path_type=Path)
_HEADINGS = {
    State.NEW: "New",
    State.STILL: "Still there",
    State.FIXED: "Fixed",
    State.UNJUDGED: "Cannot be said to be fixed",
}


@click.command(epilog="Example:  auditor diff runs/shop.example/2026-11-20 runs/shop.example/2026-11-21")
@click.argument("before", type=_RUN)
@click.argument("after", type=_RUN)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(before: Path, after: Path, form: str) -> None:
    """Say what became of the findings of the run BEFORE in the run AFTER, and which are new."""
    (one, judged_before), (two, judged_after) = _read(before), _read(after)
    comparison = compare(one, two, judged_before, judged_after)
    if form == "json":
        click.echo(json.dumps(comparison.model_dump(mode="json"), indent=1, ensure_ascii=False))
        return
    for line in _lines(comparison):
        click.echo(line)


def _read(path: Path) -> tuple[AuditResult, tuple[Outcome, ...]]:
    try:
        folder = RunFolder.open(path)
        return folder.result(), tuple(folder.outcomes())
    except RunFolderError as error:
        raise Refused(str(error)) from None


def _lines(comparison: Comparison) -> list[str]:
    lines = [f"! {warning}" for warning in comparison.warnings]
    counts = [f"{len(comparison.of(state))} {heading.lower()}" for state, heading in _HEADINGS.items()]
    lines.append(", ".join(counts) + ".")
    for state, heading in _HEADINGS.items():
        if changes := comparison.of(state):
            lines += ["", f"{heading}:", *(f"  {_line(change)}" for change in changes)]
    return lines


def _line(change: Change) -> str:
    doubt = " (to review)" if change.verdict == "needs_review" else ""
    said = clean(change.found, 160)
    because = f" [{clean(change.because, 120)}]" if change.because else ""
    return f"{change.severity:<8} {change.row:<9} {said}{doubt}{because}"
