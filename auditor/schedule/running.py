"""One claimed run: a child process behind the shop's lock, within its time."""

import asyncio
import fcntl
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from auditor.store.runs import RunRow

END_SECONDS = 30.0
"""A child that is told to end may take so long to record and clean up."""
MOST_LOG_BYTES = 200_000


class ShopBusy(Exception):
    """Another process audits the shop."""


@dataclass(frozen=True)
class Ending:
    """``exit_code`` is negative for a signal. ``log`` is the end of what the child said."""

    exit_code: int
    log: str
    timed_out: bool = False
    stopped: bool = False

    @property
    def of_the_machine(self) -> bool:
        """Whether it says nothing about the shop, so that another attempt makes sense."""
        return self.timed_out or self.stopped or self.exit_code not in (0, 2, 3, 4, 5)


@contextmanager
def shop_lock(folder: Path, shop: str) -> Iterator[int]:
    """The shop's lock, as a descriptor that the child inherits: an orphan keeps it until it is gone.

    :raises ShopBusy: when another process has it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / f"{shop}.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ShopBusy(f"another process audits {shop}") from None
        yield descriptor
    finally:
        os.close(descriptor)


async def run_child(arguments: Sequence[str], limit: timedelta, log: Path, lock: int, stop: asyncio.Event) -> Ending:
    """Run ``auditor ARGUMENTS`` to its end, to ``limit``, or until ``stop`` is set."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "auditor.schedule.child", str(os.getpid()), *arguments,
            stdin=asyncio.subprocess.DEVNULL, stdout=out, stderr=out, pass_fds=(lock,), start_new_session=True,
        )  # fmt: skip
        waiting = [asyncio.ensure_future(child.wait()), asyncio.ensure_future(stop.wait())]
        try:
            await asyncio.wait(waiting, timeout=limit.total_seconds(), return_when=asyncio.FIRST_COMPLETED)
            ended, stopped = waiting[0].done(), stop.is_set()
            if not ended:
                await _end(child)
        finally:
            for one in waiting:
                one.cancel()
            if child.returncode is None:
                child.kill()
                await child.wait()
    return Ending(
        exit_code=child.returncode if child.returncode is not None else -9, log=_tail(log),
        timed_out=not ended and not stopped, stopped=not ended and stopped,
    )  # fmt: skip


async def _end(child: asyncio.subprocess.Process) -> None:
    child.terminate()
    try:
        await asyncio.wait_for(child.wait(), END_SECONDS)
    except TimeoutError:
        child.kill()
        await child.wait()


def _tail(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - MOST_LOG_BYTES))
        return file.read().decode("utf-8", "replace")


def run_folder_of(root: Path, run: RunRow, attempt: int) -> Path:
    """``runs/SHOP/SLOT``; further attempts get a number, so that nothing recorded is written over."""
    name = f"{run.slot:%Y-%m-%dT%H-%M-%SZ}" + (f"-{attempt}" if attempt > 1 else "")
    return root / run.shop / name
