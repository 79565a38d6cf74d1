"""Back from a product to the list, and Back from a layer over the list."""

import time
from typing import Any

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.list_changes import Seen, press, see
from auditor.browser.journey.list_reading import asked
from auditor.browser.journey.looking_around import LookingAround
from auditor.browser.journey.tab_view import PAUSE
from auditor.discover.page_key import page_key
from auditor.evidence import BackTry, OverlayTry
from auditor.evidence.journey import StepIntent
from auditor.evidence.sight import Sight
from auditor.journey_ranking.list_controls import filter_openers, menu_openers
from auditor.reading.list_page import Card

COVERS = 0.3
"""Share of the screen from which a layer is one that a shopper wants to leave by Back."""
RETURN_SECONDS = 15.0
SETTLE_SECONDS = 2.0
"""A list that is fetched again after Back is given so long to be as it was."""


class Documents:
    """Notes whether the last document of the tab forbids a browser to keep it (``no-store``)."""

    def __init__(self, around: LookingAround) -> None:
        self.cacheable: bool | None = None
        around.tab.cdp.on("Network.responseReceived", self._received)

    def _received(self, event: dict[str, Any]) -> None:
        if event.get("type") == "Document":
            headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
            self.cacheable = "no-store" not in str(headers.get("cache-control", "")).lower()


async def try_back(around: LookingAround, seen: Seen, documents: Documents, *, filtered: bool) -> BackTry | None:
    """Open a product well down the list and go Back; None where no product was opened in this tab."""
    card = _far_down(seen)
    if card is None:
        return None
    cacheable = documents.cacheable
    await asked(around.tab, f"journeyScrollTo({card.index})")
    start = await see(around)
    draft = around.record.begin(StepIntent.OPEN_PRODUCT)
    try:
        await press(around, card.index, card.name, start)
    except (Vetoed, PlaywrightError):
        if around.tab.tab.is_closed():
            raise
        return None
    sight = await around.tab.look()
    opened = sight.url != start.sight.url
    await around.record.write(draft, f"Opened “{card.name[:60]}” from the list", sight, confirmed=opened)
    if not opened:
        return None
    draft = around.record.begin(StepIntent.GO_BACK)
    await _go_back(around)
    now = await _returned(around, start)
    list_back = now.keys == start.keys
    filter_back = list_back or (now.total is not None and now.total == start.total and now.sight.url == start.sight.url)
    offset = _offset(now, page_key(card.url))
    effect = [f"“{card.name[:40]}” is in view" if offset is not None and offset <= 1 else "the product is out of view"]
    await around.record.write(
        draft, "Went back to the list", now.sight, effect=effect if list_back else (), confirmed=list_back
    )
    scrolled = start.page.scroll_y / max(1.0, start.page.viewport_height)
    return BackTry(
        product=page_key(card.url), filtered=filtered, list_back=list_back,
        filter_back=filter_back if filtered else None, scrolled=round(scrolled, 2), offset=offset,
        cacheable=cacheable, step=len(around.record.steps) - 1,
    )  # fmt: skip


def _far_down(seen: Seen) -> Card | None:
    """A card two thirds down the page, so that coming back to the top is seen."""
    return seen.cards[min(len(seen.cards) - 1, len(seen.cards) * 2 // 3)] if seen.cards else None


async def _go_back(around: LookingAround) -> None:
    async with around.tab.interlock.opening():
        try:
            await around.tab.tab.go_back(wait_until="domcontentloaded", timeout=RETURN_SECONDS * 1000)
        except PlaywrightError:
            if around.tab.tab.is_closed():
                raise


async def _returned(around: LookingAround, start: Seen) -> Seen:
    """The page after Back: lists that are fetched again get time to be, and the browser to scroll."""
    now = await see(around)
    end = time.monotonic() + SETTLE_SECONDS * around.slack
    while time.monotonic() < end:
        if now.keys == start.keys and abs(now.page.scroll_y - start.page.scroll_y) < start.page.viewport_height:
            break
        await around.tab.traffic.news(PAUSE)
        now = await see(around)
    return now


def _offset(seen: Seen, product: str) -> float | None:
    """How far a product is from the view, in viewports; 0 in view, None where it is not listed."""
    card = next((one for one in seen.cards if page_key(one.url) == product), None)
    if card is None:
        return None
    top, height = seen.page.scroll_y, max(1.0, seen.page.viewport_height)
    away = max(0.0, card.box.y - (top + height), top - card.box.bottom)
    return round(away / height, 2)


async def try_overlay(around: LookingAround, seen: Seen) -> OverlayTry | None:
    """Open a layer over the list (filters, else the menu) and go Back; None where nothing opened a layer."""
    for opener in (*filter_openers(seen.sight, around.language), *menu_openers(seen.sight, around.language)):
        draft, url = around.record.begin(StepIntent.OPEN_OVERLAY), seen.sight.url
        try:
            await around.tab.press(opener, lambda now: True if _covering(now) else None, 2.0, patience=0.8)
        except (Vetoed, PlaywrightError):
            if around.tab.tab.is_closed():
                raise
            continue
        sight = await around.tab.look()
        covers = _covering(sight)
        if not covers:
            continue
        await around.record.write(draft, f"Opened “{opener.name[:60]}” over the list", sight)
        draft = around.record.begin(StepIntent.GO_BACK)
        await _go_back(around)
        now = await see(around)
        left = page_key(now.sight.url) != page_key(url)
        closed = not left and not _covering(now.sight)
        await around.record.write(draft, "Went back from the layer", now.sight, confirmed=closed)
        return OverlayTry(
            name=opener.name, covers=covers, closed=closed, left_page=left, step=len(around.record.steps) - 1
        )
    return None


def _covering(sight: Sight) -> float:
    return max((layer.covers for layer in sight.layers if layer.covers >= COVERS), default=0.0)
