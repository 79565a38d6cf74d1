"""``auditor ads snippet|receive|visitors``: what appears in visitors' own browsers."""

from pathlib import Path
from urllib.parse import urlsplit

import click
import uvicorn

from auditor.cli.errors import Refused
from auditor.evidence import StorefrontBaseline
from auditor.operator_file import SettingsFileError, read_operator_file
from auditor.visitors.receiver import make_receiver
from auditor.visitors.reports import FEWEST_REPORTS, Rate, ReportFolder, rate_of
from auditor.visitors.snippet import snippet as script
from auditor.visitors.snippet import tag

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(epilog="Example:  auditor ads snippet --at https://shop.example/visitors --page product > tag.html")
@click.option(
    "--at", "base", required=True, metavar="URL", help="Where the receiver answers, on the shop's own domain."
)
@click.option("--baseline", "file", type=click.Path(path_type=Path, dir_okay=False), help="Companies that are no news.")
@click.option("--page", default="other", show_default=True, help="The kind of page that the tag stands in.")
@click.option("--share", type=click.FloatRange(0, 1), default=0.02, show_default=True, help="Of the sessions, 0-1.")
@click.option("--script", "only_script", is_flag=True, help="Print the script itself, to serve it from elsewhere.")
def snippet(base: str, file: Path | None, page: str, share: float, only_script: bool) -> None:
    """Print the tag that reports what visitors' own software puts into the pages: for the head, before all scripts."""
    if only_script:
        click.echo(script(), nl=False)
        return
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(f"--at {base}: expected an address such as https://shop.example/visitors.")
    known: tuple[str, ...] = (parts.hostname.removeprefix("www."),)
    if file is not None:
        baseline = _baseline(file)
        known = tuple(dict.fromkeys((*known, *baseline.own, *baseline.parties)))
    base = base.rstrip("/")
    click.echo(tag(f"{base}/s.js", f"{base}/report", known, page=page, share=share))


@click.command(epilog="Example:  auditor ads receive --origin https://shop.example --folder visitors")
@click.option("--origin", "origins", multiple=True, required=True, help="Whose pages may report. Repeatable.")
@click.option("--folder", type=_FOLDER, default=Path("visitors"), show_default=True, help="Where reports are kept.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8791, show_default=True)
def receive(origins: tuple[str, ...], folder: Path, host: str, port: int) -> None:
    """Take the reports of visitors' browsers until stopped, behind the shop's own web server."""
    app = make_receiver(ReportFolder(folder), origins)
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False, server_header=False,
                            limit_concurrency=200, timeout_keep_alive=5)  # fmt: skip
    click.echo(f"Taking reports on http://{host}:{port}/report into {folder}. Ctrl-C stops.", err=True)
    uvicorn.Server(config).run()


@click.command(epilog="Example:  auditor ads visitors visitors")
@click.argument("folder", type=_FOLDER)
def visitors(folder: Path) -> None:
    """Say how many of the sampled sessions met something that no script of the shop put there."""
    rate = rate_of(ReportFolder(folder))
    if rate is None:
        click.echo(f"{folder} holds no report: the visitors' browsers were not measured.")
        return
    for line in _told(rate):
        click.echo(line)


def _told(rate: Rate) -> list[str]:
    share = 100 * rate.met / rate.sessions
    lines = [
        f"{share:.1f} % of {rate.sessions} sampled sessions met an element that no script of the page made"
        f" (95 % confidence: {100 * rate.low:.1f} to {100 * rate.high:.1f} %), {rate.since} to {rate.until}."
    ]
    for words, found in (
        ("Outside hosts that such elements name", rate.hosts),
        ("Kinds of page, by reports", rate.pages),
        ("Scripts in the HTML that nobody approved, changed on the way or on the server", rate.unknown_scripts),
        ("Refused by the content security policy", rate.refused),
    ):
        if found:
            lines.append(f"{words}: " + ", ".join(f"{name} ({count})" for name, count in found.items()))
    lines.append(
        f"Hosts that fewer than {FEWEST_REPORTS} reports of a day name are left out."
        " Many insertions are wanted by the visitor: password managers, translators."
    )
    return lines


def _baseline(file: Path) -> StorefrontBaseline:
    try:
        return read_operator_file(file, StorefrontBaseline)
    except SettingsFileError as error:
        raise Refused(str(error)) from None
