"""JSON-LD and microdata read alike."""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.evidence import StructuredData

MAX_DEPTH = 6


def as_list(value: Any) -> list[Any]:
    """A property's values: schema.org lets every property be one or many."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def text_of(value: Any) -> str:
    """The first text of a property, "" if there is none; numbers as written, ``{"@value": …}`` unwrapped."""
    for one in as_list(value):
        if isinstance(one, Mapping):
            one = one.get("@value", one.get("name", ""))
        if isinstance(one, str | int | float) and not isinstance(one, bool) and str(one).strip():
            return str(one).strip()
    return ""


def types_of(item: Mapping[str, Any]) -> frozenset[str]:
    """Type names without their vocabulary: ``https://schema.org/Product`` is ``Product``."""
    named = as_list(item.get("@type")) + as_list(item.get("type"))
    return frozenset(str(name).rstrip("/").replace("#", "/").rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in named)


def items_of_type(data: StructuredData, *wanted: str) -> Iterator[dict[str, Any]]:
    """Properties of all items of these types, nested ones too, in document order; JSON-LD first.

    Both are searched in the HTML as sent and, where scripts added to it, in the document as rendered.
    """
    for source in (data, data.rendered):
        if source is not None:
            for item in (*source.json_ld, *source.microdata):
                yield from _of_type(item, frozenset(wanted), 0)


def _of_type(item: Any, wanted: frozenset[str], depth: int) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(item, list | tuple):
        for one in item:
            yield from _of_type(one, wanted, depth + 1)
    elif isinstance(item, Mapping):
        properties = plain(item)
        if types_of(item) & wanted:
            yield properties
        else:
            for value in properties.values():
                yield from _of_type(value, wanted, depth + 1)


def plain(item: Mapping[str, Any]) -> dict[str, Any]:
    """The item's properties: extruct keeps those of microdata one level down."""
    inner = item.get("properties")
    return dict(inner) if isinstance(inner, Mapping) and "type" in item else dict(item)
