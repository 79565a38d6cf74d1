"""From a product that was added to the page, or the drawer, that shows the cart."""

import time
from urllib.parse import urljoin, urlsplit

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.ending import Ended
from auditor.browser.journey.interruptions import check_wall
from auditor.browser.journey.overrides import Overrides
from auditor.browser.journey.record import Draft, Record
from auditor.browser.journey.shop_tab import ShopTab
from auditor.evidence.journey import Blocker, StepIntent
from auditor.evidence.sight import Control, Sight
from auditor.journey_ranking import BEST, marks, rank
from auditor.journey_ranking.layers import layer_holds
from auditor.journey_ranking.marks import last_concepts
from auditor.journey_ranking.standing import Product, holds, names_product
from auditor.platforms import Platform

OPEN_SECONDS = 10.0
ENOUGH = 3
"""Signs that a page is the cart with the product in it."""


class CartPage:
    """Finds the cart that holds ``product``; ``url`` is its address, once known, else ""."""

    def __init__(
        self,
        shop: ShopTab,
        record: Record,
        overrides: Overrides,
        product: Product,
        home_url: str,
        platform: Platform | None,
        language: str | None,
    ) -> None:
        self.shop, self.record, self.product = shop, record, product
        self.home_url, self.platform, self.language = home_url, platform, language
        self.name = platform.name if platform else None
        self.overrides = overrides
        self.url = ""

    async def open(self, sight: Sight) -> Sight:
        """:raises Ended: when the cart cannot be found, or does not hold the product."""
        found, here = self._is_cart(sight), sight.url
        ranking = rank(StepIntent.OPEN_CART, sight, self.language, self.name)
        ranking = await self.overrides.ranked(StepIntent.OPEN_CART, sight, ranking)
        named = self.overrides.address(StepIntent.OPEN_CART)
        draft = self.record.begin(StepIntent.OPEN_CART, sight, ranking)
        if found and "cart" in last_concepts(sight.url):
            await self.record.write(draft, "The shop showed its cart by itself", sight, effect=found)
            self.url = sight.url
            return sight
        if found:
            # A drawer shows the cart: the way to the whole of it is in there, or this is all there is.
            ranking = tuple(
                one for one in ranking if (control := _control(sight, one.index)) and control.layer is not None
            )
            if not ranking:
                where = "in a drawer" if sight.layers else "on the same page"
                return await self._opened(draft, f"The shop showed its cart {where}", sight, found)
        drawer = sight if found else None
        for candidate in () if named else ranking[:BEST]:
            began = time.monotonic()
            try:
                found, sight = await self.shop.press(candidate, self._is_cart, OPEN_SECONDS)
            except (Vetoed, PlaywrightError) as problem:
                draft.tried(f"Pressed “{candidate.name}”", "refused", candidate=candidate, note=str(problem))
                continue
            draft.tried(
                f"Pressed “{candidate.name}”",
                "confirmed" if found else "no-effect",
                candidate=candidate,
                effect=found or (),
                waited=time.monotonic() - began,
            )
            if found:
                return await self._opened(
                    draft, f"Opened the cart with “{candidate.name or candidate.selector}”", sight, found
                )
        if drawer is not None and self._is_cart(sight):
            return await self._opened(draft, "The shop showed its cart in a drawer", sight, self._is_cart(sight) or ())
        # Last where the product was: pages that sell by a list of numbers show the cart there too, once it is filled.
        for url in dict.fromkeys((*([named] if named else []), *self._addresses(sight), here)):
            await self.shop.open(url)
            found, sight = await self.shop.until(self._is_cart, OPEN_SECONDS)
            draft.tried(f"Opened {url}", "confirmed" if found else "no-effect", effect=found or ())
            if found:
                return await self._opened(draft, "Opened the cart by its address", sight, found)
        check_wall(self.shop, sight, StepIntent.OPEN_CART)
        why = (
            "The cart does not hold the product that was put into it."
            if draft.attempts
            else "No way to the cart was found."
        )
        await self.record.write(draft, why, sight, confirmed=False)
        raise Ended(Blocker.CART_EMPTY, StepIntent.OPEN_CART, why)

    async def _opened(self, draft: Draft, did: str, sight: Sight, found: tuple[str, ...]) -> Sight:
        if "cart" in last_concepts(sight.url):
            self.url = sight.url
        else:
            self.url = next(iter(self._addresses(sight)), "")
        await self.record.write(draft, did, sight, effect=found)
        return sight

    def _is_cart(self, sight: Sight) -> tuple[str, ...] | None:
        if self._product_page(sight):
            # What the page below says of the product is the offer: only what is in a layer may be a cart.
            return next((held for at in range(len(sight.layers)) if len(held := self._held(sight, at)) > ENOUGH), None)
        signs = holds(sight, self.product, self.language)
        enough = len(signs) > ENOUGH or (len(signs) == ENOUGH and "cart" in last_concepts(sight.url))
        return signs if enough else None

    def _held(self, sight: Sight, at: int) -> tuple[str, ...]:
        return layer_holds(sight, at, self.product, self.language)

    def _product_page(self, sight: Sight) -> bool:
        """Whether the page still offers the product: it names it,
        shows its price and a quantity just as a cart does."""
        ranking = rank(StepIntent.ADD_TO_CART, sight, self.language, self.name)
        return bool(
            ranking and ranking[0].score >= 0.6 and any(names_product(h1, self.product.name) for h1 in sight.h1)
        )

    def _addresses(self, sight: Sight) -> list[str]:
        """Of the cart: of links that cannot be seen, of the platform, and of the form that filled the cart."""
        linked = [
            control.target for control in sight.controls if control.target and "cart" in last_concepts(control.target)
        ]
        known = [urljoin(self.home_url, self.platform.cart)] if self.platform and self.platform.cart else []
        sent = [form.action for form in sight.forms if "cart" in last_concepts(form.action) and not _asks(form.action)]
        return list(dict.fromkeys([*linked, *known, *sent]))[:BEST]


def _asks(url: str) -> bool:
    """Whether opening an address may do something: it says what to put into the cart, or to take out of it."""
    return bool(urlsplit(url).query or marks.ADDS.search(url) or marks.REMOVES.search(url))


def _control(sight: Sight, index: int) -> Control | None:
    return next((control for control in sight.controls if control.index == index), None)
