"""Playwright's own process and the browsers below it: gone afterwards, even where they do not answer."""

import asyncio
import contextlib
from collections.abc import Iterable

import psutil
from playwright.async_api import Playwright, async_playwright

GONE_SECONDS = 1.0
_LOOK_SECONDS = 0.02


async def started() -> tuple[Playwright, psutil.Process | None]:
    """Playwright, and its process; None where that is not known."""
    manager = async_playwright()
    playwright = await manager.start()
    try:
        # Playwright has no public name for it; a test notices when it moves.
        return playwright, psutil.Process(manager._client._transport._proc.pid)  # type: ignore[union-attr]
    except (AttributeError, psutil.Error):
        return playwright, None


def with_descendants(process: psutil.Process | None) -> tuple[psutil.Process, ...]:
    """It and all below it, which cannot be found from it any more once it is gone."""
    if process is None:
        return ()
    try:
        return process, *process.children(recursive=True)
    except psutil.Error:
        return (process,)


async def end(processes: Iterable[psutil.Process]) -> None:
    """Kill those that are left, and wait for at most GONE_SECONDS until they are gone.

    A machine that is busy, or a browser that hangs, keeps Playwright's own way of ending them from being in time.
    """
    left = [process for process in processes if runs(process)]
    for process in left:
        with contextlib.suppress(psutil.Error):
            process.kill()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(GONE_SECONDS):
            # Nothing tells of the end of what is below a child.
            while any(runs(process) for process in left):  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_SECONDS)


def runs(process: psutil.Process) -> bool:
    """Whether it is there; one that only waits to be counted is not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
