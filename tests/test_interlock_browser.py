"""The interlock in a real browser: a shop that tries everything gets no order, and an honest one is walked through."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page
from playwright.async_api import Error as PlaywrightError

from auditor.browser.finder import HEADLESS_SHELL, find_chromium
from auditor.browser.interlock import Interlock, NotGuarded, Vetoed, read_clickable
from auditor.demo import DemoShop
from auditor.interlock import Depth, Phase
from tests.hostile_checkout import BUYS, VECTORS, HostileShop, Vector
from tests.hostile_checkout.tricking import fuzzed, in_cart, in_details, launched, tab_of, tricked, until
from tests.hostile_checkout.vectors import By

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as browser:
        yield browser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop() -> AsyncIterator[HostileShop]:
    async with HostileShop() as shop:
        yield shop


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def guarded(shop: HostileShop) -> AsyncIterator[Interlock]:
    """In a browser of its own: the interlock guards the whole browser."""
    async with launched() as browser:
        yield await in_details(browser, shop)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def filling_cart(shop: HostileShop) -> AsyncIterator[Interlock]:
    async with launched() as browser:
        yield await in_cart(browser, shop)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
async def test_no_vector_gets_an_order(guarded: Interlock, shop: HostileShop, vector: Vector) -> None:
    await tricked(guarded, shop, vector)
    assert shop.orders == []
    assert guarded.trip is None


@pytest.mark.parametrize("vector", BUYS, ids=lambda vector: vector.name)
async def test_no_buy_on_a_products_page_gets_an_order(
    filling_cart: Interlock, shop: HostileShop, vector: Vector
) -> None:
    await tricked(filling_cart, shop, vector)
    assert shop.orders == []
    assert filling_cart.trip is None


async def test_a_buy_that_fills_the_cart_is_pressed(filling_cart: Interlock, shop: HostileShop) -> None:
    assert filling_cart._context is not None
    page = await tab_of(filling_cart._context)
    await page.goto(f"{shop.url}/product/lamp-to-buy")
    before = shop.cart
    await press(filling_cart, page, "#go", "/cart")
    assert (shop.cart, shop.orders) == (before + 1, [])


SHOWN = {
    "breadcrumb": ("<ul class='breadcrumb'><li><strong>Details</strong></li><li>Payment</li><li>Confirmation</li></ul>", ("Details", "Payment", "Confirmation"), 0),
    "list": ("<ol><li>Cart</li><li><b>Address</b></li><li>Payment</li></ol>", ("Cart", "Address", "Payment"), 1),
    "class": ("<ul><li class='is-active'>Dane</li><li>Płatność</li></ul>", ("Dane", "Płatność"), 0),
    "weight": ("<div class='wizard'><span>Address</span><span style='font-weight:700'>Delivery</span><span>Payment</span></div>", ("Address", "Delivery", "Payment"), 1),
    "menu": ("<ul><li class='active'><a href='/a'>Lamps</a></li><li><a href='/b'>Payment</a></li></ul>", (), None),
    "tabs": ("<ul><li class='active'><button>Details</button></li><li><button>Payment</button></li></ul>", (), None),
    "two": ("<ul><li><b>Details</b></li><li><b>Payment</b></li><li>Done</li></ul>", (), None),
}  # fmt: skip


@pytest.mark.parametrize("shown", SHOWN)
async def test_the_steps_of_a_checkout_are_read_from_lists_whose_current_one_stands_out(
    browser: Browser, shown: str
) -> None:
    html, steps, current = SHOWN[shown]
    page = await browser.new_page()
    await page.set_content(f"<title>Checkout</title>{html}<h2>Step 1 of 3</h2><button>Next</button>")
    button = await page.wait_for_selector("button:text('Next')")
    assert button is not None
    read = (await read_clickable(button)).page
    await page.close()
    assert (read.steps, read.current, read.counts) == (steps, current, ("Step 1 of 3",))


async def test_no_silent_vector_ordered_meanwhile(guarded: Interlock, shop: HostileShop) -> None:
    assert guarded._context is not None
    page = await guarded._context.new_page()
    await page.goto(f"{shop.url}/vector/speculation-prefetch")
    assert await page.evaluate("document.querySelector('script[type=speculationrules]')") is None
    assert (
        await page.evaluate("[typeof PaymentRequest, typeof fetchLater, typeof WebTransport, typeof RTCPeerConnection]")
        == ["undefined"] * 4
    )
    await page.close()
    assert shop.orders == []


async def test_random_buttons_in_random_forms_order_nothing(guarded: Interlock, shop: HostileShop) -> None:
    stopped = [await fuzzed(guarded, shop, seed) for seed in range(24)]
    assert shop.orders == []
    assert sum(stopped) >= 12


@pytest.mark.slow
@pytest.mark.timeout(400)
async def test_every_vector_orders_in_an_unguarded_browser(browser: Browser) -> None:
    """Without the interlock each vector works: else the tests above would prove nothing."""
    async with HostileShop() as shop:
        turns = asyncio.Semaphore(3)

        async def walk(vector: Vector) -> None:
            async with turns:
                context = await browser.new_context()
                page = await context.new_page()
                # A vector may take the page away from under us; what counts is the order.
                with contextlib.suppress(PlaywrightError):
                    await page.goto(f"{shop.url}/vector/{vector.name}", wait_until="commit")
                    if vector.by is not By.LOAD:
                        await page.wait_for_load_state("load")
                    if vector.by in (By.TYPE, By.PRESS) and await page.query_selector("#email"):
                        await page.fill("#email", "audit@shop.example", timeout=3000)
                        await page.evaluate("document.getElementById('email')?.blur()")
                    if vector.by in (By.PRESS, By.CHOOSE):
                        await page.click("#go, #choice", no_wait_after=True, timeout=3000)
                    if vector.by is By.LEAVE:
                        await page.goto(f"{shop.url}/blank")
                with contextlib.suppress(AssertionError):
                    await until(lambda: vector.name in shop.orders, f"an order by {vector.name}")
                await context.close()

        await asyncio.gather(*map(walk, (*VECTORS, *BUYS)))
        path = (await asyncio.to_thread(find_chromium)).path
        # The browser without windows asks no payment company.
        unable = {"payment-request"} if path and path.name == HEADLESS_SHELL else set()
        assert {vector.name for vector in (*VECTORS, *BUYS)} - set(shop.orders) == unable


async def begin(browser: Browser, url: str, depth: Depth = "payment") -> tuple[Interlock, Page]:
    interlock = Interlock(url, depth=depth, authorised_by="the tests")
    context = await browser.new_context(service_workers="block")
    await interlock.attach(context)
    return interlock, await context.new_page()


async def press(interlock: Interlock, page: Page, selector: str, lands: str) -> None:
    element = await page.wait_for_selector(selector)
    assert element is not None
    async with interlock.pressing(element):
        await element.click()
        await page.wait_for_url(f"**{lands}")
    assert await interlock.watch(page) is None


async def fill(interlock: Interlock, page: Page, values: dict[str, str]) -> None:
    for selector, value in values.items():
        element = await page.wait_for_selector(selector)
        assert element is not None
        async with interlock.filling(element, value):
            await element.fill(value)


async def test_an_honest_shop_is_walked_to_the_payment_step_and_its_cart_is_emptied(browser: Browser) -> None:
    async with HostileShop() as shop:
        interlock, page = await begin(browser, shop.url)
        await page.goto(shop.url)
        await press(interlock, page, "#product", "/product/lamp")
        await interlock.enter(Phase.CART)
        await press(interlock, page, "#go", "/cart")
        assert shop.cart == 1
        await press(interlock, page, "#go", "/checkout")
        await interlock.enter(Phase.DETAILS)
        await fill(interlock, page, {"#email": "audit@shop.example", "#street": "1 Example Street"})
        await press(interlock, page, "#go", "/checkout/delivery")
        await page.check("#choice")
        await press(interlock, page, "#go", "/checkout/payment")
        assert shop.reached == ["checkout", "address", "delivery", "payment"]
        refused_on_the_way = [refused.why for refused in interlock.refused]
        assert refused_on_the_way == []

        await interlock.enter(Phase.PAYMENT_SEEN)
        order = await page.wait_for_selector("#go")
        assert order is not None
        with pytest.raises(Vetoed, match="payment step"):
            async with interlock.pressing(order):
                raise AssertionError("the order button was let through")
        await order.click(no_wait_after=True)
        await page.evaluate("fetch('/neutral', {method: 'POST'}).catch(() => 0)")
        assert shop.orders == []

        await interlock.enter(Phase.CLEARING)
        await page.goto(f"{shop.url}/cart")
        await press(interlock, page, "#remove", "/cart")
        await page.wait_for_selector("#count:text-is('0')")
        assert shop.cart == 0
        await interlock.release()
        assert interlock.refused
        assert all(refused.address.endswith(("/order", "/neutral")) for refused in interlock.refused)


IDENTITY = {"email": "audit@shop.example", "first_name": "Ux", "last_name": "Audit", "street": "1 Example Street", "postcode": "00-001", "city": "Sampletown"}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "pl", "fa"])
async def test_the_demo_shop_is_walked_to_the_payment_step_without_an_order(browser: Browser, language: str) -> None:
    async with DemoShop(language) as shop:
        interlock, page = await begin(browser, shop.url)
        await page.goto(f"{shop.url}category/all")
        product = await page.get_attribute("a[href^='/product/']", "href")
        assert product is not None
        await page.goto(shop.url.rstrip("/") + product)
        await interlock.enter(Phase.CART)
        await press(interlock, page, "form[action='/cart/add'] button[type=submit]", "/cart?added=*")
        await press(interlock, page, "a.checkout", "/checkout")
        await interlock.enter(Phase.DETAILS)
        await fill(interlock, page, {f"[name={name}]": value for name, value in IDENTITY.items()})
        await press(interlock, page, "main form button", "/checkout/delivery")
        await press(interlock, page, "main form button", "/checkout/payment")
        for selector in ("main form button", "input[name=payment]"):
            element = await page.query_selector(selector)
            assert element is not None
            with pytest.raises(Vetoed):
                async with interlock.pressing(element):
                    raise AssertionError(f"{selector} was let through")
        assert await page.evaluate("fetch('/order', {method: 'POST'}).then(() => 'sent', () => 'refused')") == "refused"
        await interlock.release()
        assert shop.orders == 0
        assert any(refused.address.endswith("/order") for refused in interlock.refused)


async def test_an_order_that_was_placed_all_the_same_ends_the_journey(browser: Browser) -> None:
    async with HostileShop() as shop:
        interlock, page = await begin(browser, shop.url)
        await interlock.enter(Phase.CART)
        await page.goto(f"{shop.url}/blank")
        await page.evaluate("window.dataLayer = [{event: 'view_cart'}, ['event', 'purchase', {value: 3}]]")
        trip = await interlock.watch(page)
        assert trip is not None
        assert "purchase" in trip.sign
        assert await page.evaluate("fetch('/cart').then(() => 'sent', () => 'refused')") == "refused"
        await interlock.release()


@pytest.mark.parametrize("sends", ["fetch('https://analytics.example/g/collect?en=purchase', {method: 'POST'}).catch(() => 0)",
                                   "fetch('https://analytics.example/x', {method: 'POST', body: JSON.stringify({event: 'Order Completed'})}).catch(() => 0)"])  # fmt: skip
async def test_a_purchase_told_to_analytics_ends_the_journey(browser: Browser, sends: str) -> None:
    async with HostileShop() as shop:
        interlock, page = await begin(browser, shop.url)
        await interlock.enter(Phase.CART)
        await page.goto(f"{shop.url}/blank")
        await page.evaluate(sends)
        assert interlock.trip is not None
        await interlock.release()


async def test_a_context_with_pages_is_not_guarded(browser: Browser) -> None:
    context = await browser.new_context()
    await context.new_page()
    with pytest.raises(NotGuarded, match="before the first page"):
        await Interlock("https://shop.example").attach(context)
    await context.close()


async def test_depth_payment_needs_somebody_who_allowed_it() -> None:
    with pytest.raises(ValueError, match="authorised-by"):
        Interlock("https://shop.example", depth="payment", authorised_by=" ")


async def test_depth_cart_never_enters_the_checkout() -> None:
    interlock = Interlock("https://shop.example")
    await interlock.enter(Phase.CART)
    with pytest.raises(ValueError, match="ends before details"):
        await interlock.enter(Phase.DETAILS)
