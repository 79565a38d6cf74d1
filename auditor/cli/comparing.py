"""``auditor diff BEFORE AFTER``."""

import json
from pathlib import Path

import click

from auditor.cli.errors import Refused
from auditor.compare import compare
from auditor.finding import Outcome
from auditor.result import AuditResult
from auditor.run_folder import RunFolder, RunFolderError
from reports.changes import changes_lines

_RUN = click.Path(path_type=Path)


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
    click.echo("\n".join(changes_lines(comparison)))


def _read(path: Path) -> tuple[AuditResult, tuple[Outcome, ...]]:
    try:
        folder = RunFolder.open(path)
        return folder.result(), tuple(folder.outcomes())
    except RunFolderError as error:
        raise Refused(str(error)) from None
