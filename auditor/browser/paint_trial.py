"""A page loaded once more with files held back that its paints may not wait for: does it paint without them?"""

import asyncio
import contextlib
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, CDPSession
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.browser.browser_process import quietly
from auditor.browser.isolated_world import IsolatedWorld, ScriptFailed
from auditor.browser.timed_load import CLOSE_SECONDS, Unmeasured, empty_page, read_vitals, settled
from auditor.browser.vendor_files import VendorFileMissing
from auditor.evidence import Observed, PaintTrial, TimedLoad
from auditor.settings import ShopSettings

HOLD_SECONDS = 2.5
"""From the first byte of the page on. Chrome shows text whose font is late in another one after 3 s, and a paint that
had to wait for that is none without the font."""

KINDS = ("Script", "Font", "XHR", "Fetch", "Document", "Stylesheet")
"""Chrome's names of the resources that may be held."""

TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


async def paint_trial(context: BrowserContext, url: str, shop: ShopSettings, load: TimedLoad) -> PaintTrial:
    """Load ``url`` in a fresh context, which is closed afterwards. Never raises for what the page does.

    All scripts, fonts and data are held but those that ``load`` was seen to wait for, and of other kinds what raced in
    it: a file that has another name in every load is held too.
    """
    traced = load.traced
    raced, awaited = (traced.raced, traced.awaited) if traced else ((), ())
    hold = _Hold({_place(one) for one in raced}, {_place(one) for one in awaited})
    found: dict[str, Any] = {}
    try:
        async with asyncio.timeout(shop.page_seconds):
            tab, cdp = await empty_page(context, url, shop, [])
            found = await _tried(tab, cdp, url, shop, hold, load.observed)
    except TimeoutError:
        found = {"note": f"the trial was not over after {shop.page_seconds:g} s"}
    except (Unmeasured, ScriptFailed, VendorFileMissing) as problem:
        found = {"note": str(problem)}
    except PlaywrightError as problem:
        found = {"note": f"the browser could not load the page ({problem.message.splitlines()[0][:160]})"}
    finally:
        await quietly(context.close(), CLOSE_SECONDS)
    return PaintTrial(**{"held": hold.count, "raced": raced, **found})


def _place(url: str) -> str:
    """What stays of an address that is made anew for every load."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


class _Hold:
    """Requests that are paused until they are released, and those that are under way."""

    def __init__(self, raced: set[str], awaited: set[str]) -> None:
        self.count = 0
        self.painted, self.quiet = asyncio.Event(), asyncio.Event()
        self._raced, self._awaited = raced, awaited
        self._cdp: CDPSession | None = None
        self._paused: dict[str, str] = {}
        self._under_way: set[str] = set()
        self._running: set[asyncio.Task[None]] = set()

    async def begin(self, cdp: CDPSession, frame: str) -> None:
        """:param cdp: a session of its own, as another one may pause requests for other reasons."""
        self._cdp = cdp

        def paint(event: dict[str, Any]) -> None:
            if event["frameId"] == frame and event["name"] == "firstContentfulPaint":
                self.painted.set()

        def asked(event: dict[str, Any]) -> None:
            self._under_way.add(event["requestId"])
            self._count()

        def over(event: dict[str, Any]) -> None:
            self._under_way.discard(event["requestId"])
            self._count()

        def paused(event: dict[str, Any]) -> None:
            task = asyncio.ensure_future(self._decide(event))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

        cdp.on("Page.lifecycleEvent", paint)
        cdp.on("Network.requestWillBeSent", asked)
        cdp.on("Network.loadingFinished", over)
        cdp.on("Network.loadingFailed", over)
        cdp.on("Fetch.requestPaused", paused)
        await cdp.send("Page.enable")
        await cdp.send("Page.setLifecycleEventsEnabled", {"enabled": True})
        await cdp.send("Network.enable")
        await cdp.send("Fetch.enable", {"patterns": [{"urlPattern": "*", "resourceType": kind} for kind in KINDS]})

    @property
    def waits_for_others(self) -> bool:
        return bool(self._under_way - set(self._paused.values()))

    async def release(self) -> None:
        """Nothing is held any more."""
        assert self._cdp is not None
        await self._cdp.send("Fetch.disable")

    async def _decide(self, event: dict[str, Any]) -> None:
        assert self._cdp is not None
        if self._is_held(event["resourceType"], _place(event["request"]["url"])):
            self.count += 1
            self._paused[event["requestId"]] = event.get("networkId", "")
            self._count()
            return
        with contextlib.suppress(PlaywrightError):
            await self._cdp.send("Fetch.continueRequest", {"requestId": event["requestId"]})

    def _is_held(self, kind: str, place: str) -> bool:
        return place in self._raced if kind in ("Document", "Stylesheet") else place not in self._awaited

    def _count(self) -> None:
        (self.quiet.clear if self.waits_for_others else self.quiet.set)()


async def _tried(
    tab: Tab, cdp: CDPSession, url: str, shop: ShopSettings, hold: _Hold, seen: Observed | None
) -> dict[str, Any]:
    """:raises Unmeasured: or as a load does."""
    tree = await cdp.send("Page.getFrameTree")
    frame = tree["frameTree"]["frame"]["id"]
    await hold.begin(await tab.context.new_cdp_session(tab), frame)
    response = await tab.goto(url, wait_until="commit", timeout=shop.page_seconds * 1000)
    if response is not None and response.status >= 400:
        raise Unmeasured(f"the server answered {response.status} this time")
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(HOLD_SECONDS):
            await hold.painted.wait()
            await hold.quiet.wait()
    if not hold.painted.is_set():
        pending = hold.waits_for_others
        await hold.release()
        if pending:
            return {"note": f"files that the paint may wait for took longer than {HOLD_SECONDS:g} s"}
        return {"fcp": False, "lcp": False}
    world = await IsolatedWorld.of(cdp, frame)
    await world.evaluate(TWO_FRAMES, CLOSE_SECONDS)
    before = await read_vitals(cdp)
    largest = (before["lcp_selector"], before["lcp_url"])
    if seen is not None and any(largest) and largest == (seen.lcp_selector, seen.lcp_url):
        return {"fcp": True, "lcp": True}
    await hold.release()
    after, _rests = await settled(cdp, tab)
    return {"fcp": True, "lcp": before["lcp_ms"] is not None and before["lcp_ms"] == after["lcp_ms"]}
