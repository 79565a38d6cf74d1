"""The browser's experimental calls, in one place: tried at the start, with what takes their place where they fail."""

import asyncio
import contextlib
import re
import time
from collections.abc import Sequence
from typing import Any, Literal

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

ASYNC_DEPTH = 32
STYLES = (
    "position", "z-index", "opacity", "pointer-events", "visibility", "background-color", "cursor", "background-image",
    "overflow-y", "font-size",
)  # fmt: skip
PRESSES = frozenset(("click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend", "auxclick"))
LATE_SECONDS = 90.0
LATE_WALL_SECONDS = 2.5
SLOW_WALL_SECONDS, ALL_WALL_SECONDS = 0.6, 9.0
"""Of ours: for a wait on a page whose timers take all of a wait, and for all waits of a page together."""

ADDRESS = re.compile(r"https?://[^\s()]+?(?=:\d+:\d+)")
"""A script's address in a stack that the page's engine wrote."""

_HOOKS = """(() => {
  const makers = new WeakMap();
  const note = (node) => { if (node instanceof Object && !makers.has(node)) makers.set(node, new Error().stack); };
  Object.defineProperty(window, Symbol.for("auditor-makers"), { value: (node) => makers.get(node) || "" });
  for (const name of ["createElement", "createElementNS"]) {
    const original = Document.prototype[name];
    Document.prototype[name] = function (...args) { const made = original.apply(this, args); note(made); return made; };
  }
  const insert = Element.prototype.insertAdjacentHTML;
  Element.prototype.insertAdjacentHTML = function (...args) {
    const before = new Set(this.parentNode ? this.parentNode.querySelectorAll("*") : []);
    insert.apply(this, args);
    for (const one of (this.parentNode || this).querySelectorAll("*")) if (!before.has(one)) note(one);
  };
  const inner = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
  Object.defineProperty(Element.prototype, "innerHTML", { ...inner, set(html) {
    inner.set.call(this, html);
    for (const one of this.querySelectorAll("*")) note(one);
  } });
})()"""


class ExperimentalCalls:
    """``makers_by`` says how the maker of an element is told, ``refused`` which calls this browser does not offer."""

    def __init__(self, cdp: CDPSession, *, without: Sequence[str] = ()) -> None:
        """``without``: calls that are taken for refused, for a test of what takes their place."""
        self._cdp = cdp
        self._without = frozenset(without)
        self.makers_by: Literal["browser", "hooks", "none"] = "none"
        self.refused: list[str] = []
        self._slow = False
        self._wall_left = ALL_WALL_SECONDS

    async def _offered(self, method: str, arguments: dict[str, Any] | None = None) -> Any:
        """The answer of a call; None where the browser has no such call, which is then noted once."""
        if method in self.refused:
            return None
        try:
            if method in self._without:
                raise PlaywrightError("not tried")
            return await self._cdp.send(method, arguments or {})
        except PlaywrightError as problem:
            if "Target" in problem.message and "closed" in problem.message:
                raise
            self.refused.append(method)
            return None

    async def start(self) -> None:
        """Before the first document. The domains Page, DOM, Debugger, Runtime and Network are on already."""
        await self._offered("Debugger.setAsyncCallStackDepth", {"maxDepth": ASYNC_DEPTH})
        if await self._offered("DOM.setNodeStackTracesEnabled", {"enable": True}) is not None:
            self.makers_by = "browser"
            return
        if await self._offered("Page.addScriptToEvaluateOnNewDocument", {"source": _HOOKS}) is not None:
            self.makers_by = "hooks"

    async def snapshot(self) -> dict[str, Any] | None:
        arguments = {"computedStyles": list(STYLES), "includePaintOrder": True}
        found: dict[str, Any] | None = await self._offered("DOMSnapshot.captureSnapshot", arguments)
        return found

    async def stacks(self, backend_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Backend node id to the call stack that made the node, for those that a script made."""
        if not backend_ids or self.makers_by == "none":
            return {}
        if self.makers_by == "hooks":
            found = await asyncio.gather(*(self._hooked(one) for one in backend_ids))
            return {one: stack for one, stack in zip(backend_ids, found, strict=True) if stack}
        with contextlib.suppress(PlaywrightError):
            await self._cdp.send("DOM.getDocument", {"depth": 0})
            pushed = await self._cdp.send("DOM.pushNodesByBackendIdsToFrontend", {"backendNodeIds": list(backend_ids)})
            answers = await asyncio.gather(*(self._native(node) for node in pushed["nodeIds"]))
            return {one: stack for one, stack in zip(backend_ids, answers, strict=True) if stack}
        return {}

    async def _native(self, node: int) -> dict[str, Any] | None:
        try:
            stacks = await self._cdp.send("DOM.getNodeStackTraces", {"nodeId": node})
        except PlaywrightError:
            return None
        stack: dict[str, Any] | None = stacks.get("creation")
        return stack

    async def _hooked(self, backend_id: int) -> dict[str, Any] | None:
        """The stack that our hook noted, in the browser's own form."""
        read = 'function () { const of = window[Symbol.for("auditor-makers")]; return of ? of(this) : ""; }'
        try:
            handle = (await self._cdp.send("DOM.resolveNode", {"backendNodeId": backend_id}))["object"]["objectId"]
            arguments = {"objectId": handle, "functionDeclaration": read, "returnByValue": True}
            text = str((await self._cdp.send("Runtime.callFunctionOn", arguments))["result"].get("value") or "")
        except (PlaywrightError, KeyError):
            return None
        frames = [{"url": found[0], "scriptId": ""} for found in ADDRESS.finditer(text)]
        return {"callFrames": frames} if frames else None

    async def listeners(self, backend_id: int) -> list[str]:
        """Script ids of the listeners on an element."""
        with contextlib.suppress(PlaywrightError, KeyError):
            handle = (await self._cdp.send("DOM.resolveNode", {"backendNodeId": backend_id}))["object"]["objectId"]
            found = await self._offered("DOMDebugger.getEventListeners", {"objectId": handle})
            return [one["scriptId"] for one in (found or {}).get("listeners", [])]
        return []

    async def press_listeners(self, expression: str, context_id: int | None = None) -> list[str]:
        """Script ids of what listens to presses on the object that an expression names."""
        arguments: dict[str, Any] = {"expression": expression}
        if context_id is not None:
            arguments["contextId"] = context_id
        with contextlib.suppress(PlaywrightError, KeyError):
            handle = (await self._cdp.send("Runtime.evaluate", arguments))["result"]["objectId"]
            found = await self._offered("DOMDebugger.getEventListeners", {"objectId": handle})
            return [one["scriptId"] for one in (found or {}).get("listeners", []) if one["type"] in PRESSES]
        return []

    async def wait_virtually(self, seconds: float = LATE_SECONDS) -> float:
        """Let the page's timers run for ``seconds`` of its own time within LATE_WALL_SECONDS of ours; what was run.

        A page that once took all of that gets less afterwards, so that busy frames do not use up the look's time.
        From the first call on the page's clock stands still between calls: that is the browser's way.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def expired(_event: dict[str, Any]) -> None:
            if not done.done():
                done.set_result(None)

        self._cdp.on("Emulation.virtualTimeBudgetExpired", expired)
        budget = {"policy": "pauseIfNetworkFetchesPending", "budget": round(seconds * 1000)}
        began = time.monotonic()
        try:
            async with asyncio.timeout(min(SLOW_WALL_SECONDS if self._slow else LATE_WALL_SECONDS, self._wall_left)):
                if await self._offered("Emulation.setVirtualTimePolicy", budget) is None:
                    return 0.0
                await done
            return seconds
        except TimeoutError:
            self._slow = True
            return 0.0
        finally:
            self._wall_left = max(0.1, self._wall_left - (time.monotonic() - began))
            self._cdp.remove_listener("Emulation.virtualTimeBudgetExpired", expired)
