"""``auditor schedules check|next|schema``."""

import json
from datetime import UTC, datetime
from heapq import merge
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from auditor.cli.errors import Refused
from auditor.schedule import Schedule, Schedules, SettingsFileError, Shops, next_slots, read_schedules, read_shops

_FILE = click.Path(path_type=Path, dir_okay=False)
schedules_option = click.option(
    "--file", "schedules_file", type=_FILE, default=Path("schedules.yaml"), show_default=True, help="The schedules."
)
shops_option = click.option(
    "--shops", "shops_file", type=_FILE, default=Path("shops.yaml"), show_default=True, help="The shops that they name."
)


@click.group(epilog="Example:  auditor schedules check")
def schedules() -> None:
    """Say whether schedules.yaml can be used, and what is due when."""


@schedules.command("check", epilog="Example:  auditor schedules check --file schedules.yaml --shops shops.yaml")
@schedules_option
@shops_option
def check(schedules_file: Path, shops_file: Path) -> None:
    """Say what is wrong with the files, by file, line and key; exit 2 then."""
    found, shops = _read(schedules_file, shops_file)
    paused = sum(schedule.paused for schedule in found.schedules)
    click.echo(
        f"{schedules_file}: {len(found.schedules)} schedules ({paused} paused) of {len(shops.shops)} shops can be used."
    )


@schedules.command("next", epilog="Example:  auditor schedules next --count 5")
@schedules_option
@shops_option
@click.option("--count", type=click.IntRange(1, 200), default=10, show_default=True, help="How many slots.")
def upcoming(schedules_file: Path, shops_file: Path, count: int) -> None:
    """List the next slots of all schedules, in local time and UTC."""
    found, _ = _read(schedules_file, shops_file)
    named = {schedule.name: schedule for schedule in found.schedules if not schedule.paused}
    now = datetime.now(UTC)
    slots = merge(*(next_slots(one, now, count) for one in named.values()), key=lambda slot: slot.starts)
    wide = max(map(len, named), default=0)
    for slot in islice(slots, count):
        click.echo(f"{_local(slot.starts, named[slot.schedule])}  {slot.starts:%H:%M} UTC  {slot.schedule:<{wide}}")
    for name, schedule in named.items():
        if not next_slots(schedule, now, 1):
            click.echo(f"{name}: {schedule.cron!r} has no slot in the next five years.", err=True)


@schedules.command("schema", epilog="Example:  auditor schedules schema > schedules.schema.json")
def schema() -> None:
    """Print the JSON Schema of schedules.yaml, for editors."""
    click.echo(json.dumps(Schedules.model_json_schema(), indent=2, ensure_ascii=False))


def _read(schedules_file: Path, shops_file: Path) -> tuple[Schedules, Shops]:
    try:
        shops = read_shops(shops_file)
        return read_schedules(schedules_file, shops), shops
    except SettingsFileError as error:
        raise Refused(str(error)) from None


def _local(when: datetime, schedule: Schedule) -> str:
    return f"{when.astimezone(ZoneInfo(schedule.timezone)):%a %Y-%m-%d %H:%M} {schedule.timezone}"
