"""Answers the consent dialog: autoconsent first, then a reader of our own; and says what was chosen and by whom."""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from functools import cache, partial
from typing import Any, Literal

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

from auditor.browser.consent_words import Choice, Meaning, consent_dialog
from auditor.browser.isolated_world import WORLD, IsolatedWorld, ScriptFailed
from auditor.browser.page_log import PageLog
from auditor.browser.vendor_files import vendor_file
from auditor.evidence import Consent, Frame

Wish = Literal["reject", "accept", "leave"]
Press = Callable[[float, float], Awaitable[bool]]
BINDING = "auditorConsentMessage"
DETECT_SECONDS = 2.0
ANSWER_SECONDS = 10.0
GONE_SECONDS = 5.0
CALL_SECONDS = 3.0
MAX_CLICKS = 3
MAX_FRAMES = 12
ACTIONS: dict[Wish, str | None] = {"reject": "optOut", "accept": "optIn", "leave": None}
CHOICES: dict[Wish, Literal["rejected", "accepted", "left"]] = {
    "reject": "rejected",
    "accept": "accepted",
    "leave": "left",
}


@cache
def _bundle() -> str:
    send = f"globalThis.autoconsentSendMessage = async (message) => globalThis.{BINDING}(JSON.stringify(message));\n"
    return send + vendor_file("autoconsent.playwright.js").read_text("utf-8") + "\n0"


@cache
def _rules() -> str:
    return vendor_file("autoconsent.rules.json").read_text("utf-8")


class _Autoconsent:
    """One run of autoconsent over the frames of a page, in our own world; its snippets run in the page's."""

    def __init__(self, cdp: CDPSession, log: PageLog, wish: Wish) -> None:
        self._cdp, self._log, self._wish = cdp, log, wish
        self._frame_of: dict[int, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self.cmp: str | None = None
        self.popup = False
        self.answered: bool | None = None
        self.states: dict[int, str] = {}

    async def start(self, frames: list[tuple[str, Frame]]) -> None:
        self._cdp.on("Runtime.bindingCalled", self._called)
        await self._cdp.send("Runtime.addBinding", {"name": BINDING, "executionContextName": WORLD})
        for frame_id, _frame in frames[:MAX_FRAMES]:
            with contextlib.suppress(PlaywrightError, ScriptFailed):
                world = await IsolatedWorld.of(self._cdp, frame_id)
                self._frame_of[world.context_id] = frame_id
                self.states[world.context_id] = "started"
                await world.evaluate(_bundle(), CALL_SECONDS)

    def _called(self, event: dict[str, Any]) -> None:
        if event["name"] != BINDING or event["executionContextId"] not in self._frame_of:
            return
        task = asyncio.ensure_future(self._take(event["executionContextId"], json.loads(event["payload"])))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take(self, context: int, message: dict[str, Any]) -> None:
        match message.get("type"):
            case "init":
                config = {
                    "enabled": True, "autoAction": ACTIONS[self._wish], "enablePrehide": False, "isMainWorld": False,
                    "enableHeuristicDetection": True, "enableHeuristicAction": True, "heuristicMode": "tier2",
                    "detectRetries": 3,
                }  # fmt: skip
                answer = f'{{"type": "initResp", "config": {json.dumps(config)}, "rules": {_rules()}}}'
                await self._tell(context, answer)
            case "eval":
                result = await self._in_page(context, str(message.get("code", "")))
                await self._tell(context, json.dumps({"type": "evalResp", "id": message.get("id"), "result": result}))
            case "cmpDetected":
                self.cmp = str(message.get("cmp"))[:80]
            case "popupFound":
                self.cmp, self.popup = str(message.get("cmp"))[:80], True
            case "optOutResult" | "optInResult":
                self.answered = bool(message.get("result"))
            case "report":
                self.states[context] = str(message.get("state", {}).get("lifecycle"))
        self._news.set()

    async def _tell(self, context: int, message: str) -> None:
        expression = f"void autoconsentReceiveMessage({message})"
        with contextlib.suppress(PlaywrightError):
            await self._cdp.send("Runtime.evaluate", {"expression": expression, "contextId": context})

    async def _in_page(self, context: int, code: str) -> bool:
        options: dict[str, Any] = {"expression": code, "returnByValue": True, "awaitPromise": True, "timeout": 900}
        main = self._log.main_world.get(self._frame_of[context])
        if main is None:
            return False
        with contextlib.suppress(PlaywrightError):
            return bool(
                (await self._cdp.send("Runtime.evaluate", options | {"contextId": main}))["result"].get("value")
            )
        return False

    async def finished(self) -> None:
        """Wait for the end of detection, and of the answer where a dialog was found; bounded."""
        start = time.monotonic()
        while True:
            left = (ANSWER_SECONDS if self.popup else DETECT_SECONDS) - (time.monotonic() - start)
            quiet = all(state in ("nothingDetected", "done") for state in self.states.values())
            if (
                left <= 0
                or self.answered is not None
                or (quiet and not self.popup)
                or (self.popup and self._wish == "leave")
            ):
                return
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._news.wait()

    def stop(self) -> None:
        self._cdp.remove_listener("Runtime.bindingCalled", self._called)
        for task in self._tasks:
            task.cancel()


async def dialog_open(world: IsolatedWorld) -> bool:
    """Whether our own reader sees a consent dialog."""
    return await _choices(world) is not None


async def settle_consent(
    cdp: CDPSession,
    world: IsolatedWorld,
    log: PageLog,
    frames: list[tuple[str, Frame]],
    wish: Wish,
    *,
    press: Press | None = None,
) -> Consent:
    """Find the consent dialog and answer it as wished; returns once it is gone or stays. ``press`` presses a place of
    the page and says whether it did; without it the presses of our own reader are made here."""
    start = time.monotonic()
    began = float(await world.evaluate("performance.now()", CALL_SECONDS))
    auto = _Autoconsent(cdp, log, wish)
    try:
        await auto.start(frames)
        await auto.finished()
    finally:
        auto.stop()
    if not auto.popup and not await dialog_open(world):
        return Consent(dialog_seen=False, cmp=auto.cmp, choice="none", by="none")
    if wish == "leave":
        return Consent(dialog_seen=True, cmp=auto.cmp, choice="left", by="none", still_open=True)
    if auto.answered and await _gone(world):
        took = round((time.monotonic() - start) * 1000)
        return Consent(
            dialog_seen=True, cmp=auto.cmp, choice=CHOICES[wish], by="autoconsent", began_ms=began, took_ms=took
        )  # fmt: skip
    meant = await _press(press or partial(_press_at, cdp), world, wish)
    gone = await _gone(world)
    return Consent(
        dialog_seen=True, cmp=auto.cmp, choice=meant if gone else "left", by="fallback" if meant != "left" else "none",
        began_ms=began, took_ms=round((time.monotonic() - start) * 1000), still_open=not gone,
    )  # fmt: skip


async def _press_at(cdp: CDPSession, x: float, y: float) -> bool:
    for kind in ("mousePressed", "mouseReleased"):
        event = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
        await cdp.send("Input.dispatchMouseEvent", event)
    return True


async def _press(press: Press, world: IsolatedWorld, wish: Wish) -> Literal["rejected", "accepted", "left"]:
    """Press what means the wish, else the way to it, with real pointer events; it may need two or three presses."""
    order: tuple[Meaning, ...] = ("accept",) if wish == "accept" else ("reject", "close", "settings")
    for _attempt in range(MAX_CLICKS):
        choices = [choice for choice in await _choices(world) or [] if choice.means in order]
        if not choices:
            break
        best = min(choices, key=lambda choice: order.index(choice.means))
        if not await press(best.x, best.y):
            break
        if best.means != "settings" and await _gone(world):
            # Closing without a choice gives no consent: that is a refusal.
            return "accepted" if best.means == "accept" else "rejected"
    return "left"


async def _choices(world: IsolatedWorld) -> list[Choice] | None:
    return consent_dialog(await world.call("consentLayers", seconds=CALL_SECONDS))


async def _gone(world: IsolatedWorld) -> bool:
    """Watch the dialog until it is gone, GONE_SECONDS at most."""
    end = time.monotonic() + GONE_SECONDS
    while await _choices(world) is not None:
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.1)
    return True
