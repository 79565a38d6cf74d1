"""Choosing in lists of a page's own making: opened by a press, or offered while one types."""

import time
from collections.abc import Callable, Sequence

from playwright.async_api import Error as PlaywrightError

from auditor.browser.isolated_world import ScriptFailed
from auditor.browser.journey.shop_tab import Gone, ShopTab
from auditor.browser.journey.tab_view import Listed
from auditor.evidence.sight import FieldSeen

OPEN_SECONDS = 2.5
OFFER_SECONDS = 4.0
TYPED = 24
LONG = 10
"""A list of so many options may have more that are not drawn yet; then the name is typed to find it."""

Pick = Callable[[Sequence[Listed]], Listed | None]


async def choose(shop: ShopTab, seen: FieldSeen, pick: Pick, rest: Pick, names: Sequence[str] = ()) -> str | None:
    """Open a list and press the option that ``pick`` takes; returns its text, or None when nothing was chosen and the
    list was closed again. ``names`` are typed, one after another, where the list does not show what is wanted; ``rest``
    is asked at last.

    :raises Vetoed: when the interlock refuses the list or the option.
    """
    able = await _open(shop, seen)
    found = pick(able)
    if found is None and len(able) >= LONG:
        for name in names[:2]:
            # A space would choose what is marked.
            await _type(shop, seen, name.split()[0][:TYPED])
            found = pick([one for one in await _offered(shop, seen, OPEN_SECONDS) if not one.disabled])
            if found is not None:
                break
        else:
            await shop.tab.keyboard.press("Escape")
            able = await _open(shop, seen)
    return await _press(shop, found or rest(able))


async def complete(shop: ShopTab, seen: FieldSeen, pick: Pick, value: str) -> str | None:
    """Type into a field that offers suggestions, and press the one that ``pick`` takes. The text stays where none is
    offered: then the result is None.

    :raises Vetoed: when the interlock refuses the field or the suggestion.
    """
    await shop.fill(seen, value, leave=False)
    offered = await _offered(shop, seen, OFFER_SECONDS)
    return await _press(shop, pick([one for one in offered if not one.disabled]))


async def _open(shop: ShopTab, seen: FieldSeen) -> list[Listed]:
    async with shop.struck(seen.index):
        return [one for one in await _offered(shop, seen, OPEN_SECONDS) if not one.disabled]


async def _press(shop: ShopTab, found: Listed | None) -> str | None:
    if found is None:
        await shop.tab.keyboard.press("Escape")
        return None
    async with shop.struck(found.index, found.text):
        await shop.settle(0.1, 5.0)
    return found.text


async def _type(shop: ShopTab, seen: FieldSeen, text: str) -> None:
    handle = await shop.hold(seen.index)
    if handle is None:
        raise Gone
    async with shop.interlock.filling(handle, text):
        await shop.tab.keyboard.type(text)
        shop.effort.keys += len(text)


async def _offered(shop: ShopTab, seen: FieldSeen, seconds: float) -> tuple[Listed, ...]:
    """The options, as soon as there are some and no more come."""
    before: tuple[Listed, ...] = ()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await shop.traffic.news(0.1)
        try:
            now = await shop.options(seen.index)
        except (ScriptFailed, PlaywrightError):
            return before
        if now and [one.text for one in now] == [one.text for one in before] and not shop.traffic.waiting:
            return now
        before = now
    return before
