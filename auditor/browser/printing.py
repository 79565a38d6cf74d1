"""A report on paper: the browser that visits shops also prints, without network and without scripts."""

import asyncio

from playwright.async_api import Error as PlaywrightError

from auditor.browser.browser_process import BrowserProcess

PRINT_SECONDS = 60.0
NOWHERE = "http://127.0.0.1:9"
"""A proxy at which nobody listens: what a page asks for goes nowhere."""


class NotPrinted(Exception):
    """The browser made no PDF; the message says why."""


async def printed(html: str) -> bytes:
    """``html`` as a tagged PDF with an outline, its pages as its style sheet says.

    :raises NotPrinted: when the browser fails or takes longer than PRINT_SECONDS.
    :raises BrowserNotFound: when there is none.
    """
    async with BrowserProcess(proxy=NOWHERE) as process:
        browser = await process.browser()
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
