"""Pictures of the page. Full-page pictures have one pixel per CSS pixel, so a Box of the evidence is a crop of them."""

import base64
from typing import Any

from playwright.async_api import CDPSession

MAX_HEIGHT = 15_000
"""CSS pixels; what is below is not in the picture. The browser's own limit is 16,384."""
QUALITY = 72


async def viewport_picture(cdp: CDPSession, width: int, height: int) -> bytes:
    """What the shopper sees first, in device pixels, as JPEG. The page has to be scrolled to its top."""
    return await _capture(cdp, {"clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}})


async def current_picture(cdp: CDPSession) -> bytes:
    """What is in the viewport now, wherever the page is scrolled to, in device pixels, as JPEG."""
    return await _capture(cdp, {})


async def full_page_picture(cdp: CDPSession, width: float, height: float, dpr: float) -> bytes:
    """The whole page down to MAX_HEIGHT, as JPEG."""
    clip = {"x": 0, "y": 0, "width": max(1, width), "height": max(1, min(height, MAX_HEIGHT)), "scale": 1 / dpr}
    return await _capture(cdp, {"clip": clip, "captureBeyondViewport": True})


async def _capture(cdp: CDPSession, options: dict[str, Any]) -> bytes:
    options |= {"format": "jpeg", "quality": QUALITY, "optimizeForSpeed": True}
    return base64.b64decode((await cdp.send("Page.captureScreenshot", options))["data"])
