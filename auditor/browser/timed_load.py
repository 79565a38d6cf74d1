"""One timed load: an empty browser context, a trace, and what the page's own observers measured."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Response
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.browser.browser_process import quietly
from auditor.browser.isolated_world import WORLD, IsolatedWorld, ScriptFailed, observer_source
from auditor.browser.loading import NeverLoaded, load_document
from auditor.browser.network import site_of
from auditor.browser.second_look import Second
from auditor.browser.session import guard_headers
from auditor.browser.timed_measured import Measured
from auditor.browser.tracing import NoTrace, Tracing
from auditor.browser.vendor_files import VendorFileMissing, vendor_file
from auditor.evidence import DeviceProfile, Observed, TimedLoad
from auditor.settings import ShopSettings
from auditor.speed.engine import TraceEngine

LOAD_SHARE = 0.6
QUIET_TASKS_MS = 500
SETTLE_SECONDS = 4.0
READ_SECONDS = 5.0
CLOSE_SECONDS = 2.0
BLOCKING_MS = 50
MOST_ERRORS = 20


Meanwhile = Callable[[], Awaitable[None]]
Slow = Callable[[CDPSession], Awaitable[None]]


class Unmeasured(Exception):
    """The load has no numbers; the message says why."""


@cache
def _sources() -> str:
    own = Path(__file__).with_name("timed_vitals.js").read_text("utf-8")
    return "\n".join((observer_source(), vendor_file("web-vitals.iife.js").read_text("utf-8"), own))


@cache
def _reading() -> str:
    return Path(__file__).with_name("timed_reading.js").read_text("utf-8")


async def timed_load(
    context: BrowserContext, url: str, profile: DeviceProfile, shop: ShopSettings, engine: TraceEngine | None
) -> TimedLoad:
    """Measure ``url`` once, and judge its trace. Never raises for what the page or the engine does: ``note`` says why
    something is missing."""
    return await (await measure(context, url, profile, shop, traced=engine is not None)).judged(engine)


async def measure(
    context: BrowserContext,
    url: str,
    profile: DeviceProfile,
    shop: ShopSettings,
    *,
    traced: bool,
    slow: Slow | None = None,
    then: Second | None = None,
    meanwhile: Meanwhile | None = None,
    after: Measured | None = None,
) -> Measured:
    """Load ``url`` in a fresh context, which is closed afterwards. Never raises for what the page does: ``note`` says
    why something is missing. What then still goes on has ended after ``Measured.rest``.

    :param traced: record a trace, which stays to be judged.
    :param slow: slows the page down; None leaves it alone.
    :param then: looks again at the page that was measured, before it is closed.
    :param meanwhile: done once the page is measured, while its trace is handed over or, with ``then``, while it
        rests the second time, and while it is closed and the next empty page is opened: it disturbs no page.
    :param after: the load before, which comes to rest before this one begins.
    """
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="auditor-trace-"))
    load = Measured(profile, shop.speed.method, folder, folder / "trace.json.gz" if traced else None)

    def rested() -> None:
        if meanwhile is not None:
            load.beside.append(asyncio.ensure_future(meanwhile()))

    try:
        try:
            async with asyncio.timeout(shop.page_seconds):
                tab, cdp = await empty_page(context, url, shop, load.errors)
                if slow is not None:
                    await slow(cdp)
            if after is not None:
                since = time.monotonic()
                await after.rest()
                load.clock += time.monotonic() - since
            async with asyncio.timeout(shop.page_seconds):
                await _measure(load, tab, cdp, url, shop, rested if then is None else _nothing)
            load.over()
            if then is not None:
                await then(tab, cdp, read_vitals, rested)
        except TimeoutError:
            load.note = f"the load was not over after {shop.page_seconds:g} s"
        except (NeverLoaded, Unmeasured, ScriptFailed, VendorFileMissing) as problem:
            load.note = str(problem)
        except PlaywrightError as problem:
            load.note = f"the browser could not load the page ({problem.message.splitlines()[0][:160]})"
        if not load.took_ms:
            load.over()
        if meanwhile is not None and not load.beside:
            rested()
        load.beside.append(asyncio.ensure_future(quietly(context.close(), CLOSE_SECONDS)))
    except BaseException:
        load.drop()
        await quietly(context.close(), CLOSE_SECONDS)
        raise
    return load


def _nothing() -> None:
    pass


async def empty_page(
    context: BrowserContext, url: str, shop: ShopSettings, errors: list[str]
) -> tuple[Tab, CDPSession]:
    """An empty page in which ``url`` can be measured; what fails there is added to ``errors``."""
    tab = await context.new_page()
    cdp = await context.new_cdp_session(tab)
    tab.on("popup", lambda popup: asyncio.ensure_future(quietly(popup.close(), CLOSE_SECONDS)))
    _listen(tab, url, errors)
    await cdp.send("Page.enable")
    await cdp.send("Page.addScriptToEvaluateOnNewDocument", {"source": _sources(), "worldName": WORLD})
    await guard_headers(cdp, shop)
    return tab, cdp


async def _measure(
    load: Measured, tab: Tab, cdp: CDPSession, url: str, shop: ShopSettings, rested: Callable[[], None]
) -> None:
    """:raises Unmeasured: when the load has no numbers, or as loading does."""
    tracing = None
    if load.trace is not None:
        try:
            tracing = await Tracing.start(cdp)
        except NoTrace as problem:
            load.note = str(problem)
    failure = await load_document(tab, url, shop.page_seconds * LOAD_SHARE)
    if failure:
        raise Unmeasured(f"the page could not be loaded ({failure[:160]})")
    raw, load.settled = await settled(cdp, tab)
    rested()
    if raw["status"] >= 400:
        raise Unmeasured(f"the server answered {raw['status']} this time")
    if not raw["observed"]:
        raise Unmeasured("the page's observers did not run")
    if tracing is not None and load.trace is not None:
        try:
            await tracing.stop(load.trace)
        except NoTrace as problem:
            load.note = str(problem)
    load.observed = _observed(raw)


def _listen(tab: Tab, url: str, errors: list[str]) -> None:
    site = site_of(url)

    def failed(what: str) -> None:
        if len(errors) < MOST_ERRORS:
            errors.append(what)

    def answered(response: Response) -> None:
        if response.status >= 400 and site_of(response.url) == site:
            failed(f"{response.status} for {response.url.split('?')[0][:200]}")

    tab.on("pageerror", lambda error: failed((error.message or "unknown error").splitlines()[0][:200]))
    tab.on("response", answered)


async def settled(cdp: CDPSession, tab: Tab) -> tuple[dict[str, Any], bool]:
    """What was measured once network and script rest, or after SETTLE_SECONDS; and whether they rested."""
    end = time.monotonic() + SETTLE_SECONDS
    try:
        await tab.wait_for_load_state("networkidle", timeout=SETTLE_SECONDS * 1000)
        idle = True
    except PlaywrightError as problem:
        if "Timeout" not in problem.message:
            raise
        idle = False
    while True:
        raw = await read_vitals(cdp)
        rest = idle and raw["since_task_ms"] >= QUIET_TASKS_MS
        left = end - time.monotonic()
        if rest or left <= 0:
            return raw, rest
        await asyncio.sleep(min(left, max(0.05, (QUIET_TASKS_MS - raw["since_task_ms"]) / 1000)))


async def read_vitals(cdp: CDPSession) -> dict[str, Any]:
    """What the page measured so far.

    :raises Unmeasured: when it does not answer.
    """
    try:
        async with asyncio.timeout(READ_SECONDS):
            tree = await cdp.send("Page.getFrameTree")
            world = await IsolatedWorld.of(cdp, tree["frameTree"]["frame"]["id"])
            raw: dict[str, Any] = await world.evaluate(_reading(), READ_SECONDS)
            return raw
    except TimeoutError:
        raise Unmeasured(f"the page did not answer within {READ_SECONDS:g} s") from None


def _observed(raw: dict[str, Any]) -> Observed:
    fcp = raw["fcp_ms"] or 0.0
    blocking = sum(max(0.0, length - BLOCKING_MS) for start, length in raw["tasks"] if start + length > fcp)
    return Observed(
        **{name: _rounded(raw[name]) for name in ("ttfb_ms", "fcp_ms", "lcp_ms", "load_ms")},
        cls=None if raw["cls"] is None else round(raw["cls"], 4),
        tbt_ms=round(blocking, 1) if raw["fcp_ms"] is not None else None,
        **{name: raw[name] and str(raw[name])[:500] for name in ("lcp_selector", "lcp_url", "cls_selector")},
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
