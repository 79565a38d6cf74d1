"""``auditor serve`` and ``auditor runs``."""

import asyncio
import signal
from datetime import UTC, datetime
from pathlib import Path

import click

from auditor.cli.errors import Refused
from auditor.cli.schedules import schedules_option, shops_option
from auditor.schedule import SettingsFileError, read_shops
from auditor.schedule.serving import Server
from auditor.store import RunState, Store, StoreError, open_store
from auditor.store import runs as stored

_runs_option = click.option(
    "--runs", "runs_folder", type=click.Path(path_type=Path, file_okay=False), default=Path("runs"), show_default=True,
    help="Folder of the run folders.",
)  # fmt: skip
_store_option = click.option(
    "--store",
    "store_url",
    metavar="URL",
    help="Database of what is due and what ran. Default: sqlite in the runs folder.",
)


@click.command(epilog="Example:  auditor serve --file schedules.yaml --shops shops.yaml")
@schedules_option
@shops_option
@_runs_option
@_store_option
def serve(schedules_file: Path, shops_file: Path, runs_folder: Path, store_url: str | None) -> None:
    """Audit on schedule until stopped: the first Ctrl-C waits for the running audit, the second ends it."""
    store = _open(store_url, runs_folder)
    try:
        asyncio.run(_serve(store, schedules_file, shops_file, runs_folder))
    except (SettingsFileError, StoreError) as error:
        raise Refused(str(error)) from None
    finally:
        store.close()


async def _serve(store: Store, schedules_file: Path, shops_file: Path, runs_folder: Path) -> None:
    server = Server(store, schedules_file, shops_file, runs_folder, _say)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, server.stop)
    _say(f"Serving {schedules_file}. Ctrl-C stops.")
    await server.serve()
    _say("Stopped.")


@click.group(epilog="Example:  auditor runs list --count 5")
def runs() -> None:
    """List what ran, was missed or is due; ask for an audit now."""


@runs.command("list", epilog="Example:  auditor runs list --shop demo")
@_runs_option
@_store_option
@click.option("--shop", help="Only this shop's.")
@click.option("--count", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many, newest first.")
def list_runs(runs_folder: Path, store_url: str | None, shop: str | None, count: int) -> None:
    """A line for each run: when it was due, its schedule and shop, its state, its folder or why there is none."""
    store = _open(store_url, runs_folder)
    try:
        with store.begin() as connection:
            found = stored.latest(connection, count, shop)
    except StoreError as error:
        raise Refused(str(error)) from None
    for run in found:
        told = run.folder if run.state is RunState.DONE else run.why
        click.echo(
            f"{run.slot:%Y-%m-%d %H:%M} UTC  {run.schedule or 'by hand':<20} {run.shop:<16} {run.state:<8} {told}"
        )


@runs.command("now", epilog="Example:  auditor runs now demo")
@click.argument("shop")
@shops_option
@_runs_option
@_store_option
def run_now(shop: str, shops_file: Path, runs_folder: Path, store_url: str | None) -> None:
    """Queue an audit of SHOP for the server that is running."""
    store = _open(store_url, runs_folder)
    now = datetime.now(UTC)
    try:
        known = read_shops(shops_file).shops
        if shop not in known:
            raise Refused(f"There is no shop {shop!r} in {shops_file}; there is {', '.join(sorted(known)[:10])}.")
        with store.begin() as connection:
            stored.add_run(
                connection, schedule="", shop=shop, slot=now, wall=f"{now:%Y-%m-%d %H:%M}", starts=now,
                state=RunState.QUEUED,
            )  # fmt: skip
    except (SettingsFileError, StoreError) as error:
        raise Refused(str(error)) from None
    click.echo(f"An audit of {shop} is queued; `auditor serve` carries it out.")


def _open(url: str | None, runs_folder: Path) -> Store:
    try:
        runs_folder.mkdir(parents=True, exist_ok=True)
        return open_store(url or f"sqlite:///{(runs_folder / 'auditor.db').resolve()}")
    except OSError as error:
        raise Refused(f"The folder {runs_folder} cannot be made: {error.strerror}. Choose another --runs.") from None
    except StoreError as error:
        raise Refused(str(error)) from None


def _say(line: str) -> None:
    click.echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {line}", err=True)
