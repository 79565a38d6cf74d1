"""Pressing what leads on in a checkout, and whether it did."""

import time
from collections.abc import Callable
from functools import partial

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.ending import Ended
from auditor.browser.journey.interruptions import check_wall
from auditor.browser.journey.record import Draft
from auditor.browser.journey.shop_tab import ShopTab
from auditor.evidence.journey import Blocker, Ranked, StepIntent
from auditor.evidence.sight import Sight
from auditor.interlock.site import site_of
from auditor.journey_ranking import BEST
from auditor.journey_ranking.checkout_state import errors, moved_on

STEP_SECONDS = 30.0
PATIENCE = 3.0
HOSTED = frozenset({"shopify.com", "myshopify.com", "mybigcommerce.com", "bigcommerce.com"})
"""Platforms whose checkouts live on a domain of theirs."""
_REFUSED = ("the form complains",)


class Onward:
    """Tries candidates in turn, each behind the interlock, until the page has moved on."""

    def __init__(self, shop: ShopTab, language: str | None) -> None:
        self.shop, self.language = shop, language

    async def advance(
        self, draft: Draft, ranking: tuple[Ranked, ...], before: Sight, now: Sight
    ) -> tuple[str | None, Sight]:
        sight = now
        for candidate in ranking[:BEST]:
            found, sight = await self.press(draft, candidate, partial(self._outcome, before, len(errors(sight))), now)
            if found == _REFUSED:
                return None, sight
            if found:
                self.check_domain(sight)
                return found[0], sight
        return None, sight

    def _outcome(self, before: Sight, complaints: int, now: Sight) -> tuple[str, ...] | None:
        if moved := moved_on(before, now, self.language):
            return (moved,)
        return _REFUSED if len(errors(now)) > complaints else None

    async def press(
        self, draft: Draft, candidate: Ranked, holds: Callable[[Sight], tuple[str, ...] | None], now: Sight
    ) -> tuple[tuple[str, ...], Sight]:
        began, kept_in = time.monotonic(), len(self.shop.interlock.refused)
        did = f"Pressed “{candidate.name or candidate.selector}”"
        try:
            found, sight = await self.shop.press(candidate, holds, STEP_SECONDS, patience=PATIENCE)
        except (Vetoed, PlaywrightError) as problem:
            if self.shop.tab.is_closed():
                raise
            draft.tried(
                did, "refused" if isinstance(problem, Vetoed) else "failed", candidate=candidate, note=str(problem)
            )
            return (), now
        kept = None if found else self._kept_in(kept_in)
        draft.tried(
            did,
            "confirmed" if found and found != _REFUSED else "refused" if kept else "no-effect",
            candidate=candidate,
            effect=found or (),
            waited=time.monotonic() - began,
            note=kept or "",
        )
        check_wall(self.shop, sight, draft.intent)
        return found or (), sight

    def _kept_in(self, known: int) -> str | None:
        """Why the interlock let nothing of a press reach the shop: that nothing came of it is our doing then."""
        ours = site_of(self.shop.session.shop.start_url)
        later = self.shop.interlock.refused[known:]
        return next((one.why for one in later if one.method != "GET" and site_of(one.address) == ours), None)

    def check_domain(self, sight: Sight) -> None:
        there = site_of(sight.url)
        if there == site_of(self.shop.session.shop.start_url):
            return
        if there in HOSTED:
            self.shop.interlock.adopt(sight.url)
            return
        raise Ended(
            Blocker.OFF_DOMAIN,
            StepIntent.START_CHECKOUT,
            f"The checkout is on another domain, {there}; the journey ends there.",
        )
