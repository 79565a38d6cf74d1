"""Schema.org types of a page, from a tree that is parsed already."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from extruct.jsonld import JsonLdExtractor
from extruct.opengraph import OpenGraphExtractor
from extruct.w3cmicrodata import MicrodataExtractor

MOST_CHARACTERS = 500_000
MOST_ITEMS = 400
_MAIN = (
    "Product",
    "ProductGroup",
    "ItemList",
    "CollectionPage",
    "SearchResultsPage",
    "AboutPage",
    "ContactPage",
    "FAQPage",
    "Article",
    "BlogPosting",
)


class _QuickMicrodata(MicrodataExtractor):  # type: ignore[misc]
    """Reads values of text as they are: the cleaning of the original copies each element and costs more than all the
    rest."""

    def _extract_textContent(self, node: Any) -> str:
        return " ".join("".join(node.itertext()).split())[:500]


_json_ld, _microdata, _open_graph = JsonLdExtractor(), _QuickMicrodata(), OpenGraphExtractor()


def structured_items(root: Any, scripts: list[Any], scoped: int, url: str) -> list[dict[str, Any]]:
    """The items of JSON-LD and microdata with the keys ``@type`` and properties, nested ones too. ``scoped`` counts the
    elements with ``itemscope``. A block that cannot be read is left out, the others count."""
    found: list[Any] = []
    for script in scripts[:50]:
        if len(script.text or "") <= MOST_CHARACTERS:
            try:
                found += _json_ld.extract_items(script)
            except (ValueError, RecursionError, IndexError):
                continue
    if 0 < scoped <= MOST_ITEMS:
        with suppress(ValueError, RecursionError, KeyError):
            found += [_as_json_ld(item) for item in _microdata.extract_items(root, url)]
    items: list[dict[str, Any]] = []
    for item in found:
        for inner in _nested(item):
            items.append(inner)
            if len(items) >= MOST_ITEMS:
                return items
    return items


def open_graph_type(root: Any) -> str | None:
    """The value of ``og:type``."""
    try:
        for block in _open_graph.extract_items(root):
            for name, value in block["properties"]:
                if name == "og:type":
                    return str(value)[:60]
    except (AttributeError, IndexError, ValueError):
        return None
    return None


def types_of(item: dict[str, Any]) -> list[str]:
    """The types of an item, without the address of schema.org."""
    raw = item.get("@type")
    names = raw if isinstance(raw, list) else [raw]
    return [
        str(name).rstrip("/").rpartition("/")[2].rpartition("#")[2][:60]
        for name in names
        if isinstance(name, str) and name
    ]


def main_first(items: list[dict[str, Any]]) -> tuple[str, ...]:
    """All types once: those that tell what the page is about first, else in order."""
    names = list(dict.fromkeys(name for item in items for name in types_of(item)))
    return tuple(sorted(names, key=lambda name: _MAIN.index(name) if name in _MAIN else len(_MAIN)))[:40]


def _as_json_ld(item: Any) -> Any:
    if isinstance(item, list):
        return [_as_json_ld(one) for one in item]
    if not isinstance(item, dict):
        return item
    properties = item.get("properties") or {}
    return {"@type": item.get("type"), **{name: _as_json_ld(value) for name, value in properties.items()}}


def _nested(item: Any) -> Iterator[dict[str, Any]]:
    waiting = [item]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item[:MOST_ITEMS]))
        elif isinstance(item, dict):
            if "@type" in item:
                yield item
            waiting.extend(value for value in reversed(list(item.values())) if isinstance(value, dict | list))
