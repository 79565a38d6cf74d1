"""A page of a product list: filtered, sorted and cut, with a real address for every choice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from auditor.demo.catalogue import Product

PAGE_SIZE = 12
SORTS: Mapping[str, tuple[str, Callable[[Product], Any]]] = {
    "popular": ("sort_popular", lambda p: -p.popularity),
    "price-asc": ("sort_cheap", lambda p: p.price),
    "price-desc": ("sort_dear", lambda p: -p.price),
    "name": ("sort_name", lambda p: p.name),
}


@dataclass(frozen=True)
class Option:
    """One value of a facet; ``href`` switches it on, or off when it is ``chosen``."""

    name: str
    href: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter with its values that occur in the list."""

    key: str
    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Listing:
    """What a list page shows."""

    path: str
    products: tuple[Product, ...]
    total: int
    page: int
    pages: tuple[tuple[int, str], ...]
    previous: str | None
    next: str | None
    sort: str
    orders: tuple[tuple[str, str], ...]
    facets: tuple[Facet, ...]
    applied: tuple[Option, ...]
    kept: tuple[tuple[str, str], ...]


def cut(
    products: Sequence[Product],
    path: str,
    query: Mapping[str, str],
    words: Mapping[str, Any],
    money: Callable[[int], str],
) -> Listing:
    """The page of ``products`` that ``query`` asks for; unknown values of a parameter are ignored."""
    text = words["text"]
    values = {
        key: {value: name for value, name in found.items() if any(_has(p, key, value) for p in products)}
        for key, found in _values(products, words, money).items()
    }
    chosen = {key: query[key] for key in values if query.get(key) in values[key]}
    sort = query["sort"] if query.get("sort") in SORTS else "popular"
    kept = {"q": query["q"]} if query.get("q") else {}

    def href(choice: Mapping[str, str], page: int = 1) -> str:
        order = {"sort": sort} if sort != "popular" else {}
        parts = {**kept, **choice, **order, **({"page": str(page)} if page > 1 else {})}
        return f"{path}?{urlencode(parts)}" if parts else path

    def passing(choice: Mapping[str, str]) -> list[Product]:
        return [p for p in products if all(_has(p, key, value) for key, value in choice.items())]

    facets = []
    for key, names in values.items():
        others = {k: v for k, v in chosen.items() if k != key}
        options = []
        for value, name in names.items():
            on = chosen.get(key) == value
            goal = others if on else {**others, key: value}
            if count := len(passing({**others, key: value})):
                options.append(Option(name, href(goal), count, on))
        facets.append(Facet(key, text[f"filter_{key}"], tuple(options)))
    found = sorted(passing(chosen), key=SORTS[sort][1])
    count = max(1, -(-len(found) // PAGE_SIZE))
    wanted = query.get("page", "1")
    page = min(int(wanted), count) if wanted.isascii() and wanted.isdigit() and wanted.strip("0") else 1
    return Listing(
        path=path,
        products=tuple(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        total=len(found),
        page=page,
        pages=tuple((n, href(chosen, n)) for n in range(1, count + 1)),
        previous=href(chosen, page - 1) if page > 1 else None,
        next=href(chosen, page + 1) if page < count else None,
        sort=sort,
        orders=tuple((key, text[name]) for key, (name, _) in SORTS.items()),
        facets=tuple(facets),
        applied=tuple(option for facet in facets for option in facet.options if option.chosen),
        kept=tuple({**kept, **chosen}.items()),
    )


def _values(
    products: Sequence[Product], words: Mapping[str, Any], money: Callable[[int], str]
) -> dict[str, dict[str, str]]:
    prices = sorted(p.price for p in products)
    text = words["text"]
    bands: dict[str, str] = {}
    if prices:
        low, high = prices[len(prices) // 3], prices[len(prices) * 2 // 3]
        bands = {
            f"0-{low}": text["up_to"].format(price=money(low)),
            f"{low + 1}-{high}": text["from_to"].format(low=money(low), high=money(high)),
            f"{high + 1}-{prices[-1]}": text["over"].format(price=money(high)),
        }
    return {
        "price": bands,
        "colour": dict(words["colours"]),
        "material": dict(words["materials"]),
        "stock": {"yes": text["only_in_stock"]},
    }


def _has(product: Product, key: str, value: str) -> bool:
    if key == "price":
        low, high = value.split("-")
        return int(low) <= product.price <= int(high)
    if key == "stock":
        return product.stock > 0
    return value in product.colours if key == "colour" else product.material == value
