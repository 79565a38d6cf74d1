"""Loads a document within a time limit."""

import time

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab


class NeverLoaded(Exception):
    """The document did not arrive in time; the message is a sentence."""


async def load_document(tab: Tab, url: str, seconds: float) -> str:
    """Load up to the load event; "" or the browser's word for why there is none. A missing load event passes.

    :raises NeverLoaded: when the server did not answer or the document did not end.
    """
    start = time.monotonic()
    try:
        await tab.goto(url, wait_until="commit", timeout=seconds * 1000)
    except PlaywrightError as problem:
        if "Timeout" in problem.message:
            raise NeverLoaded(f"The server did not answer within {seconds:.0f} s.") from problem
        refused = "net::" in problem.message or "download" in problem.message.lower()
        if tab.is_closed() or not refused:
            raise
        return problem.message.split("\n")[0]
    try:
        await tab.wait_for_load_state("domcontentloaded", timeout=_left(start, seconds))
    except PlaywrightError as problem:
        if "Timeout" not in problem.message:
            raise
        raise NeverLoaded(f"The document was not complete after {seconds:.0f} s.") from problem
    try:
        await tab.wait_for_load_state("load", timeout=_left(start, seconds))
    except PlaywrightError as problem:
        if "Timeout" not in problem.message:
            raise
    return ""


def context_lost(problem: PlaywrightError) -> bool:
    """Whether a call failed because the page went somewhere else meanwhile."""
    lost = ("context was destroyed", "Cannot find context", "context with specified id", "navigat")
    return any(text in problem.message for text in lost)


def _left(start: float, seconds: float) -> float:
    return max(100.0, (seconds - (time.monotonic() - start)) * 1000)
