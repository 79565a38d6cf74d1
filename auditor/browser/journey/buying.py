"""The journey of a buyer, from the first product to where it ends."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Alarm, Interlock, NotGuarded
from auditor.browser.journey.cart_page import CartPage
from auditor.browser.journey.checkout_entrance import CheckoutEntrance
from auditor.browser.journey.clearing import empty_cart
from auditor.browser.journey.ending import Ended, NextProduct, heeding, tripped
from auditor.browser.journey.interruptions import answer_consent, clear_layers
from auditor.browser.journey.observing import Observer
from auditor.browser.journey.observing_cart import try_quantity
from auditor.browser.journey.observing_menu import try_menu
from auditor.browser.journey.overrides import Overrides
from auditor.browser.journey.record import Record
from auditor.browser.journey.selling_pages import selling_pages
from auditor.browser.journey.shop_tab import CannotLook, ShopTab, open_tab
from auditor.browser.journey.to_cart import ToCart
from auditor.browser.journey.to_payment import ToPayment
from auditor.browser.session import BrowserSession
from auditor.evidence import Consent, Device, JourneyEvidence, Page
from auditor.evidence.journey import Blocker, Refusal, StepIntent
from auditor.platforms import Platform
from auditor.progress import Progress
from auditor.settings import ShopSettings

PRODUCTS = 4
CLEARING_SECONDS = 25.0
GRACE_SECONDS = 15.0


class Buying:
    """One walk on one device. Never raises for what the shop or the browser does: the evidence says how it ended."""

    def __init__(
        self, session: BrowserSession, shop: ShopSettings, device: Device, run_folder: Path, *, starts: Sequence[Page],
        home_url: str, platform: Platform | None, language: str | None, market: str | None, progress: Progress,
        depth: Literal["cart", "payment"], authorised_by: str | None, seconds: float, platform_facts: bool,
        allowed: Callable[[str], bool], alarm: Alarm | None = None, lists: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.session, self.settings, self.device, self.run_folder = session, shop, device, run_folder
        self.starts, self.home_url, self.market, self.progress = starts[:PRODUCTS], home_url, market, progress
        self.platform = platform if platform_facts else None
        self.name = self.platform.name if self.platform else None
        self.allowed, self.lists = allowed, lists
        self.language, self.depth, self.seconds = language, depth, seconds
        self.interlock = Interlock(
            shop.start_url,
            depth=depth,
            authorised_by=authorised_by,
            platform=self.name,
            alarm=alarm,
        )
        self.facts: dict[str, Any] = {"platform": platform.name if platform else None, "platform_facts": platform_facts}
        self.consent: Consent | None = None
        self.asked_consent = False
        self.tried: list[str] = []
        self.record: Record | None = None
        self.tab: ShopTab | None = None
        self.cart: ToCart | None = None
        self.cart_page: CartPage | None = None
        self.typed = False
        self.observer: Observer | None = None

    async def walk(self) -> JourneyEvidence:
        began, started = time.monotonic(), datetime.now(UTC)
        ended: dict[str, Any]
        try:
            async with self.session.apart(self.device) as context:
                try:
                    await self.interlock.attach(context)
                    ended = await self._guarded(context)
                finally:
                    await self.interlock.release()
        except NotGuarded as problem:
            ended = _ended(Ended(Blocker.INTERLOCK, StepIntent.OPEN, str(problem), how="forbidden"))
        except Exception as problem:
            if not isinstance(problem, PlaywrightError) and type(problem).__name__ != "BrowserDied":
                raise
            why = f"The browser ended during the journey ({str(problem).splitlines()[0][:120]})."
            ended = _ended(Ended(Blocker.BROWSER_DIED, self._at(), why))
        if self.interlock.trip is not None:
            ended = _ended(tripped(self.interlock.trip, self._at()))
        return self._evidence(started, time.monotonic() - began, ended)

    async def _guarded(self, context: BrowserContext) -> dict[str, Any]:
        self.tab = await open_tab(
            self.session, context, self.interlock, self.session.profile(self.device), self.seconds
        )
        self.tab.language = self.interlock.language = self.language
        self.record = Record(self.tab, self.device, self.run_folder, self.progress)
        self.tab.covered = self._uncover
        self.tab.observer = self.observer = Observer(self.tab, self.language, self.market)
        await self.observer.attach()
        try:
            async with asyncio.timeout(self.seconds + GRACE_SECONDS):
                await heeding(self.interlock, self._at, self._to_the_end())
            ended: dict[str, Any] = {"ended": "completed"}
        except Ended as end:
            ended = _ended(end)
        except TimeoutError:
            why = f"The journey was not done after {self.seconds:.0f} s."
            ended = _ended(Ended(Blocker.TIMEOUT, self._at(), why))
        except CannotLook as problem:
            blocker = Blocker.TIMEOUT if self.tab.left <= 0 else Blocker.SPINNER
            ended = _ended(Ended(blocker, self._at(), f"The page could not be read: {problem}."))
        try:
            async with asyncio.timeout(CLEARING_SECONDS + GRACE_SECONDS):
                await self._clean_up()
        except TimeoutError:
            self.facts["cleaned_up"] = False
        return ended

    def _at(self) -> StepIntent:
        return self.record.steps[-1].intent if self.record and self.record.steps else StepIntent.OPEN

    async def _to_the_end(self) -> None:
        assert self.tab is not None
        assert self.observer is not None
        assert self.record is not None
        starts = self.starts or await selling_pages(self.tab, self.home_url, self.lists, self.language, self.name)
        overrides = Overrides(self.settings.journey, self.tab, self.home_url)
        last: Ended | None = None
        for page in starts:
            self.cart = ToCart(self.tab, self.record, overrides, self.name, self.language)
            self.tried.append(page.url)
            try:
                sight = await self.cart.open_product(page, self._answer_consent)
                if self.device is Device.MOBILE and len(self.tried) == 1:
                    sight = await try_menu(self.tab, self.observer, sight)
                sight = await self.cart.add(sight)
                self.cart_page = CartPage(
                    self.tab, self.record, overrides, self.cart.product, self.home_url, self.platform, self.language
                )
                sight = await self.cart_page.open(sight)
                sight = await try_quantity(self.tab, self.observer, sight, self.cart_page.url)
                break
            except NextProduct as problem:
                last = problem.ended
            except Ended as end:
                if end.blocker is not Blocker.CART_EMPTY:
                    raise
                last = end
            if self.tab.left <= 0:
                raise Ended(
                    Blocker.TIMEOUT, last.at, f"The journey was not done after {self.seconds:.0f} s. {last.why}"
                )
        else:
            assert last is not None
            if last.blocker is Blocker.LOGIN_WALL:
                self.facts["guest"] = "not-offered"
            raise last
        if self.depth == "cart":
            return
        entrance = CheckoutEntrance(self.tab, self.record, overrides, self.home_url, self.platform, self.language)
        checkout = ToPayment(self.tab, self.record, overrides, self.name, self.language, self.market)
        try:
            await checkout.go_on(await entrance.start(sight))
        finally:
            self.cart.layers_closed += checkout.layers_closed
            self.facts |= {"guest": checkout.guest.offered, "one_page": checkout.one_page}
            self.typed = checkout.typed or checkout.guest.typed

    async def _uncover(self) -> bool:
        """Close what lies over the page; whether anything was closed."""
        assert self.tab is not None
        assert self.record is not None
        _sight, closed = await clear_layers(self.tab, self.record, await self.tab.look())
        if self.cart is not None:
            self.cart.layers_closed += closed
        return closed > 0

    async def _answer_consent(self) -> None:
        if not self.asked_consent and self.tab is not None:
            self.asked_consent = True
            self.consent = await answer_consent(self.tab)

    async def _clean_up(self) -> None:
        assert self.tab is not None
        assert self.record is not None
        if self.cart is None or not self.cart.added or self.tab.tab.is_closed():
            return
        if self.interlock.alarm.trip is not None:
            # Nothing leaves any more, not even a removal.
            self.facts["cleaned_up"] = False
            return
        self.tab.end = time.monotonic() + CLEARING_SECONDS
        ways = [way for way in (self.cart_page.url if self.cart_page else "", self.tried[-1]) if way]
        self.facts["cleaned_up"] = await empty_cart(
            self.tab, self.record, ways, self.cart.product, self.language, self.name
        )

    def _evidence(self, started: datetime, took: float, ended: dict[str, Any]) -> JourneyEvidence:
        cart, tab, trip = self.cart, self.tab, self.interlock.trip
        waited = self.record.waited if self.record else 0.0
        return JourneyEvidence(
            device=self.device, depth=self.depth, started_at=started, took_ms=round(took * 1000),
            own_ms=round(max(0.0, took - waited) * 1000), steps=tuple(self.record.steps) if self.record else (),
            product_url=self.tried[-1] if self.tried else "", product_name=cart.product.name if cart else "",
            product_price=cart.product.price if cart else "", products_tried=tuple(self.tried), consent=self.consent,
            layers_closed=cart.layers_closed if cart else 0, dialogs=tuple(tab.dialogs[:20]) if tab else (),
            popups=tuple(tab.popups[:20]) if tab else (), order_sign=trip.sign if trip else "", language=self.language,
            refused_requests=tuple(
                Refusal(method=one.method, address=one.address, why=one.why, phase=one.phase.value, at_ms=one.at_ms)
                for one in self.interlock.refused
            ),
            beyond_robots=self._beyond_robots(), traces=self._traces(),
            checkout=self.observer.facts() if self.observer else None, **self.facts, **ended,
        )  # fmt: skip

    def _beyond_robots(self) -> tuple[str, ...]:
        reached = dict.fromkeys(step.reached for step in self.record.steps if step.reached) if self.record else {}
        return tuple(url for url in reached if not self.allowed(url))

    def _traces(self) -> tuple[str, ...]:
        found = []
        if self.cart is not None and self.cart.added:
            found.append(
                "a cart of a guest, which was emptied"
                if self.facts.get("cleaned_up")
                else "a cart of a guest that still holds the product"
            )
        if self.typed:
            found.append("an abandoned checkout of a test identity; platforms may keep a draft order or a guest of it")
        return tuple(found)


def _ended(end: Ended) -> dict[str, Any]:
    return {"ended": end.how, "note": end.why, "stuck_at": end.at, "blocker": end.blocker}
