"""Emptying the cart again."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.record import Draft, Record
from auditor.browser.journey.shop_tab import CannotLook, ShopTab
from auditor.evidence.journey import StepIntent
from auditor.evidence.sight import Control, FieldSeen, Sight
from auditor.interlock import Phase
from auditor.journey_ranking import rank
from auditor.journey_ranking.marks import REMOVES, counts_pieces, last_concepts, removing_form
from auditor.journey_ranking.standing import Product, cart_count, names_product, removes
from auditor.lexicon import Concept, mentions

ROUNDS = 6
_FRAME = ("header", "nav", "footer")


async def empty_cart(
    shop: ShopTab, record: Record, ways: Sequence[str], product: Product, language: str | None, platform: str | None
) -> bool:
    """Whether the cart was seen to be empty afterwards. ``ways``: addresses to find it at, the best first; at one that
    is no cart's the cart is opened as a shopper does."""
    await shop.interlock.enter(Phase.CLEARING)
    draft = record.begin(StepIntent.EMPTY_CART)
    sight, seen, address = None, False, ""
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
            done = await _remove_one(shop, draft, sight, product, language)
            if not done and not await _take_over(shop, await shop.look(), language):
                break
            sight = await shop.look()
        if sight is not None and seen and urlsplit(sight.url).path != urlsplit(address).path:
            # Whether the cart is empty only the cart says.
            sight = await _open(shop, address, product, language, platform)
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


async def _take_over(shop: ShopTab, sight: Sight, language: str | None) -> bool:
    """Tick what removes a line, or set its quantity to nothing, and press the button that takes that over."""
    lines = [one for one in sight.fields if one.shown and one.tag == "input" and one.region not in _FRAME]
    ticks = (one for one in lines if one.type == "checkbox" and _says_removal(one, language))
    counts = (one for one in lines if one.type in ("number", "text") and counts_pieces(one))
    field = next(ticks, None) or next(counts, None)
    if field is None:
        return False
    try:
        await (shop.tick(field) if field.type == "checkbox" else shop.fill(field, "0"))
        button = next((one for one in sight.controls if _sends(one, field, language)), None)
        if button is not None:
            await shop.press(button, lambda now: True if now.text != sight.text else None, 8.0)
    except (Vetoed, PlaywrightError):
        return False
    return True


def _says_removal(field: FieldSeen, language: str | None) -> bool:
    said = f"{field.name} {field.id} {field.label}"
    return bool(REMOVES.search(said)) or mentions(said, Concept.REMOVE, language) is not None


def _sends(control: Control, field: FieldSeen, language: str | None) -> bool:
    if not control.visible or control.form is None or control.form != field.form or control.target:
        return False
    onward = any(mentions(control.name, one, language) for one in (Concept.CHECKOUT, Concept.ADD_TO_CART))
    return (control.type == "submit" or control.tag == "button") and not onward


def _fewer(before: Sight, product: Product, language: str | None, now: Sight) -> bool | None:
    fewer = _removals(now, language) < _removals(before, language)
    return True if fewer or not _lines(now, product, language) else None


def _removals(sight: Sight, language: str | None) -> int:
    return sum(one.visible and bool(removes(one, language) or removing_form(one, sight)) for one in sight.controls)


def _lines(sight: Sight, product: Product, language: str | None) -> bool:
    """Whether the cart still holds the product: it is named beside a quantity or a removal, and the badge counts."""
    if cart_count(sight, language) == 0:
        return False
    quantity = any(one.shown and counts_pieces(one) for one in sight.fields)
    return names_product(sight.text, product.name) and (quantity or _removals(sight, language) > 0)
