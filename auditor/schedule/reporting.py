"""Reports that a schedule writes into folders: of each run, and of each week or month when it is over."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from auditor.schedule.model import Report, Schedule
from auditor.schedule.running import ShopBusy, run_child, shop_lock
from auditor.store import RunRow, RunState, Store
from auditor.store import runs as stored

LIMIT = timedelta(minutes=10)
"""For one report, its PDF included."""


@dataclass(frozen=True)
class Wanted:
    """A report that is not written yet: ``arguments`` of ``auditor``, without where it goes."""

    out: Path
    arguments: tuple[str, ...]


def wanted(connection: Connection, schedule: Schedule, run: RunRow) -> tuple[Wanted, ...]:
    """What ``run``, done, makes due. A week or a month is told by the first run after it, of the newest run in it: a
    week against the run before it, a month with all of its runs."""
    before = stored.before(connection, run)
    found = [one for report in schedule.reports for one in _of(connection, run, before, report)]
    return tuple(one for one in found if not one.out.exists())


def _of(connection: Connection, run: RunRow, before: RunRow | None, report: Report) -> Iterator[Wanted]:
    if report.every == "run":
        yield _wanted(report, run, f"{run.slot:%Y-%m-%dT%H-%MZ}")
    elif before is not None and before.folder and _span(report, before.slot) != _span(report, run.slot):
        span = _span(report, before.slot)
        if report.every == "month":
            yield _wanted(report, before, span, "--period", span)
            return
        earlier = stored.before(connection, replace(before, slot=_monday(before.slot)))
        compared = ("--compare", earlier.folder) if earlier and earlier.folder else ()
        yield _wanted(report, before, span, *compared)


def _wanted(report: Report, run: RunRow, span: str, *more: str) -> Wanted:
    persian = ("--digits", "native", "--calendar", "jalali") if report.locale == "fa" else ()
    brand = ("--brand", str(report.brand)) if report.brand else ()
    return Wanted(
        report.to / f"{run.shop}-{span}.{report.format}",
        ("report", str(run.folder), "--format", report.format, "--locale", report.locale, *persian, *brand, *more),
    )


def _span(report: Report, slot: datetime) -> str:
    year, week, _day = slot.isocalendar()
    return f"{year}-W{week:02}" if report.every == "week" else f"{slot:%Y-%m}"


def _monday(slot: datetime) -> datetime:
    return (slot - timedelta(days=slot.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)


async def write_reports(
    store: Store, runs: Path, schedule: Schedule, number: int, say: Callable[[str], None], stop: asyncio.Event
) -> None:
    """Write what the run of that number makes due, one after the other; what cannot be written is said.

    :raises StoreError:
    """
    with store.read() as connection:
        run = stored.run_of(connection, number)
        due = wanted(connection, schedule, run) if run is not None and run.state is RunState.DONE else ()
    for one in due:
        half = one.out.with_name(f".{one.out.name}.part")
        try:
            one.out.parent.mkdir(parents=True, exist_ok=True)
            with shop_lock(runs / ".locks", f"{schedule.shop}.reports") as lock:
                log = runs / ".logs" / f"{number}-report.log"
                ending = await run_child((*one.arguments, "--out", str(half)), LIMIT, log, lock, stop)
            if ending.exit_code == 0:
                os.replace(half, one.out)
                continue
            said = (ending.log.strip().splitlines() or ["nothing was said"])[-1][:300]
        except (OSError, ShopBusy) as error:
            said = str(error)
        finally:
            with suppress(OSError):
                half.unlink(missing_ok=True)
        say(f"{schedule.shop}: the report {one.out} was not written: {said}")
