"""Presses links, the buy button and what lies over the page, and records where each press would have led."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Collection
from functools import cache
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

from auditor.ads.parties import party_of
from auditor.browser.isolated_world import IsolatedWorld, ScriptFailed
from auditor.browser.unwanted.recorder import UnwantedRecorder
from auditor.evidence import Box, Piece, Press
from auditor.interlock.clicking import ordering_label

What = Literal["link", "buy", "layer", "frame", "block", "back", "search"]
MOST_LINKS, MOST_LURES = 3, 2
MOST_PIECES = 5
CALL_SECONDS = 3.0
AFTER_VIRTUAL_S = 3.0
AFTER_S = 0.15
PRESS_PX = 4_000


@cache
def _source() -> str:
    return (Path(__file__).parent / "pressing.js").read_text("utf-8")


class Presser:
    """``virtual``: the page's clock is ours, so that its timers are run after each press."""

    def __init__(
        self, cdp: CDPSession, world: IsolatedWorld, recorder: UnwantedRecorder, *, virtual: bool, touch: bool = False
    ) -> None:
        self._cdp, self._world, self._recorder, self._virtual = cdp, world, recorder, virtual
        self._touch = touch
        self.made: list[Press] = []
        self.height = 800.0

    async def all(self, pieces: Collection[Piece], buy: tuple[str, Box, str] | None, own: Collection[str]) -> None:
        """``buy``: selector, box and label of the buy button; one that orders is never pressed."""
        self._recorder.log.moment = "pressing"
        await self._world.evaluate(_source(), CALL_SECONDS)
        over = [piece for piece in pieces if self._worth(piece, own)]
        over.sort(key=lambda piece: (-piece.share, -(piece.box.area if piece.box else 0)))
        for piece in over[:MOST_PIECES]:
            await self._piece(piece)
        links = await self._world.evaluate(f"auditorLinks({MOST_LINKS})", CALL_SECONDS)
        for place, url in enumerate(links or ()):
            await self._aimed("link", place, str(url)[:1000])
        for place, (url, words) in enumerate(
            await self._world.evaluate(f"auditorLures({MOST_LURES})", CALL_SECONDS) or ()
        ):
            if not ordering_label(str(words)):
                await self._aimed("block", place, str(url)[:1000])
        edge = await self._world.evaluate("auditorEdge()", CALL_SECONDS)
        if edge is not None:
            await self._press("link", edge["selector"], edge, None)
        if buy is not None and not ordering_label(buy[2]):
            await self._aimed("buy", buy[0], None)
        await self._search()
        await self._back()

    async def _search(self) -> None:
        """The Enter key in a search field whose form stays with the shop."""
        aim = await self._world.evaluate("auditorSearchField()", CALL_SECONDS)
        if aim is None:
            return

        async def type_and_enter() -> None:
            await self._click(aim)
            for key in ({"key": "a", "text": "a"}, {"key": "Enter", "text": "\r", "windowsVirtualKeyCode": 13}):
                await self._cdp.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
                await self._cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": key["key"]})

        await self._did("search", aim["selector"], type_and_enter(), aim["action"])

    async def _back(self) -> None:
        """The browser's back button, where the page has put entries of its own into the history."""
        history = await self._cdp.send("Page.getNavigationHistory")
        before = [entry["url"] for entry in history["entries"][: history["currentIndex"]]]
        if before and party_of(before[-1]):
            await self._did("back", "the back button", self._world.evaluate("history.back()", CALL_SECONDS), before[-1])

    def _worth(self, piece: Piece, own: Collection[str]) -> bool:
        """Made by others or of others, or invisible; never a consent dialog, whose buttons say something for us."""
        if piece.consent or piece.hidden or piece.box is None or piece.box.area < PRESS_PX:
            return False
        if piece.kind == "form" or (piece.kind == "link" and (piece.layer or piece.box.area < 16_000)):
            return False
        strange = any(party_of(url) not in own for url in (*piece.maker, *piece.leads, *piece.files) if party_of(url))
        return strange or piece.faint or (piece.kind in ("layer", "block") and bool(piece.maker))

    async def _piece(self, piece: Piece) -> None:
        assert piece.box is not None
        box = piece.box
        x, y = box.x + box.width / 2, box.y + min(box.height / 2, 2000)
        call = "auditorAimAtScreen" if piece.layer and y < self.height else "auditorAimAt"
        aim = await self._world.evaluate(f"{call}({x}, {y})", CALL_SECONDS)
        kind: Literal["layer", "frame", "block", "link"] = "layer" if piece.kind == "form" else piece.kind
        expected = piece.leads[0] if piece.kind == "link" and piece.leads else None
        await self._press(kind, piece.selector, aim, expected)

    async def _aimed(self, what: Literal["link", "buy", "block"], place: int | str, expected: str | None) -> None:
        aim = await self._world.evaluate(f"auditorAim({json.dumps(place)})", CALL_SECONDS)
        if aim is not None:
            await self._press(what, aim["selector"], aim, expected)

    async def _press(self, what: What, selector: str, aim: dict[str, Any], expected: str | None) -> None:
        await self._did(what, selector, self._click(aim), expected)

    async def _click(self, aim: dict[str, Any]) -> None:
        if self._touch:
            point = {"x": aim["x"], "y": aim["y"]}
            await self._cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
            await self._cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            event = {"type": kind, "x": aim["x"], "y": aim["y"], "button": "left", "clickCount": 1}
            await self._cdp.send("Input.dispatchMouseEvent", event)

    async def _did(self, what: What, selector: str, act: Awaitable[object], expected: str | None) -> None:
        """Do it and note where it led."""
        log = self._recorder.log
        before = len(log.left)
        with contextlib.suppress(PlaywrightError, ScriptFailed, TimeoutError):
            async with asyncio.timeout(CALL_SECONDS):
                await act
            if self._virtual:
                await self._recorder.calls.wait_virtually(AFTER_VIRTUAL_S)
            await asyncio.sleep(AFTER_S)
        went = tuple(log.left[before:])
        del log.left[before:]
        listeners: tuple[str, ...] = ()
        if went and what in ("link", "buy", "search", "block"):
            calls = self._recorder.calls
            ids = await calls.press_listeners("globalThis.auditorAimed", self._world.context_id)
            listeners = self._recorder.named(ids)
        one = Press(what=what, selector=selector[:200], expected=expected, went=went, listeners=listeners)
        self.made.append(one)
