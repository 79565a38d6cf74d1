"""Orders of a product list: which choice sorts by price, and whether prices are in that order."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from auditor.evidence import ListedProduct
from auditor.lexicon import Concept, fold, mentions
from auditor.lexicon.money import parse_price

SORTS = re.compile(r"sort|order-?by|orderby|\border\b|ordering|sequence|sortuj|tri\b|orden\b|ordina", re.IGNORECASE)
_PRICE = re.compile(r"price|cena|preis|prix|precio|prezzo|preco|prijs|pris\b|fiyat|amount|قیمت|السعر", re.IGNORECASE)
_UP = re.compile(r"asc|low(?:est)?-?(?:to|first|$)|up\b|cheap|increas|-lh\b|l2h|min-?max|rosn", re.IGNORECASE)
_DOWN = re.compile(
    r"desc|high(?:est)?-?(?:to|first|$)|down\b|expensive|dear|decreas|-hl\b|h2l|max-?min|malej|^-", re.IGNORECASE
)


def price_order(label: str, value: str, language: str | None) -> bool | None:
    """True: from the cheapest up, False: from the dearest down, None: not by price, or not said which way."""
    said = re.sub(r"[,:;()\[\]–—-]+", " ", label)
    cheap = mentions(said, Concept.SORT_CHEAPEST, language)
    dear = mentions(said, Concept.SORT_DEAREST, language)
    if bool(cheap) != bool(dear):
        return bool(cheap)
    marks = value.replace("_", "-").replace(":", "-")
    if not _PRICE.search(marks):
        return None
    up, down = bool(_UP.search(marks)), bool(_DOWN.search(marks))
    return up if up != down else None


def by_price(label: str, value: str, language: str | None) -> bool:
    """Whether an order is one by price, whichever way."""
    if price_order(label, value, language) is not None:
        return True
    return bool(_PRICE.search(value)) or (len(label) <= 40 and bool(_PRICE.search(fold(label))))


def lowest_prices(products: Iterable[ListedProduct], language: str | None) -> list[Decimal]:
    """What each product costs at least, in the order of the list. Paid places and what has no price are left out."""
    found = []
    for product in products:
        read = [money.amount for text in product.prices if (money := parse_price(text, language)) is not None]
        amounts = [amount for amount in read if amount > 0]
        if amounts and not product.sponsored:
            found.append(min(amounts))
    return found


def in_order(prices: Sequence[Decimal], up: bool | None) -> float:
    """The share of neighbours that stand in order, 0 to 1; the better of both ways where none was named."""
    pairs = list(pairwise(prices))
    if not pairs:
        return 1.0
    rising, falling = sum(a <= b for a, b in pairs) / len(pairs), sum(a >= b for a, b in pairs) / len(pairs)
    return max(rising, falling) if up is None else rising if up else falling
