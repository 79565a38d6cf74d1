"""Tries a page: tabs through it, spaces its text, points at the main picture, chooses colours. Nothing is sent."""

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from playwright.async_api import CDPSession, Route
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.browser.isolated_world import IsolatedWorld
from auditor.evidence import ColourTry, FocusStop, FocusStops, Spacing, Trials, ZoomTry
from auditor.lexicon import Concept, mentions

TRY_SECONDS = 8.0
FOCUS = {"stops": 60, "ms": 1500}
MOST_PICTURES = 6
"""Stops without a change of style of which a picture is taken with and without the focus."""

SPACED_TEXTS = 500
LARGE_PX = 1500
"""A picture shown from a file of this size needs no larger view (row IMG-004)."""

ENOUGH = 1.5
HOVER_MS, PRESS_MS, COLOUR_MS = 350, 1200, 2500
MOST_COLOURS = 4


async def probe_focus(tab: Tab, cdp: CDPSession, world: IsolatedWorld, front: asyncio.Lock) -> FocusStops:
    """The first stops of the Tab key and whether the focus shows there; call after ``collectPage``.

    :raises ScriptFailed: when the page does not answer.
    """
    # Only after a key was pressed does the browser draw what it draws for keyboards.
    await tab.keyboard.press("Tab")
    raw = await world.call("probeFocus", FOCUS["stops"], FOCUS["ms"], seconds=TRY_SECONDS)
    doubted = [place for place, stop in enumerate(raw["items"]) if not stop["shown"]][:MOST_PICTURES]
    if doubted:
        async with front:
            await cdp.send("Page.bringToFront")
            for place in doubted:
                with contextlib.suppress(PlaywrightError):
                    if await _changes_pixels(cdp, world, place):
                        raw["items"][place]["shown"] = "pixels"
        # Where some of them do show in a picture, nothing is known of those that no picture was taken of.
        if any(raw["items"][place]["shown"] for place in doubted):
            raw["items"] = [stop for place, stop in enumerate(raw["items"]) if stop["shown"] or place in doubted]
    return FocusStops(items=tuple(FocusStop.model_validate(stop) for stop in raw["items"]), total=raw["total"])


async def _changes_pixels(cdp: CDPSession, world: IsolatedWorld, place: int) -> bool:
    pictures = []
    for focused in (False, True, False):
        box = await world.call("showStop", place, focused, seconds=2)
        clip = {"x": max(0, box["x"]), "y": max(0, box["y"]), "width": min(600, max(1, box["width"])),
                "height": min(300, max(1, box["height"])), "scale": 1}  # fmt: skip
        scrolled = await cdp.send("Page.getLayoutMetrics")
        view = scrolled["cssVisualViewport"]
        clip |= {"x": clip["x"] + view["pageX"], "y": clip["y"] + view["pageY"]}
        taken = await cdp.send("Page.captureScreenshot", {"format": "png", "clip": clip})
        pictures.append(base64.b64decode(taken["data"]))
    # A page that has just been scrolled may change once more; what moves all the time is taken for shown.
    return pictures[1] not in (pictures[0], pictures[2])


async def probe_spacing(world: IsolatedWorld) -> Spacing:
    """The texts that wider spacing cuts off or lays over each other; call after ``collectPage``.

    :raises ScriptFailed: when the page does not answer.
    """
    return Spacing.model_validate(await world.call("probeSpacing", SPACED_TEXTS, seconds=TRY_SECONDS))


async def try_pictures(tab: Tab, world: IsolatedWorld, language: str | None) -> Trials:
    """Points at and presses the main picture and chooses colours. The page is not the same afterwards.

    :raises ScriptFailed: when the page does not answer.
    """
    async with _nothing_sent(tab) as refused:
        zoom = await _try_zoom(tab, world, refused)
        if zoom and zoom.tried:
            await tab.keyboard.press("Escape")
            await tab.mouse.move(1, 1)
        return (await _try_colours(world, language, refused)).model_copy(update={"zoom": zoom})


@contextlib.asynccontextmanager
async def _nothing_sent(tab: Tab) -> AsyncIterator[list[str]]:
    """Refuses what is no GET and what would leave the page; gives the addresses refused so far."""
    refused: list[str] = []

    async def decide(route: Route) -> None:
        request = route.request
        leaves = request.is_navigation_request() and request.frame == tab.main_frame
        with contextlib.suppress(PlaywrightError):
            if leaves or request.method not in ("GET", "HEAD"):
                refused.append(request.url)
                await route.abort("aborted")
            else:
                await route.fallback()

    await tab.route("**/*", decide)
    try:
        yield refused
    finally:
        with contextlib.suppress(PlaywrightError):
            await tab.unroute_all(behavior="ignoreErrors")


async def _try_zoom(tab: Tab, world: IsolatedWorld, refused: list[str]) -> ZoomTry | None:
    before = await world.call("readyToZoom", PRESS_MS, seconds=TRY_SECONDS)
    if before is None:
        return None
    x, y = before.pop("x"), before.pop("y")
    if before["file_px"] >= LARGE_PX:
        return ZoomTry(**before, tried=False)
    earlier = len(refused)
    await tab.mouse.move(x, y)
    await tab.mouse.move(x + 7, y + 5)
    seen = await world.call("zoomSeen", before, ENOUGH, HOVER_MS, seconds=TRY_SECONDS)
    by = "hover"
    if not _larger(before, seen):
        await tab.mouse.click(x, y)
        seen = await world.call("zoomSeen", before, ENOUGH, PRESS_MS, seconds=TRY_SECONDS)
        by = "press"
    return ZoomTry(**before, **seen, by=by if seen["view_px"] else "none", refused=len(refused) - earlier)


def _larger(before: dict[str, Any], seen: dict[str, Any]) -> bool:
    by_size: bool = seen["view_px"] >= ENOUGH * before["shown_px"]
    return by_size or seen["view_file_px"] >= ENOUGH * before["file_px"] > 0


async def _try_colours(world: IsolatedWorld, language: str | None, refused: list[str]) -> Trials:
    groups = await world.call("colourGroups", seconds=TRY_SECONDS)
    place = next((place for place, group in enumerate(groups) if _is_colours(group, language)), None)
    if place is None:
        return Trials()
    tries = []
    for number in (await world.call("coloursLeft", place, seconds=TRY_SECONDS))[:MOST_COLOURS]:
        earlier = len(refused)
        tried = await world.call("chooseColour", place, number, COLOUR_MS, seconds=TRY_SECONDS)
        if tried:
            tries.append(ColourTry(**tried, refused=len(refused) - earlier))
    group = groups[place]
    return Trials(
        colours=tuple(tries), colours_offered=len(group["names"]), selector=group["selector"], label=group["label"]
    )


def _is_colours(group: dict[str, Any], language: str | None) -> bool:
    """By the words of its label, else by being painted: each choice a patch of another colour."""
    painted = {paint for paint in group["paints"] if paint}
    return len(painted) >= 2 or mentions(group["label"], Concept.COLOUR, language) is not None
