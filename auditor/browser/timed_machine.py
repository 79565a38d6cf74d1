"""How quick and how restless this machine is, measured in the browser before its timed loads."""

from functools import cache
from pathlib import Path
from statistics import median

from playwright.async_api import BrowserContext

from auditor.browser.browser_process import quietly
from auditor.evidence import Machine

SERIES, SERIES_MS = 25, 15
CLOSE_SECONDS = 2.0
PHONE_SPEED = 5.7
"""Rounds per ms of the slow phone: a quarter of what Lighthouse calls a high-end desktop (index 1500 to 2000), with 77
points of Lighthouse's index to our round per ms, measured side by side on one machine."""

LEAST_SPEED = 1.2 * PHONE_SPEED
"""Below it a load at full speed is nearly as slow as one on the phone: there is nothing left to slow down."""


@cache
def _task() -> str:
    return Path(__file__).with_suffix(".js").read_text("utf-8")


async def measured_machine(context: BrowserContext) -> Machine:
    """Takes about half a second in an empty tab; the context is closed afterwards.

    :raises playwright.async_api.Error: when the browser died.
    """
    try:
        tab = await context.new_page()
        speeds: list[float] = await tab.evaluate(f"({_task()})({SERIES}, {SERIES_MS})")
    finally:
        await quietly(context.close(), CLOSE_SECONDS)
    # What else runs here only ever makes a series slower: the best one tells of the machine, the others of its rest.
    best = max(speeds)
    return Machine(speed=round(best, 2), unrest=round(1 - median(speeds) / best, 3) if best else 1.0)


def too_slow(machine: Machine) -> str:
    """A sentence where its numbers would say little of the shop, else ""."""
    if machine.speed >= LEAST_SPEED:
        return ""
    return (
        f"this machine is too slow for timed loads: {machine.speed:g} rounds of a fixed task per ms, and"
        f" {LEAST_SPEED:g} are the least. Audit on a quicker machine, or while less else runs on it"
    )


def slowdown(machine: Machine) -> float:
    """By how much this machine's processor has to be slowed down to be a slow phone's."""
    return round(max(1.0, machine.speed / PHONE_SPEED), 2)
