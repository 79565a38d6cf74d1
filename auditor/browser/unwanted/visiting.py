"""One load of one page as one kind of shopper, in a context of its own, with everything recorded and pressed."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import BrowserContext, CDPSession
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.ads.parties import party_of
from auditor.browser.browser_process import quietly
from auditor.browser.consent import settle_consent
from auditor.browser.isolated_world import LIMITS, IsolatedWorld, ScriptFailed, collectors_source
from auditor.browser.page_log import PageLog, frames_in
from auditor.browser.session import guard_headers
from auditor.browser.unwanted.card_typing import type_card
from auditor.browser.unwanted.closing import closed_for_good
from auditor.browser.unwanted.gate import Gate
from auditor.browser.unwanted.pressing import Presser
from auditor.browser.unwanted.prompts import SOUNDING, watch_prompts
from auditor.browser.unwanted.provoking import escaped, in_the_way, move_about
from auditor.browser.unwanted.recorder import UnwantedRecorder
from auditor.evidence import Box, Controls, Document, Insertions, Page, Prompt, Template, VantageName
from auditor.reading.purchase import buy_button
from auditor.settings import ShopSettings

SEARCH_ENGINE = "https://www.google.com/"
LOAD_SECONDS = 15.0
IDLE_SECONDS = 3.0
LOOK_SECONDS = 40.0
CLOSE_SECONDS = 2.0
PHONE_PX = 700
_NOT_AUTOMATED = "Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false, configurable: true})"
_DOMAINS = ("Page.enable", "Network.enable", "Runtime.enable", "Debugger.enable")


class NotLoaded(Exception):
    """The page could not be opened; the message says why."""


@dataclass
class Wish:
    """What to do on one load. ``late``: let minutes of the page's time pass; ``press``: press what may be pressed.

    ``taken`` gets the picture, ``kept`` what is known so far: a page that takes too long loses only what was to come.
    """

    page: Page
    vantage: VantageName = "direct"
    late: bool = True
    press: bool = True
    type_card: bool = False
    picture: bool = False
    without: tuple[str, ...] = ()
    taken: list[bytes] = field(default_factory=list)
    kept: list[Insertions] = field(default_factory=list)


async def look(context: BrowserContext, shop: ShopSettings, wish: Wish) -> Insertions:
    """Open ``wish.page`` in a tab of a fresh context and say what appeared there.

    :raises NotLoaded: when nothing of the page was known within LOOK_SECONDS.
    """
    tab = await context.new_page()
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            return await _look(context, tab, shop, wish)
    except TimeoutError:
        if wish.kept:
            return wish.kept[-1].model_copy(update={"truncated": True})
        raise NotLoaded(f"The page was not looked at within {LOOK_SECONDS:.0f} s.") from None
    except (PlaywrightError, ScriptFailed) as problem:
        if wish.kept:
            return wish.kept[-1].model_copy(update={"truncated": True})
        raise NotLoaded(f"The page could not be read ({str(problem).splitlines()[0][:160]}).") from problem
    finally:
        await quietly(tab.close(), CLOSE_SECONDS)


async def _look(context: BrowserContext, tab: Tab, shop: ShopSettings, wish: Wish) -> Insertions:
    cdp = await context.new_cdp_session(tab)
    recorder = UnwantedRecorder(cdp, wish.page.url, without=wish.without)
    console = PageLog(cdp)
    await asyncio.gather(*(cdp.send(method) for method in _DOMAINS))
    await cdp.send("Debugger.setSkipAllPauses", {"skip": True})
    await recorder.start()
    await watch_prompts(cdp, recorder.log, recorder.makers)
    if wish.vantage == "plain":
        await cdp.send("Page.addScriptToEvaluateOnNewDocument", {"source": _NOT_AUTOMATED})
    await guard_headers(cdp, shop)
    gate = Gate(tab, recorder.log, wish.page.url)
    await gate.attach(context)
    tab.on("popup", _close)
    await _open(tab, wish)
    if party_of(tab.url) != party_of(wish.page.url):
        return await recorder.record(html="", size=_size(tab))
    frame_id, tree = await _frames(cdp)
    world = await IsolatedWorld.of(cdp, frame_id)
    if wish.vantage == "accepted":
        await settle_consent(cdp, world, console, tree, "accept")
        await _idle(tab)
    found, language = None, ""
    # A page too busy to answer is recorded all the same: the browser tells of it without asking the page.
    with contextlib.suppress(ScriptFailed):
        language = str(await world.evaluate("document.documentElement.lang || ''", 3))
        if recorder.log.prompts is not None and await world.evaluate(SOUNDING, 3):
            recorder.log.prompts.append(Prompt(what="sound"))
        found = await _buy_button(world, wish.page, language)
    html = await _html(cdp, recorder)
    direct = await _past_the_worker(context, wish.page.url) if recorder.log.from_worker else ""
    facts: dict[str, Any] = {
        "html": html, "direct_html": direct, "size": _size(tab), "buy": found[:2] if found else None,
        "language": language,
    }  # fmt: skip
    seen = await recorder.record(**facts)
    wish.kept.append(seen)
    waited = 0.0
    if wish.late:
        recorder.log.moment = "late"
        waited = await recorder.calls.wait_virtually()
        await move_about(cdp, world, recorder, _size(tab))
        seen = await recorder.record(**facts, earlier=seen, waited_s=waited)
        wish.kept.append(seen)
    if wish.type_card and seen.cards:
        cards = await type_card(tab, recorder, seen.cards, virtual=wish.late)
        seen = seen.model_copy(update={"cards": cards, "asked": recorder.log.asked()})
    if wish.picture:
        with contextlib.suppress(PlaywrightError):
            wish.taken.append(await tab.screenshot(type="jpeg", quality=60, scale="css", timeout=4000))
    if wish.press:
        seen = await _pressed(cdp, world, recorder, seen, found, virtual=wish.late, size=_size(tab))
        wish.kept.append(seen)
    if wish.late and any(in_the_way(piece) for piece in seen.pieces):
        seen = await escaped(cdp, recorder, seen, facts)
        seen = await closed_for_good(context, cdp, gate, shop, recorder, seen, _size(tab))
    return seen


async def _pressed(
    cdp: CDPSession, world: IsolatedWorld, recorder: UnwantedRecorder, seen: Insertions,
    found: tuple[str, Box, str] | None, *, virtual: bool, size: tuple[float, float],
) -> Insertions:  # fmt: skip
    presser = Presser(cdp, world, recorder, virtual=virtual, touch=size[0] < PHONE_PX)
    presser.height = size[1]
    with contextlib.suppress(ScriptFailed, PlaywrightError):
        await presser.all(seen.pieces, found, {party_of(seen.url), party_of(seen.asked_url)})
    return seen.model_copy(
        update={"pressed": tuple(presser.made), "left": tuple(recorder.log.left), "asked": recorder.log.asked()}
    )


async def _open(tab: Tab, wish: Wish) -> None:
    options: dict[str, Any] = {"referer": SEARCH_ENGINE} if wish.vantage == "search" else {}
    try:
        await tab.goto(wish.page.url, wait_until="load", timeout=LOAD_SECONDS * 1000, **options)
    except PlaywrightError as problem:
        if tab.is_closed() or (tab.url in ("", "about:blank") and "ERR_ABORTED" not in problem.message):
            raise NotLoaded(f"The page did not load ({problem.message.splitlines()[0][:160]}).") from problem
        return
    await _idle(tab)


async def _idle(tab: Tab) -> None:
    with contextlib.suppress(PlaywrightError):
        await tab.wait_for_load_state("networkidle", timeout=IDLE_SECONDS * 1000)


async def _frames(cdp: CDPSession) -> tuple[str, list[Any]]:
    tree = frames_in((await cdp.send("Page.getFrameTree"))["frameTree"])
    return tree[0][0], tree


def _size(tab: Tab) -> tuple[float, float]:
    size = tab.viewport_size or {"width": 1350, "height": 940}
    return float(size["width"]), float(size["height"])


async def _html(cdp: CDPSession, recorder: UnwantedRecorder) -> str:
    with contextlib.suppress(PlaywrightError):
        if recorder.log.main_id:
            kept = await cdp.send("Network.getResponseBody", {"requestId": recorder.log.main_id})
            return "" if kept["base64Encoded"] else str(kept["body"])[:8_000_000]
    return ""


async def _past_the_worker(context: BrowserContext, url: str) -> str:
    """The document as the server sends it, whatever a service worker would make of it."""
    with contextlib.suppress(PlaywrightError):
        answer = await context.request.get(url, timeout=5000, max_redirects=5)
        return (await answer.text())[:8_000_000]
    return ""


async def _buy_button(world: IsolatedWorld, page: Page, language: str) -> tuple[str, Box, str] | None:
    """Selector, box and label of the button that puts the product into the cart, on a product's page."""
    if page.template is not Template.PRODUCT:
        return None
    if not world.loaded:
        await world.evaluate(collectors_source(), 5)
        world.loaded = True
    raw = await world.call("((limits) => collectControls(new Walk(limits), limits))", LIMITS, seconds=8)
    spoken: dict[str, Any] = {"lang": language}
    button = buy_button(Controls.model_validate(raw), Document.model_construct(**spoken), language or None)
    if button is None or button.box is None:
        return None
    return button.selector, button.box, button.name or button.text


def _close(popup: Tab) -> None:
    task = asyncio.ensure_future(quietly(popup.close(), CLOSE_SECONDS))
    _CLOSING.add(task)
    task.add_done_callback(_CLOSING.discard)


_CLOSING: set[asyncio.Task[None]] = set()
