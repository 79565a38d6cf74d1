"""The shop's search: what it finds, and what it suggests while a shopper types."""

from auditor.demo.catalogue import Catalogue, Product
from auditor.demo.wording import fold, matches, nearly_matches

SUGGESTED = 6


def find(goods: Catalogue, query: str) -> list[Product]:
    """Products whose name, number or kind holds every word; where there are none, one slip a word is forgiven."""
    return exactly(goods, query) or [item for item in goods.products if nearly_matches(query, said(goods, item))]


def exactly(goods: Catalogue, query: str) -> list[Product]:
    """Products that hold every word as it was typed, but for case, diacritics and endings."""
    return [item for item in goods.products if matches(query, said(goods, item))]


def said(goods: Catalogue, item: Product) -> str:
    """What the search reads of a product."""
    return f"{item.name} {item.sku} {item.gtin} {goods.categories[item.kind].name}"


def suggest(goods: Catalogue, begun: str) -> list[Product]:
    """Products with a word that begins like ``begun``."""
    start = fold(begun).strip()
    found = [item for item in goods.products if any(word.startswith(start) for word in fold(item.name).split())]
    return found[:SUGGESTED] if len(start) > 1 else []
