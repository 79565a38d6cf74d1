"""``auditor audit``."""

import asyncio
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from auditor.browser.finder import BrowserNotFound
from auditor.check import CheckSpec, load_checks
from auditor.cli import options
from auditor.cli.display import Display
from auditor.cli.errors import EXIT_INTERRUPTED, Refused
from auditor.cli.replaying import exit_code, judge_to_reports
from auditor.evaluate import UnknownLimit, refuse_unknown_limits
from auditor.janitor import temp_folder
from auditor.result import Run
from auditor.run_folder import RunFolder, RunFolderError, default_folder
from auditor.settings import ShopSettings

_SECRET = "env:NAME or file:PATH"


@click.command(epilog="Example:  auditor audit https://shop.example --devices mobile --panel 6 --out runs/first")
@click.argument("url", required=False)
@click.option("--out", type=click.Path(path_type=Path), help="Run folder. Default: runs/HOST/TIME.")
@click.option(
    "--depth", type=click.Choice(["pages", "cart", "payment"]), help="How far to go: pages, cart (default), payment."
)
@click.option("--authorised-by", metavar="TEXT", help="Who of the shop allows --depth payment, and where they said so.")
@click.option("--devices", metavar="LIST", help="mobile,desktop (default) or one of them.")
@click.option("--max-pages", type=click.IntRange(1, 100_000), help="Pages that discovery fetches at most (300).")
@click.option("--panel", type=click.IntRange(1, 200), help="Pages to visit in the browser (12).")
@click.option(
    "--speed-runs", type=click.IntRange(0, 25), help="Timed loads of each page and device, one at a time (3); 0: none."
)
@click.option(
    "--ads-pages", type=click.IntRange(0, 5), help="Templates looked at as several kinds of visitor (2); 0: none."
)
@click.option(
    "--urls", type=click.Path(path_type=Path), help="File with an address a line: pages that must be visited."
)
@click.option("--include", multiple=True, metavar="GLOB", help="Discover only paths that match. Repeatable.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out paths that match. Repeatable.")
@click.option("--language", help="Language to audit, such as pl. Default: that of the start page.")
@click.option("--auth", metavar="SECRET", help=f"USER:PASSWORD for a protected shop, as {_SECRET}.")
@click.option(
    "--header", "headers", multiple=True, metavar="SECRET", help=f"'Name: value' header, as {_SECRET}. Repeatable."
)
@click.option(
    "--cookie", "cookies", multiple=True, metavar="SECRET", help=f"name=value cookie, as {_SECRET}. Repeatable."
)
@click.option(
    "--allow-private", is_flag=True, default=None, help="The shop is on a private or loopback address of yours."
)
@click.option(
    "--resolve", multiple=True, metavar="HOST[:PORT]:ADDRESS[:PORT]", help="Send a name elsewhere. Repeatable."
)
@click.option(
    "--config", type=click.Path(path_type=Path), help="YAML file with these and more settings; see docs/guide.md."
)
@click.option(
    "--baseline", type=click.Path(path_type=Path, dir_okay=False), help="What may appear on the pages; see auditor ads."
)
@click.option(
    "--budget", "budgets", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
    help="Lighthouse's budget.json or Lighthouse CI's assertions. Repeatable.",
)  # fmt: skip
@click.option("--shop", metavar="NAME", help="The shop of that name, where --config is a shops.yaml with several.")
@click.option("--quiet", is_flag=True, help="No progress, only where the report is.")
def audit(url: str | None, out: Path | None, config: Path | None, shop: str | None, quiet: bool, **given: Any) -> None:
    """Audit the shop at URL and write a report."""
    settings = options.shop_settings(
        {
            "start_url": url,
            "devices": tuple(name.strip() for name in given["devices"].split(",")) if given["devices"] else None,
            "panel": options.panel_of(given["panel"]),
            "urls": options.read_urls(given["urls"]),
            "access": options.access(given["auth"], given["headers"], given["cookies"]),
            **{name: given[name] for name in _PLAIN},
        },
        config,
        shop,
    )
    settings = options.with_budgets(options.with_baseline(settings, given["baseline"]), given["budgets"])
    if (runs := given["speed_runs"]) is not None:
        settings = settings.model_copy(update={"speed": settings.speed.model_copy(update={"runs": runs})})
    if (pages := given["ads_pages"]) is not None:
        settings = settings.model_copy(update={"ads": settings.ads.model_copy(update={"pages": pages})})
    raise click.exceptions.Exit(audit_to_reports(settings, out, quiet=quiet))


_PLAIN = (
    "depth", "authorised_by", "max_pages", "include", "exclude", "language", "allow_private", "resolve",
)  # fmt: skip


def audit_to_reports(shop: ShopSettings, out: Path | None, *, quiet: bool = False) -> int:
    """Audit, judge, write the reports, print where they are. Returns the exit code."""
    checks = list(load_checks())
    try:
        refuse_unknown_limits(checks, shop.limits)
        folder = RunFolder.create(out or default_folder(shop.start_url, datetime.now(UTC)))
        shop = shop.model_copy(
            update={"previous_panel": shop.previous_panel or _previous_panel(folder, shop.start_url)}
        )
    except (UnknownLimit, RunFolderError) as error:
        raise Refused(str(error)) from None
    run, interrupted = None, False
    with Display(quiet=quiet) as display, temp_folder():
        try:
            run = asyncio.run(_interruptible(shop, folder, checks, display))
        except (KeyboardInterrupt, asyncio.CancelledError):
            interrupted = True
        except BrowserNotFound as error:
            raise Refused(str(error)) from None
    report = judge_to_reports(folder, checks, quiet=quiet)
    if run and not quiet and (report is None or report.run.why != run.why):
        click.echo(run.why, err=True)
    return EXIT_INTERRUPTED if interrupted else exit_code(report)


async def _interruptible(shop: ShopSettings, folder: RunFolder, checks: list[CheckSpec], display: Display) -> Run:
    """SIGTERM ends an audit as Ctrl-C does: recorded, cleaned up."""
    # Browser and crawler take seconds to import, for which a replay or --help need not wait.
    from auditor.audit import audit as run_audit

    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await run_audit(shop, folder, checks, display)


def _previous_panel(folder: RunFolder, start_url: str) -> Path | None:
    """That of the newest run beside this one, so that two runs look at the same pages."""
    beside = (path for path in folder.path.parent.glob("*/panel.json") if _is_run_of(path.parent, start_url))
    return max(beside, key=lambda path: path.stat().st_mtime, default=None)


def _is_run_of(folder: Path, start_url: str) -> bool:
    try:
        return urlsplit(RunFolder.open(folder).run().start_url).netloc == urlsplit(start_url).netloc
    except RunFolderError:
        return False
