"""A page opened again with its cache filled: what of its scripts ran, and whether Chrome keeps it when it is left."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.browser.browser_process import quietly
from auditor.browser.isolated_world import ScriptFailed
from auditor.browser.loading import NeverLoaded, load_document
from auditor.browser.network import site_of
from auditor.evidence import SecondLook, UnusedScript

LOOK_SECONDS = 20.0
LEAVE_SECONDS = 3.0
REST_SECONDS = 2.0
BACK_TRIES = 20
MOST_SCRIPTS = 15
LEAST_UNUSED = 2048
ELSEWHERE = "https://elsewhere.invalid/"
"""A page of another site, which is answered here: leaving for it asks the network for nothing. Pages of the browser's
own will not do: a browser without windows has none."""

Read = Callable[[CDPSession], Awaitable[dict[str, Any]]]

_OURS = frozenset(
    {"BackForwardCacheDisabled", "BackForwardCacheDisabledByCommandLine", "BackForwardCacheDisabledForDelegate"}
)
"""Playwright starts browsers without that cache, and one without windows has none; Chrome gives the page's own reasons
all the same."""

_PASSING = ("OutstandingNetworkRequest",)
"""Whether a request was under way just then is no property of the page, and with the cache on Chrome waits for it."""


class Second:
    """What ``timed_load`` calls after its measurement, while the page is still open; ``look`` is None until then."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.look: SecondLook | None = None

    async def __call__(self, tab: Tab, cdp: CDPSession, read: Read, loaded: Callable[[], None]) -> None:
        """Never raises for what the page does: ``look.note`` says why something is missing.

        :param read: gives what the page's observers measured.
        :param loaded: called when the page is loaded again and rests.
        """
        found: dict[str, Any] = {}
        note = ""
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._again(tab, cdp, read, loaded, found)
                await self._leave(cdp, found)
        except TimeoutError:
            note = f"the second view was not over after {LOOK_SECONDS:g} s"
        except (NeverLoaded, ScriptFailed) as problem:
            note = str(problem)
        except PlaywrightError as problem:
            note = f"the page could not be opened again ({problem.message.splitlines()[0][:160]})"
        self.look = SecondLook.model_validate({**found, "note": note})

    async def _again(
        self, tab: Tab, cdp: CDPSession, read: Read, loaded: Callable[[], None], found: dict[str, Any]
    ) -> None:
        sent: dict[str, float] = {}
        cdp.on("Network.loadingFinished", lambda event: sent.update({event["requestId"]: event["encodedDataLength"]}))
        await cdp.send("Network.enable")
        await cdp.send("Profiler.enable")
        await cdp.send("Profiler.startPreciseCoverage", {"callCount": False, "detailed": True})
        failure = await load_document(tab, self.url, LOOK_SECONDS)
        if failure:
            raise NeverLoaded(f"the page could not be opened again ({failure[:160]})")
        loaded()
        with contextlib.suppress(PlaywrightError):
            await tab.wait_for_load_state("networkidle", timeout=REST_SECONDS * 1000)
        covered = await cdp.send("Profiler.takePreciseCoverage")
        await cdp.send("Profiler.stopPreciseCoverage")
        raw = await read(cdp)
        found |= {name: None if raw[name] is None else round(raw[name], 1) for name in ("ttfb_ms", "fcp_ms", "lcp_ms")}
        found["sent_bytes"] = round(sum(sent.values()))
        found["unused"] = unused_scripts(covered["result"], self.url)

    async def _leave(self, cdp: CDPSession, found: dict[str, Any]) -> None:
        """To a page of another site and back."""
        history = await cdp.send("Page.getNavigationHistory")
        entry = history["entries"][history["currentIndex"]]["id"]
        reasons: list[dict[str, Any]] = []
        left, told = asyncio.Event(), asyncio.Event()

        def not_kept(event: dict[str, Any]) -> None:
            reasons.extend(event["notRestoredExplanations"])
            told.set()

        def navigated(event: dict[str, Any]) -> None:
            if event["frame"]["url"] == ELSEWHERE:
                left.set()
            elif event.get("type") == "BackForwardCacheRestore":
                told.set()

        await _answer_elsewhere(cdp)
        cdp.on("Page.backForwardCacheNotUsed", not_kept)
        cdp.on("Page.frameNavigated", navigated)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_SECONDS):
                await cdp.send("Page.navigate", {"url": ELSEWHERE})
                await left.wait()
                await _back(cdp, entry)
                await told.wait()
        if told.is_set():
            found |= kept(reasons)


async def _answer_elsewhere(cdp: CDPSession) -> None:
    async def answer(request: str) -> None:
        page = {
            "requestId": request,
            "responseCode": 200,
            "responseHeaders": [{"name": "Content-Type", "value": "text/html"}],
        }
        await quietly(cdp.send("Fetch.fulfillRequest", page), LEAVE_SECONDS)

    cdp.on("Fetch.requestPaused", lambda event: asyncio.ensure_future(answer(event["requestId"])))
    await cdp.send("Fetch.enable", {"patterns": [{"urlPattern": f"{ELSEWHERE}*"}]})


async def _back(cdp: CDPSession, entry: int) -> None:
    """While the tab changes its process, it takes no command for a moment."""
    for _again in range(BACK_TRIES - 1):
        try:
            await cdp.send("Page.navigateToHistoryEntry", {"entryId": entry})
        except PlaywrightError as problem:
            if "active page" not in problem.message:
                raise
            await asyncio.sleep(0.05)
        else:
            return
    await cdp.send("Page.navigateToHistoryEntry", {"entryId": entry})


def kept(reasons: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Chrome's explanations, sorted by who can mend them."""
    known = {one["reason"]: one["type"] for one in reasons if one["reason"] not in _OURS}
    own = [name for name, kind in known.items() if kind == "PageSupportNeeded" and not name.startswith(_PASSING)]
    return {
        "kept_whole": not known,
        "not_kept": tuple(sorted(own)),
        "not_kept_others": tuple(sorted(known.keys() - set(own))),
    }


def unused_scripts(scripts: Iterable[dict[str, Any]], page_url: str) -> tuple[UnusedScript, ...]:
    """By what V8's coverage says: a function that was never called, or a branch that was not taken, is unused."""
    unused: dict[str, tuple[int, int]] = {}
    for script in scripts:
        url = script["url"]
        whole = max((span["endOffset"] for one in script["functions"] for span in one["ranges"]), default=0)
        if not url.startswith(("http:", "https:")) or url.partition("#")[0] == page_url.partition("#")[0] or not whole:
            continue
        never = whole - _covered(script["functions"], whole)
        # A script that ran in several frames is used where any of them used it, at least as far as the best one did.
        if url not in unused or never < unused[url][0]:
            unused[url] = (never, whole)
    site = site_of(page_url)
    found = [
        UnusedScript(
            url=url[:2000], owner="shop" if site_of(url) == site else (urlsplit(url).hostname or "")[:200],
            bytes=whole, unused_bytes=never,
        )
        for url, (never, whole) in unused.items() if never >= LEAST_UNUSED
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: -one.unused_bytes)[:MOST_SCRIPTS])


def _covered(functions: Iterable[dict[str, Any]], whole: int) -> int:
    """Characters that ran. Ranges nest: an inner one overrules the one around it."""
    spans = [(span["startOffset"], span["endOffset"], span["count"]) for one in functions for span in one["ranges"]]
    spans.sort(key=lambda span: (span[0], -span[1]))
    ran, at = 0, 0
    open_spans: list[tuple[int, int]] = []

    def advance(to: int) -> None:
        nonlocal ran, at
        while open_spans and open_spans[-1][0] <= to:
            end, count = open_spans.pop()
            ran += max(0, end - at) if count else 0
            at = max(at, end)
        if to > at:
            ran += to - at if open_spans and open_spans[-1][1] else 0
            at = to

    for start, end, count in spans:
        advance(start)
        open_spans.append((end, count))
    advance(whole)
    return ran
