"""``auditor serve`` and ``auditor runs``."""

import asyncio
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from auditor.cli.errors import Refused
from auditor.cli.schedules import schedules_option, shops_option
from auditor.cli.stores import accepted_option, open_or_refuse, runs_option, store_option
from auditor.schedule import SettingsFileError, read_shops
from auditor.schedule.serving import Server
from auditor.store import RunState, Store, StoreError
from auditor.store import runs as stored
from auditor.store.artifacts import Artifacts

if TYPE_CHECKING:
    from auditor.web.serving import Dashboard


@click.command(epilog="Example:  auditor serve --file schedules.yaml --shops shops.yaml --web 127.0.0.1:8790")
@schedules_option
@shops_option
@accepted_option
@runs_option
@store_option
@click.option(
    "--web", metavar="HOST:PORT", default="127.0.0.1:8790", show_default=True,
    help="Where the dashboard listens. Another host than this machine needs a user.",
)  # fmt: skip
@click.option("--no-web", is_flag=True, help="No dashboard.")
@click.option("--host-name", "names", multiple=True, metavar="NAME", help="A name that it is called by. Repeatable.")
@click.option(
    "--artifacts", "artifacts_url", metavar="URL", help="Where `auditor gc --keep-in` moved pictures of old runs to.",
)  # fmt: skip
@click.option(
    "--visitors", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Take reports from visitors' browsers under /visitors/ and keep them here. See `auditor ads snippet`.",
)  # fmt: skip
def serve(
    schedules_file: Path, shops_file: Path, accepted_file: Path, runs_folder: Path, store_url: str | None, web: str,
    no_web: bool, names: tuple[str, ...], artifacts_url: str | None, visitors: Path | None,
) -> None:  # fmt: skip
    """Audit on schedule, and show what was found, until stopped: the first Ctrl-C waits for the running audit, the
    second ends it."""
    # The dashboard's libraries take a second to import, for which other commands need not wait.
    from auditor.web.serving import WebError

    where = None if no_web else _address(web)
    store = open_or_refuse(store_url, runs_folder)
    try:
        server = Server(store, schedules_file, shops_file, accepted_file, runs_folder, _say)
        artifacts = Artifacts(artifacts_url) if artifacts_url else None
        asyncio.run(_serve(server, Place(store, runs_folder, accepted_file, where, names, visitors, artifacts)))
    except (SettingsFileError, StoreError, WebError) as error:
        raise Refused(str(error)) from None
    finally:
        store.close()


@dataclass(frozen=True)
class Place:
    """Where the dashboard finds everything, and ``web``, where it listens."""

    store: Store
    runs: Path
    accepted_file: Path
    web: tuple[str, int] | None
    names: tuple[str, ...]
    visitors: Path | None = None
    artifacts: Artifacts | None = None


async def _serve(server: Server, place: Place) -> None:
    dashboard = _dashboard(server, place)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, server.stop)
    _say("Serving. Ctrl-C stops." + (f" Dashboard: {dashboard.url}" if dashboard else ""))
    shown = asyncio.ensure_future(dashboard.serve()) if dashboard else None
    try:
        await server.serve()
    finally:
        if dashboard and shown:
            dashboard.stop()
            await shown
            dashboard.close()
    _say("Stopped.")


def _dashboard(server: Server, place: Place) -> "Dashboard | None":
    from auditor.web.serving import Dashboard
    from auditor.web.site import Site

    if place.web is None:
        return None
    site = Site(
        place.store, place.runs, place.accepted_file, lambda: (server.files, server.files_error), server.look_now,
        visitors=place.visitors, artifacts=place.artifacts,
        visitor_origins=tuple({_origin(shop.start_url) for shop in server.files.shops.shops.values()}),
    )  # fmt: skip
    return Dashboard(site, *place.web, place.names)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _address(web: str) -> tuple[str, int]:
    host, _, port = web.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise Refused(f"--web {web}: expected HOST:PORT, such as 127.0.0.1:8790.")
    return host.strip("[]"), int(port)


@click.group(epilog="Example:  auditor runs list --count 5")
def runs() -> None:
    """List what ran, was missed or is due; ask for an audit now."""


@runs.command("list", epilog="Example:  auditor runs list --shop demo")
@runs_option
@store_option
@click.option("--shop", help="Only this shop's.")
@click.option("--count", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many, newest first.")
def list_runs(runs_folder: Path, store_url: str | None, shop: str | None, count: int) -> None:
    """A line for each run: when it was due, its schedule and shop, its state, its folder or why there is none."""
    store = open_or_refuse(store_url, runs_folder)
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
@runs_option
@store_option
def run_now(shop: str, shops_file: Path, runs_folder: Path, store_url: str | None) -> None:
    """Queue an audit of SHOP for the server that is running."""
    store = open_or_refuse(store_url, runs_folder)
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


def _say(line: str) -> None:
    click.echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {line}", err=True)
