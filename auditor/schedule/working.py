"""A worker: takes runs that are due, carries them out one after the other, and takes up what a dead worker left."""

import asyncio
import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from sqlalchemy import Connection

from auditor.compare import State
from auditor.run_folder import RunFolder, RunFolderError
from auditor.schedule.emitting import write_changes
from auditor.schedule.model import Schedules, Shops
from auditor.schedule.running import Ending, ShopBusy, run_child, run_folder_of, shop_lock
from auditor.store import Claim, RunState, Store
from auditor.store import runs as stored

BUSY_SECONDS = 60
"""Until a shop that another process audits is tried again."""
MANUAL_LIMIT = timedelta(hours=1)
MANUAL_RETRIES = 1
MANUAL_DELAY = timedelta(minutes=1)


class Worker:
    """``say`` gets a line for everything that an operator would want to know."""

    def __init__(self, store: Store, runs: Path, shops_file: Path, say: Callable[[str], None]) -> None:
        self._store, self._runs, self._shops_file, self._say = store, runs, shops_file, say
        self.name = _this_process()
        self.end_now = asyncio.Event()

    def recover(self, schedules: Schedules, now: datetime) -> None:
        """Runs of this machine whose worker is gone are tried again, or failed for good.

        :raises StoreError:
        """
        with self._store.begin() as connection:
            for run in stored.running(connection):
                if _is_gone(run.worker or "", self.name):
                    claim = Claim(run, run.attempt)
                    self._again(connection, claim, "its worker was ended in the middle of it", schedules, now)

    def claim(self, shops: Shops) -> Claim | None:
        """:raises StoreError:"""
        with self._store.begin() as connection:
            return stored.claim(connection, self.name, datetime.now(UTC))

    async def carry_out(self, claim: Claim, schedules: Schedules, shops: Shops) -> None:
        """Audit, and write how it ended.

        :raises StoreError: when that cannot be written; the run is then recovered later.
        """
        run = claim.run
        if run.shop not in shops.shops:
            self._finish(claim, RunState.FAILED, f"there is no shop {run.shop!r} in {self._shops_file}", None, None)
            return
        folder = run_folder_of(self._runs, run, claim.attempt)
        limit = next((one.max_duration for one in schedules.schedules if one.name == run.schedule), MANUAL_LIMIT)
        self._say(f"{run.shop}: audit of {run.wall} begins ({folder})")
        arguments = ("audit", "--config", str(self._shops_file), "--shop", run.shop, "--out", str(folder), "--quiet")
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
        self._conclude(claim, ending, folder, limit, schedules)

    def _conclude(self, claim: Claim, ending: Ending, folder: Path, limit: timedelta, schedules: Schedules) -> None:
        if ending.of_the_machine:
            why = _why_machine(ending, limit)
            with self._store.begin() as connection:
                self._again(connection, claim, why, schedules, datetime.now(UTC))
            return
        judged = ending.exit_code in (0, 4)
        why = _why(folder) or (ending.log.strip().splitlines() or [""])[-1][:500]
        if judged:
            self._compare(claim, folder)
        self._finish(claim, RunState.DONE if judged else RunState.FAILED, why, str(folder), ending.exit_code)

    def _compare(self, claim: Claim, folder: Path) -> None:
        with self._store.begin() as connection:
            last = stored.before(connection, claim.run)
        comparison = write_changes(folder, Path(last.folder)) if last and last.folder else None
        if comparison is not None:
            new, fixed = (len(comparison.of(state)) for state in (State.NEW, State.FIXED))
            self._say(f"{claim.run.shop}: {new} new findings, {fixed} fixed, since {comparison.before}")

    def _finish(self, claim: Claim, state: RunState, why: str, folder: str | None, exit_code: int | None) -> None:
        with self._store.begin() as connection:
            kept = stored.finish(
                connection, claim, state, datetime.now(UTC), why=why, folder=folder, exit_code=exit_code
            )
        self._say(f"{claim.run.shop}: {state.value}. {why}" if kept else f"{claim.run.shop}: a later attempt took over")

    def _again(self, connection: Connection, claim: Claim, why: str, schedules: Schedules, now: datetime) -> None:
        """Another attempt, later each time, or the end of them."""
        schedule = next((one for one in schedules.schedules if one.name == claim.run.schedule), None)
        retries, delay = (schedule.retries, schedule.retry_delay) if schedule else (MANUAL_RETRIES, MANUAL_DELAY)
        if claim.attempt > retries:
            said = f"{why}; attempt {claim.attempt} was the last"
            stored.finish(connection, claim, RunState.FAILED, now, why=said, folder=None, exit_code=None)
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
