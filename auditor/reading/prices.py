"""Which of the amounts on a product page is its price."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from auditor.evidence import Box, Document, Images, PriceSeen, Texts
from auditor.finding import skeleton
from auditor.lexicon import Concept, fold, mentions
from auditor.lexicon.money import has_currency, parse_price

_PER_UNIT = re.compile(
    r"(?:/|\bper\b|\bpro\b|\bza\b|\bje\b|\bpor\b|هر)\s*(?:1|100|1000)?\s*"
    r"(?:kg|g|gram|l|ml|cl|litre|liter|litr|m|m2|m²|mb|oz|lb|کیلو|گرم|لیتر|متر)(?![^\W\d_])", re.IGNORECASE,
)  # fmt: skip
_INSTALMENT = re.compile(
    r"/\s*(?:mo|mth|month|mies|m-c|monat)|\b(?:per|a) month|monthly|miesi[eę]cznie|\brat[ay]?\b|\b\d+\s*rat\b"
    r"|instal|klarna|afterpay|paypo"
    r"|\d+\s*[x×]\s*(?=\D{0,3}\d)|قسط|ماهانه|ماهی", re.IGNORECASE,
)  # fmt: skip
_LOWEST = re.compile(r"30\s*(?:dni|days|tagen?|jours|dn[ií]|روز)|najni[zż]sza cena|lowest price", re.IGNORECASE)
_SAVING = re.compile(r"\b(?:save|you save|oszcz|zaoszcz|taniej|rabat|discount|off)\b|تخفیف|^\s*[-−–]", re.IGNORECASE)
_DELIVERED = re.compile(
    r"\b(?:incl?|inkl|free|gratis|kostenlos|gratuit|compris|con|z)\b|darmow|رایگان|همراه|\bبا\b", re.IGNORECASE
)
"""Where this follows an amount with a word for delivery, the amount is still the product's."""
_ELSEWHERE = re.compile(
    r"related|upsell|cross-?sell|recommend|similar|recently|also-?bought|mini-?cart|carousel|swiper|bundle|sticky"
)
_WORDS_IN_PRICE = 16
"""More letters than this beside the amount, and it is a sentence that mentions money."""
TAX_RATES = (5, 7, 8, 9, 10, 19, 20, 21, 22, 23, 24, 25, 27)
"""Value added tax in Europe, Great Britain and Iran, in percent."""
_FRAME = ("header", "nav", "footer")
_ELSEWHERE_REGIONS = ("header", "aside")
SCREENS = 2.0
"""The price must be within two screens (row PDP-001)."""
NEAR_PX = 250
"""Amounts this much further from the buy button than the nearest one are about something else."""
NEAR_ICON_PX = 40


@dataclass(frozen=True)
class ShownPrice:
    """A price read from the page. ``currency`` is None where neither it nor the text around it names one."""

    seen: PriceSeen
    amount: Decimal
    currency: str | None


def current_prices(texts: Texts, document: Document, buy: Box | None) -> tuple[ShownPrice, ...]:
    """Amounts that may be what the product costs now: visible, not struck, not of another product, per unit or month.

    What is more than a screen away from the buy button belongs to something else. Where an amount's element names no
    currency, the text beside it may.
    """
    possible = [price for price in texts.prices if _may_be_current(price, document)]
    seen = [
        price for price in possible if not (buy and price.box and abs(price.box.y - buy.y) > document.viewport_height)
    ]
    inside = [price for price in seen if price.region not in _ELSEWHERE_REGIONS] or seen
    read = []
    for price in inside:
        money = parse_price(price.text, document.lang)
        if money is not None and money.amount > 0:
            currency = money.currency or _currency_beside(price.text, texts.main, document.lang)
            read.append(ShownPrice(price, money.amount, currency))
    return _without_lists(read, _repeated(possible), buy)


def any_amount(texts: Texts, document: Document) -> bool:
    """Whether the first two screens show any amount of money outside header and footer, or the text does anywhere."""
    if not texts.prices:
        return any(has_currency(line) and parse_price(line) for line in texts.main.splitlines() if len(line) <= 30)
    return any(
        price.visible
        and price.region not in _FRAME
        and price.box is not None
        and price.box.y < SCREENS * document.viewport_height
        for price in texts.prices
    )


def unshown(stated: frozenset[Decimal], texts: Texts, document: Document) -> bool:
    """Whether none of the amounts that the data state is shown where a product's price may stand.

    Toman and rial differ by ten, and tax may be added. Amounts of the page's frame, and of lists of other products, may
    equal the price by chance.
    """
    if not stated:
        return False
    shown = [
        ShownPrice(price, money.amount, money.currency)
        for price in texts.prices
        if price.visible
        and price.region not in _FRAME
        and not _of_delivery(price.text, document.lang)
        and (money := parse_price(price.text, document.lang)) is not None
    ]
    read = [
        price
        for price in shown
        if price.seen.box is not None
        and price.seen.box.y < SCREENS * document.viewport_height
        and not _is_listed(price, shown)
    ]
    return not any(
        told in (price.amount, price.amount * 10, price.amount / 10)
        or _taxed(told, price.amount)
        or _taxed(price.amount, told)
        for told in stated
        for price in read
    )


def main_prices(prices: Iterable[ShownPrice], document: Document, buy: Box | None) -> tuple[ShownPrice, ...]:
    """Of the first two screens those near the buy button and in the largest type: one, or what to choose from."""
    high = [
        (price, price.seen.box)
        for price in prices
        if price.seen.box and price.seen.box.y < SCREENS * document.viewport_height
    ]
    if buy and high:
        nearest = min(abs(box.y - buy.y) for _price, box in high)
        high = [(price, box) for price, box in high if abs(box.y - buy.y) <= nearest + NEAR_PX]
    largest = max((price.seen.font_px for price, _box in high), default=0.0)
    return tuple(price for price, _box in high if price.seen.font_px >= 0.95 * largest)


def rivals(prices: Iterable[ShownPrice], around: str) -> int:
    """How many different amounts compete. A range on one line, and one amount with and without tax, are one."""
    lines: list[list[ShownPrice]] = []
    for price in sorted(prices, key=_top):
        if lines and _top(price) - _top(lines[-1][0]) < price.seen.font_px / 2:
            lines[-1].append(price)
        else:
            lines.append([price])
    amounts: set[Decimal] = set()
    for line in lines:
        told = {price.amount for price in line}
        amounts |= {max(told)} if _is_range(line, fold(around)) else told
    return len({amount for amount in amounts if not any(_taxed(amount, other) for other in amounts)})


def _top(price: ShownPrice) -> float:
    return price.seen.box.y if price.seen.box else 0.0


def _is_range(line: list[ShownPrice], around: str) -> bool:
    texts = [re.escape(fold(price.seen.text)) for price in line]
    return any(re.search(rf"{one}\s*(?:-|~|to|do|bis|تا)\s*{other}", around) for one in texts for other in texts)


def has_picture_beside(price: ShownPrice, images: Images | None) -> bool:
    """A picture or an icon font's glyph next to the amount may be its currency: Persian shops draw the toman."""
    if any("\ue000" <= letter <= "\uf8ff" for letter in price.seen.text):
        return True
    box = price.seen.box
    return box is not None and any(
        image.visible
        and image.box is not None
        and image.box.height <= 3 * price.seen.font_px
        and abs(image.box.y - box.y) <= 2 * price.seen.font_px
        and -NEAR_ICON_PX <= image.box.x - box.right <= NEAR_ICON_PX + box.width
        for image in (images.items if images else ())
    )


def _without_lists(prices: list[ShownPrice], repeated: frozenset[str], buy: Box | None) -> tuple[ShownPrice, ...]:
    """Three or more amounts in elements of one kind are a list of other products, unless there is nothing else, or
    nothing else as near to the buy button."""
    alone = tuple(price for price in prices if not _is_listed(price, prices))
    single = tuple(price for price in alone if skeleton(price.seen.selector) not in repeated or _near(price, buy))
    return single if len(single) < len(alone) else alone or tuple(prices)


def _repeated(prices: Iterable[PriceSeen]) -> frozenset[str]:
    """Kinds of elements of which three or more hold an amount, wherever on the page."""
    kinds = Counter(skeleton(price.selector) for price in prices)
    return frozenset(kind for kind, count in kinds.items() if count >= 3)


def _near(price: ShownPrice, buy: Box | None) -> bool:
    box = price.seen.box
    return buy is None or box is None or abs(box.y - buy.y) <= NEAR_PX


def _is_listed(price: ShownPrice, among: Iterable[ShownPrice]) -> bool:
    kind = skeleton(price.seen.selector)
    return len({other.amount for other in among if skeleton(other.seen.selector) == kind}) >= 3


def _taxed(net: Decimal, gross: Decimal) -> bool:
    tolerance = max(Decimal("0.02"), net / 10_000)
    return any(abs(net * (100 + rate) / 100 - gross) <= tolerance for rate in TAX_RATES)


def _may_be_current(seen: PriceSeen, document: Document) -> bool:
    if not seen.visible or seen.struck or seen.region in ("nav", "footer", "dialog"):
        return False
    if seen.link_url and seen.link_url.split("#")[0].split("?")[0] != document.url.split("#")[0].split("?")[0]:
        return False
    if _ELSEWHERE.search(seen.selector.lower()):
        return False
    text = seen.text
    if any(pattern.search(text) for pattern in (_PER_UNIT, _INSTALMENT, _LOWEST, _SAVING)):
        return False
    if _of_delivery(text, document.lang):
        return False
    return sum(map(str.isalpha, text)) <= _WORDS_IN_PRICE


def _of_delivery(text: str, language: str | None) -> bool:
    place = next((at for at, letter in enumerate(text) if letter.isdigit()), 0)
    before, after = text[:place], text[place:]
    if mentions(before, Concept.SHIPPING, language):
        return True
    return bool(mentions(after, Concept.SHIPPING, language)) and not _DELIVERED.search(after)


def _currency_beside(text: str, around: str, language: str | None) -> str | None:
    bare = fold(text, language).strip()
    whole = fold(around, language)
    place = whole.find(bare) if bare else -1
    while place >= 0:
        money = parse_price(whole[max(0, place - 8) : place + len(bare) + 8], language)
        if money is not None and money.currency:
            return money.currency
        place = whole.find(bare, place + 1)
    return None
