"""One browser for one audit: started, relaunched if it dies, and gone afterwards."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, CDPSession, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from auditor.browser.devices import Identity, profile_for
from auditor.browser.finder import ENVIRONMENT_VARIABLE, BrowserNotFound, find_chromium
from auditor.browser.reader import Reader
from auditor.browser.renditions import KnownPictures
from auditor.egress import CHROMIUM_ARGS, CHROMIUM_BYPASS
from auditor.evidence import Consent, Device, DeviceProfile
from auditor.progress import Progress, Silent
from auditor.rendered import Rendered
from auditor.settings import ShopSettings

LAUNCH_ARGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Frames of other sites stay in the page's process, so that one log sees all their requests and scripts.
    "--disable-site-isolation-trials",
    *CHROMIUM_ARGS,
)
MAX_LAUNCHES = 6
CLOSE_SECONDS = 1.0


class BrowserDied(Exception):
    """The browser process, or the page's, is gone."""


@dataclass
class Shopper:
    """Who visits with one device: one browser context whose cookies and consent last for the whole panel."""

    device: Device
    profile: DeviceProfile
    context: BrowserContext | None = None
    launch: int = 0
    consent: Consent | None = None
    storage: dict[str, Any] | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class BrowserSession:
    """An async context manager around one browser process with a profile of its own.

    ``proxy`` is the URL of our egress proxy; without it the browser connects directly. A browser that died is started
    again, at most MAX_LAUNCHES times in all, with the cookies that were there after consent.
    """

    def __init__(self, shop: ShopSettings, *, proxy: str | None, progress: Progress | None = None) -> None:
        self.shop = shop
        self.proxy = proxy
        self.progress = progress or Silent()
        self.version = ""
        self.reader = Reader()
        self.identity = Identity("", "")
        self.pictures = KnownPictures()
        self.costs: dict[str, float] = {}
        self.front = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._launches = 0
        self._launching = asyncio.Lock()
        self._shoppers: dict[Device, Shopper] = {}

    async def __aenter__(self) -> Self:
        try:
            self._playwright = await async_playwright().start()
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
        await self.reader.close()
        if browser is not None:
            await quietly(browser.close(), CLOSE_SECONDS)
        if playwright is not None:
            await quietly(playwright.stop(), CLOSE_SECONDS)

    async def browser(self) -> Browser:
        """The running browser, started again if it died.

        :raises BrowserDied: when it died too often, or the session is closed.
        :raises BrowserNotFound: when it cannot be started the first time.
        """
        async with self._launching:
            if self._browser is not None and self._browser.is_connected():
                return self._browser
            if self._playwright is None:
                raise BrowserDied("The browser session is closed.")
            if self._launches >= MAX_LAUNCHES:
                raise BrowserDied(f"The browser died {self._launches} times; it is not started again.")
            self._launches += 1
            if self._launches > 1:
                self.progress.note("The browser died and is started again.")
            self._browser = await self._launch(self._playwright)
            self.version = self._browser.version
            cdp = await self._browser.new_browser_cdp_session()
            agent = (await cdp.send("Browser.getVersion"))["userAgent"]
            await cdp.detach()
            self.identity = Identity(agent, self.shop.politeness.contact)
            return self._browser

    async def _launch(self, playwright: Playwright) -> Browser:
        try:
            found = await asyncio.to_thread(find_chromium)
            return await playwright.chromium.launch(
                executable_path=found.path,
                args=list(LAUNCH_ARGS),
                proxy={"server": self.proxy, "bypass": CHROMIUM_BYPASS} if self.proxy else None,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except (BrowserNotFound, PlaywrightError) as error:
            if self._launches > 1:
                raise BrowserDied("The browser died and could not be started again.") from error
            if isinstance(error, BrowserNotFound):
                raise
            raise BrowserNotFound(
                f"The browser {found.path or ''} could not be started. Run `auditor doctor`, or name another one with "
                f"{ENVIRONMENT_VARIABLE}. It said: {error.message.splitlines()[0][:200]}"
            ) from error

    @contextlib.asynccontextmanager
    async def apart(self, device: Device) -> AsyncIterator[BrowserContext]:
        """A context in a browser of its own that serves nothing else, for a journey; both are gone afterwards.

        :raises BrowserDied: when the session is closed or the browser cannot be started.
        """
        await self.browser()
        if self._playwright is None:
            raise BrowserDied("The browser session is closed.")
        browser = await self._launch(self._playwright)
        try:
            yield await self._context(browser, self.profile(device), None)
        finally:
            await quietly(browser.close(), CLOSE_SECONDS)

    async def alive(self) -> bool:
        return self._browser is not None and self._browser.is_connected()

    def profile(self, device: Device) -> DeviceProfile:
        return profile_for(device, self.identity)

    async def shopper(self, device: Device) -> Shopper:
        """The shopper of one device with a living context."""
        browser = await self.browser()
        shopper = self._shoppers.setdefault(device, Shopper(device, self.profile(device)))
        async with shopper.lock:
            if shopper.context is None or shopper.launch != self._launches:
                shopper.context = await self._context(browser, shopper.profile, shopper.storage)
                shopper.launch = self._launches
        return shopper

    async def _context(
        self, browser: Browser, profile: DeviceProfile, storage: dict[str, Any] | None
    ) -> BrowserContext:
        access, origin = self.shop.access, origin_of(self.shop.start_url)
        options: dict[str, Any] = {}
        if access.basic is not None:
            name, _, password = access.basic.get_secret_value().partition(":")
            options["http_credentials"] = {"username": name, "password": password, "origin": origin}
        if storage is not None:
            options["storage_state"] = storage
        if self.shop.language:
            options["locale"] = self.shop.language
        context = await browser.new_context(
            viewport={"width": profile.width, "height": profile.height},
            device_scale_factor=profile.dpr,
            user_agent=profile.user_agent,
            is_mobile=profile.touch,
            has_touch=profile.touch,
            service_workers="block",
            accept_downloads=False,
            reduced_motion="reduce",
            **options,
        )
        if access.cookies:
            await context.add_cookies(
                [
                    {"name": name, "value": value.get_secret_value(), "url": origin}
                    for name, value in access.cookies.items()
                ]
            )
        return context

    async def render(self, url: str) -> Rendered | None:
        """The page after its scripts ran, for discovery. None when it cannot be had within ``page_seconds``."""
        try:
            async with asyncio.timeout(self.shop.page_seconds):
                shopper = await self.shopper(Device.DESKTOP)
                assert shopper.context is not None
                tab = await shopper.context.new_page()
                try:
                    await guard_headers(await shopper.context.new_cdp_session(tab), self.shop)
                    response = await tab.goto(url, wait_until="load", timeout=self.shop.page_seconds * 1000)
                    with contextlib.suppress(PlaywrightError):
                        await tab.wait_for_load_state("networkidle", timeout=3000)
                    html = (await tab.content())[: 16 * 2**20]
                    if response is None:
                        return None
                    return Rendered(tab.url, response.status, html, dict(await response.all_headers()))
                finally:
                    await quietly(tab.close(), CLOSE_SECONDS)
        except (PlaywrightError, BrowserDied, TimeoutError):
            return None


async def quietly(closing: Any, seconds: float) -> None:
    """Await the closing of something that may be dead or stuck already."""
    with contextlib.suppress(PlaywrightError, TimeoutError, ConnectionError):
        async with asyncio.timeout(seconds):
            await closing


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"


async def guard_headers(cdp: CDPSession, shop: ShopSettings) -> None:
    """Send the operator's extra headers to the shop's own origin, and strip them where a redirect leads away."""
    if not shop.access.headers:
        return
    origin = origin_of(shop.start_url)
    secret = {name.lower(): value.get_secret_value() for name, value in shop.access.headers.items()}
    running: set[asyncio.Task[None]] = set()

    async def resume(event: dict[str, Any]) -> None:
        sent = {k: v for k, v in event["request"]["headers"].items() if k.lower() not in secret}
        if origin_of(event["request"]["url"]) == origin:
            sent |= secret
        headers = [{"name": name, "value": value} for name, value in sent.items()]
        with contextlib.suppress(PlaywrightError):
            await cdp.send("Fetch.continueRequest", {"requestId": event["requestId"], "headers": headers})

    def paused(event: dict[str, Any]) -> None:
        task = asyncio.ensure_future(resume(event))
        running.add(task)
        task.add_done_callback(running.discard)

    cdp.on("Fetch.requestPaused", paused)
    await cdp.send("Fetch.enable", {"patterns": [{"urlPattern": "*", "requestStage": "Request"}]})
