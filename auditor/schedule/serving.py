"""The server: a clock that makes due slots into runs, and a worker that carries them out."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from auditor.notify import deliver_due
from auditor.schedule.files import SettingsFileError, read_files
from auditor.schedule.telling import Telling
from auditor.schedule.ticking import TICK_SECONDS, tick
from auditor.schedule.working import Worker
from auditor.store import Store, StoreError


class Server:
    """One a process. ``files`` is in force; ``files_error`` says why what stands in the files now is not.

    ``say`` gets a line for everything that an operator would want to know.

    :raises SettingsFileError: when a file cannot be used at the start.
    """

    def __init__(
        self, store: Store, schedules_file: Path, shops_file: Path, accepted_file: Path, runs: Path,
        say: Callable[[str], None], *, tick_seconds: float = TICK_SECONDS,
    ) -> None:  # fmt: skip
        self._store, self._say, self._tick_seconds = store, say, tick_seconds
        self._paths = (schedules_file, shops_file)
        self._seen = self._written()
        self.files = read_files(*self._paths)
        self.files_error = ""
        self._telling = Telling(accepted_file, say)
        self._worker = Worker(store, runs, shops_file, self._telling, say)
        self._stopping, self._wake = asyncio.Event(), asyncio.Event()

    def look_now(self) -> None:
        """Something was queued: do not wait for the next tick."""
        self._wake.set()

    def stop(self) -> None:
        """Begin no further audit, and end when the running one is done; asked again, end that one too."""
        if self._stopping.is_set():
            self._worker.end_now.set()
        self._stopping.set()
        self._wake.set()

    async def serve(self) -> None:
        """Until :meth:`stop`.

        :raises StoreError: when the database cannot be used at the start; later it is said, and tried again.
        """
        self._tick()
        clock = AsyncIOScheduler(timezone=UTC)
        clock.add_job(
            self._tick_or_say, "interval", seconds=self._tick_seconds, coalesce=True, max_instances=1,
            misfire_grace_time=None,
        )  # fmt: skip
        clock.add_job(
            self._deliver_or_say, "interval", seconds=self._tick_seconds, coalesce=True, max_instances=1,
            misfire_grace_time=None,
        )  # fmt: skip
        clock.start()
        try:
            while not self._stopping.is_set():
                self._wake.clear()
                if not await self._work():
                    await self._woken()
        finally:
            # A tick or a message that goes on now is cancelled, which is no error to tell an operator who stops us.
            logging.getLogger("apscheduler").addHandler(logging.NullHandler())
            clock.shutdown(wait=False)

    async def _work(self) -> bool:
        """Carry out one run; False when there is none to carry out now."""
        try:
            claim = self._worker.claim()
            if claim is None:
                return False
            await self._worker.carry_out(claim, self.files)
        except StoreError as error:
            self._say(str(error))
            return False
        return True

    async def _woken(self) -> None:
        """Until something is queued, or the time of one tick is over: a start may have been put off by jitter."""
        try:
            await asyncio.wait_for(self._wake.wait(), self._tick_seconds)
        except TimeoutError:
            return

    def _tick(self) -> None:
        now = datetime.now(UTC)
        self._worker.recover(self.files, now)
        with self._store.begin() as connection:
            queued = tick(connection, self.files.schedules.schedules, now)
            self._telling.missed(connection, self.files, now)
        if queued:
            self._wake.set()

    async def _tick_or_say(self) -> None:
        self._reload()
        try:
            self._tick()
        except StoreError as error:
            self._say(str(error))

    async def _deliver_or_say(self) -> None:
        try:
            await deliver_due(self._store, self._say)
        except StoreError as error:
            self._say(str(error))

    def _reload(self) -> None:
        """Changed files are read again; broken ones are said once, and the old ones stay in force."""
        if self._written() == self._seen:
            return
        self._seen = self._written()
        try:
            self.files = read_files(*self._paths)
            self.files_error = ""
            self._say("The schedules were read again.")
        except SettingsFileError as error:
            self.files_error = str(error)
            self._say(f"{error} What was read before stays in force.")

    def _written(self) -> tuple[int, ...]:
        return tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in self._paths)
