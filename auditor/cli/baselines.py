"""``auditor baseline create|update|accept|show``."""

import asyncio
import getpass
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from auditor.acceptance import accept, acceptance
from auditor.browser.finder import BrowserNotFound
from auditor.check import load_checks
from auditor.cli.display import Display
from auditor.cli.errors import EXIT_NOTHING_JUDGED, EXIT_PARTIAL, Refused
from auditor.cli.gate_sides import gate_config, known_baseline, shop_name, side_settings
from auditor.finding import Severity, Verdict
from auditor.gate.baseline import Baseline, BaselineError, baseline_of, write_baseline
from auditor.gate.policy import GateConfig
from auditor.gate.redaction import Redactor
from auditor.janitor import temp_folder
from auditor.operator_file import SettingsFileError
from auditor.run_folder import RunFolderError

_FILE = click.option(
    "--file", "path", type=click.Path(path_type=Path), default=Path("auditor-baseline.json"), show_default=True,
    help="The baseline file; commit it.",
)  # fmt: skip
_CONFIG = click.option("--config", type=click.Path(path_type=Path), help="The gate's file, auditor-gate.yaml.")


def _making(command: Any) -> Any:
    options = (
        click.option("--url", required=True, help="The shop as it is before the release."),
        _FILE,
        _CONFIG,
        click.option("--profile", type=click.Choice(["ci-fast", "ci"]), default="ci-fast", show_default=True),
        click.option("--auth", metavar="SECRET", help="USER:PASSWORD, as env:NAME or file:PATH."),
        click.option("--header", "headers", multiple=True, metavar="SECRET", help="'Name: value', as env: or file:."),
        click.option("--cookie", "cookies", multiple=True, metavar="SECRET", help="name=value, as env: or file:."),
        click.option("--storage-state", metavar="SECRET", help="A log-in: Playwright's storage state, as file:PATH."),
        click.option("--allow-private", is_flag=True, default=None, help="The shop is on a private address."),
        click.option("--quiet", is_flag=True, help="No progress."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(epilog="Example:  auditor baseline create --url https://shop.example --file auditor-baseline.json")
def baseline() -> None:
    """Make, renew and read the file that `auditor gate --baseline` compares with."""


@baseline.command("create", epilog="Example:  auditor baseline create --url https://shop.example")
@_making
def create(path: Path, **given: Any) -> None:
    """Look at the shop and write what was found to a new file."""
    if path.exists():
        raise Refused(
            f"{path} is there already. To renew it: auditor baseline update --url {given['url']} --file {path}"
        )
    made = _made(gate_config(given["config"]), given)
    _write(path, made)
    click.echo(f"{path}: {_summary(made)}")


@baseline.command("update", epilog="Example:  auditor baseline update --url https://shop.example")
@_making
def update(path: Path, **given: Any) -> None:
    """Look at the same pages again and write the file anew; says which findings came and went."""
    config = gate_config(given["config"])
    old = known_baseline(path, config)
    made = _made(config, given, old)
    _write(path, made)
    before, after = _failed(old), _failed(made)
    for name in after.keys() - before.keys():
        click.echo(f"  came: {name} {after[name]}")
    for name in before.keys() - after.keys():
        click.echo(f"  went: {name} {before[name]}")
    click.echo(f"{path}: {_summary(made)}")


@baseline.command(
    "accept", epilog="Example:  auditor baseline accept 1f2e3d4c5b6a7988 --reason 'sale' --until 2027-01-31"
)
@click.argument("fingerprint")
@click.option("--reason", required=True, help="Why it is accepted.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Its last day; it counts again after.")
@click.option("--who", help="Who decided it. Default: the user of this machine.")
@click.option("--shop", help="The shop's name as the gate prints it. Default: that of --config.")
@_CONFIG
def accept_(
    fingerprint: str, reason: str, until: datetime, who: str | None, shop: str | None, config: Path | None
) -> None:
    """Accept a finding, by the fingerprint that the gate printed, until a day."""
    read = gate_config(config)
    name = shop or read.name
    if not name:
        raise Refused("Name the shop: --shop NAME, or `name: NAME` in the file given by --config.")
    if until.date() < datetime.now(UTC).date():
        raise Refused(f"--until {until:%Y-%m-%d} is over already.")
    try:
        entry = acceptance(
            shop=name, fingerprint=fingerprint, who=who or getpass.getuser(), why=reason, until=until.date()
        )
        accept(read.accepted, entry)
    except (ValueError, SettingsFileError) as error:
        raise Refused(str(error)) from None
    click.echo(f"{read.accepted}: {fingerprint} of {name} is accepted until {until:%Y-%m-%d}. Commit the file.")


@baseline.command("show", epilog="Example:  auditor baseline show --file auditor-baseline.json")
@_FILE
def show(path: Path) -> None:
    """Say what a baseline file holds."""
    found = known_baseline(path, GateConfig(version=1))
    run = found.side.run
    click.echo(f"{found.shop}, {run.start_url}, {run.started_at:%Y-%m-%d %H:%M} UTC: {_summary(found)}")
    click.echo("  " + ", ".join(f"{name} {value}" for name, value in found.side.conditions.items() if name != "limits"))
    click.echo(f"  auditor {run.environment.auditor}, browser {run.environment.browser}")
    for name, what in sorted(_failed(found).items(), key=lambda item: item[1]):
        click.echo(f"  {name} {what}")


def _made(config: GateConfig, given: dict[str, Any], old: Baseline | None = None) -> Baseline:
    from auditor.gate.running import GateRun

    secrets: list[str] = []
    shop = side_settings(config, given, given["url"], config.access, secrets)
    name = shop_name(config, shop, None, old)
    with Display(quiet=given["quiet"]) as display, temp_folder() as folder:
        run = GateRun(config.gate, given["profile"], list(load_checks()), folder, display)
        try:
            looked = asyncio.run(run.look("base", shop, old.panel if old else None))
        except (BrowserNotFound, RunFolderError) as error:
            raise Refused(str(error)) from None
        if not looked.side.pages:
            raise Refused(Redactor(secrets).text(looked.side.run.why), EXIT_NOTHING_JUDGED)
        if looked.side.run.ended != "complete":
            raise Refused(f"No baseline was made, because the run is not whole: {looked.side.run.why}", EXIT_PARTIAL)
        made = baseline_of(name, looked.side, looked.panel)
        return Baseline.model_validate(Redactor(secrets).value(made.model_dump(mode="json")))


def _write(path: Path, made: Baseline) -> None:
    try:
        write_baseline(path, made)
    except BaselineError as error:
        raise Refused(str(error)) from None


def _failed(made: Baseline) -> dict[str, str]:
    return {
        finding.fingerprint: f"{finding.severity:<8} {finding.check}: {finding.found}"
        for finding in made.side.findings
        if finding.verdict is Verdict.FAILED
    }


def _summary(made: Baseline) -> str:
    counts = Counter(finding.severity for finding in made.side.findings if finding.verdict is Verdict.FAILED)
    said = ", ".join(f"{counts[severity]} {severity}" for severity in Severity if counts[severity])
    return f"{len(made.side.pages)} pages, {counts.total()} findings ({said or 'none'})"
