"""Breadcrumbs: the visible trail, and the one in structured data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from auditor.evidence import Document, Links, StructuredData, Texts, Trail
from auditor.lexicon import Concept, fold, mentions
from auditor.reading.addresses import is_home, same_address
from auditor.reading.structured import as_list, items_of_type, plain, text_of


@dataclass(frozen=True)
class MarkedTrail:
    """A BreadcrumbList. ``positions`` as written (None: not a whole number); ``urls`` absolute or None."""

    names: tuple[str, ...]
    positions: tuple[int | None, ...]
    urls: tuple[str | None, ...]

    @property
    def in_order(self) -> bool:
        return list(self.positions) == list(range(1, len(self.positions) + 1))


def ancestors(trail: Trail, document: Document) -> tuple[str, ...]:
    """Addresses of the linked steps above this page."""
    return tuple(
        item.url
        for item in trail.items
        if item.url
        and not same_address(item.url, document.url)
        and not same_address(item.url, document.canonical or "")
    )


def longest_visible(texts: Texts, document: Document) -> Trail | None:
    """Of the visible trails the one with most linked ancestors."""
    shown = [trail for trail in texts.trails if trail.visible]
    return max(shown, key=lambda trail: len(ancestors(trail, document)), default=None)


def link_home_above_content(links: Links, document: Document, language: str | None) -> bool:
    """A visible link home between header and content: a sign of a trail that no other detector saw."""
    return any(
        link.visible
        and link.region in ("main", "breadcrumb", "other")
        and link.box is not None
        and link.box.y < document.viewport_height
        and link.name.strip() != ""
        and (is_home(link.url) or (len(link.name) <= 30 and bool(mentions(link.name, Concept.HOME, language))))
        for link in links.items
    )


def marked_trails(data: StructuredData, document: Document) -> tuple[MarkedTrail, ...]:
    """All BreadcrumbLists of JSON-LD and microdata, steps in the order of their positions."""
    made = []
    for item in items_of_type(data, "BreadcrumbList"):
        steps = [plain(step) for step in as_list(item.get("itemListElement")) if isinstance(step, Mapping)]
        read = [(_position(step), _name(step), _url(step, document)) for step in steps]
        read.sort(key=lambda step: (step[0] is None, step[0] or 0))
        if read:
            made.append(MarkedTrail(tuple(r[1] for r in read), tuple(r[0] for r in read), tuple(r[2] for r in read)))
    return tuple(made)


def says_the_same(marked: MarkedTrail, shown: Trail, language: str | None) -> bool:
    """Equal names, where either may leave out the home page and the current page, and the shown ones may be cut."""
    said = [fold(name, language) for name in marked.names]
    seen = [fold(item.text, language) for item in shown.items]
    return any(_equal(one, other) for one in _shortened(said) for other in _shortened(seen))


def _shortened(names: list[str]) -> list[list[str]]:
    return [cut for cut in (names, names[1:], names[:-1], names[1:-1]) if cut] or [names]


def _equal(said: Sequence[str], seen: Sequence[str]) -> bool:
    return len(said) == len(seen) and all(
        one == other or (other.endswith(("…", "...")) and one.startswith(other.rstrip("….").strip()))
        for one, other in zip(said, seen, strict=True)
    )


def _position(step: Mapping[str, Any]) -> int | None:
    written = text_of(step.get("position"))
    return int(written) if written.isdecimal() else None


def _name(step: Mapping[str, Any]) -> str:
    item = step.get("item")
    inner = plain(item).get("name") if isinstance(item, Mapping) else None
    return text_of(step.get("name")) or text_of(inner)


def _url(step: Mapping[str, Any], document: Document) -> str | None:
    item = step.get("item")
    written = item if isinstance(item, str) else ""
    if isinstance(item, Mapping):
        written = text_of(item.get("@id")) or text_of(item.get("id")) or text_of(plain(item).get("url"))
    written = written or text_of(step.get("url"))
    return urljoin(document.url, written) if written else None
