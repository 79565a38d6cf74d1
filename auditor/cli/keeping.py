"""``auditor store rebuild``, ``gc``, ``export``, ``import``, ``accept``: what was found is kept, carried, accepted."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from auditor.acceptance import accept as accept_in
from auditor.acceptance import acceptance, read_acceptances, withdraw
from auditor.check import load_checks
from auditor.cli.errors import Refused
from auditor.cli.stores import accepted_option, runs_option, store_option, transaction
from auditor.operator_file import SettingsFileError
from auditor.store import StoreError, history
from auditor.store.artifacts import Artifacts, move
from auditor.store.carrying import export_shop, import_shop
from auditor.store.indexing import rebuild as rebuild_index
from auditor.store.retention import Removable, removable

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(epilog="Example:  auditor store rebuild --runs runs")
def store() -> None:
    """The index of run folders: scores, metrics and findings over time."""


@store.command("rebuild", epilog="Example:  auditor store rebuild --runs runs")
@runs_option
@store_option
def rebuild(runs_folder: Path, store_url: str | None) -> None:
    """Make the index again from the folders RUNS/SHOP/RUN. What is due and what ran stays as it is."""
    folders = sorted((path.parent.parent.name, path.parent) for path in runs_folder.glob("*/*/run.json"))
    specs = {spec.id: spec for spec in load_checks()}
    with transaction(store_url, runs_folder) as connection:
        many = rebuild_index(connection, folders, specs)
    without = len(folders) - many
    told = f"; {without} folders have no result: `auditor replay` may make one" if without else ""
    click.echo(f"{many} audits are in the index{told}.")


@click.command(epilog="Example:  auditor gc --older-than 30 --dry-run")
@runs_option
@store_option
@click.option(
    "--older-than", "days", type=click.IntRange(1, 3650), default=30, show_default=True, metavar="DAYS",
    help="Only runs before then.",
)  # fmt: skip
@click.option(
    "--keep-in", "artifacts_url", metavar="URL",
    help="Move them there by SHA-256, the same bytes once: a folder, or what fsspec knows.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would go; remove nothing.")
def gc(runs_folder: Path, store_url: str | None, days: int, artifacts_url: str | None, dry_run: bool) -> None:
    """Remove pictures and traces of old runs. Evidence, numbers, findings and reports stay.

    A shop's first, newest and worst run keep theirs, as do runs in which something serious was new or came back, and
    folders with a file named KEEP.
    """
    with transaction(store_url, runs_folder) as connection:
        found = tuple(removable(connection, runs_folder, timedelta(days=days), datetime.now(UTC)))
    artifacts = _artifacts(artifacts_url)
    for one in found:
        click.echo(f"{one.bytes / 1e6:8.1f} MB  {len(one.files):5} files  {one.folder}")
        if not dry_run:
            _let_go(one, artifacts)
    total = sum(one.bytes for one in found) / 1e6
    became = "moved" if artifacts else "removed"
    click.echo(f"{total:.1f} MB of {len(found)} runs {'would be' if dry_run else 'were'} {became}.")


def _artifacts(url: str | None) -> Artifacts | None:
    try:
        return Artifacts(url) if url else None
    except StoreError as error:
        raise Refused(str(error)) from None


def _let_go(one: Removable, artifacts: Artifacts | None) -> None:
    if artifacts is None:
        for path in one.files:
            path.unlink(missing_ok=True)
        return
    try:
        move(one.folder, one.files, artifacts)
    except StoreError as error:
        raise Refused(str(error)) from None


@click.command(epilog="Example:  auditor export demo demo-history.jsonl.gz")
@click.argument("shop")
@click.argument("file", type=_FILE)
@runs_option
@store_option
def export(shop: str, file: Path, runs_folder: Path, store_url: str | None) -> None:
    """Write the history of SHOP into FILE: audits, scores, metrics, findings and their lives."""
    with transaction(store_url, runs_folder) as connection:
        many = export_shop(connection, shop, file)
    click.echo(f"{many} audits of {shop} were written to {file}.")


@click.command("import", epilog="Example:  auditor import demo-history.jsonl.gz --as demo-2025")
@click.argument("file", type=_FILE)
@click.option("--as", "name", metavar="SHOP", help="Under this name; also how a shop is renamed.")
@runs_option
@store_option
def import_(file: Path, name: str | None, runs_folder: Path, store_url: str | None) -> None:
    """Read the history in FILE into the index, all of it or nothing."""
    with transaction(store_url, runs_folder) as connection:
        shop, many = import_shop(connection, file, name)
    click.echo(f"{many} audits of {shop} were read.")


@click.group(epilog="Example:  auditor accept add demo 1f2e3d4c5b6a7988 --who Anna --why 'decorative pictures'")
def accept() -> None:
    """Findings that are known and accepted; the dashboard reads and writes the same file."""


@accept.command("add", epilog="Example:  auditor accept add demo 1f2e3d4c5b6a7988 --who Anna --why 'as agreed'")
@click.argument("shop")
@click.argument("fingerprint")
@click.option("--who", required=True, help="Who decided it.")
@click.option("--why", required=True, help="Why.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day; without it for good.")
@accepted_option
@runs_option
@store_option
def add(
    shop: str, fingerprint: str, who: str, why: str, until: datetime | None, accepted_file: Path, runs_folder: Path,
    store_url: str | None,
) -> None:  # fmt: skip
    """Accept the finding FINGERPRINT of SHOP: it alerts no more, and is shown as accepted."""
    with transaction(store_url, runs_folder) as connection:
        finding = history.finding_of(connection, shop, fingerprint)
    if finding is None:
        raise Refused(f"The index holds no finding {fingerprint!r} of {shop!r}. report.json names fingerprints.")
    last = until.date() if until else None
    try:
        accept_in(
            accepted_file,
            acceptance(shop=shop, fingerprint=fingerprint, check=finding.check, who=who, why=why, until=last),
        )
    except (SettingsFileError, ValueError) as error:
        raise Refused(str(error)) from None
    click.echo(f"{finding.check} is accepted in {accepted_file}{f' until {last}' if last else ''}.")


@accept.command("remove", epilog="Example:  auditor accept remove demo 1f2e3d4c5b6a7988")
@click.argument("shop")
@click.argument("fingerprint")
@accepted_option
def remove(shop: str, fingerprint: str, accepted_file: Path) -> None:
    """Accept the finding no longer."""
    try:
        found = withdraw(accepted_file, shop, fingerprint)
    except SettingsFileError as error:
        raise Refused(str(error)) from None
    if not found:
        raise Refused(f"{accepted_file} does not name {fingerprint!r} of {shop!r}.")
    click.echo(f"{fingerprint} is no longer accepted.")


@accept.command("list", epilog="Example:  auditor accept list")
@accepted_option
def list_accepted(accepted_file: Path) -> None:
    """A line for each accepted finding; those whose time is over are marked."""
    try:
        entries = read_acceptances(accepted_file).accepted
    except SettingsFileError as error:
        raise Refused(str(error)) from None
    today: date = datetime.now(UTC).date()
    for one in entries:
        over = "" if one.holds(today) else "  (over)"
        click.echo(f"{one.shop:<16} {one.fingerprint}  {one.until or 'for good'}{over}  {one.who}: {one.why}")
