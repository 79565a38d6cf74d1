"""What one audit has of a browser: a shopper for each device, and tabs for discovery and journeys."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, CDPSession
from playwright.async_api import Error as PlaywrightError

from auditor.browser.browser_process import CLOSE_SECONDS, BrowserDied, BrowserProcess, leaving_through, quietly
from auditor.browser.devices import Identity, profile_for
from auditor.browser.pinning import pin, pinned_options
from auditor.browser.reader import Reader
from auditor.browser.renditions import KnownPictures
from auditor.evidence import Consent, Device, DeviceProfile
from auditor.progress import Progress
from auditor.rendered import Rendered
from auditor.settings import Access, ShopSettings


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
    """An async context manager: the browser of one audit.

    ``proxy`` is the URL of our egress proxy; without it the browser connects directly. ``process`` is a browser that
    runs already and is left running; without one the session starts its own and ends it. Where a browser died, the
    next one begins with the cookies that were there after consent.
    """

    def __init__(
        self,
        shop: ShopSettings,
        *,
        proxy: str | None,
        progress: Progress | None = None,
        process: BrowserProcess | None = None,
    ) -> None:
        self.shop = shop
        self.proxy = proxy
        self.pictures = KnownPictures()
        self.costs: dict[str, float] = {}
        self.front = asyncio.Lock()
        self._lent = process is not None
        self._process = process or BrowserProcess(proxy=proxy, progress=progress)
        self._shoppers: dict[Device, Shopper] = {}

    async def __aenter__(self) -> Self:
        if not self._lent:
            await self._process.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends everything of this audit, within about two seconds even if the browser does not answer."""
        if not self._lent:
            await self._process.close()
            return
        contexts = [shopper.context for shopper in self._shoppers.values() if shopper.context is not None]
        await asyncio.gather(*(quietly(context.close(), CLOSE_SECONDS) for context in contexts))

    @property
    def version(self) -> str:
        return self._process.version

    @property
    def source(self) -> str:
        return self._process.source

    @property
    def reader(self) -> Reader:
        return self._process.reader

    @contextlib.asynccontextmanager
    async def apart(self, device: Device) -> AsyncIterator[BrowserContext]:
        """A context in a browser of its own that serves nothing else, for a journey; both are gone afterwards.

        :raises BrowserDied: when the session is closed or the browser cannot be started.
        """
        await self._process.browser()
        async with self._process.apart(self.proxy) as browser:
            yield await self._context(browser, self.profile(device), None)

    @contextlib.asynccontextmanager
    async def timing(self, args: Sequence[str]) -> AsyncIterator[Callable[[Device], Awaitable[BrowserContext]]]:
        """A browser of its own, started with ``args``, and what opens a context in it: that of a shopper whose browser
        is empty but for the answer to the consent dialog.

        :raises BrowserDied: when the session is closed or the browser cannot be started.
        """
        await self._process.browser()
        async with self._process.apart(self.proxy, args) as browser:

            async def fresh(device: Device) -> BrowserContext:
                known = self._shoppers.get(device)
                return await self._context(browser, self.profile(device), known.storage if known else None)

            yield fresh

    @contextlib.asynccontextmanager
    async def visitor(self, device: Device, **options: Any) -> AsyncIterator[BrowserContext]:
        """A fresh context in the running browser, with ``options`` of its own; it is gone afterwards.

        :raises BrowserDied: when the session is closed or the browser cannot be started.
        """
        browser = await self._process.browser()
        proxy = self.proxy if self._lent else None
        context = await self._context(browser, self.profile(device), None, proxy, options)
        try:
            yield context
        finally:
            await quietly(context.close(), CLOSE_SECONDS)

    def alive(self) -> bool:
        return self._process.alive()

    def met_no_dialog(self, device: Device) -> bool:
        """Whether the visits on a device looked for a consent dialog and there was none."""
        known = self._shoppers.get(device)
        met = known.consent if known else None
        return met is not None and not met.dialog_seen and met.cmp is None

    def profile(self, device: Device) -> DeviceProfile:
        return profile_for(device, Identity(self._process.agent, self.shop.politeness.contact))

    async def shopper(self, device: Device) -> Shopper:
        """The shopper of one device with a living context."""
        browser = await self._process.browser()
        shopper = self._shoppers.setdefault(device, Shopper(device, self.profile(device)))
        async with shopper.lock:
            if shopper.context is None or shopper.launch != self._process.launches:
                proxy = self.proxy if self._lent else None
                shopper.context = await self._context(browser, shopper.profile, shopper.storage, proxy)
                shopper.launch = self._process.launches
        return shopper

    async def _context(
        self,
        browser: Browser,
        profile: DeviceProfile,
        storage: dict[str, Any] | None,
        proxy: str | None = None,
        own: Mapping[str, Any] | None = None,
    ) -> BrowserContext:
        """``proxy`` is needed only in a browser that was not started with it; ``own`` options stand above ours."""
        access, origin = self.shop.access, origin_of(self.shop.start_url)
        options: dict[str, Any] = {
            "service_workers": "block", "user_agent": profile.user_agent, **pinned_options(self.shop), **(own or {}),
        }  # fmt: skip
        if access.basic is not None:
            name, _, password = access.basic.get_secret_value().partition(":")
            options["http_credentials"] = {"username": name, "password": password, "origin": origin}
        if storage is not None or access.local_storage:
            options["storage_state"] = storage or _storage(origin, access)
        if proxy is not None:
            options.setdefault("proxy", leaving_through(proxy))
        context = await browser.new_context(
            viewport={"width": profile.width, "height": profile.height},
            device_scale_factor=profile.dpr,
            is_mobile=profile.touch,
            has_touch=profile.touch,
            accept_downloads=False,
            **options,
        )
        if access.cookies:
            await context.add_cookies(
                [
                    {"name": name, "value": value.get_secret_value(), "url": origin}
                    for name, value in access.cookies.items()
                ]
            )
        await pin(context, self.shop)
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


def _storage(origin: str, access: Access) -> dict[str, Any]:
    held = [{"name": name, "value": value.get_secret_value()} for name, value in access.local_storage.items()]
    return {"cookies": [], "origins": [{"origin": origin, "localStorage": held}]}


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
