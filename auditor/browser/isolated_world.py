"""Our own JavaScript world in a page: the page's scripts can neither see nor change what runs there."""

import asyncio
import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import CDPSession

WORLD = "storefront-auditor"
COLLECT = Path(__file__).parent / "collect"
PARTS = (
    "dom", "regions", "names", "document", "links", "texts", "prices", "trails", "images", "controls", "targets",
    "gallery", "timing", "scroll", "width_probe", "consent_dialog", "accessibility", "focus", "spacing",
    "picture_trials", "page",
)  # fmt: skip

LIMITS: dict[str, Any] = {
    "elements": 30_000, "walk_ms": 4000, "links": 3000, "texts": 3000, "prices": 400, "trails": 8, "images": 800,
    "file_sizes": 80, "file_sizes_ms": 1500, "forms": 60, "fields": 400, "buttons": 800, "targets": 1500,
    "hits_ms": 2500, "retries": 150, "gallery": 0, "html": 8_000_000,
}  # fmt: skip
SCROLL = {"height": 20_000, "steps": 24, "ms": 4000, "pinned": 20}
"""How much the collectors read of a page, and how far they scroll it."""


class ScriptFailed(Exception):
    """A script of ours threw or did not answer; the message says which."""


@cache
def observer_source() -> str:
    return (COLLECT / "timing_observer.js").read_text("utf-8")


@cache
def collectors_source() -> str:
    """All collectors as one script of declarations. The last expression keeps its result small."""
    return "\n".join((COLLECT / f"{part}.js").read_text("utf-8") for part in PARTS) + "\n0"


class IsolatedWorld:
    """The world of one frame of one document; void after the next navigation."""

    def __init__(self, cdp: CDPSession, context_id: int) -> None:
        self._cdp = cdp
        self.context_id = context_id
        self.loaded = False

    @classmethod
    async def of(cls, cdp: CDPSession, frame_id: str) -> "IsolatedWorld":
        made = await cdp.send("Page.createIsolatedWorld", {"frameId": frame_id, "worldName": WORLD})
        return cls(cdp, made["executionContextId"])

    async def evaluate(self, expression: str, seconds: float) -> Any:
        """The value of an expression or of its promise, as JSON.

        :raises ScriptFailed: when it throws, or has not answered after ``seconds``; then it is stopped.
        """
        options = {"expression": expression, "contextId": self.context_id, "returnByValue": True, "awaitPromise": True}
        try:
            async with asyncio.timeout(seconds):
                answer = await self._cdp.send("Runtime.evaluate", options)
        except TimeoutError:
            await stop_scripts(self._cdp)
            raise ScriptFailed(f"the page did not answer within {seconds:g} s") from None
        if "exceptionDetails" in answer:
            thrown = answer["exceptionDetails"].get("exception", {})
            raise ScriptFailed(str(thrown.get("description") or thrown.get("value") or "unknown error")[:300])
        return answer["result"].get("value")

    async def call(self, function: str, *arguments: Any, seconds: float) -> Any:
        """Call one of the functions under ``collect/``."""
        if not self.loaded:
            await self.evaluate(collectors_source(), seconds)
            self.loaded = True
        return await self.evaluate(f"{function}({', '.join(json.dumps(argument) for argument in arguments)})", seconds)


async def stop_scripts(cdp: CDPSession) -> None:
    """End whatever JavaScript is running in the page now."""
    try:
        async with asyncio.timeout(1):
            await cdp.send("Runtime.terminateExecution")
    except Exception:
        return
