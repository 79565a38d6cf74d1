"""One pass over the tree of a page: everything that raw HTML says, collected without a query per question."""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from auditor.discover.landmarks import region_of
from auditor.discover.price_texts import price_in, price_part
from auditor.evidence.discovery import FormFacts
from auditor.evidence.pages import Region

MOST_ELEMENTS = 60_000
MOST_LINKS = 3_000
MOST_PRICES = 2_000
_SILENT = frozenset(
    {"script", "style", "template", "noscript", "title", "svg", "iframe", "object", "textarea", "select"}
)
_LEVELS = 8
_SPACE = re.compile(r"\s+")

MOST_HEADINGS = 40


class LinkFound(NamedTuple):
    """``element`` is the lxml element, ``rel`` and ``hreflang`` its attributes in lower case."""

    element: Any
    href: str
    region: Region
    rel: str
    hreflang: str


@dataclass(slots=True)
class Walked:
    """What the pass found, in document order. ``texts`` are visible, with the region of each."""

    links: list[LinkFound] = field(default_factory=list)
    texts: list[tuple[Region, str]] = field(default_factory=list)
    metas: list[dict[str, str]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    data_scripts: list[Any] = field(default_factory=list)
    forms: list[FormFacts] = field(default_factory=list)
    searches: int = 0
    passwords: int = 0
    items: int = 0
    base: str = ""
    title: str = ""
    h1: str = ""
    headings: list[str] = field(default_factory=list)
    sku: str = ""
    frames: int = 0
    prices: set[Any] = field(default_factory=set)
    cards: int = 0
    in_cards: set[Any] = field(default_factory=set)
    cut_short: bool = False


def walk(root: Any) -> Walked:
    """Read a tree of lxml. Looks at ``MOST_ELEMENTS`` elements at most, so that no page costs more than about a
    second."""
    found = Walked()
    regions: dict[Any, Region] = {}
    silent: set[Any] = set()
    pictured: set[Any] = set()
    linked: set[Any] = set()
    for count, element in enumerate(root.iter()):
        if count > MOST_ELEMENTS:
            found.cut_short = True
            break
        tag, parent = element.tag, element.getparent()
        outer = regions.get(parent, "other")
        hidden = parent in silent
        if element.tail and not hidden and parent is not None:
            _text(found, parent, element.tail, outer)
        if not isinstance(tag, str):
            continue
        attributes = element.attrib
        region = regions[element] = region_of(tag, attributes, outer)
        if hidden or tag in _SILENT:
            silent.add(element)
        elif element.text:
            _text(found, element, element.text, region)
        if tag == "a":
            href = attributes.get("href")
            if href and len(found.links) < MOST_LINKS:
                rel, lang = attributes.get("rel", "").lower(), attributes.get("hreflang", "").lower()
                found.links.append(LinkFound(element, href, region, rel, lang))
                _mark(element, linked)
        elif tag == "img":
            _mark(element, pictured)
            if attributes.get("src"):
                found.sources.append(attributes["src"])
        else:
            _by_tag(found, tag, element, attributes)
        if "itemscope" in attributes:
            found.items += 1
        if not found.sku and (attributes.get("itemprop") == "sku" or "data-sku" in attributes):
            found.sku = attributes.get("content") or attributes.get("data-sku") or _short(element)
    _group_cards(found, linked, pictured)
    return found


def _by_tag(found: Walked, tag: str, element: Any, attributes: Any) -> None:
    if tag == "meta":
        found.metas.append(dict(attributes))
    elif tag == "link":
        found.heads.append(dict(attributes))
        if "stylesheet" in attributes.get("rel", "").lower() and attributes.get("href"):
            found.sources.append(attributes["href"])
    elif tag == "script":
        kind = attributes.get("type", "").lower()
        if attributes.get("src"):
            found.sources.append(attributes["src"])
        elif "ld+json" in kind:
            found.data_scripts.append(element)
        elif element.text:
            found.scripts.append(element.text)
    elif tag == "form":
        found.forms.append(_form(element))
    elif tag == "input":
        kind, name = attributes.get("type", "").lower(), attributes.get("name", "").lower()
        found.passwords += kind == "password"
        found.searches += kind == "search" or name in (
            "q",
            "s",
            "search",
            "query",
            "search_query",
            "searchterm",
            "keyword",
            "keywords",
            "k",
        )
    elif tag == "base":
        found.base = found.base or attributes.get("href", "")
    elif tag == "title":
        found.title = found.title or _short(element, 300)
    elif tag == "h1":
        found.h1 = found.h1 or _short(element, 300)
    elif tag in ("h2", "h3", "h4", "summary", "dt"):
        if len(found.headings) < MOST_HEADINGS:
            found.headings.append(_short(element, 80))
    elif tag in ("iframe", "frame"):
        found.frames += 1


def _text(found: Walked, element: Any, text: str, region: Region) -> None:
    text = text.strip()
    if not text:
        return
    found.texts.append((region, text))
    if len(text) > 60 or len(found.prices) >= MOST_PRICES:
        return
    if price_in(text):
        found.prices.add(element)
    elif price_part(text):
        parent = element.getparent()
        for container in (element, parent) if parent is not None else (element,):
            if container not in found.prices and price_in(_short(container, 60)):
                found.prices.add(container)
                break


def _form(element: Any) -> FormFacts:
    names: list[str] = []
    for count, inner in enumerate(element.iter("input", "select", "textarea", "button")):
        if count > 300 or len(names) >= 60:
            break
        if inner.get("name"):
            names.append(inner.get("name")[:100])
    return FormFacts(
        action=element.get("action", "")[:500],
        method=element.get("method", "get").lower()[:10],
        names=tuple(dict.fromkeys(names)),
        id=element.get("id", "")[:100],
        classes=element.get("class", "")[:300],
    )


def _mark(element: Any, marked: set[Any]) -> None:
    for _ in range(_LEVELS):
        if element is None or element in marked:
            return
        marked.add(element)
        element = element.getparent()


def _group_cards(found: Walked, linked: set[Any], pictured: set[Any]) -> None:
    groups: dict[Any, set[Any]] = {}
    for element in found.prices:
        for _ in range(_LEVELS):
            if element is None or (element in linked and element in pictured):
                break
            element = element.getparent()
        else:
            continue
        for _ in range(4):
            parent = element.getparent() if element is not None else None
            if parent is None:
                break
            groups.setdefault(parent, set()).add(element)
            element = parent
    # A grid may be a table: its cards are then the cells of several rows.
    tables: dict[Any, set[Any]] = {}
    for row, cells in groups.items():
        if row.tag == "tr":
            tables.setdefault(row.getparent(), set()).update(cells)
    largest = max([*groups.values(), *tables.values()], key=len, default=set())
    if len(largest) >= 2:
        found.cards, found.in_cards = len(largest), largest
    else:
        found.cards = len(largest)


def is_card_link(found: Walked, element: Any) -> bool:
    """Whether a link lies in one of the cards of the largest group."""
    if not found.in_cards:
        return False
    for _ in range(_LEVELS):
        if element is None:
            return False
        if element in found.in_cards:
            return True
        element = element.getparent()
    return False


def link_text(element: Any) -> str:
    """What a link says: its text, else its label, title or the alternative text of its picture; 120 characters at
    most."""
    text = _short(element, 120) or element.get("aria-label") or element.get("title") or ""
    if not text:
        picture = next(element.iter("img"), None)
        text = picture.get("alt", "") if picture is not None else ""
    return _SPACE.sub(" ", text).strip()[:120]


def _short(element: Any, most: int = 200) -> str:
    parts: list[str] = []
    length = 0
    for text in element.itertext():
        parts.append(text)
        length += len(text)
        if length > most * 3:
            break
    return _SPACE.sub(" ", "".join(parts)).strip()[:most]
