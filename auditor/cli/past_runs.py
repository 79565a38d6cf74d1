"""The runs of a period: those of a schedule from the store, or the folders beside a run."""

from dataclasses import dataclass
from pathlib import Path

from auditor.cli.errors import Refused
from auditor.cli.stores import open_or_refuse
from auditor.result import AuditResult
from auditor.run_folder import RunFolder, RunFolderError
from reports.periods import MOST_RUNS, Period, Unrun


@dataclass(frozen=True)
class PastRuns:
    """Run folders with a result, oldest first, and the slots that have none."""

    found: tuple[tuple[RunFolder, AuditResult], ...]
    unrun: tuple[Unrun, ...] = ()


def runs_of_schedule(schedule: str, period: Period, runs_folder: Path, store_url: str | None) -> PastRuns:
    """:raises Refused: when the store cannot be read or the schedule has no run in the period."""
    from sqlalchemy import select

    from auditor.store import RunState, StoreError
    from auditor.store.runs import rows
    from auditor.store.tables import runs as run_table

    if not store_url and not (runs_folder / "auditor.db").is_file():
        raise Refused(f"{runs_folder} holds no auditor.db. Name the folder of the run folders with --runs, or --store.")
    store = open_or_refuse(store_url, runs_folder)
    wanted = (
        select(run_table)
        .where(run_table.c.schedule == schedule, run_table.c.slot >= period.start, run_table.c.slot < period.end)
        .order_by(run_table.c.slot.desc())
        .limit(MOST_RUNS)
    )
    try:
        with store.begin() as connection:
            there = rows(connection, wanted)
    except StoreError as error:
        raise Refused(str(error)) from None
    finally:
        store.close()
    found, unrun = [], []
    for run in reversed(there):
        if run.state is RunState.DONE and run.folder:
            try:
                folder = RunFolder.open(_there(run.folder, runs_folder))
                found.append((folder, folder.result()))
                continue
            except RunFolderError as error:
                unrun.append(Unrun(run.slot, "failed", str(error)))
        elif run.state in (RunState.MISSED, RunState.SKIPPED, RunState.FAILED):
            unrun.append(Unrun(run.slot, run.state.value, run.why))
    if not found:
        raise Refused(
            f"The schedule {schedule!r} has no run with a report in {period.name}. `auditor runs list` shows what ran."
        )
    return PastRuns(tuple(found), tuple(unrun))


def runs_beside(run: RunFolder, result: AuditResult, period: Period) -> PastRuns:
    """The runs of the same shop in the folders beside ``run``; those of other shops and broken ones are passed over.

    :raises Refused: when none is of the period.
    """
    found = []
    for path in sorted(run.path.resolve().parent.glob("*/run.json")):
        try:
            folder = RunFolder.open(path.parent)
            one = folder.run()
            if one.host == result.run.host and period.holds(one.started_at):
                found.append((folder, folder.result()))
        except RunFolderError:
            continue
    if not found:
        raise Refused(f"Beside {run.path} there is no run of {result.run.host} in {period.name}.")
    return PastRuns(tuple(sorted(found, key=lambda pair: pair[1].run.started_at)[-MOST_RUNS:]))


def _there(folder: str, runs_folder: Path) -> Path:
    path = Path(folder)
    return path if path.is_absolute() or path.exists() else runs_folder / path
