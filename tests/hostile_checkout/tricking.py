"""A walker that is tricked: it opens what the hostile shop offers, fills what may be filled, presses what may be pressed."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, async_playwright
from playwright.async_api import Error as PlaywrightError

from auditor.browser.finder import find_chromium
from auditor.browser.interlock import Interlock, Vetoed
from auditor.egress import CHROMIUM_ARGS
from auditor.interlock import Phase
from tests.hostile_checkout.shop import HostileShop
from tests.hostile_checkout.vectors import By, Vector

QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# Both origins of the hostile shop are on loopback; Chromium would keep them apart before the interlock is asked.
TWO_SITES = ("--disable-features=LocalNetworkAccessChecks",)


@contextlib.asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        found = find_chromium(Path(playwright.chromium.executable_path))
        browser = await playwright.chromium.launch(
            executable_path=found.path, args=[*QUIET, *CHROMIUM_ARGS, *TWO_SITES]
        )
        yield browser
        await browser.close()


async def until(said: Callable[[], bool], what: str) -> None:
    """Waits for something to be so."""
    for _ in range(400):
        if said():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"not seen within 8 s: {what}")


async def in_details(browser: Browser, shop: HostileShop) -> Interlock:
    interlock = Interlock(shop.url, depth="payment", authorised_by="the tests")
    context = await browser.new_context(service_workers="block")
    await interlock.attach(context)
    await interlock.enter(Phase.CART)
    await interlock.enter(Phase.DETAILS)
    return interlock


async def in_cart(browser: Browser, shop: HostileShop) -> Interlock:
    interlock = Interlock(shop.url, depth="payment", authorised_by="the tests")
    await interlock.attach(await browser.new_context(service_workers="block"))
    await interlock.enter(Phase.CART)
    return interlock


async def tab_of(context: BrowserContext) -> Page:
    """The tab in which vectors take turns: a new one for each would cost ten times a vector's own work."""
    return context.pages[0] if context.pages else await context.new_page()


async def leave(page: Page, shop: HostileShop) -> None:
    """Ends what a vector has running: its document and the tabs that it opened."""
    for other in page.context.pages:
        if other is not page:
            await other.close()
    try:
        await page.goto(f"{shop.url}/blank")
    except PlaywrightError:
        await page.close()


async def settled(page: Page) -> None:
    """Waits until the page is quiet, or for as long as a walker would."""
    with contextlib.suppress(PlaywrightError):
        await page.wait_for_load_state("networkidle", timeout=3000)


async def set_off(interlock: Interlock, page: Page, vector: Vector) -> bool:
    """Does to a page what a walker would: fills what may be filled, presses what may be pressed. Whether vetoed."""
    vetoed = False
    kept = "".join(f":not([type={kind}])" for kind in ("hidden", "radio", "checkbox", "number"))
    for element in await page.query_selector_all(f"input{kept}"):
        name = await element.get_attribute("name") or "x"
        try:
            async with interlock.filling(element, {"email": "audit@shop.example"}.get(name, f"{name} of the audit")):
                await element.fill({"email": "audit@shop.example"}.get(name, f"{name} of the audit"))
                await element.evaluate("element => element.blur()")
        except Vetoed:
            vetoed = True
    for element in await page.query_selector_all("#go, #choice"):
        try:
            async with interlock.pressing(element):
                await element.click(no_wait_after=True)
                await settled(page)
        except Vetoed:
            vetoed = True
    return vetoed


async def tricked(interlock: Interlock, shop: HostileShop, vector: Vector) -> None:
    """Opens a vector's page and does what sets it off.

    :raises AssertionError: when nothing was vetoed or refused, though the vector is one that leaves such a trace.
    """
    assert interlock._context is not None
    before = len(interlock.refused)
    page = await tab_of(interlock._context)
    vetoed = False
    try:
        async with interlock.opening():
            await page.goto(f"{shop.url}/vector/{vector.name}", wait_until="commit")
            if vector.by is not By.LOAD:
                await page.wait_for_load_state("load")
        if vector.by in (By.PRESS, By.TYPE, By.CHOOSE):
            vetoed = await set_off(interlock, page, vector)
        if vector.by is By.LEAVE:
            await page.goto(f"{shop.url}/blank")
        if vector.silent:
            await settled(page)
        else:
            await until(lambda: vetoed or len(interlock.refused) > before, "a veto or a refused request")
    finally:
        await leave(page, shop)


async def fuzzed(interlock: Interlock, shop: HostileShop, seed: int) -> bool:
    """Fills and presses a random button in a random form; whether the interlock stepped in."""
    assert interlock._context is not None
    before = len(interlock.refused)
    page = await tab_of(interlock._context)
    try:
        await page.goto(f"{shop.url}/fuzz/{seed}")
        return await set_off(interlock, page, Vector(f"fuzz-{seed}", "", By.PRESS)) or len(interlock.refused) > before
    finally:
        await leave(page, shop)
