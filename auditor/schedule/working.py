"""A worker: takes runs that are due, carries them out one after the other, and takes up what a dead worker left."""

import asyncio
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from sqlalchemy import Connection

from auditor.check import load_checks
from auditor.compare import State
from auditor.run_folder import RunFolder, RunFolderError
from auditor.schedule.emitting import write_changes
from auditor.schedule.files import Files
from auditor.schedule.reporting import write_reports
from auditor.schedule.running import Ending, ShopBusy, run_child, run_folder_of, shop_lock
from auditor.schedule.telling import Telling
from auditor.store import Claim, RunRow, RunState, Store
from auditor.store import runs as stored
from auditor.store.indexing import index_run

BUSY_SECONDS = 60
"""Until a shop that another process audits is tried again."""
MANUAL_LIMIT = timedelta(hours=1)
MANUAL_RETRIES = 1
MANUAL_DELAY = timedelta(minutes=1)


JUDGED = (0, 4, 5)
ORDER_SIGN = 5
"""Exit codes of ``auditor audit``, of docs/contracts.md. After a sign of an order no attempt follows."""


@dataclass(frozen=True)
class Ended:
    """How a run ended, to be written down."""

    state: RunState
    why: str
    folder: Path | None = None
    exit_code: int | None = None


class Worker:
    """``say`` gets a line for everything that an operator would want to know."""

    def __init__(
        self, store: Store, runs: Path, shops_file: Path, telling: Telling, say: Callable[[str], None]
    ) -> None:
        self._store, self._runs, self._shops_file, self._say = store, runs, shops_file, say
        self._telling = telling
        self.name = _this_process()
        self._specs = {spec.id: spec for spec in load_checks()}
        self.end_now = asyncio.Event()

    def recover(self, files: Files, now: datetime) -> None:
        """Runs of this machine whose worker is gone are tried again, or failed for good.

        :raises StoreError:
        """
        with self._store.begin() as connection:
            for run in stored.running(connection):
                if _is_gone(run.worker or "", self.name):
                    claim = Claim(run, run.attempt)
                    self._again(connection, claim, "its worker was ended in the middle of it", files, now)

    def claim(self) -> Claim | None:
        """:raises StoreError:"""
        with self._store.begin() as connection:
            return stored.claim(connection, self.name, datetime.now(UTC))

    async def carry_out(self, claim: Claim, files: Files) -> None:
        """Audit, and write how it ended.

        :raises StoreError: when that cannot be written; the run is then recovered later.
        """
        run = claim.run
        if run.shop not in files.shops.shops:
            ended = Ended(RunState.FAILED, f"there is no shop {run.shop!r} in {self._shops_file}")
            self._finish(claim, ended, files)
            return
        folder = run_folder_of(self._runs, run, claim.attempt)
        limit = next((one.max_duration for one in files.schedules.schedules if one.name == run.schedule), MANUAL_LIMIT)
        self._say(f"{run.shop}: audit of {run.wall} begins ({folder})")
        arguments = ("audit", "--config", str(self._shops_file), "--shop", run.shop, "--out", str(folder))
        try:
            with shop_lock(self._runs / ".locks", run.shop) as lock:
                log = self._runs / ".logs" / f"{run.id}-{claim.attempt}.log"
                ending = await run_child(arguments, limit, log, lock, self.end_now)
        except ShopBusy as busy:
            with self._store.begin() as connection:
                stored.requeue(
                    connection, claim, datetime.now(UTC) + timedelta(seconds=BUSY_SECONDS), str(busy), counts=False
                )
            return
        self._conclude(claim, ending, folder, limit, files)
        for schedule in files.schedules.schedules:
            if schedule.name == run.schedule and schedule.reports:
                await write_reports(self._store, self._runs, schedule, run.id, self._say, self.end_now)

    def _conclude(self, claim: Claim, ending: Ending, folder: Path, limit: timedelta, files: Files) -> None:
        if ending.of_the_machine:
            why = _why_machine(ending, limit)
            with self._store.begin() as connection:
                self._again(connection, claim, why, files, datetime.now(UTC))
            return
        judged = ending.exit_code in JUDGED
        why = _why(folder) or (ending.log.strip().splitlines() or [""])[-1][:500]
        if ending.exit_code == ORDER_SIGN:
            why = f"A sign of a placed order was seen: look for an order of the test identity in the shop. {why}"
        if judged:
            self._compare(claim, folder)
        state = RunState.DONE if judged else RunState.FAILED
        self._finish(claim, Ended(state, why, folder, ending.exit_code), files)

    def _compare(self, claim: Claim, folder: Path) -> None:
        with self._store.begin() as connection:
            last = stored.before(connection, claim.run)
        comparison = write_changes(folder, Path(last.folder)) if last and last.folder else None
        if comparison is not None:
            new, fixed = (len(comparison.of(state)) for state in (State.NEW, State.FIXED))
            self._say(f"{claim.run.shop}: {new} new findings, {fixed} fixed, since {comparison.before}")

    def _finish(self, claim: Claim, ended: Ended, files: Files) -> None:
        """Write how it ended, what it found and what that means, all in one, unless a later attempt took over."""
        now = datetime.now(UTC)
        folder = str(ended.folder) if ended.folder else None
        with self._store.begin() as connection:
            kept = stored.finish(
                connection, claim, ended.state, now, why=ended.why, folder=folder, exit_code=ended.exit_code
            )
            if kept:
                audit = self._index(connection, claim.run, ended.folder)
                if audit is not None and ended.exit_code in (0, 4):
                    self._telling.judged(connection, claim.run, audit, files, now)
                else:
                    self._telling.failed(connection, claim.run, ended.why, files, now)
        said = f"{ended.state.value}. {ended.why}" if kept else "a later attempt took over"
        self._say(f"{claim.run.shop}: {said}")

    def _index(self, connection: Connection, run: RunRow, folder: Path | None) -> int | None:
        """What was found becomes history, also where little could be judged."""
        try:
            return index_run(connection, run.shop, RunFolder.open(folder), self._specs) if folder else None
        except RunFolderError:
            return None

    def _again(self, connection: Connection, claim: Claim, why: str, files: Files, now: datetime) -> None:
        """Another attempt, later each time, or the end of them."""
        schedule = next((one for one in files.schedules.schedules if one.name == claim.run.schedule), None)
        retries, delay = (schedule.retries, schedule.retry_delay) if schedule else (MANUAL_RETRIES, MANUAL_DELAY)
        if claim.attempt > retries:
            said = f"{why}; attempt {claim.attempt} was the last"
            if stored.finish(connection, claim, RunState.FAILED, now, why=said, folder=None, exit_code=None):
                self._telling.failed(connection, claim.run, said, files, now)
        else:
            starts = now + delay * 2 ** (claim.attempt - 1)
            said = f"{why}; attempt {claim.attempt + 1} begins at {starts:%H:%M} UTC"
            stored.requeue(connection, claim, starts, said)
        self._say(f"{claim.run.shop}: {said}")


def _why_machine(ending: Ending, limit: timedelta) -> str:
    if ending.timed_out:
        return f"the audit was not done within {int(limit.total_seconds() // 60)} minutes and was ended"
    if ending.stopped:
        return "the server was told to stop at once"
    last = (ending.log.strip().splitlines() or ["nothing was said"])[-1][:300]
    return f"the audit's process ended with {ending.exit_code}: {last}"


def _why(folder: Path) -> str:
    try:
        return RunFolder.open(folder).run().why
    except RunFolderError:
        return ""


def _this_process() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{psutil.Process().create_time():.2f}"


def _is_gone(worker: str, own: str) -> bool:
    """Whether a worker of this machine is no more. Of other machines nothing is known."""
    host, pid, born = (*worker.rsplit(":", 2), "", "")[:3]
    if host != own.rsplit(":", 2)[0] or worker == own:
        return False
    try:
        return f"{psutil.Process(int(pid)).create_time():.2f}" != born
    except (psutil.NoSuchProcess, ValueError):
        return True
