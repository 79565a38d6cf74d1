"""Does to a page what shoppers do without meaning to press anything: scroll, leave with the pointer, press Escape."""

import asyncio
import contextlib
from typing import Any

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

from auditor.browser.isolated_world import IsolatedWorld
from auditor.browser.unwanted.recorder import UnwantedRecorder
from auditor.evidence import Insertions, Piece

LARGE_SHARE = 0.3
ASK_SECONDS, POINT_SECONDS = 2.0, 1.0
_LOOKED_AT = """[...document.querySelectorAll('h1, main img, [itemprop=price], [class*=price i], form button, main p')]
  .map((el) => el.getBoundingClientRect()).filter((r) => r.width > 8 && r.top >= 0 && r.bottom <= innerHeight)
  .slice(0, 10).map((r) => [r.left + r.width / 2, r.top + r.height / 2])"""
# The browser tells the page of a scroll with its next picture, which may not come while the page's clock stands still.
_SCROLL = """(() => {
  scrollTo({ top: document.documentElement.scrollHeight * SHARE, behavior: "instant" });
  document.dispatchEvent(new Event("scroll", { bubbles: true }));
})()"""
_POINTER_LEAVES = """(() => {
  const root = document.documentElement, out = { clientX: 300, clientY: -1 };
  root.dispatchEvent(new MouseEvent("mouseout", { bubbles: true, ...out }));
  for (const at of [root, document]) at.dispatchEvent(new MouseEvent("mouseleave", out));
})()"""


async def move_about(
    cdp: CDPSession, world: IsolatedWorld, recorder: UnwantedRecorder, size: tuple[float, float]
) -> None:
    """Scroll down and up again, point at what shoppers look at, and take the pointer out over the top: what waits for
    that shows itself."""
    calls = recorder.calls
    for share in (0.5, 1, 0):
        await _asked(cdp, world, _SCROLL.replace("SHARE", str(share)))
        await calls.wait_virtually(1.0)
    looked_at = await _asked(cdp, world, _LOOKED_AT) or []
    for x, y in (*looked_at, (size[0] / 2, size[1] / 2), (size[0] / 2, 1)):
        with contextlib.suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(POINT_SECONDS):
                await cdp.send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})
    # A browser without a window has no edge for the pointer to leave by.
    await _asked(cdp, world, _POINTER_LEAVES)
    await calls.wait_virtually(2.0)


async def _asked(cdp: CDPSession, world: IsolatedWorld, expression: str) -> Any:
    """The answer; None where a busy page gives none, for which the rest is done nonetheless. It waits for no promise:
    those are not kept while the page's clock stands still."""
    asked = {"expression": expression, "contextId": world.context_id, "returnByValue": True}
    with contextlib.suppress(PlaywrightError, TimeoutError):
        async with asyncio.timeout(ASK_SECONDS):
            return (await cdp.send("Runtime.evaluate", asked))["result"].get("value")
    return None


def in_the_way(piece: Piece) -> bool:
    return piece.kind == "layer" and piece.share >= LARGE_SHARE and not piece.consent


async def escaped(cdp: CDPSession, recorder: UnwantedRecorder, seen: Insertions, facts: dict[str, Any]) -> Insertions:
    """Which large layers the Escape key takes away."""
    with contextlib.suppress(PlaywrightError):
        for kind in ("keyDown", "keyUp"):
            key = {"type": kind, "key": "Escape", "code": "Escape", "windowsVirtualKeyCode": 27}
            await cdp.send("Input.dispatchKeyEvent", key)
        await recorder.calls.wait_virtually(1.0)
        left = {piece.selector for piece in (await recorder.record(**facts)).pieces if in_the_way(piece)}
        pieces = tuple(
            piece.model_copy(update={"escapes": piece.selector not in left}) if in_the_way(piece) else piece
            for piece in seen.pieces
        )
        return seen.model_copy(update={"pieces": pieces})
    return seen
