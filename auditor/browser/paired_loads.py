"""Timed loads of two sides in turns, on one machine: a drift of the machine meets both alike."""

import contextlib
from types import TracebackType
from typing import Self

from playwright.async_api import Error as PlaywrightError

from auditor.browser.browser_process import BrowserDied
from auditor.browser.finder import BrowserNotFound
from auditor.browser.session import BrowserSession
from auditor.browser.timed_lane import TIMED_ARGS, Opens
from auditor.browser.timed_load import timed_load
from auditor.evidence import Device, TimedLoad
from auditor.speed.engine import EngineUnavailable, TraceEngine


class PairedLoads:
    """An async context manager: a browser of its own for each of the two sessions, of which one loads at a time."""

    def __init__(self, before: BrowserSession, after: BrowserSession) -> None:
        self._sessions = (before, after)
        self._last = contextlib.AsyncExitStack()
        self._opens: list[Opens] = []
        self._engine: TraceEngine | None = None
        self.why = ""

    async def __aenter__(self) -> Self:
        """:raises BrowserDied: when a browser cannot be started."""
        try:
            engine = await self._last.enter_async_context(TraceEngine())
            try:
                await engine.ready()
                self._engine = engine
            except EngineUnavailable as problem:
                self.why = f"times are of this machine, not of a slow phone: {problem}"
            for session in self._sessions:
                self._opens.append(await self._last.enter_async_context(session.timing(TIMED_ARGS)))
        except BaseException:
            await self._last.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._last.aclose()

    async def load(self, side: int, url: str, device: Device) -> TimedLoad:
        """Load ``url`` on side 0 (before) or 1 (after). Never raises for what the page does: ``note`` says it."""
        session = self._sessions[side]
        try:
            context = await self._opens[side](device)
        except (BrowserDied, BrowserNotFound, PlaywrightError):
            return TimedLoad(took_ms=0, note="the browser ended")
        return await timed_load(context, url, session.profile(device), session.shop, self._engine)
