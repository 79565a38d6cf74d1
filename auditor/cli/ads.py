"""``auditor ads init|approve|list``."""

import asyncio
import getpass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from auditor.ads.baseline_file import approve as approved
from auditor.ads.baseline_file import write_baseline
from auditor.ads.explaining import paragraph
from auditor.ads.filter_lists import default_folder, labels_of
from auditor.ads.incidents import Incident, incidents_of
from auditor.ads.inventory import inventory_of
from auditor.ads.learning import learned
from auditor.ads.list_updates import Updated, update_lists
from auditor.ads.loads import approval_of, loads_of
from auditor.ads.parties import party_of
from auditor.cli.errors import Refused
from auditor.cli.visitors import receive, snippet, visitors
from auditor.egress import EgressPolicy, EgressProxy
from auditor.evidence import ShopEvidence, StorefrontBaseline
from auditor.operator_file import SettingsFileError, read_operator_file
from auditor.replay import shop_evidence
from auditor.run_folder import RunFolder, RunFolderError

DEFAULT = Path("storefront-baseline.yaml")
LONGEST_DAYS = 366
_FILE = click.Path(path_type=Path, dir_okay=False)
baseline_option = click.option(
    "--baseline", "file", type=_FILE, default=DEFAULT, show_default=True, help="What is approved."
)


@click.group(epilog="Example:  auditor ads init runs/shop.example/2026-11-21T10-00-00Z")
def ads() -> None:
    """Say what may appear on the shop's pages, and look at what appeared there without leave."""


@ads.command(epilog="Example:  auditor ads init runs/shop.example/2026-11-21T10-00-00Z")
@click.argument("run", type=click.Path(path_type=Path))
@baseline_option
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def init(run: Path, file: Path, force: bool) -> None:
    """Write the baseline from what the audit in folder RUN saw, without what is wrong whoever does it."""
    if file.exists() and not force:
        raise Refused(f"{file} is there already. Change it by `auditor ads approve`, or write it anew with --force.")
    shop = _evidence(run).model_copy(update={"baseline": None})
    loads = loads_of(shop)
    if not loads:
        raise Refused(f"{run} holds no load that was recorded: run the audit again.")
    bad = [one for one in incidents_of(shop) if one.standing == "alert"]
    out = {party for one in bad for party in (one.party, *one.leads)}
    own = {party_of(shop.start_url), party_of(shop.home_url)} - {""}
    today = approval_of(shop).today
    baseline = learned(loads, own, shop=party_of(shop.home_url), today=today, leave_out=out - own)
    _write(file, baseline)
    click.echo(f"{file}: {len(baseline.parties)} companies, {len(baseline.scripts)} scripts, from {len(loads)} loads.")
    click.echo("Do you know all of these? Unknown ones first. Take out whom you do not know:", err=True)
    for row in inventory_of(shop):
        if row.party in baseline.parties:
            click.echo(f"  {row.party:<32} {row.owner or 'unknown company':<28} {', '.join(row.kinds)}", err=True)
    for one in bad:
        click.echo(f"NOT approved: {one.id} {one.party or 'the shop itself'}: {paragraph(one)}", err=True)


@ads.command("list", epilog="Example:  auditor ads list runs/shop.example/2026-11-21T10-00-00Z")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--baseline", "file", type=_FILE, help="Judge by this file. Default: the copy in the run folder.")
@click.option("--all", "everything", is_flag=True, help="Also what was accepted, and what is only in the log.")
def listing(run: Path, file: Path | None, everything: bool) -> None:
    """List the incidents of the audit in folder RUN, alerts first."""
    shop = _evidence(run)
    if file is not None:
        shop = shop.model_copy(update={"baseline": _read(file)})
    found = incidents_of(shop)
    shown = [one for one in found if everything or one.standing in ("alert", "review")]
    for one in shown:
        click.echo(f"{one.id}  {one.standing:<8} {one.score:>3}  {one.party or 'the shop itself'}")
        click.echo(f"    {paragraph(one)}")
    alerts, doubtful = (sum(one.standing == each for one in shown) for each in ("alert", "review"))
    counts = f"{alerts} alerts, {doubtful} to review"
    without = (
        "" if shop.baseline else " No baseline: only what is wrong whoever does it is shown. See auditor ads init."
    )
    copy = " Judged by the run's own copy of the baseline." if shop.baseline and file is None else ""
    click.echo(f"{counts}, from {len(loads_of(shop))} loads.{without}{copy}")


@ads.command(
    epilog="Example:  auditor ads approve inc-7f30ab --run runs/shop.example/today --why 'our spring campaign'"
)
@click.argument("incident")
@click.option("--run", type=click.Path(path_type=Path), required=True, help="The run folder that shows the incident.")
@baseline_option
@click.option("--why", required=True, help="Why it is wanted: a sentence for whoever reads this next year.")
@click.option("--by", default=None, help="Who approves it. Default: the user of this machine.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day of the approval. Default: in a year.")
def approve(incident: str, run: Path, file: Path, why: str, by: str | None, until: datetime | None) -> None:
    """Approve INCIDENT of the audit in folder RUN: it is no news until the approval ends."""
    baseline = _read(file)
    shop = _evidence(run).model_copy(update={"baseline": baseline})
    found = {one.id: one for one in incidents_of(shop)}
    if incident not in found:
        known = ", ".join(found) or "none"
        raise Refused(f"{run} has no incident {incident}; it has: {known}.")
    if not why.strip():
        raise Refused("--why: say why it is wanted.")
    today = max(approval_of(shop).today, datetime.now(UTC).date())
    last = until.date() if until else today + timedelta(days=365)
    if not today <= last <= today + timedelta(days=LONGEST_DAYS):
        raise Refused(
            f"--until {last}: choose a day from {today} on, within a year. Approvals end so that they are read again."
        )
    _write(file, approved(baseline, found[incident], why=why.strip(), by=by or _user(), on=today, until=last))
    _say_approved(found[incident], last)
    click.echo(f"Audits with --baseline {file} know it. What is left: auditor ads list {run} --baseline {file}")


@ads.command(epilog="Example:  auditor ads lists --update")
@click.option("--update", is_flag=True, help="Ask for each list and take what changed.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Another folder than the usual one.")
def lists(update: bool, folder: Path | None) -> None:
    """Show the filter lists that name companies in reports, or get them. They never raise an alarm by themselves."""
    place = folder or default_folder()
    if update:
        for one in asyncio.run(_updated(place)):
            click.echo(f"{one.name}: {one.told}")
    told = labels_of((), place, datetime.now(UTC).date()).lists
    for each in told:
        click.echo(
            f"{each.name:<18} {each.kind:<9} of {each.dated or 'no day'}, {each.hosts} hosts. {each.note}".rstrip()
        )
    if not told:
        click.echo(f"{place} holds no list. Get them by `auditor ads lists --update`, or name a folder that has them.")


async def _updated(place: Path) -> list[Updated]:
    try:
        async with EgressProxy(EgressPolicy()) as egress:
            return await update_lists(place, proxy=egress.url)
    except OSError as error:
        raise Refused(f"{place}: it cannot be written ({error.strerror}).") from None


def _say_approved(one: Incident, last: date) -> None:
    signs = ", ".join(sign.kind for sign in one.signs)
    click.echo(f"{one.id} ({one.party or 'the shop itself'}: {signs}) is approved until {last}.")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _evidence(run: Path) -> ShopEvidence:
    try:
        folder = RunFolder.open(run)
        return shop_evidence(folder, folder.settings())
    except RunFolderError as error:
        raise Refused(str(error)) from None


def _read(file: Path) -> StorefrontBaseline:
    try:
        return read_operator_file(file, StorefrontBaseline)
    except SettingsFileError as error:
        raise Refused(f"{error} Write one by `auditor ads init RUN`." if not file.exists() else str(error)) from None


def _write(file: Path, baseline: StorefrontBaseline) -> None:
    try:
        write_baseline(file, baseline)
    except OSError as error:
        raise Refused(f"{file}: it cannot be written ({error.strerror}).") from None


for _verb in (snippet, receive, visitors):
    ads.add_command(_verb)
