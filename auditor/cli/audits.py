"""``auditor audit`` and ``auditor replay``."""

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
from auditor.cli.errors import EXIT_FINE, EXIT_INTERRUPTED, EXIT_NOTHING_JUDGED, EXIT_PARTIAL, Refused
from auditor.evaluate import UnknownLimit, refuse_unknown_limits
from auditor.evidence import Ended
from auditor.finding import Severity, Verdict
from auditor.janitor import temp_folder
from auditor.replay import replay as replay_run
from auditor.result import AuditResult, Run
from auditor.run_folder import RunFolder, RunFolderError, default_folder
from auditor.settings import ShopSettings
from reports import write_reports

_SECRET = "env:NAME or file:PATH"


@click.command(epilog="Example:  auditor audit https://shop.example --devices mobile --panel 6 --out runs/first")
@click.argument("url", required=False)
@click.option("--out", type=click.Path(path_type=Path), help="Run folder. Default: runs/HOST/TIME.")
@click.option(
    "--depth", type=click.Choice(["pages", "cart", "payment"]), help="How far to go: pages (default), cart, payment."
)
@click.option("--authorised-by", metavar="TEXT", help="Who of the shop allows --depth payment, and where they said so.")
@click.option("--devices", metavar="LIST", help="mobile,desktop (default) or one of them.")
@click.option("--max-pages", type=click.IntRange(1, 100_000), help="Pages that discovery fetches at most (300).")
@click.option("--panel", type=click.IntRange(1, 200), help="Pages to visit in the browser (12).")
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
@click.option("--quiet", is_flag=True, help="No progress, only where the report is.")
def audit(url: str | None, out: Path | None, config: Path | None, quiet: bool, **given: Any) -> None:
    """Audit the shop at URL and write a report."""
    shop = options.shop_settings(
        {
            "start_url": url,
            "devices": tuple(name.strip() for name in given["devices"].split(",")) if given["devices"] else None,
            "panel": options.panel_of(given["panel"]),
            "urls": options.read_urls(given["urls"]),
            "access": options.access(given["auth"], given["headers"], given["cookies"]),
            **{name: given[name] for name in _PLAIN},
        },
        config,
    )
    raise click.exceptions.Exit(audit_to_reports(shop, out, quiet=quiet))


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


def judge_to_reports(folder: RunFolder, checks: list[CheckSpec], *, quiet: bool = False) -> AuditResult | None:
    """Replay the folder, write outcomes and reports; None when the run ended before there was anything to judge."""
    try:
        result, outcomes = replay_run(folder, checks)
    except (RunFolderError, UnknownLimit) as error:
        click.echo(f"auditor: {error}", err=True)
        return None
    try:
        folder.write_outcomes(outcomes)
        written = write_reports(result, folder)
    except OSError as error:
        remedy = f"Make room, then: auditor replay {folder.path}"
        click.echo(f"auditor: The report could not be written ({error.strerror}). {remedy}", err=True)
        return result.model_copy(update={"run": result.run.model_copy(update={"ended": "partial"})})
    if not quiet:
        click.echo(summary(result), err=True)
    click.echo(str(written["html"]))
    return result


def summary(result: AuditResult) -> str:
    failed = [finding for finding in result.findings if finding.verdict is Verdict.FAILED]
    counts = ", ".join(
        f"{number} {severity}"
        for severity in Severity
        if (number := sum(finding.severity is severity for finding in failed))
    )
    doubt = len(result.findings) - len(failed)
    lines = [result.run.why]
    lines.append(f"{len(failed)} findings ({counts or 'none failed'}), {doubt} to review by a person.")
    if result.not_seen:
        lines.append(f"Not seen: {len(result.not_seen)} entries, listed first in the report.")
    return "\n".join(lines)


def exit_code(result: AuditResult | None) -> int:
    """That of a run by what could be judged of it, however it ended."""
    if result is None or all(page.ended is not Ended.LOADED for page in result.pages):
        return EXIT_NOTHING_JUDGED
    return EXIT_FINE if result.run.ended == "complete" else EXIT_PARTIAL


def _previous_panel(folder: RunFolder, start_url: str) -> Path | None:
    """That of the newest run beside this one, so that two runs look at the same pages."""
    beside = (path for path in folder.path.parent.glob("*/panel.json") if _is_run_of(path.parent, start_url))
    return max(beside, key=lambda path: path.stat().st_mtime, default=None)


def _is_run_of(folder: Path, start_url: str) -> bool:
    try:
        return urlsplit(RunFolder.open(folder).run().start_url).netloc == urlsplit(start_url).netloc
    except RunFolderError:
        return False


@click.command(epilog="Example:  auditor replay runs/shop.example/2026-11-21T10-00-00Z")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--quiet", is_flag=True, help="Only where the report is.")
def replay(run: Path, quiet: bool) -> None:
    """Judge the evidence in the folder RUN with today's checks, without a browser or network."""
    try:
        folder = RunFolder.open(run)
    except RunFolderError as error:
        raise Refused(str(error)) from None
    raise click.exceptions.Exit(exit_code(judge_to_reports(folder, list(load_checks()), quiet=quiet)))
