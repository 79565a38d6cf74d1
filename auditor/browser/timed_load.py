"""One timed load: an empty browser context, a trace, and what the page's own observers measured."""

import asyncio
import contextlib
import os
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

import psutil
from playwright.async_api import BrowserContext, CDPSession, Response
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.browser.browser_process import quietly
from auditor.browser.isolated_world import WORLD, IsolatedWorld, ScriptFailed, observer_source
from auditor.browser.loading import NeverLoaded, load_document
from auditor.browser.network import site_of
from auditor.browser.session import guard_headers
from auditor.browser.tracing import NoTrace, Tracing
from auditor.browser.vendor_files import VendorFileMissing, vendor_file
from auditor.evidence import DeviceProfile, Observed, TimedLoad, TracedRun
from auditor.settings import ShopSettings
from auditor.speed.engine import EngineUnavailable, NotJudged, TraceEngine

LOAD_SHARE = 0.6
QUIET_TASKS_MS = 500
SETTLE_SECONDS = 4.0
READ_SECONDS = 5.0
CLOSE_SECONDS = 2.0
BLOCKING_MS = 50
MOST_ERRORS = 20


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
    """Load ``url`` in a fresh context, which is closed afterwards, and judge its trace. Without an engine no trace is
    recorded. Never raises for what the page or the engine does: ``note`` says why something is missing."""
    clock, busy = time.monotonic(), _Busy()
    observed, settled, note = None, False, ""
    errors: list[str] = []
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="auditor-trace-"))
    trace = folder / "trace.json.gz" if engine is not None else None
    try:
        try:
            async with asyncio.timeout(shop.page_seconds):
                observed, settled, note = await _measured(context, url, shop, trace, errors)
        except TimeoutError:
            note = f"the load was not over after {shop.page_seconds:g} s"
        except (NeverLoaded, Unmeasured, ScriptFailed, VendorFileMissing) as problem:
            note = str(problem)
        except PlaywrightError as problem:
            note = f"the browser could not load the page ({problem.message.splitlines()[0][:160]})"
        finally:
            await quietly(context.close(), CLOSE_SECONDS)
        took, others = round((time.monotonic() - clock) * 1000), busy.others()
        traced: TracedRun | None = None
        if observed is not None and not note and engine is not None and trace is not None:
            try:
                traced = await engine.judge(trace, profile)
            except (NotJudged, EngineUnavailable) as problem:
                note = str(problem)
    finally:
        for left in (trace, folder):
            with contextlib.suppress(OSError):
                if left is not None:
                    (left.rmdir if left is folder else left.unlink)()
    return TimedLoad(
        took_ms=took, settled=settled, others=others, observed=observed, traced=traced,
        errors=tuple(dict.fromkeys(errors)), note=note,
    )  # fmt: skip


async def _measured(
    context: BrowserContext, url: str, shop: ShopSettings, trace: Path | None, errors: list[str]
) -> tuple[Observed, bool, str]:
    tab = await context.new_page()
    tab.on("popup", lambda popup: asyncio.ensure_future(quietly(popup.close(), CLOSE_SECONDS)))
    _listen(tab, url, errors)
    cdp = await context.new_cdp_session(tab)
    await cdp.send("Page.enable")
    await cdp.send("Page.addScriptToEvaluateOnNewDocument", {"source": _sources(), "worldName": WORLD})
    await guard_headers(cdp, shop)
    note, tracing = "", None
    if trace is not None:
        try:
            tracing = await Tracing.start(cdp)
        except NoTrace as problem:
            note = str(problem)
    failure = await load_document(tab, url, shop.page_seconds * LOAD_SHARE)
    if failure:
        raise Unmeasured(f"the page could not be loaded ({failure[:160]})")
    raw, settled = await _settled(cdp, tab)
    if raw["status"] >= 400:
        raise Unmeasured(f"the server answered {raw['status']} this time")
    if not raw["observed"]:
        raise Unmeasured("the page's observers did not run")
    if tracing is not None and trace is not None:
        try:
            await tracing.stop(trace)
        except NoTrace as problem:
            note = str(problem)
    return _observed(raw), settled, note


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


async def _settled(cdp: CDPSession, tab: Tab) -> tuple[dict[str, Any], bool]:
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
        raw = await _read(cdp)
        rest = idle and raw["since_task_ms"] >= QUIET_TASKS_MS
        left = end - time.monotonic()
        if rest or left <= 0:
            return raw, rest
        await asyncio.sleep(min(left, max(0.05, (QUIET_TASKS_MS - raw["since_task_ms"]) / 1000)))


async def _read(cdp: CDPSession) -> dict[str, Any]:
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


class _Busy:
    """How much of the machine's processor time others than this process and its children used since it was made."""

    def __init__(self) -> None:
        self._start = self._now()

    def others(self) -> float | None:
        """0-1, None where the system does not tell."""
        if self._start is None or (now := self._now()) is None:
            return None
        whole, ours = now[0] - self._start[0], now[1] - self._start[1]
        span = (now[2] - self._start[2]) * (os.cpu_count() or 1)
        return round(min(1.0, max(0.0, (whole - ours) / span)), 2) if span > 0 else None

    def _now(self) -> tuple[float, float, float] | None:
        try:
            times = psutil.cpu_times()
            whole = sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0)
            me, ours = psutil.Process(), 0.0
            for process in (me, *me.children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    used = process.cpu_times()
                    ours += used.user + used.system + used.children_user + used.children_system
            return whole, ours, time.monotonic()
        except (psutil.Error, OSError):
            return None
