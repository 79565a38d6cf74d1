"""What a journey sees of its tab: looking at the page, waiting for an effect, taking hold of what was seen."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar

from playwright.async_api import CDPSession, ElementHandle
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.browser.interlock import steps_script
from auditor.browser.isolated_world import IsolatedWorld, ScriptFailed, collectors_source
from auditor.browser.journey.traffic import Traffic
from auditor.evidence.sight import Sight
from auditor.lexicon import base_language

LOOK_SECONDS = 8.0
PAUSE = 0.25
"""How long a page may do nothing before it is looked at again, in seconds: changes without traffic are seen then."""
T = TypeVar("T")


class CannotLook(Exception):
    """The page could not be read; the message says why."""


@cache
def _sight_source() -> str:
    here = Path(__file__).parent
    own = [(here / name).read_text("utf-8") for name in ("sight.js", "lists.js")]
    return "\n".join([steps_script(), *own]) + "\n0"


@dataclass
class Effort:
    """What a shopper would have had to do since the last reading."""

    clicks: int = 0
    keys: int = 0
    waited: float = 0.0


@dataclass(frozen=True)
class Listed:
    """An option of a list that is open. ``index`` finds it again, as it does a control."""

    index: int
    text: str
    value: str
    disabled: bool
    selected: bool


@dataclass
class TabView:
    """``end``: monotonic seconds at which the journey is over. ``effort.waited`` counts seconds spent for the shop.
    ``language`` is the one in which the shop is written, once it is known: what templates state is often another.
    ``slack``: how much longer a page may do nothing, where the machine is shared with other journeys."""

    tab: Tab
    cdp: CDPSession
    traffic: Traffic
    end: float
    effort: Effort = field(default_factory=Effort, init=False)
    language: str | None = field(default=None, init=False)
    slack: float = field(default=1.0, init=False)
    _stated: str | None = field(default=None, init=False)
    _world: IsolatedWorld | None = field(default=None, init=False)
    _documents: int = field(default=0, init=False)

    @property
    def left(self) -> float:
        return max(0.0, self.end - time.monotonic())

    def read_as(self, stated: str | None) -> str | None:
        """The language of a page that states one: the shop's, where the page says no more than all of its pages do."""
        self._stated = self._stated or stated
        template = stated in (None, self._stated) or base_language(stated) == "en"
        return self.language if self.language and template else stated

    async def look(self) -> Sight:
        """What is on the page now.

        :raises CannotLook: when it does not answer, or keeps navigating.
        """
        end, problem = time.monotonic() + LOOK_SECONDS, "it keeps navigating"
        # The world of the last look may be that of a document which is gone, with the next one there for some time.
        stale = self._world is not None
        while time.monotonic() < end:
            try:
                sight = Sight.model_validate(await self._evaluate("journeySight()"))
                return sight.model_copy(update={"language": self.read_as(sight.language)})
            except ScriptFailed as failed:
                self._world, problem = None, str(failed)
                if "did not answer" in problem:
                    break
            except PlaywrightError as failed:
                if self.tab.is_closed():
                    raise
                self._world, problem = None, failed.message.splitlines()[0]
            if not stale:
                await self.traffic.news(PAUSE)
            stale = False
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
        seconds, patience = seconds * self.slack, patience * self.slack
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

    async def settle(self, pause: float, cap: float) -> None:
        """Wait until nothing is out and nothing happened for ``pause`` seconds; the wait before that is the shop's."""
        began = time.monotonic()
        await self.traffic.quiet(pause, cap)
        self.effort.waited += max(0.0, time.monotonic() - began - pause)

    async def options(self, index: int) -> tuple[Listed, ...]:
        """What can be chosen in the list that a field opened: only what is visible now."""
        return tuple(Listed(**one) for one in await self._evaluate(f"journeyOptions({index})"))

    async def matching(self, selector: str) -> tuple[int, ...]:
        """The indices of what a CSS selector finds; none for one that is no selector."""
        return tuple(await self._evaluate(f"journeyMatching({json.dumps(selector)})"))

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

    async def inp(self) -> float | None:
        """The slowest interaction on this page so far, in milliseconds."""
        try:
            found = await self._evaluate(
                "Math.max(-1, ...(globalThis.auditorTiming ? globalThis.auditorTiming.events : []).map(([, ms]) => ms))"
            )
        except (ScriptFailed, PlaywrightError):
            return None
        return float(found) if isinstance(found, int | float) and found >= 0 else None

    def effort_since(self) -> Effort:
        done, self.effort = self.effort, Effort()
        return done
