"""What the address of a page says."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from auditor.classify.clues import Clue
from auditor.evidence import PageFacts, Template
from auditor.lexicon import path_concepts, path_segments, url_words

SEARCH_NAMES = frozenset(
    [
        "q",
        "s",
        "query",
        "search",
        "search_query",
        "searchquery",
        "searchterm",
        "search_term",
        "keyword",
        "keywords",
        "k",
        "term",
        "text",
        "w",
        "phrase",
        "szukaj",
        "szukana",
        "szukane",
        "fraza",
        "suchbegriff",
        "suche",
        "sqr",
        "recherche",
        "buscar",
        "busca",
        "cerca",
        "zoek",
        "sok",
        "hledat",
        "ara",
        "arama",
        "kelime",
        "find",
        "qs",
        "wyszukaj",
        "string",
        "qtext",
        "searchstring",
        "search-term",
    ]
)
"""Names of the field of a search, as shops have them."""
CONTENT_CONCEPTS = frozenset({"shipping", "returns", "contact", "terms", "privacy", "faq", "about", "blog", "content"})
_ROUTED = ("route", "controller", "page", "option", "dispatch")
_PRODUCT_ID = re.compile(
    r"(?:^|[-_/])(?:p|pid|prod|product|art|item|i|id|sku|dkp|pd)[-_]?\d{2,}(?:[-_/]|$)|[-_]\d{4,}$|^\d{2,}-[^/]{4,}$|_\d+$",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?")


def segments_of(url: str) -> tuple[str, ...]:
    """Path segments, and those of a routing parameter (``?route=product/product``); the language segment left out."""
    segments = path_segments(url)
    if segments and _LANGUAGE.fullmatch(segments[0]) and "product" not in path_concepts(segments[0]):
        segments = segments[1:]
    if segments and segments[0] in ("index", "shop-index"):
        segments = segments[1:]
    for name, value in _query(url):
        if name in _ROUTED:
            segments += tuple(part for part in path_segments("/" + value.replace(".", "/")) if not part.isdigit())
    return segments


def searched(url: str) -> str | None:
    """The words that an address searches for."""
    return next((value for name, value in _query(url) if name.strip("[]") in SEARCH_NAMES and value.strip()), None)


def from_address(facts: PageFacts) -> Iterator[Clue]:
    segments = segments_of(facts.url)
    meanings = [path_concepts(segment) for segment in segments]
    last = meanings[-1] if meanings else frozenset()
    yield from _of_search(facts, meanings)
    for concept, template, weight in (
        ("cart", Template.CART, 4.5),
        ("checkout", Template.CHECKOUT, 4.5),
        ("account", Template.ACCOUNT, 4.0),
    ):
        place = next((n for n, found in enumerate(meanings) if concept in found), None)
        if place is None or (template is Template.CHECKOUT and "cart" in last):
            continue
        ends = place == len(meanings) - 1
        if template is Template.CART and not ends:
            continue
        in_goods = any("product" in found or "category" in found for found in meanings[:place])
        yield Clue(
            template,
            1.0 if in_goods else weight if ends or place == 0 else weight / 2,
            f"its address has “{segments[place]}”",
        )
    beneath = next((n for n, found in enumerate(meanings) if n and "beneath-a-product" in found), None)
    if beneath is not None:
        yield Clue(Template.OTHER, 7.0, f"its address is one of a product's side pages: “{segments[beneath]}”")
    yield from _of_goods(facts, segments, meanings)
    yield from _of_content(segments, meanings)


def _of_search(facts: PageFacts, meanings: list[frozenset[str]]) -> Iterator[Clue]:
    asked = searched(facts.url)
    named = any("search" in found for found in meanings[-2:])
    if named:
        yield Clue(Template.SEARCH, 5.0 if asked else 3.5, "its address is that of a search")
    elif asked:
        narrowed = any("category" in found or "products" in found for found in meanings)
        yield Clue(Template.SEARCH, 2.0 if narrowed else 4.0, f"its address asks for “{asked[:40]}”")


def _of_goods(facts: PageFacts, segments: tuple[str, ...], meanings: list[frozenset[str]]) -> Iterator[Clue]:
    query = dict(_query(facts.url))
    if query.get("product_id") or query.get("id_product") or query.get("product"):
        yield Clue(Template.PRODUCT, 3.0, "its address holds the number of a product")
    elif (
        query.get("id_category")
        or query.get("category_id")
        or query.get("cat")
        or (query.get("path") and "route" in query)
    ):
        yield Clue(Template.CATEGORY, 3.0, "its address holds the number of a category")
    if query.get("post_type") == "product" and not searched(facts.url):
        yield Clue(Template.CATEGORY, 2.5, "its address asks for all products")
    item = bool(segments and _PRODUCT_ID.search(facts.url.partition("?")[0].rstrip("/").rpartition("/")[2]))
    after = {n: len(segments) - 1 - n for n in range(len(segments))}
    for n, found in enumerate(meanings):
        if "product" in found and after[n] >= 1 and not found & {"category"}:
            yield Clue(Template.PRODUCT, 2.0 if len(segments[n]) == 1 else 3.0, f"its address has “{segments[n]}”")
            break
        if "products" in found and after[n] == 1 and segments[n] not in ("shop", "store", "sklep"):
            yield Clue(Template.PRODUCT, 1.5, f"its address lies under “{segments[n]}”")
            break
    for n, found in enumerate(meanings):
        if "category" in found or ("products" in found and after[n] == 0):
            weak = len(segments[n]) == 1 or after[n] == 0
            of_posts = any("blog" in before for before in meanings[:n])
            one = item and after[n] == 1 and len(segments[n]) > 1
            weight = 1.0 if one or of_posts else 2.0 if weak else 2.5
            yield Clue(Template.CATEGORY, weight, f"its address has “{segments[n]}”")
            break
    if item and not any("category" in found for found in meanings[-2:]):
        yield Clue(Template.PRODUCT, 1.0, "its address ends like that of one item")


def _of_content(segments: tuple[str, ...], meanings: list[frozenset[str]]) -> Iterator[Clue]:
    for place in range(len(segments) - 1, -1, -1):
        found = meanings[place] & CONTENT_CONCEPTS
        if found:
            whole = 4.0 if place == len(segments) - 1 and found != {"content"} else 2.5
            yield Clue(Template.CONTENT, whole, f"its address has “{segments[place]}”")
            return
    if segments and _content_in(segments[-1]):
        yield Clue(Template.CONTENT, 2.0, f"its address speaks of “{_content_in(segments[-1])}”")


@lru_cache(maxsize=8192)
def _content_in(segment: str) -> str | None:
    if segment.count("-") > 5:
        return None
    padded = f"-{segment}-"
    for concept in sorted(CONTENT_CONCEPTS - {"blog", "content"}):
        for word in url_words(concept):
            if len(word) > 3 and f"-{word}-" in padded:
                return word
    return None


def _query(url: str) -> list[tuple[str, str]]:
    try:
        return [(name.lower(), value) for name, value in parse_qsl(urlsplit(url).query)]
    except ValueError:
        return []
