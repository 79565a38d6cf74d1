"""Typing as on a keyboard of the page's language: every letter of every script with its own key events."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from playwright.async_api import ElementHandle

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.shop_tab import ShopTab
from auditor.evidence.sight import FieldSeen

FOCUS_SECONDS = 1.5


async def type_into(shop: ShopTab, seen: FieldSeen, text: str, *, pause: float = 0.0) -> ElementHandle:
    """Put ``text`` in the place of what the field holds; ``pause`` seconds between keys. The field keeps the focus.

    :raises Vetoed: when the interlock refuses it, or the field is gone.
    """
    handle = await shop.hold(seen.index)
    if handle is None:
        raise Vetoed("It is no longer on the page.")
    async with shop.interlock.filling(handle, text):
        await handle.scroll_into_view_if_needed(timeout=FOCUS_SECONDS * 1000)
        await handle.focus()
        await handle.select_text(timeout=FOCUS_SECONDS * 1000)
        await shop.tab.keyboard.press("Delete")
        if pause:
            for letter in text:
                await asyncio.gather(*_pressed(shop, letter))
                await asyncio.sleep(pause)
        else:
            # In order all the same: the browser takes commands as they come, and nobody waits between two keys.
            await asyncio.gather(*(sent for letter in text for sent in _pressed(shop, letter)))
        shop.effort.keys += len(text)
    return handle


def _pressed(shop: ShopTab, letter: str) -> tuple[Coroutine[Any, Any, Any], ...]:
    key = {"key": letter, "text": letter, "unmodifiedText": letter}
    down = shop.cdp.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
    return down, shop.cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})
