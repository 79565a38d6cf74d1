"""A report on paper: the browser that visits shops also prints, without network and without scripts."""

import asyncio
from collections.abc import Callable

from playwright.async_api import Browser
from playwright.async_api import Error as PlaywrightError

from auditor.browser.browser_process import BrowserDied, BrowserProcess

PRINT_SECONDS = 120.0
NOWHERE = "http://127.0.0.1:9"
"""A proxy at which nobody listens: what a page asks for goes nowhere."""


class NotPrinted(Exception):
    """The browser made no PDF; the message says why."""


async def printed(html: str) -> bytes:
    """``html`` as a tagged PDF with an outline, its pages as its style sheet says.

    :raises NotPrinted: when the browser fails or takes longer than PRINT_SECONDS.
    :raises BrowserNotFound: when there is none.
    """
    return await printed_when_made(lambda: html)


async def printed_when_made(make: Callable[[], str]) -> bytes:
    """What ``make`` returns, as ``printed`` does. It is called in a thread while the browser starts, and is waited for
    also where the browser does not start.

    :raises NotPrinted: as ``printed``.
    :raises BrowserNotFound: as ``printed``.
    """
    making = asyncio.create_task(asyncio.to_thread(make))
    try:
        async with BrowserProcess(proxy=NOWHERE) as process:
            html = await making
            return await _pdf(await process.browser(), html)
    except BrowserDied as problem:
        raise NotPrinted(str(problem)) from None
    finally:
        # What went wrong in making it is the better reason, if both did.
        await making


async def _pdf(browser: Browser, html: str) -> bytes:
    context = await browser.new_context(java_script_enabled=False, offline=True, service_workers="block")
    try:
        async with asyncio.timeout(PRINT_SECONDS):
            page = await context.new_page()
            await page.set_content(html, wait_until="load")
            return await page.pdf(tagged=True, outline=True, prefer_css_page_size=True, print_background=True)
    except TimeoutError:
        raise NotPrinted(f"The browser had not printed the report after {PRINT_SECONDS:g} seconds.") from None
    except PlaywrightError as problem:
        raise NotPrinted(f"The browser could not print the report: {problem.message.splitlines()[0]}") from None
