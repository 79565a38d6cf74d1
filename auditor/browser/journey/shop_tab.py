"""The tab of a journey: it looks, opens, presses and fills, and asks the interlock before each."""

import contextlib
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from playwright.async_api import BrowserContext, Dialog, ElementHandle
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.browser.interlock import Interlock, Vetoed
from auditor.browser.isolated_world import WORLD, observer_source
from auditor.browser.journey.observing import Observer
from auditor.browser.journey.tab_view import CannotLook, Effort, TabView
from auditor.browser.journey.traffic import Traffic
from auditor.browser.page_log import PageLog
from auditor.browser.session import BrowserSession, guard_headers
from auditor.evidence import DeviceProfile
from auditor.evidence.journey import Ranked
from auditor.evidence.sight import Control, FieldSeen, Sight

__all__ = ["CannotLook", "Effort", "Gone", "ShopTab", "open_tab"]
PRESS_SECONDS = 1.5
_WITHIN = "(element, selector) => { try { return Boolean(element.closest(selector)); } catch { return false; } }"
_PRESSED = re.compile(r"performing (?:click|tap) action")
T = TypeVar("T")


class Gone(Vetoed):
    """What was seen is not there any more: the page was drawn anew."""

    def __init__(self) -> None:
        super().__init__("It is no longer on the page.")


@dataclass
class ShopTab(TabView):
    """Made by ``open_tab``. ``covered`` is asked to close what lies over a control, and says whether it did.
    ``observer`` notes what the checks ask for beside the way."""

    session: BrowserSession
    context: BrowserContext
    log: PageLog
    interlock: Interlock
    profile: DeviceProfile
    dialogs: list[str] = field(default_factory=list)
    popups: list[str] = field(default_factory=list)
    covered: Callable[[], Awaitable[bool]] | None = None
    observer: Observer | None = None

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
        async with self.struck(thing.index):
            found = await self.until(holds, seconds, patience=patience)
        await self.interlock.watch(self.tab)
        return found

    @contextlib.asynccontextmanager
    async def struck(self, index: int, value: str = "") -> AsyncIterator[None]:
        """Press what was seen, and answer for what it sets off until the block ends. ``value``: what is chosen by it.

        :raises Vetoed: when the interlock refuses it, or it is gone.
        """
        handle = await self.hold(index)
        if handle is None:
            raise Gone
        for selector in self.session.shop.journey.never_click:
            if await handle.evaluate(_WITHIN, selector):
                raise Vetoed(f"The settings say never to press it: {selector[:120]}.")
        watched = self.observer.pressing(index) if self.observer else contextlib.nullcontext()
        async with self.interlock.pressing(handle, value), watched:
            await self._strike(handle)
            self.effort.clicks += 1
            yield

    async def _strike(self, handle: ElementHandle) -> None:
        """A real tap or click. What lies over it is closed first; where that cannot be, the click is dispatched."""
        for last in (False, True):
            try:
                if self.profile.touch:
                    await handle.tap(timeout=PRESS_SECONDS * 1000)
                else:
                    await handle.click(timeout=PRESS_SECONDS * 1000, no_wait_after=True)
            except PlaywrightError as problem:
                if self.tab.is_closed() or not (
                    "Timeout" in problem.message or "outside of the viewport" in problem.message
                ):
                    raise
                # Pressed, and slow to say so: pressing again would add a second piece.
                if _PRESSED.search(problem.message):
                    return
                if last or self.covered is None or not await self.covered():
                    await handle.dispatch_event("click")
                    return
            else:
                return

    async def fill(self, seen: FieldSeen, value: str, *, leave: bool = True) -> None:
        """Type into a text field and ``leave`` it. The first and the last characters are typed key by key, for pages
        that listen to keys; what is between arrives at once, as from autofill.

        :raises Vetoed: when the interlock refuses it, or it is gone.
        """
        handle = await self.hold(seen.index)
        if handle is None:
            raise Gone
        async with self.interlock.filling(handle, value):
            await handle.scroll_into_view_if_needed(timeout=2000)
            await handle.focus()
            await handle.select_text(timeout=2000)
            await self.tab.keyboard.press("Delete")
            begun, between, end = (value[:2], value[2:-2], value[-2:]) if len(value) > 6 else (value, "", "")
            await handle.type(begun, timeout=15_000)
            if between:
                await self.tab.keyboard.insert_text(between)
                await self.tab.keyboard.type(end)
            self.effort.keys += len(value)
            if leave:
                await handle.evaluate("element => element.blur()")
                await self.settle(0.05, 1.0)

    async def select(self, seen: FieldSeen, value: str) -> None:
        """Choose an option of a list by its value.

        :raises Vetoed: when the interlock refuses it, or it is gone.
        """
        handle = await self.hold(seen.index)
        if handle is None:
            raise Gone
        async with self.interlock.filling(handle, value):
            await handle.select_option(value=value, timeout=3000, force=True)
            self.effort.clicks += 2
            await self.settle(0.1, 5.0)

    async def tick(self, seen: FieldSeen) -> None:
        """Choose a radio button or tick a box, by its label where that is what can be pressed.

        :raises Vetoed: when the interlock refuses it, or it is gone.
        """
        handle = await self.hold(seen.index)
        if handle is None:
            raise Gone
        async with self.interlock.filling(handle, seen.label or seen.value):
            try:
                await handle.check(timeout=1500)
            except PlaywrightError as problem:
                if "not attached" in problem.message:
                    raise Gone from problem
                # Some pages show the choice only after the shop has taken it.
                waits = "did not change its state" in problem.message
                if self.tab.is_closed() or not (waits or "Timeout" in problem.message):
                    raise
                if not waits:
                    label = await handle.evaluate_handle("element => (element.labels && element.labels[0]) || element")
                    await (label.as_element() or handle).dispatch_event("click")
            self.effort.clicks += 1
            await self.settle(0.1, 5.0)

    def dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(f"{dialog.type}: {dialog.message[:200]}")


async def open_tab(
    session: BrowserSession, context: BrowserContext, interlock: Interlock, profile: DeviceProfile, seconds: float
) -> ShopTab:
    """The one tab of a journey, in a context that the interlock is attached to."""
    tab = await context.new_page()
    cdp = await context.new_cdp_session(tab)
    made = ShopTab(
        tab, cdp, Traffic(cdp), time.monotonic() + seconds, session, context, PageLog(cdp), interlock, profile
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
