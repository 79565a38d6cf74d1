"""Playwright's process and its browser are gone after the end, also where they do not answer."""

import signal

import psutil
import pytest

from auditor.browser import driver_process
from auditor.browser.browser_process import BrowserProcess


def running(processes: tuple[psutil.Process, ...]) -> list[psutil.Process]:
    return [one for one in processes if driver_process.runs(one)]


def stop(processes: tuple[psutil.Process, ...]) -> None:
    for one in processes:
        one.send_signal(signal.SIGSTOP)


@pytest.mark.server
async def test_playwrights_process_is_known_and_ended_where_it_hangs() -> None:
    playwright, driver = await driver_process.started()
    assert driver is not None
    assert driver in psutil.Process().children()
    stop((driver,))
    await driver_process.end(driver_process.with_descendants(driver))
    assert not running((driver,))
    await playwright.stop()


@pytest.mark.browser
async def test_a_browser_that_hangs_is_gone_after_closing() -> None:
    async with BrowserProcess(proxy=None) as process:
        started = driver_process.with_descendants(process._driver)
        assert len(started) > 2
        stop(started)
    assert not running(started)


async def test_what_ended_by_itself_is_no_trouble() -> None:
    gone = psutil.Popen(["true"])
    gone.wait()
    await driver_process.end([gone])
    assert driver_process.with_descendants(None) == ()
