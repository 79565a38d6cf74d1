"""A dialog that asks how to go on before, or after, a product is put into the cart."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.cart_signs import CartSigns, Signs
from auditor.browser.journey.record import Draft
from auditor.browser.journey.shop_tab import ShopTab
from auditor.browser.journey.variants import choose_variants
from auditor.evidence.journey import Ranked
from auditor.evidence.sight import Control, Sight
from auditor.journey_ranking.layers import asking_layer, ways_on

PRESSES = 3
SECONDS = 20.0
PATIENCE = 2.0


@dataclass
class AddDialog:
    """What may have followed the press on ``pressed``. ``variant``: what to choose, by the name of the choice."""

    shop: ShopTab
    draft: Draft
    pressed: Ranked
    signs: CartSigns
    variant: Mapping[str, str]

    def asks(self, sight: Sight) -> bool:
        return self._layer(sight, added=self.signs.taken(sight)) is not None

    def _layer(self, sight: Sight, *, added: bool = False) -> int | None:
        return asking_layer(self.signs.before, sight, self._opener, self.signs.language, added=added, far=self._far)

    @property
    def _opener(self) -> Control | None:
        return next((one for one in self.signs.before.controls if one.index == self.pressed.index), None)

    @property
    def _far(self) -> bool:
        return self.shop.interlock.depth == "payment"

    async def go_on(self, sight: Sight) -> tuple[str, Signs, Sight]:
        """Press what adds the product or leads on, at most ``PRESSES`` times, each time behind the interlock.

        Returns the label of what worked ("" for nothing), what shows that it did, and the page afterwards.
        """
        tried: set[str] = set()
        chosen = False
        for _press in range(PRESSES):
            ranking = self._untried(sight, tried)
            if not ranking:
                break
            way, sent = ranking[0], len(self.draft.attempts)
            signs, sight = await self._press(way, sight)
            if signs:
                return way.name or way.selector, signs, sight
            tried.add(way.name)
            if self._layer(sight) is None:
                # It only closed. Unless the cart may hold the product already, what opened it opens it again.
                if before := self.signs.perhaps(sight):
                    return way.name or way.selector, before, sight
                sight = await self._reopen(sight)
            elif not chosen and self.draft.attempts[sent].outcome == "no-effect":
                choice = await self._choose(way, sight)
                chosen = choice is not None
                if choice is not None:
                    tried.discard(way.name)
                    sight = choice
        return "", (), sight

    def _untried(self, sight: Sight, tried: set[str]) -> tuple[Ranked, ...]:
        at = self._layer(sight)
        if at is None:
            return ()
        opener = self._opener
        form = self.signs.before.forms[opener.form] if opener is not None and opener.form is not None else None
        found = ways_on(sight, at, self.signs.language, adding=form, far=self._far)
        return tuple(one for one in found if one.name not in tried)

    async def _press(self, way: Ranked, now: Sight) -> tuple[Signs, Sight]:
        began, did = time.monotonic(), f"Pressed “{way.name or way.selector}”"
        try:
            signs, sight = await self.shop.press(way, self.signs.since(began), SECONDS, patience=PATIENCE)
        except (Vetoed, PlaywrightError) as problem:
            if self.shop.tab.is_closed():
                raise
            self.draft.tried(
                did, "refused" if isinstance(problem, Vetoed) else "failed", candidate=way, note=str(problem)
            )
            return (), now
        if not signs and self._layer(sight) is None and self.signs.wrote(began):
            signs = ("the shop took something",)
        if signs:
            # Some dialogs lead to the cart once the shop has answered.
            await self.shop.settle(0.2, 3.0)
            sight = await self.shop.look()
        self.draft.tried(
            did, "confirmed" if signs else "no-effect", candidate=way, effect=signs or (),
            waited=time.monotonic() - began,
        )  # fmt: skip
        return signs or (), sight

    async def _choose(self, way: Ranked, sight: Sight) -> Sight | None:
        """Choose what the dialog itself asks for: what lies below it on the page is not touched."""
        at = self._layer(sight)
        button = next((one for one in sight.controls if one.index == way.index), None)
        inside = sight.model_copy(
            update={
                "controls": tuple(one for one in sight.controls if one.layer == at),
                "fields": tuple(one for one in sight.fields if one.layer == at),
            }
        )
        if not await choose_variants(self.shop, self.draft, inside, button, self.signs.language, wanted=self.variant):
            return None
        await self.shop.traffic.quiet(0.1, 3.0)
        return await self.shop.look()

    async def _reopen(self, sight: Sight) -> Sight:
        try:
            _at, sight = await self.shop.press(self.pressed, lambda seen: self.asks(seen) or None, SECONDS)
        except (Vetoed, PlaywrightError):
            if self.shop.tab.is_closed():
                raise
        return sight
