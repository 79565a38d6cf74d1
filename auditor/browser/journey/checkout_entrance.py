"""The way from the cart into the checkout."""

from urllib.parse import urljoin

from auditor.browser.journey.ending import Ended
from auditor.browser.journey.interruptions import check_wall
from auditor.browser.journey.onward import PATIENCE, STEP_SECONDS, Onward
from auditor.browser.journey.overrides import Overrides
from auditor.browser.journey.record import Draft, Record
from auditor.browser.journey.shop_tab import ShopTab
from auditor.browser.journey.stalling import said, stalled
from auditor.evidence.journey import Blocker, StepIntent
from auditor.evidence.sight import Sight
from auditor.interlock import Phase
from auditor.journey_ranking import BEST, rank
from auditor.journey_ranking.checkout_state import in_checkout
from auditor.journey_ranking.marks import last_concepts
from auditor.platforms import Platform


class CheckoutEntrance:
    """Presses what starts the checkout, or opens its address."""

    def __init__(
        self,
        shop: ShopTab,
        record: Record,
        overrides: Overrides,
        home_url: str,
        platform: Platform | None,
        language: str | None,
    ) -> None:
        self.shop, self.record = shop, record
        self.home_url, self.platform, self.language = home_url, platform, language
        self.name = platform.name if platform else None
        self.overrides = overrides
        self.onward = Onward(shop, language)

    async def start(self, cart: Sight) -> Sight:
        """:raises Ended: when no way into the checkout was found."""
        ranking = rank(StepIntent.START_CHECKOUT, cart, self.language, self.name)
        ranking = await self.overrides.ranked(StepIntent.START_CHECKOUT, cart, ranking)
        named = self.overrides.address(StepIntent.START_CHECKOUT)
        draft = self.record.begin(StepIntent.START_CHECKOUT, cart, ranking)
        sight = cart
        for candidate in () if named else ranking[:BEST]:
            found, sight = await self.onward.press(
                draft, candidate, lambda now: in_checkout(now, cart, self.language), cart
            )
            if found:
                return await self._entered(
                    draft, f"Pressed “{candidate.name or candidate.selector}”, and the checkout began", sight, found
                )
            self.onward.check_domain(sight)
            if sight.busy or self.shop.traffic.waiting:
                break
        known = dict.fromkeys((*([named] if named else []), *self._addresses(cart)))
        for url in () if sight.busy else known:
            await self.shop.open(url)
            begun, sight = await self.shop.until(
                lambda now: in_checkout(now, cart, self.language), STEP_SECONDS, patience=PATIENCE
            )
            draft.tried(f"Opened {url}", "confirmed" if begun else "no-effect", effect=begun or ())
            if begun:
                return await self._entered(draft, "Opened the checkout by its address", sight, begun)
        check_wall(self.shop, sight, StepIntent.START_CHECKOUT)
        why = f"No way from the cart into the checkout was found{said(sight)}."
        await self.record.write(draft, why, sight, confirmed=False)
        raise Ended(stalled(Blocker.NO_CHECKOUT, sight, self.shop), StepIntent.START_CHECKOUT, why)

    async def _entered(self, draft: Draft, did: str, sight: Sight, found: tuple[str, ...]) -> Sight:
        self.onward.check_domain(sight)
        await self.shop.interlock.enter(Phase.DETAILS)
        await self.record.write(draft, did, sight, effect=found)
        return sight

    def _addresses(self, cart: Sight) -> list[str]:
        linked = [one.target for one in cart.controls if one.target and "checkout" in last_concepts(one.target)]
        known = [urljoin(self.home_url, self.platform.checkout)] if self.platform and self.platform.checkout else []
        return list(dict.fromkeys([*linked, *known]))[:2]
