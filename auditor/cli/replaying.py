"""``auditor replay``, which is also how every audit ends."""

from pathlib import Path

import click

from auditor.check import CheckSpec, load_checks
from auditor.cli.errors import EXIT_FINE, EXIT_NOTHING_JUDGED, EXIT_ORDER_SIGN, EXIT_PARTIAL, Refused
from auditor.evaluate import UnknownLimit
from auditor.evidence import Ended
from auditor.evidence.journey import Blocker
from auditor.finding import Severity, Verdict
from auditor.replay import replay as replay_run
from auditor.result import AuditResult
from auditor.run_folder import RunFolder, RunFolderError
from reports import write_reports


@click.command(epilog="Example:  auditor replay runs/shop.example/2026-11-21T10-00-00Z")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--quiet", is_flag=True, help="Only where the report is.")
@click.option("--rerank", is_flag=True, help="Only say what the journeys would press today, from what was seen then.")
def replay(run: Path, quiet: bool, rerank: bool) -> None:
    """Judge the evidence in the folder RUN with today's checks, without a browser or network."""
    try:
        folder = RunFolder.open(run)
    except RunFolderError as error:
        raise Refused(str(error)) from None
    if rerank:
        raise click.exceptions.Exit(_rerank(folder))
    raise click.exceptions.Exit(exit_code(judge_to_reports(folder, list(load_checks()), quiet=quiet)))


def _rerank(folder: RunFolder) -> int:
    from auditor.journey_rerank import reranked

    try:
        found = list(reranked(folder.path, folder.journeys()))
    except RunFolderError as error:
        raise Refused(str(error)) from None
    for one in found:
        click.echo(one.sentence())
    if not found:
        click.echo("auditor: The folder holds no buyer's journey that was ranked.", err=True)
        return EXIT_NOTHING_JUDGED
    click.echo(f"{sum(one.differs for one in found)} of {len(found)} choices would differ today.", err=True)
    return EXIT_FINE


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
    for journey in result.journeys:
        if journey.blocker == Blocker.TRIPPED:
            lines.append(f"ATTENTION, a sign of an order was seen ({journey.name}, {journey.device}): {journey.why}")
            lines.append("Look in the shop for an order of the test identity, and cancel it.")
    lines.append(f"{len(failed)} findings ({counts or 'none failed'}), {doubt} to review by a person.")
    if result.not_seen:
        lines.append(f"Not seen: {len(result.not_seen)} entries, listed first in the report.")
    return "\n".join(lines)


def exit_code(result: AuditResult | None) -> int:
    """That of a run by what could be judged of it, however it ended."""
    if result is None or all(page.ended is not Ended.LOADED for page in result.pages):
        return EXIT_NOTHING_JUDGED
    if any(journey.blocker == Blocker.TRIPPED for journey in result.journeys):
        return EXIT_ORDER_SIGN
    return EXIT_FINE if result.run.ended == "complete" else EXIT_PARTIAL
