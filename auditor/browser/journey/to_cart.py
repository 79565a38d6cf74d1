"""From a product's page to a cart that holds it."""

import time
from collections.abc import Awaitable, Callable

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.add_dialog import AddDialog
from auditor.browser.journey.cart_signs import CartSigns
from auditor.browser.journey.ending import NextProduct
from auditor.browser.journey.interruptions import check_wall, clear_layers
from auditor.browser.journey.overrides import Overrides
from auditor.browser.journey.record import Draft, Outcome, Record
from auditor.browser.journey.shop_tab import ShopTab
from auditor.browser.journey.variants import choose_variants
from auditor.evidence import Page, Template
from auditor.evidence.journey import Blocker, Ranked, StepIntent
from auditor.evidence.sight import Control, Sight
from auditor.interlock import Phase
from auditor.journey_ranking import BEST, rank
from auditor.journey_ranking.account_wall import log_in_instead
from auditor.journey_ranking.listed_goods import sold_from_list
from auditor.journey_ranking.order_form import order_rows
from auditor.journey_ranking.standing import Product, product_of
from auditor.lexicon import Concept, mentions

ADD_SECONDS = 40.0
VARIANTS = 3
ROWS = 3


class ToCart:
    """Walks one product into the cart; ``product`` is what was bought."""

    def __init__(
        self, shop: ShopTab, record: Record, overrides: Overrides, platform: str | None, language: str | None
    ) -> None:
        self.shop, self.record = shop, record
        self.name, self.language = platform, language
        self.overrides = overrides
        self.product = Product("", "")
        self.added = False
        self.listed = False
        self.layers_closed = 0

    async def open_product(self, page: Page, consent: Callable[[], Awaitable[None]]) -> Sight:
        """A list stands for the first product that it sells by itself.

        :raises NextProduct: when it is no page to buy from.
        """
        self.listed = page.template is not Template.PRODUCT
        draft = self.record.begin(StepIntent.OPEN)
        await self.shop.open(page.url)
        await consent()
        sight = await self.shop.look()
        check_wall(self.shop, sight, StepIntent.OPEN)
        if self.shop.traffic.status is not None and self.shop.traffic.status >= 400:
            why = f"The product's page answered {self.shop.traffic.status}."
            await self.record.write(draft, why, sight, confirmed=False)
            raise NextProduct(Blocker.HTTP_ERROR, StepIntent.OPEN, why)
        self._sells(self._seen(sight))
        name = self.product.name[:80]
        await self.record.write(draft, f"Opened the page of “{name}”" if name else "Opened a product page", sight)
        sight, closed = await clear_layers(self.shop, self.record, sight)
        self.layers_closed += closed
        return sight

    async def add(self, sight: Sight) -> Sight:
        """Put the product into the cart.

        :raises NextProduct: when there is no way, or none worked.
        """
        await self.shop.interlock.enter(Phase.CART)
        for skip in range(VARIANTS):
            sight, asked = await self._ask(sight)
            ranking = await self._ranked(sight)
            buy = _control(sight, ranking[0].index) if ranking else _disabled_buy(sight, self.language)
            sight, chosen = (sight, 0) if asked else await self._choose(sight, buy, skip)
            if chosen:
                ranking = await self._ranked(sight)
            draft = self.record.begin(StepIntent.ADD_TO_CART, sight, ranking)
            for candidate in ranking[:BEST]:
                after = await self._try(draft, candidate, sight)
                if after is not None:
                    return after
            sight, closed = await clear_layers(self.shop, self.record, await self.shop.look())
            self.layers_closed += closed
            if not (closed or self._choices(sight, buy)):
                break
            await self.record.write(draft, "Nothing came of adding it to the cart", sight, confirmed=False)
        await self._give_up(draft, sight, bool(ranking))
        raise AssertionError

    async def _ranked(self, sight: Sight) -> tuple[Ranked, ...]:
        ranking = rank(StepIntent.ADD_TO_CART, sight, self.language, self.name)
        return await self.overrides.ranked(StepIntent.ADD_TO_CART, sight, ranking)

    async def _ask(self, sight: Sight) -> tuple[Sight, bool]:
        """Where a form sells several things and asks for none of them: ask for the least of the first."""
        rows = order_rows(sight, self.language, self.name)
        draft = self.record.begin(StepIntent.CHOOSE_VARIANT, sight)
        for row in rows[:ROWS]:
            did = f"Asked for {row.number} of “{row.name or self.product.name}”"
            try:
                await (self.shop.select if row.field.tag == "select" else self.shop.fill)(row.field, row.number)
            except (Vetoed, PlaywrightError) as problem:
                draft.tried(did, "refused" if isinstance(problem, Vetoed) else "failed", note=str(problem)[:200])
                continue
            draft.tried(did, "confirmed")
            if row.name and len(rows) > 1:
                self._sells(Product(row.name, row.price))
            await self.shop.traffic.quiet(0.1, 3.0)
            sight = await self.shop.look()
            await self.record.write(draft, did, sight)
            return sight, True
        return sight, False

    def _seen(self, sight: Sight) -> Product:
        listed = sold_from_list(sight, self.language, self.name) if self.listed else None
        return listed or product_of(sight, self.language, self.name)

    def _sells(self, product: Product) -> None:
        self.product = product
        if self.shop.observer is not None:
            self.shop.observer.product = product

    async def _choose(self, sight: Sight, buy: Control | None, skip: int) -> tuple[Sight, int]:
        draft = self.record.begin(StepIntent.CHOOSE_VARIANT, sight)
        chosen = await choose_variants(
            self.shop, draft, sight, buy, self.language, skip, wanted=self.overrides.settings.variant
        )
        if not chosen:
            return sight, 0
        await self.shop.traffic.quiet(0.1, 3.0)
        sight = await self.shop.look()
        # A variant may have a name and a price of its own.
        now = self._seen(sight)
        self._sells(Product(now.name or self.product.name, now.price or self.product.price))
        did = "; ".join(attempt.did for attempt in draft.attempts if attempt.outcome == "confirmed")
        await self.record.write(draft, did, sight)
        return sight, chosen

    def _choices(self, sight: Sight, buy: Control | None) -> bool:
        return any(
            field.shown and field.type in ("radio", "select") and field.form == (buy.form if buy else None)
            for field in sight.fields
        )

    async def _try(self, draft: Draft, candidate: Ranked, before: Sight) -> Sight | None:
        began, did = time.monotonic(), f"Pressed “{candidate.name or candidate.selector}”"
        signs = CartSigns(self.shop, self.product, self.language, before, began)
        try:
            effect, after = await self.shop.press(candidate, signs.enough, ADD_SECONDS)
        except (Vetoed, PlaywrightError) as problem:
            draft.tried(
                did, "refused" if isinstance(problem, Vetoed) else "failed", candidate=candidate, note=str(problem)
            )
            return None
        if not signs.strong(after) and log_in_instead(before, after, self.language, self.name):
            await self._turned_away(draft, candidate, did, after)
            return None
        note = ""
        dialog = AddDialog(self.shop, draft, candidate, signs, self.overrides.settings.variant)
        if not signs.strong(after) and dialog.asks(after):
            note = "A dialog asked how to go on."
            way, effect, after = await dialog.go_on(after)
            did = f"{did}, and “{way}” in the dialog that followed" if way else did
        else:
            effect = effect or signs.weak(after)
        outcome: Outcome = "confirmed" if effect else "no-effect"
        draft.tried(did, outcome, candidate=candidate, effect=effect or (), waited=time.monotonic() - began, note=note)
        if not effect:
            return None
        self.added = True
        await self.record.write(draft, f"{did}, and the cart took it", after, effect=effect)
        return after

    async def _turned_away(self, draft: Draft, candidate: Ranked, did: str, after: Sight) -> None:
        """A log-in came in the place of the cart. Of a control that is second best this says nothing of the shop.

        :raises NextProduct: when the best one led to it: perhaps another product can be had without an account.
        """
        draft.tried(did, "no-effect", candidate=candidate, note="It led to a log-in.")
        if candidate.index != draft.ranking[0].index:
            return
        await self.record.write(draft, f"{did}, which led to a log-in", after, confirmed=False)
        why = "The shop fills no cart without an account: “add to cart” leads to a log-in and to no way on as guest."
        raise NextProduct(Blocker.LOGIN_WALL, StepIntent.ADD_TO_CART, why)

    async def _give_up(self, draft: Draft, sight: Sight, had_candidates: bool) -> None:
        disabled = _disabled_buy(sight, self.language)
        sold_out = mentions(sight.text[:6000], Concept.OUT_OF_STOCK, self.language)
        if (disabled is not None and not had_candidates) or (sold_out and not had_candidates):
            blocker, why = (
                Blocker.SOLD_OUT,
                f"“{self.product.name[:80]}” cannot be bought now" + (f": “{sold_out}”." if sold_out else "."),
            )
        elif had_candidates and draft.attempts and all(one.outcome == "refused" for one in draft.attempts):
            blocker, why = (
                Blocker.NO_ADD_TO_CART,
                "What may put the product into the cart looks like an order: left alone.",
            )
        elif had_candidates:
            blocker, why = Blocker.NO_ADD_TO_CART, "Nothing that was pressed put the product into the cart."
        else:
            blocker, why = Blocker.NO_ADD_TO_CART, "No button that adds to the cart was found."
        await self.record.write(draft, why, sight, confirmed=False)
        raise NextProduct(blocker, StepIntent.ADD_TO_CART, why)


def _control(sight: Sight, index: int) -> Control | None:
    return next((control for control in sight.controls if control.index == index), None)


def _disabled_buy(sight: Sight, language: str | None) -> Control | None:
    """A buy button that cannot be pressed now: a variant is to be chosen first, or the product is sold out."""
    enabled = sight.model_copy(
        update={"controls": tuple(one.model_copy(update={"disabled": False}) for one in sight.controls)}
    )
    ranking = rank(StepIntent.ADD_TO_CART, enabled, language)
    found = next((_control(sight, one.index) for one in ranking[:2]), None)
    if found is not None and found.disabled:
        return found
    said = (Concept.OUT_OF_STOCK, Concept.ADD_TO_CART)
    return next(
        (
            one
            for one in sight.controls
            if one.disabled and one.visible and any(mentions(one.name, concept, language) for concept in said)
        ),
        None,
    )
