"""The tab of a journey: it looks, opens, presses and fills, and asks the interlock before each."""

import contextlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar

from playwright.async_api import BrowserContext, CDPSession, Dialog, ElementHandle
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.browser.interlock import Interlock, Vetoed
from auditor.browser.isolated_world import WORLD, IsolatedWorld, ScriptFailed, collectors_source, observer_source
from auditor.browser.journey.traffic import Traffic
from auditor.browser.page_log import PageLog
from auditor.browser.session import BrowserSession, guard_headers
from auditor.evidence import DeviceProfile
from auditor.evidence.journey import Ranked
from auditor.evidence.sight import Control, FieldSeen, Sight

LOOK_SECONDS = 8.0
PRESS_SECONDS = 1.5
PAUSE = 0.25
"""How long a page may do nothing before it is looked at again, in seconds: changes without traffic are seen then."""
T = TypeVar("T")


class CannotLook(Exception):
    """The page could not be read; the message says why."""


@cache
def _sight_source() -> str:
    return (Path(__file__).parent / "sight.js").read_text("utf-8") + "\n0"


@dataclass
class Effort:
    """What a shopper would have had to do since the last reading."""

    clicks: int = 0
    keys: int = 0
    waited: float = 0.0


@dataclass
class ShopTab:
    """Made by ``open_tab``. ``effort.waited`` counts seconds spent for the shop: loading and effects. ``covered`` is
    asked to close what lies over a control, and says whether it did."""

    session: BrowserSession
    context: BrowserContext
    tab: Tab
    cdp: CDPSession
    traffic: Traffic
    log: PageLog
    interlock: Interlock
    profile: DeviceProfile
    end: float
    effort: Effort = field(default_factory=Effort)
    dialogs: list[str] = field(default_factory=list)
    popups: list[str] = field(default_factory=list)
    covered: Callable[[], Awaitable[bool]] | None = None
    _world: IsolatedWorld | None = None
    _documents: int = 0

    @property
    def left(self) -> float:
        return max(0.0, self.end - time.monotonic())

    async def open(self, url: str) -> None:
        """Open an address; returns when its document was read, or cannot be had."""
        began = time.monotonic()
        self.traffic.status, self.traffic.failure = None, ""
        try:
            async with self.interlock.opening():
                await self.tab.goto(url, wait_until="domcontentloaded", timeout=max(1.0, min(45.0, self.left)) * 1000)
                await self.traffic.quiet(0.1, min(3.0, self.left))
        except PlaywrightError as problem:
            if self.tab.is_closed():
                raise
            self.traffic.failure = problem.message.splitlines()[0][:160]
        self.effort.waited += time.monotonic() - began

    async def look(self) -> Sight:
        """What is on the page now.

        :raises CannotLook: when it does not answer, or keeps navigating.
        """
        end, problem = time.monotonic() + LOOK_SECONDS, "it keeps navigating"
        while time.monotonic() < end:
            try:
                return Sight.model_validate(await self._evaluate("journeySight()"))
            except ScriptFailed as failed:
                self._world, problem = None, str(failed)
                if "did not answer" in problem:
                    break
            except PlaywrightError as failed:
                if self.tab.is_closed():
                    raise
                self._world, problem = None, failed.message.splitlines()[0]
            await self.traffic.news(PAUSE)
        raise CannotLook(problem[:200])

    async def world(self) -> IsolatedWorld:
        """Our world in the document that is open now."""
        if self._world is None:
            tree = await self.cdp.send("Page.getFrameTree")
            world = await IsolatedWorld.of(self.cdp, tree["frameTree"]["frame"]["id"])
            if await world.evaluate("document.readyState", 3.0) == "loading":
                raise ScriptFailed("the document is still loading")
            if not await world.evaluate("typeof journeySight === 'function'", 3.0):
                await world.evaluate(collectors_source(), 5.0)
                self._documents += 1
                await world.evaluate(f"{_sight_source()}; journeyBase = {self._documents * 100_000}", 5.0)
            world.loaded = True
            self._world = world
        return self._world

    async def _evaluate(self, expression: str) -> Any:
        return await (await self.world()).evaluate(expression, LOOK_SECONDS)

    async def until(
        self, holds: Callable[[Sight], T | None], seconds: float, *, patience: float = 1.5
    ) -> tuple[T | None, Sight]:
        """Look until ``holds`` finds something. Gives up after ``seconds``,
        or when nothing happened for ``patience``."""
        end, began = time.monotonic() + min(seconds, self.left), time.monotonic()
        still_since, previous = began, ""
        while True:
            sight = await self.look()
            found = holds(sight)
            now = time.monotonic()
            seen = f"{sight.url}|{sight.text}|{sight.outside_text}|{len(sight.controls)}|{len(sight.fields)}"
            if seen != previous or self.traffic.waiting or sight.busy:
                still_since, previous = now, seen
            if found or now >= end or now - still_since > patience:
                self.effort.waited += now - began
                return found, sight
            await self.traffic.news(min(PAUSE, max(0.01, end - now)))

    async def hold(self, index: int) -> ElementHandle | None:
        """The browser driver's handle of something that was seen."""
        mark = f"data-{token_hex(6)}"
        try:
            if not await self._evaluate(f"journeyMark({index}, '{mark}')"):
                return None
            try:
                for frame in self.tab.frames:
                    if found := await frame.query_selector(f"[{mark}]"):
                        return found
            finally:
                await self._evaluate(f"journeyUnmark({index}, '{mark}')")
        except (PlaywrightError, ScriptFailed):
            if self.tab.is_closed():
                raise
        return None

    async def press(
        self,
        thing: Control | Ranked | FieldSeen,
        holds: Callable[[Sight], T | None],
        seconds: float,
        *,
        patience: float = 1.5,
    ) -> tuple[T | None, Sight]:
        """Press it and look until ``holds`` finds its effect.

        :raises Vetoed: when the interlock refuses it, or it is gone.
        """
        handle = await self.hold(thing.index)
        if handle is None:
            raise Vetoed("It is no longer on the page.")
        async with self.interlock.pressing(handle):
            await self._strike(handle)
            self.effort.clicks += 1
            found = await self.until(holds, seconds, patience=patience)
        await self.interlock.watch(self.tab)
        return found

    async def _strike(self, handle: ElementHandle) -> None:
        """A real tap or click. What lies over it is closed first; where that cannot be, the click is dispatched."""
        for last in (False, True):
            try:
                if self.profile.touch:
                    await handle.tap(timeout=PRESS_SECONDS * 1000)
                else:
                    await handle.click(timeout=PRESS_SECONDS * 1000)
            except PlaywrightError as problem:
                if self.tab.is_closed() or not (
                    "Timeout" in problem.message or "outside of the viewport" in problem.message
                ):
                    raise
                if last or self.covered is None or not await self.covered():
                    await handle.dispatch_event("click")
                    return
            else:
                return

    async def fill(self, seen: FieldSeen, value: str) -> None:
        """Type into a text field as a shopper does, key by key.

        :raises Vetoed: when the interlock refuses it, or it is gone.
        """
        handle = await self.hold(seen.index)
        if handle is None:
            raise Vetoed("It is no longer on the page.")
        async with self.interlock.filling(handle, value):
            await handle.scroll_into_view_if_needed(timeout=2000)
            await handle.focus()
            await handle.select_text(timeout=2000)
            await self.tab.keyboard.press("Delete")
            await handle.type(value, timeout=15_000)
            self.effort.keys += len(value)
            await handle.evaluate("element => element.blur()")
            await self.traffic.quiet(0.05, 1.0)

    async def select(self, seen: FieldSeen, value: str) -> None:
        """Choose an option of a list by its value.

        :raises Vetoed: when the interlock refuses it, or it is gone.
        """
        handle = await self.hold(seen.index)
        if handle is None:
            raise Vetoed("It is no longer on the page.")
        async with self.interlock.filling(handle, value):
            await handle.select_option(value=value, timeout=3000, force=True)
            self.effort.clicks += 2
            await self.traffic.quiet(0.1, 5.0)

    async def tick(self, seen: FieldSeen) -> None:
        """Choose a radio button or tick a box, by its label where that is what can be pressed.

        :raises Vetoed: when the interlock refuses it, or it is gone.
        """
        handle = await self.hold(seen.index)
        if handle is None:
            raise Vetoed("It is no longer on the page.")
        async with self.interlock.filling(handle, ""):
            try:
                await handle.check(timeout=1500)
            except PlaywrightError as problem:
                if self.tab.is_closed() or "Timeout" not in problem.message:
                    raise
                label = await handle.evaluate_handle("element => (element.labels && element.labels[0]) || element")
                await (label.as_element() or handle).dispatch_event("click")
            self.effort.clicks += 1
            await self.traffic.quiet(0.1, 5.0)

    async def inp(self) -> float | None:
        """The slowest interaction on this page so far, in milliseconds."""
        try:
            found = await self._evaluate(
                "Math.max(-1, ...(globalThis.auditorTiming ? globalThis.auditorTiming.events : []).map(([, ms]) => ms))"
            )
        except (ScriptFailed, PlaywrightError):
            return None
        return float(found) if isinstance(found, int | float) and found >= 0 else None

    def dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(f"{dialog.type}: {dialog.message[:200]}")

    def effort_since(self) -> Effort:
        done, self.effort = self.effort, Effort()
        return done


async def open_tab(
    session: BrowserSession, context: BrowserContext, interlock: Interlock, profile: DeviceProfile, seconds: float
) -> ShopTab:
    """The one tab of a journey, in a context that the interlock is attached to."""
    tab = await context.new_page()
    cdp = await context.new_cdp_session(tab)
    made = ShopTab(
        session, context, tab, cdp, Traffic(cdp), PageLog(cdp), interlock, profile, time.monotonic() + seconds
    )
    for method, options in (
        ("Page.enable", {}), ("Network.enable", {}), ("Runtime.enable", {}),
        ("Page.addScriptToEvaluateOnNewDocument", {"source": observer_source(), "worldName": WORLD}),
    ):  # fmt: skip
        await cdp.send(method, options)
    await guard_headers(cdp, session.shop)
    tab.on("dialog", lambda dialog: _answer(made, dialog))
    context.on("page", lambda other: _close(made, other))
    return made


async def _answer(made: ShopTab, dialog: Dialog) -> None:
    """Dialogs are noted. Only "leave this page?" and, while the cart is emptied, "are you sure?" are agreed to."""
    made.dialog(dialog)
    clearing = made.interlock.phase.value == "clearing"
    try:
        await (dialog.accept() if dialog.type == "beforeunload" or clearing else dialog.dismiss())
    except PlaywrightError:
        return


async def _close(made: ShopTab, other: Tab) -> None:
    if other is made.tab:
        return
    with contextlib.suppress(PlaywrightError):
        await other.wait_for_load_state("domcontentloaded", timeout=3000)
    if other.url and other.url != "about:blank":
        made.popups.append(other.url[:500])
    try:
        await other.close()
    except PlaywrightError:
        return
