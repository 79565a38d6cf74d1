"""Choosing how the goods are delivered."""

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.record import Draft
from auditor.browser.journey.shop_tab import Gone, ShopTab
from auditor.evidence.journey import FieldUse
from auditor.evidence.sight import Sight
from auditor.journey_ranking.checkout_state import delivery_choice

TRIES = 4


async def choose_delivery(shop: ShopTab, draft: Draft, sight: Sight, language: str | None) -> set[int]:
    """Choose the first way of delivery, where none is chosen yet. Returns the indices of all ways."""
    for _try in range(TRIES):
        ways = delivery_choice(sight, language)
        seen = {one.index for one in ways}
        draft.fields = [use for use in draft.fields if use.field.index not in seen]
        chosen = next((one for one in ways if one.filled), None)
        able = [one for one in ways if not one.disabled]
        if chosen is not None:
            draft.fields.append(FieldUse(field=chosen, meaning="delivery_method", action="prefilled"))
        elif able:
            try:
                await shop.tick(able[0])
            except Gone:
                # The shop offered its ways anew, for what was filled in last.
                await shop.settle(0.3, 3.0)
                sight = await shop.look()
                continue
            except (Vetoed, PlaywrightError) as problem:
                draft.tried(f"Chose “{able[0].label}”", "refused", note=str(problem))
            else:
                draft.fields.append(FieldUse(field=able[0], meaning="delivery_method", action="chosen"))
                draft.tried(f"Chose “{able[0].label}”", "confirmed")
        return seen
    return set()
