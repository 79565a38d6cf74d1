"""Filters and the way on in a list of products."""

import re
from collections import defaultdict
from urllib.parse import parse_qsl, urlsplit

from auditor.evidence import Button, Controls, Document, Field, Layout, Link, Links, Requests, Texts
from auditor.lexicon import Concept, digits_folded, mentions
from auditor.reading.pressable import pressables

_PAGE_NAMES = frozenset({"p", "page", "pg", "paged", "strona", "seite", "start", "offset", "pagenumber", "pageno"})
_SORT_NAMES = re.compile(r"sort|order|dir|limit|per_?page|view|mode|show", re.IGNORECASE)
_PAGE_PATH = re.compile(r"/(?:page|strona|seite|p)[/-]?\d+/?$", re.IGNORECASE)
_FACET_MARKS = re.compile(r"facet|filter|layered|refine|narrow")
_FOUND = re.compile(r"(?<![\d.,])(\d{1,3}(?:[  .,]\d{3})+|\d{1,6})(?![\d.,]*\s*(?:%|x|×|px|cm|mm|kg|[a-z]{3}\b))")
_OF_ALL = re.compile(
    r"\d+\s*(?:-|–|to|do|bis|à|a|تا)\s*\d+\s*(?:of|z|ze|von|sur|de|di|van|av|از|/)\s*(\d{1,6})", re.IGNORECASE
)
_ITEMS = re.compile(
    r"(?<![\d.,])(\d{1,6})\s*(?:products?|items?|results?|articles?|produkt\w*|artyku\w*|wynik\w*|artikel|ergebnis\w*|produits?"
    r"|résultats?|productos?|artículos?|resultados?|prodotti|risultati|produtos?|producten|resultaten|produkter|výsledk\w*|polož\w*"
    r"|ürün|sonuç|محصول|کالا|نتیجه|منتج|件|个商品)", re.IGNORECASE,
)  # fmt: skip
_PART_OF = re.compile(
    r"(?<![\d.,])(?:[4-9]|\d{2,4})\s+(?:(?!out)[^\W\d]+\s+)?(?:of|z|ze|von|sur|de|di|van|av|از|من)\s+(?!(?:19|20)\d\d\b)(\d{2,6})"
    r"(?![\d.,]*\s*(?:[%/]|(?:[cmk]?m|k?g|m?l)\b)|[.,]\d)", re.IGNORECASE,
)  # fmt: skip
_NAMED = re.compile(
    r"\b(?:results|products|items|ergebnisse|treffer|artikel|produkte|produkty|produktów|towarów|wyniki|wyników|résultats|produits"
    r"|articles|resultados|productos|produtos|prodotti|articoli|risultati|producten|resultaten|produkter|träffar|produktů"
    r"|položek|výsledků|ürünler|ürün sayısı|sonuçlar|محصولات|کالاها|تعداد (?:کالا|محصول)|نتایج|المنتجات|منتجات|النتائج"
    r"|商品数|件数)"
    r"\s*[:：(]\s*(\d{1,6})\b", re.IGNORECASE,
)  # fmt: skip


_WAY_ON = re.compile(
    r"pagin|pager|load[-_]?more|infinite|sentinel|show[-_]?more|(?:^|[-_. #>])(?:next|more)(?:$|[-_. #>:])"
)
MOST_TIMES = 20
"""A list that shows less than this share of its total is a shop that boasts, not a list that ends."""


def surely_ends(shown: int, total: int, requests: Requests | None, controls: Controls, layout: Layout | None) -> bool:
    """Whether the page, scrolled to its end, neither asked for data nor holds a part that is called a way on."""
    if requests is None or layout is None or total > MOST_TIMES * shown:
        return False
    asked = any(
        request.type.lower() in ("xhr", "fetch") and re.search("json|html|text", (request.mime or "").lower())
        for request in requests.items
    )
    ways = (item for item in pressables(controls, None, layout) if _WAY_ON.search(item.marks))
    # A pager of one page names that page only.
    return not asked and all(digits_folded(way.label).strip() == "1" for way in ways)


def stated_total(texts: Texts) -> int | None:
    """How many products the list says that it has, by “1-24 of 310”, “24 of 310” or “310 products”."""
    for line in digits_folded(texts.main).splitlines()[:400]:
        if len(line) <= 120:
            for pattern in (_OF_ALL, _PART_OF, _ITEMS, _NAMED):
                if found := pattern.search(line):
                    return int(found[1])
    return None


def filter_parts(controls: Controls, links: Links, document: Document) -> int:
    """Groups of ticks, of links that change one parameter of this list's address, and of fields for a range."""
    ticks: dict[str, int] = defaultdict(int)
    for field in controls.fields:
        if field.type in ("checkbox", "radio") and field.region in ("main", "aside", "other", "nav", "dialog"):
            ticks[_group(field)] += 1
    own = urlsplit(document.url)
    parameters: dict[str, int] = defaultdict(int)
    for link in links.items:
        parts = urlsplit(link.url)
        if link.same_site and parts.path == own.path and parts.query and link.region not in ("header", "footer"):
            for name, value in parse_qsl(parts.query):
                if (
                    (name, value) not in parse_qsl(own.query)
                    and not _SORT_NAMES.search(name)
                    and name.lower() not in _PAGE_NAMES
                ):
                    parameters[name] += 1
    chosen = sum(
        field.tag == "select"
        and not _SORT_NAMES.search(f"{field.name} {field.id}")
        and bool(_FACET_MARKS.search(field.selector.lower()))
        for field in controls.fields
    )
    return sum(count >= 2 for count in ticks.values()) + sum(count >= 2 for count in parameters.values()) + chosen


def names_filters(controls: Controls, layout: Layout | None, links: Links, language: str | None) -> bool:
    """A button, heading or element that is called a filter, by its words or its class."""
    for item in pressables(controls, None, layout):
        if item.region in ("header", "footer", "nav"):
            continue
        if _FACET_MARKS.search(item.marks) or (
            len(item.label) <= 40 and mentions(item.label, Concept.FILTER, language)
        ):
            return True
    return any(
        _FACET_MARKS.search(link.selector.lower()) for link in links.items if link.region not in ("header", "footer")
    )


def next_links(links: Links, document: Document, language: str | None) -> tuple[Link, ...]:
    """Links with an address of their own to a further page of this list."""
    own = urlsplit(document.url)
    found = []
    for link in links.items:
        parts = urlsplit(link.url)
        if not link.same_site or link.region in ("header", "footer") or link.href.startswith(("#", "javascript:")):
            continue
        numbered = any(name.lower() in _PAGE_NAMES and value.isdigit() for name, value in parse_qsl(parts.query))
        named = len(link.name) <= 30 and mentions(link.name, Concept.NEXT_PAGE, language) is not None
        same_list = parts.path.rstrip("/") == own.path.rstrip("/") or bool(_PAGE_PATH.search(parts.path))
        if "next" in link.rel.split() or (same_list and (numbered or named or _PAGE_PATH.search(parts.path))):
            found.append(link)
    return tuple(found)


def more_buttons(controls: Controls, language: str | None) -> tuple[Button, ...]:
    """Visible buttons below the first products that load more of them, and are no links."""
    return tuple(
        button
        for button in controls.buttons
        if button.visible
        and not button.disabled
        and button.region in ("main", "other")
        and not button.attributes.get("href", "").startswith(("http", "/", "?"))
        and 0 < len(button.name) <= 40
        and mentions(button.name, Concept.NEXT_PAGE, language)
    )


def _group(field: Field) -> str:
    return re.sub(r"\[.*|\d+$", "", field.name) or re.sub(r":nth-of-type\(\d+\)", "", field.selector)
