"""A journey that only looks: nothing is put into a cart, and nothing but reading leaves the browser."""

import asyncio
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Alarm, Interlock, NotGuarded
from auditor.browser.journey.ending import Ended, heeding, tripped
from auditor.browser.journey.interruptions import answer_consent, check_wall, clear_layers
from auditor.browser.journey.record import Record
from auditor.browser.journey.shop_tab import CannotLook, ShopTab, open_tab
from auditor.browser.session import BrowserSession
from auditor.evidence import Consent, Device, JourneyEvidence, JourneyName
from auditor.evidence.journey import Blocker, Refusal, StepIntent
from auditor.evidence.sight import Sight
from auditor.platforms import Platform
from auditor.progress import Progress
from auditor.settings import ShopSettings

GRACE_SECONDS = 10.0
KEPT_OUT = "robots.txt keeps {} from crawlers, and nobody of the shop allowed it, so it was not opened"


class Tour(Protocol):
    """What is looked at. ``facts`` are fields of the evidence, whenever the journey ended."""

    name: JourneyName

    async def go(self, around: "LookingAround", sight: Sight) -> None: ...

    def facts(self) -> dict[str, Any]: ...


class LookingAround:
    """One journey on one device, from the home page on. Never raises for what the shop or the browser does."""

    def __init__(
        self, session: BrowserSession, shop: ShopSettings, device: Device, run_folder: Path, *, home_url: str,
        platform: Platform | None, language: str | None, progress: Progress, seconds: float,
        allowed: Callable[[str], bool], alarm: Alarm | None = None, shared: int = 1,
    ) -> None:  # fmt: skip
        self.session, self.settings, self.device, self.run_folder = session, shop, device, run_folder
        self.home_url, self.platform, self.language = home_url, platform, language
        self.progress, self.allowed, self.shared = progress, allowed, shared
        self.slack = max(1.0, shared / (os.cpu_count() or 1))
        self.seconds = seconds * self.slack
        self.interlock = Interlock(
            shop.start_url, depth="cart", platform=platform.name if platform else None,
            may_open=allowed if shop.journey.within_robots else None, alarm=alarm,
        )  # fmt: skip
        self.consent: Consent | None = None
        self.layers_closed = 0
        self.tab: ShopTab
        self.record: Record

    async def walk(self, tour: Tour) -> JourneyEvidence:
        """The evidence of ``tour``, however it ended."""
        began, started = time.monotonic(), datetime.now(UTC)
        try:
            async with self.session.apart(self.device) as context:
                try:
                    await self.interlock.attach(context)
                    ended = await self._guarded(context, tour)
                finally:
                    await self.interlock.release()
        except NotGuarded as problem:
            ended = Ended(Blocker.INTERLOCK, StepIntent.OPEN_HOME, str(problem), how="forbidden")
        except Exception as problem:
            if not isinstance(problem, PlaywrightError) and type(problem).__name__ != "BrowserDied":
                raise
            why = f"The browser ended during the journey ({str(problem).splitlines()[0][:120]})."
            ended = Ended(Blocker.BROWSER_DIED, self._at(), why)
        if self.interlock.kept_out:
            ended = Ended(Blocker.INTERLOCK, self._at(), KEPT_OUT.format(self.interlock.kept_out), how="forbidden")
        if self.interlock.trip is not None:
            ended = tripped(self.interlock.trip, self._at())
        return self._evidence(tour, started, time.monotonic() - began, ended)

    async def _guarded(self, context: BrowserContext, tour: Tour) -> Ended | None:
        profile = self.session.profile(self.device)
        self.tab = await open_tab(self.session, context, self.interlock, profile, self.seconds)
        self.tab.language = self.interlock.language = self.language
        self.tab.slack = self.slack
        self.record = Record(self.tab, self.device, self.run_folder, self.progress, tour.name)
        self.tab.covered = self._uncover
        try:
            async with asyncio.timeout(self.seconds + GRACE_SECONDS):
                await heeding(self.interlock, self._at, self._toured(tour))
        except Ended as end:
            return end
        except TimeoutError:
            return Ended(Blocker.TIMEOUT, self._at(), f"The journey was not done after {self.seconds:.0f} s.")
        except CannotLook as problem:
            blocker = Blocker.TIMEOUT if self.tab.left <= 0 else Blocker.SPINNER
            return Ended(blocker, self._at(), f"The page could not be read: {problem}.")
        return None

    async def _toured(self, tour: Tour) -> None:
        await tour.go(self, await self._home())

    async def _home(self) -> Sight:
        draft = self.record.begin(StepIntent.OPEN_HOME)
        await self.tab.open(self.home_url)
        self.consent = await answer_consent(self.tab)
        sight = await self.tab.look()
        check_wall(self.tab, sight, StepIntent.OPEN_HOME)
        await self.record.write(draft, "Opened the home page", sight)
        return await self.clear(sight)

    async def clear(self, sight: Sight) -> Sight:
        """The page without what lies over it."""
        sight, closed = await clear_layers(self.tab, self.record, sight)
        self.layers_closed += closed
        return sight

    async def _uncover(self) -> bool:
        before = self.layers_closed
        await self.clear(await self.tab.look())
        return self.layers_closed > before

    def _at(self) -> StepIntent:
        steps = self.record.steps if hasattr(self, "record") else []
        return steps[-1].intent if steps else StepIntent.OPEN_HOME

    def _evidence(self, tour: Tour, started: datetime, took: float, end: Ended | None) -> JourneyEvidence:
        record, tab = getattr(self, "record", None), getattr(self, "tab", None)
        steps = tuple(record.steps) if record else ()
        reached = dict.fromkeys(step.reached for step in steps if step.reached)
        waited = record.waited if record else 0.0
        trip = self.interlock.trip
        return JourneyEvidence(
            journey=tour.name, device=self.device, depth="cart", shared=self.shared, started_at=started,
            took_ms=round(took * 1000), own_ms=round(max(0.0, took - waited) * 1000), steps=steps,
            ended=end.how if end else "completed",
            note=end.why if end else "", stuck_at=end.at if end else None, blocker=end.blocker if end else None,
            consent=self.consent, layers_closed=self.layers_closed, dialogs=tuple(tab.dialogs[:20]) if tab else (),
            popups=tuple(tab.popups[:20]) if tab else (), order_sign=trip.sign if trip else "",
            refused_requests=tuple(
                Refusal(method=one.method, address=one.address, why=one.why, phase=one.phase.value, at_ms=one.at_ms)
                for one in self.interlock.refused
            ),
            beyond_robots=tuple(url for url in reached if not self.allowed(url)), language=self.language,
            platform=self.platform.name if self.platform else None,
            # What a journey saw that was stopped by us says nothing about the shop.
            **({} if self.interlock.kept_out or (end and end.blocker is Blocker.TRIPPED) else tour.facts()),
        )  # fmt: skip
