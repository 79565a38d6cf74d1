"""What the browser sends and gets during a journey, as far as waiting and confirming need it."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession

AWAITED = frozenset({"Document", "XHR", "Fetch", "Script", "Stylesheet"})


@dataclass
class Exchange:
    """One request of the tab; ``status`` is None until it was answered, ``at`` monotonic seconds."""

    url: str
    method: str
    document: bool
    at: float
    status: int | None = None


class Traffic:
    """Listens to one tab. ``news`` is set whenever something was sent, answered, loaded or navigated."""

    KEPT = 400

    def __init__(self, cdp: CDPSession) -> None:
        self.exchanges: list[Exchange] = []
        self.status: int | None = None
        self.failure = ""
        self._open: dict[str, Exchange] = {}
        self._news = asyncio.Event()
        self._changed = time.monotonic()
        self._main_frame = ""
        listeners: dict[str, Callable[[dict[str, Any]], None]] = {
            "Network.requestWillBeSent": self._sent,
            "Network.responseReceived": self._received,
            "Network.loadingFinished": self._ended,
            "Network.loadingFailed": self._failed,
            "Page.frameNavigated": self._navigated,
            "Page.loadEventFired": self._stirred,
            "Page.domContentEventFired": self._stirred,
        }
        for event, take in listeners.items():
            cdp.on(event, take)

    def _stirred(self, _event: dict[str, Any] | None = None) -> None:
        self._changed = time.monotonic()
        self._news.set()

    def _sent(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if url.startswith(("data:", "blob:")):
            return
        earlier = self._open.get(event["requestId"])
        if earlier is not None and "redirectResponse" in event:
            earlier.status = event["redirectResponse"].get("status")
        exchange = Exchange(url[:2000], event["request"]["method"], event.get("type") == "Document", time.monotonic())
        # A picture, a font or a beacon that is late changes nothing of what can be pressed.
        if event.get("type") in AWAITED:
            self._open[event["requestId"]] = exchange
        self.exchanges = [*self.exchanges[-self.KEPT :], exchange]
        self._stirred()

    def _received(self, event: dict[str, Any]) -> None:
        exchange = self._open.get(event["requestId"])
        if exchange is not None:
            exchange.status = event["response"]["status"]
            if exchange.document and event.get("frameId") == (self._main_frame or event.get("frameId")):
                self.status = exchange.status
        self._stirred()

    def _ended(self, event: dict[str, Any]) -> None:
        self._open.pop(event["requestId"], None)
        self._stirred()

    def _failed(self, event: dict[str, Any]) -> None:
        exchange = self._open.pop(event["requestId"], None)
        if exchange is not None and exchange.document and not event.get("canceled"):
            self.failure = event.get("errorText", "")
        self._stirred()

    def _navigated(self, event: dict[str, Any]) -> None:
        if not event["frame"].get("parentId"):
            self._main_frame = event["frame"]["id"]
            began = max((one.at for one in self._open.values() if one.document), default=time.monotonic())
            self._open = {name: one for name, one in self._open.items() if one.at >= began}
        self._stirred()

    @property
    def waiting(self) -> bool:
        """Whether an answer to a page, to a write or to a script's request is still out."""
        return any(time.monotonic() - one.at < 60 for one in self._open.values())

    def since(self, at: float) -> list[Exchange]:
        return [one for one in self.exchanges if one.at >= at]

    async def rest(self, pause: float) -> None:
        """Wait until ``pause`` seconds have passed since the last request was sent."""
        last = self.exchanges[-1].at if self.exchanges else 0.0
        await asyncio.sleep(max(0.0, last + pause - time.monotonic()))

    async def news(self, seconds: float) -> None:
        """Wait until something happens, ``seconds`` at most."""
        self._news.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, seconds)):
                await self._news.wait()

    async def quiet(self, pause: float, cap: float) -> bool:
        """Wait until nothing is out and nothing happened for ``pause`` seconds; False when ``cap`` passed first."""
        end = time.monotonic() + cap
        while time.monotonic() < end:
            still = time.monotonic() - self._changed
            if not self._open and still >= pause:
                return True
            await self.news(min(0.25, pause - still if still < pause else 0.25))
        return False
