"""For check authors: ``explain``, ``checks list|new|docs``, ``keep``."""

from pathlib import Path

import click

from auditor.check import CheckSpec, load_checks
from auditor.cli.errors import Refused
from auditor.keep import KeepError, keep_case
from auditor.run_folder import RunFolder, RunFolderError
from auditor.scaffold import ScaffoldError, new_check
from reports.check_pages import check_page, write_check_pages


@click.command(epilog="Example:  auditor explain navigation/breadcrumb-missing")
@click.argument("check")
def explain(check: str) -> None:
    """Say what CHECK asks, why, its limits and its source. CHECK is an id or a catalogue row such as NAV-009."""
    click.echo(check_page(_spec(check)))


def _spec(wanted: str) -> CheckSpec:
    registry = load_checks()
    spec = registry.get(wanted) or next((spec for spec in registry if spec.row == wanted.upper()), None)
    if spec is None:
        near = [known.id for known in registry if wanted.split("/")[-1][:4] in known.id]
        hint = f" Did you mean {', '.join(near[:3])}?" if near else " `auditor checks list` shows all."
        raise Refused(f"There is no check {wanted!r}.{hint}")
    return spec


@click.group(epilog="Example:  auditor checks list")
def checks() -> None:
    """List checks, begin a new one, write their documentation."""


@checks.command("list", epilog="Example:  auditor checks list --area mobile")
@click.option("--area", help="Only this area, such as mobile.")
def list_checks(area: str | None) -> None:
    """A line for each check: row, id, severity, title."""
    rows = [spec for spec in load_checks() if area in (None, spec.area)]
    if not rows:
        raise Refused(
            f"There are no checks of area {area!r}. Areas: {', '.join(sorted({s.area for s in load_checks()}))}."
        )
    wide = max(len(spec.id) for spec in rows)
    for spec in rows:
        click.echo(f"{spec.row:<9} {spec.id:<{wide}}  {spec.severity:<9} {spec.title}")


@checks.command("new", epilog="Example:  auditor checks new imagery/zoom-missing --row IMG-004")
@click.argument("check_id", metavar="AREA/NAME")
@click.option("--row", default="", help="Row of the catalogue, such as IMG-004.")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Source folder.")
def new(check_id: str, row: str, root: Path) -> None:
    """Write the file of a new check and its empty evidence folder."""
    try:
        for path in new_check(check_id, row, root):
            click.echo(str(path))
    except ScaffoldError as error:
        raise Refused(str(error)) from None


@checks.command("docs", epilog="Example:  auditor checks docs --check")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Source folder.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if a page is out of date.")
def docs(root: Path, only_check: bool) -> None:
    """Write a page for each check under docs/checks/."""
    stale = write_check_pages(load_checks(), root / "docs" / "checks", write=not only_check)
    for path in stale:
        click.echo(str(path))
    if only_check and stale:
        raise Refused("These pages are out of date: run `auditor checks docs`.", exit_code=1)


@click.command(epilog="Example:  auditor keep runs/x 003-product.mobile --as imagery/alt-missing/failed-no-alt")
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("visit")
@click.option("--as", "case", required=True, metavar="AREA/NAME/VERDICT-WHAT", help="Check id and name of the case.")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Source folder.")
def keep(run: Path, visit: str, case: str, root: Path) -> None:
    """Turn VISIT of the folder RUN into test evidence, trimmed to what the check reads, host names scrubbed."""
    try:
        click.echo(str(keep_case(RunFolder.open(run), visit, case, root, load_checks())))
    except (KeepError, RunFolderError) as error:
        raise Refused(str(error)) from None
