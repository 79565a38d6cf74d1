"""Closes a large layer as a shopper would, and looks whether the next page brings it back."""

import asyncio
import contextlib

from playwright.async_api import BrowserContext, CDPSession
from playwright.async_api import Error as PlaywrightError

from auditor.browser.browser_process import quietly
from auditor.browser.session import guard_headers
from auditor.browser.unwanted.experimental import ExperimentalCalls
from auditor.browser.unwanted.gate import Gate
from auditor.browser.unwanted.pieces import PieceFinder
from auditor.browser.unwanted.provoking import in_the_way
from auditor.browser.unwanted.recorder import UnwantedRecorder
from auditor.evidence import Insertions, Piece
from auditor.settings import ShopSettings

AGAIN_SECONDS = 12.0
LOAD_SECONDS, CLOSE_SECONDS = 8.0, 2.0


async def closed_for_good(
    context: BrowserContext, cdp: CDPSession, gate: Gate, shop: ShopSettings, recorder: UnwantedRecorder,
    seen: Insertions, size: tuple[float, float],
) -> Insertions:  # fmt: skip
    """``seen`` with ``returns`` of the largest layer: whether another load of the page in the same context brings it
    back after it was closed. It stays None where the layer could not be closed, where closing it asked the shop for
    what was refused, and where the page was not there within AGAIN_SECONDS."""
    layers = [piece for piece in seen.pieces if in_the_way(piece) and (piece.escapes or piece.close)]
    layer = max(layers, key=lambda one: one.share, default=None)
    if layer is None:
        return seen
    with contextlib.suppress(PlaywrightError, TimeoutError):
        async with asyncio.timeout(AGAIN_SECONDS):
            held = len(recorder.log.held)
            if not layer.escapes and not await _closed(cdp, recorder, layer, size):
                return seen
            if len(recorder.log.held) > held:
                return seen
            back = await _there_again(context, gate, shop, seen, layer, size)
            changed = layer.model_copy(update={"returns": back})
            return seen.model_copy(update={"pieces": tuple(changed if one is layer else one for one in seen.pieces)})
    return seen


async def _closed(cdp: CDPSession, recorder: UnwantedRecorder, layer: Piece, size: tuple[float, float]) -> bool:
    """Whether a press on its control took it away."""
    if layer.close is None:
        return False
    x, y = layer.close.x + layer.close.width / 2, layer.close.y + layer.close.height / 2
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        event = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
        await cdp.send("Input.dispatchMouseEvent", event)
    await recorder.calls.wait_virtually(1.0)
    return not await _shown(recorder.calls, layer, size)


async def _there_again(
    context: BrowserContext, gate: Gate, shop: ShopSettings, seen: Insertions, layer: Piece, size: tuple[float, float]
) -> bool:
    tab = await context.new_page()
    gate.let(tab)
    try:
        cdp = await context.new_cdp_session(tab)
        await cdp.send("DOM.enable")
        await guard_headers(cdp, shop)
        await tab.goto(seen.url, wait_until="load", timeout=LOAD_SECONDS * 1000)
        calls = ExperimentalCalls(cdp)
        await calls.wait_virtually()
        return await _shown(calls, layer, size)
    finally:
        await quietly(tab.close(), CLOSE_SECONDS)


async def _shown(calls: ExperimentalCalls, layer: Piece, size: tuple[float, float]) -> bool:
    snapshot = await calls.snapshot()
    if snapshot is None or not snapshot["documents"]:
        raise PlaywrightError("the browser tells nothing of the page")
    found = PieceFinder(snapshot, size, (), (), None).all()
    return any(one.kind == "layer" and one.document.selector(one.at) == layer.selector for one in found)
