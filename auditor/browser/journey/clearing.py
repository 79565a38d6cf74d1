"""Emptying the cart again."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.record import Draft, Record
from auditor.browser.journey.shop_tab import CannotLook, ShopTab
from auditor.evidence.journey import StepIntent
from auditor.evidence.sight import Sight
from auditor.interlock import Phase
from auditor.journey_ranking import rank
from auditor.journey_ranking.marks import QUANTITY, REMOVES, last_concepts, marks_of
from auditor.journey_ranking.standing import Product, cart_count, names_product

ROUNDS = 6


async def empty_cart(
    shop: ShopTab, record: Record, ways: Sequence[str], product: Product, language: str | None, platform: str | None
) -> bool:
    """Whether the cart was seen to be empty afterwards. ``ways``: addresses to find it at, the best first; at one that
    is no cart's the cart is opened as a shopper does."""
    await shop.interlock.enter(Phase.CLEARING)
    draft = record.begin(StepIntent.EMPTY_CART)
    sight, seen = None, False
    try:
        for address in ways:
            sight = await _open(shop, address, product, language, platform)
            seen = _lines(sight, product, language)
            if seen or cart_count(sight, language) == 0:
                break
        for _round in range(ROUNDS):
            if sight is None or not _lines(sight, product, language):
                break
            draft.seen, draft.ranking = sight, rank(StepIntent.EMPTY_CART, sight, language, platform)
            if not await _remove_one(shop, draft, sight, product, language) and not await _to_zero(shop, sight):
                break
            sight = await shop.look()
        empty = (
            sight is not None and not _lines(sight, product, language) and (seen or cart_count(sight, language) == 0)
        )
    except (CannotLook, PlaywrightError):
        return False
    await record.write(draft, "Emptied the cart" if empty else "The cart could not be emptied", sight, confirmed=empty)
    return empty


async def _open(shop: ShopTab, address: str, product: Product, language: str | None, platform: str | None) -> Sight:
    await shop.open(address)

    def settled(now: Sight) -> bool | None:
        return True if _lines(now, product, language) or cart_count(now, language) == 0 else None

    found, sight = await shop.until(settled, 6.0)
    if found or "cart" in last_concepts(sight.url):
        return sight
    for candidate in rank(StepIntent.OPEN_CART, sight, language, platform)[:1]:
        with suppress(Vetoed):
            _found, sight = await shop.press(candidate, settled, 8.0)
    return sight


async def _remove_one(shop: ShopTab, draft: Draft, sight: Sight, product: Product, language: str | None) -> bool:
    for candidate in draft.ranking[:3]:
        try:
            done, _ = await shop.press(candidate, partial(_fewer, sight, product, language), 8.0)
        except (Vetoed, PlaywrightError) as problem:
            draft.tried(f"Pressed “{candidate.name}”", "refused", candidate=candidate, note=str(problem))
            continue
        draft.tried(f"Pressed “{candidate.name}”", "confirmed" if done else "no-effect", candidate=candidate)
        if done:
            return True
    return False


async def _to_zero(shop: ShopTab, sight: Sight) -> bool:
    """Set the quantity to nothing, where the cart has a field for it and a button that takes it over."""
    field = next(
        (one for one in sight.fields if one.shown and one.tag == "input" and QUANTITY.search(one.name or one.id)), None
    )
    if field is None:
        return False
    try:
        await shop.fill(field, "0")
        button = next(
            (one for one in sight.controls if one.form == field.form and one.form is not None and one.visible), None
        )
        if button is not None:
            await shop.press(button, lambda now: True if now.text != sight.text else None, 8.0)
    except (Vetoed, PlaywrightError):
        return False
    return True


def _fewer(before: Sight, product: Product, language: str | None, now: Sight) -> bool | None:
    return True if not _lines(now, product, language) or _removals(now) < _removals(before) else None


def _removals(sight: Sight) -> int:
    return sum(
        1 for one in sight.controls if one.visible and REMOVES.search(f"{marks_of(one)} {one.target} {one.name[:40]}")
    )


def _lines(sight: Sight, product: Product, language: str | None) -> bool:
    """Whether the cart still holds the product: it is named beside a quantity or a removal, and the badge counts."""
    if cart_count(sight, language) == 0:
        return False
    quantity = any(one.shown and QUANTITY.search(one.name or one.id) for one in sight.fields)
    return names_product(sight.text, product.name) and (quantity or _removals(sight) > 0)
