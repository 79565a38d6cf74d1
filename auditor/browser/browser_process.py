"""One Chromium: started, started again when it died, and gone afterwards."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil
from playwright.async_api import Browser, Playwright, ProxySettings
from playwright.async_api import Error as PlaywrightError

from auditor.browser import driver_process
from auditor.browser.finder import ENVIRONMENT_VARIABLE, BrowserNotFound, find_chromium
from auditor.browser.reader import Reader
from auditor.egress import CHROMIUM_ARGS, CHROMIUM_BYPASS
from auditor.progress import Progress, Silent

# What Playwright switches off itself: of several such lists the last one counts.
_PLAYWRIGHTS_OWN = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
)  # fmt: skip
# The address bar of a new window is a web page of some 400 files, which would load beside the shop's.
_ADDRESS_BAR = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")


def without_features(*features: str) -> str:
    """The argument that switches browser features off, beside those that always are."""
    return "--disable-features=" + ",".join((*_PLAYWRIGHTS_OWN, *_ADDRESS_BAR, *features))


LAUNCH_ARGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Frames of other sites stay in the page's process, so that one log sees all their requests and scripts.
    "--disable-site-isolation-trials",
    without_features(),
    *CHROMIUM_ARGS,
)
MAX_LAUNCHES = 6
SHELL = "headless shell"
CLOSE_SECONDS = 1.0


class BrowserDied(Exception):
    """The browser process, or the page's, is gone."""


class BrowserProcess:
    """An async context manager around one browser with a profile of its own, and around ``reader``, the child process
    that opens strangers' files. Several audits may use it one after the other, in one event loop.

    ``proxy`` is the URL through which everything leaves, also what the browser asks for by itself; None is directly.
    A browser that died is started again, at most MAX_LAUNCHES times in all. ``source`` is SHELL for the browser without
    windows, which is faster than the whole one; else "".
    """

    def __init__(self, *, proxy: str | None, progress: Progress | None = None) -> None:
        self.proxy = proxy
        self.progress = progress or Silent()
        self.version = ""
        self.source = ""
        self.agent = ""
        self.launches = 0
        self.reader = Reader()
        self._playwright: Playwright | None = None
        self._driver: psutil.Process | None = None
        self._browser: Browser | None = None
        self._launching = asyncio.Lock()

    async def __aenter__(self) -> Self:
        try:
            self._playwright, self._driver = await driver_process.started()
            await self.browser()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends everything, within about two seconds even if the browser does not answer."""
        browser, playwright = self._browser, self._playwright
        self._browser = self._playwright = None
        started = driver_process.with_descendants(self._driver)
        await self.reader.close()
        if browser is not None:
            await quietly(browser.close(), CLOSE_SECONDS)
        if playwright is None:
            await driver_process.end(started)
            return
        stopping = asyncio.ensure_future(playwright.stop())
        await asyncio.wait((stopping,), timeout=CLOSE_SECONDS)
        await driver_process.end(started)
        # It ends once its process is gone; cancelled before, it would leave the pipes to it open.
        await quietly(stopping, driver_process.GONE_SECONDS)

    def alive(self) -> bool:
        return self._browser is not None and self._browser.is_connected()

    async def browser(self) -> Browser:
        """The running browser, started again if it died.

        :raises BrowserDied: when it died too often, or the process was closed.
        :raises BrowserNotFound: when it cannot be started the first time.
        """
        async with self._launching:
            if self._browser is not None and self._browser.is_connected():
                return self._browser
            playwright = self._running()
            if self.launches >= MAX_LAUNCHES:
                raise BrowserDied(f"The browser died {self.launches} times; it is not started again.")
            self.launches += 1
            if self.launches > 1:
                self.progress.note("The browser died and is started again.")
            self._browser = await self._launch(playwright, self.proxy)
            self.version = self._browser.version
            cdp = await self._browser.new_browser_cdp_session()
            said = await cdp.send("Browser.getVersion")
            self.agent, self.source = said["userAgent"], SHELL if said["product"].startswith("Headless") else ""
            await cdp.detach()
            return self._browser

    @contextlib.asynccontextmanager
    async def apart(self, proxy: str | None, args: Sequence[str] = LAUNCH_ARGS) -> AsyncIterator[Browser]:
        """Another browser, which serves nothing else and is gone afterwards.

        :raises BrowserDied: when the process was closed or the browser cannot be started.
        """
        browser = await self._launch(self._running(), proxy, args)
        try:
            yield browser
        finally:
            await quietly(browser.close(), CLOSE_SECONDS)

    def _running(self) -> Playwright:
        if self._playwright is None:
            raise BrowserDied("The browser session is closed.")
        return self._playwright

    async def _launch(self, playwright: Playwright, proxy: str | None, args: Sequence[str] = LAUNCH_ARGS) -> Browser:
        try:
            # Without it another Playwright would be started to ask where its browser lies.
            found = await asyncio.to_thread(find_chromium, Path(playwright.chromium.executable_path))
            return await playwright.chromium.launch(
                executable_path=found.path,
                args=list(args),
                proxy=leaving_through(proxy),
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except (BrowserNotFound, PlaywrightError) as error:
            if self.launches > 1:
                raise BrowserDied("The browser died and could not be started again.") from error
            if isinstance(error, BrowserNotFound):
                raise
            raise BrowserNotFound(
                f"The browser {found.path or ''} could not be started. Run `auditor doctor`, or name another one with "
                f"{ENVIRONMENT_VARIABLE}. It said: {error.message.splitlines()[0][:200]}"
            ) from error


def leaving_through(proxy: str | None) -> ProxySettings | None:
    """Playwright's option for a browser or a context whose requests all leave through ``proxy``."""
    return {"server": proxy, "bypass": CHROMIUM_BYPASS} if proxy else None


async def quietly(closing: Awaitable[Any], seconds: float) -> None:
    """Await the closing of something that may be dead or stuck already."""
    with contextlib.suppress(PlaywrightError, TimeoutError, ConnectionError):
        async with asyncio.timeout(seconds):
            await closing
