"""``auditor gate`` and ``auditor gate init``."""

import asyncio
import os
import shutil
import signal
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from auditor.acceptance import read_acceptances
from auditor.browser.finder import BrowserNotFound
from auditor.check import load_checks
from auditor.cli.display import Display
from auditor.cli.errors import EXIT_INTERRUPTED, EXIT_NOTHING_JUDGED, Refused
from auditor.cli.gate_sides import gate_config, known_baseline, origin_of, shop_name, side_settings
from auditor.gate.baseline import Baseline
from auditor.gate.explaining import explain, lines_of
from auditor.gate.job import tell_github
from auditor.gate.outputs import NAMES, write_outputs
from auditor.gate.policy import GateConfig
from auditor.gate.redaction import Redactor
from auditor.gate.verdict import GateReport
from auditor.janitor import temp_folder
from auditor.operator_file import SettingsFileError
from auditor.run_folder import RunFolderError
from auditor.settings import ShopSettings

_SECRET = "env:NAME or file:PATH"
_OURS = ".auditor-gate"
_ACCESS = ("auth", "headers", "cookies", "storage_state")


@click.group(
    invoke_without_command=True,
    epilog="Example:  auditor gate --url https://preview.shop.example --base https://shop.example --out gate",
)
@click.option("--url", help="The candidate: the preview that is to be released.")
@click.option("--base", help="What it is compared with: the same shop before the release, running beside it.")
@click.option("--baseline", type=click.Path(path_type=Path), help="Or a file made by `auditor baseline create`.")
@click.option("--profile", type=click.Choice(["ci-fast", "ci"]), default="ci-fast", show_default=True,
              help="ci-fast: findings and counts; ci: also times, by repeated loads.")  # fmt: skip
@click.option("--config", type=click.Path(path_type=Path), help="The policy: a file such as auditor-gate.yaml.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for reports. Default: runs/gate/TIME.")
@click.option("--wait", type=click.FloatRange(0, 3600), default=60.0, show_default=True,
              help="Seconds to wait for a preview that does not answer yet.")  # fmt: skip
@click.option("--auth", metavar="SECRET", help=f"USER:PASSWORD of the preview, as {_SECRET}.")
@click.option("--header", "headers", multiple=True, metavar="SECRET", help=f"'Name: value' header, as {_SECRET}.")
@click.option("--cookie", "cookies", multiple=True, metavar="SECRET", help=f"name=value cookie, as {_SECRET}.")
@click.option("--storage-state", metavar="SECRET", help="A log-in: Playwright's storage state, as file:PATH.")
@click.option("--allow-private", is_flag=True, default=None, help="The shop is on a private or loopback address.")
@click.option("--format", "form", type=click.Choice(["text", *NAMES]), default="text", show_default=True,
              help="What is printed; all are written to --out.")  # fmt: skip
@click.option("--explain", "five_lines", is_flag=True, help="Print only why, in at most five lines.")
@click.option("--github", is_flag=True, help="In a job of GitHub Actions: outputs, summary and annotations too.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 where the gate is closed or undecided: try it out first.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.pass_context
def gate(context: click.Context, /, **given: Any) -> None:
    """Say whether a release made the shop worse; exit 1 when it did.

    Exit codes: 0 open; 1 closed; 2 wrong usage; 3 nothing could be judged; 4 not decided; 5 a sign of an order was
    seen; 130 interrupted.
    """
    if context.invoked_subcommand is not None:
        return
    if given["base"] and given["baseline"]:
        raise Refused("Give --base or --baseline, not both.")
    config = gate_config(given["config"])
    baseline = known_baseline(given["baseline"], config) if given["baseline"] else None
    secrets, begun = list[str](), datetime.now(UTC)
    candidate = side_settings(config, given, given["url"], config.access, secrets, begun)
    base = None
    if given["base"]:
        own = {name: value for name, value in given.items() if name not in _ACCESS}
        same = origin_of(given["base"]) == origin_of(given["url"])
        base = side_settings(config, given if same else own, given["base"], config.base_access, secrets, begun)
    folder = _folder(given["out"])
    report = run_gate(config, given, candidate, base, baseline, folder, Redactor(secrets))
    _say(report, given, folder)
    if given["github"]:
        try:
            click.echo(tell_github(report, folder, os.environ), nl=False)
        except OSError as error:
            raise Refused(f"{error.filename} cannot be written ({error.strerror}).") from None
    code = report.exit_code
    raise click.exceptions.Exit(0 if given["exit_zero"] and code in (1, 4) else code)


@gate.command("init", epilog="Example:  auditor gate init --url https://shop.example")
@click.option("--url", required=True, help="The shop as it is today.")
@click.option("--file", "path", type=click.Path(path_type=Path), default=Path("auditor-gate.yaml"), show_default=True)
@click.option("--allow-private", is_flag=True, default=None, help="The shop is on a private or loopback address.")
@click.option("--quiet", is_flag=True, help="No progress.")
def init(path: Path, **given: Any) -> None:
    """Look at the shop and write a first configuration, with comments."""
    if path.exists():
        raise Refused(f"{path} is there already. Choose another --file, or remove it first.")
    from auditor.gate.initial import initial_config
    from auditor.gate.running import GateRun

    config = GateConfig(version=1, shop={"depth": "pages"})
    shop = side_settings(config, given | {"profile": "ci-fast"}, given["url"], config.access, [])
    with Display(quiet=given["quiet"]) as display, temp_folder() as folder:
        run = GateRun(config.gate, "ci-fast", list(load_checks()), folder, display)
        try:
            looked = asyncio.run(run.look("shop", shop))
        except (BrowserNotFound, RunFolderError) as error:
            raise Refused(str(error)) from None
        if not looked.side.pages:
            raise Refused(looked.side.run.why, EXIT_NOTHING_JUDGED)
        text = initial_config(looked.result, looked.side)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused(f"{path}: it cannot be written ({error.strerror}).") from None
    click.echo(f"{path}: read it, then: auditor baseline create --url {given['url']} --config {path}")


@gate.command("comment", epilog="Example:  auditor gate comment --out gate")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder that `auditor gate` wrote.")
def comment(out: Path) -> None:
    """Write the answer into the pull or merge request of this job, into the same comment each time.

    Whatever comes of it, the exit code is 0: the gate's answer stands.
    """
    from auditor.gate.posting import NotPosted, post, thread_of

    try:
        text = (out / NAMES["markdown"]).read_text(encoding="utf-8")
    except OSError as error:
        raise Refused(f"{out}: {error.strerror}. Run `auditor gate --out {out}` first.") from None
    try:
        click.echo(asyncio.run(post(thread_of(os.environ), text)))
    except NotPosted as reason:
        click.echo(str(reason))


def run_gate(
    config: GateConfig,
    given: Mapping[str, Any],
    candidate: ShopSettings,
    base: ShopSettings | None,
    baseline: Baseline | None,
    folder: Path,
    redactor: Redactor,
) -> GateReport:
    """Look, judge, write all outputs into ``folder``."""
    shop = shop_name(config, candidate, base, baseline)
    try:
        acceptances = read_acceptances(config.accepted)
    except SettingsFileError as error:
        raise Refused(str(error)) from None
    today = datetime.now(UTC).date()
    with Display(quiet=given["quiet"]) as display, temp_folder():
        try:
            # Browser and crawler take seconds to import, for which --help need not wait.
            from auditor.gate.whole import whole_gate

            report = asyncio.run(
                _interruptible(
                    whole_gate(
                        config.gate, shop=shop, profile=given["profile"], candidate=candidate, base=base,
                        baseline=baseline, folder=folder, checks=list(load_checks()), progress=display,
                        acceptances=acceptances, today=today, wait_seconds=given["wait"],
                    )
                )
            )  # fmt: skip
        except (KeyboardInterrupt, asyncio.CancelledError):
            redactor.files(folder)
            raise click.exceptions.Exit(EXIT_INTERRUPTED) from None
        except (BrowserNotFound, RunFolderError) as error:
            raise Refused(str(error)) from None
    report = GateReport.model_validate(redactor.value(report.model_dump(mode="json")))
    try:
        write_outputs(report, folder, config.source_map)
    except OSError as error:
        raise Refused(f"{folder} cannot be written ({error.strerror}). Choose another --out.") from None
    redactor.files(folder)
    return report


async def _interruptible(gate: Any) -> GateReport:
    """SIGTERM, by which CI cancels a job, ends the gate as Ctrl-C does."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    report: GateReport = await gate
    return report


def _folder(out: Path | None) -> Path:
    """An empty folder; one that an earlier gate filled is emptied."""
    folder = out or Path("runs") / "gate" / f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}"
    try:
        if folder.is_dir() and any(folder.iterdir()):
            if not (folder / _OURS).is_file():
                raise Refused(f"{folder} is not empty. Choose another --out, or remove it first.")
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _OURS).write_text("auditor gate wrote this folder and empties it the next time.\n", encoding="utf-8")
    except OSError as error:
        raise Refused(f"{folder} cannot be used ({error.strerror}). Choose another --out.") from None
    return folder


def _say(report: GateReport, given: Mapping[str, Any], folder: Path) -> None:
    if given["five_lines"]:
        click.echo("\n".join(explain(report)))
    elif given["form"] == "text":
        click.echo("\n".join(lines_of(report)))
        click.echo(f"{folder}{os.sep}gate.md", err=True)
    else:
        click.echo((folder / NAMES[given["form"]]).read_text(encoding="utf-8"), nl=False)
