"""A product list as a journey reads it: which cards are its products, how long it says it is, what else it says."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from auditor.evidence import Box, Frozen
from auditor.lexicon import Concept, fold, mentions
from auditor.lexicon.money import has_currency

MOST = 24
"""Cards of a list that are kept."""
_BESIDE = re.compile(
    r"related|recommend|up-?sell|cross-?sell|recently|last-?viewed|also-?(?:like|bought|viewed)|best-?sell|trending|popular-|similar"
    r"|mini-?cart|wish-?list|suggested|polecan|ostatnio"
)
_FILTERS = re.compile(r"filter|facet|refine|layered|narrow")
_COUNTS = re.compile(
    r"count|total|result|found|amount|toolbar|number|showing|summary|hits|\bitems|products-?info|pagination-?info|ilosc|liczba"
)
_NO_COUNT = re.compile(r"per-?page|limiter|page-?size|pager\b|rating|review|cart|basket|step|price")
_NUMBER = re.compile(r"(?<![^\W\d_])(?:\d[\d., ]*\d|\d)(?![^\W\d_])")
_ANY_PAGE = re.compile(r"(?:index|default|products?|details?|items?|view|show)(?:[._-]\w+)?$")
_SUGGESTS = re.compile(r"suggest|spell|did-?you-?mean|correct|fuzzy|alternative")


class Card(Frozen):
    """A card; ``index`` finds its link again. ``text`` is all it says, ``prices`` what is not struck."""

    index: int
    url: str
    name: str
    text: str = ""
    prices: tuple[str, ...] = ()
    priced: bool = False
    image: bool = False
    single: bool = False
    box: Box
    marks: str = ""


class Group(Frozen):
    """Cards that stand together under ``heading``. ``single``: one card that no other told apart."""

    heading: str = ""
    heading_tag: str = ""
    marks: str = ""
    single: bool = False
    region: str = "main"
    top: float = 0.0
    cards: tuple[Card, ...]


class Line(Frozen):
    """A text outside cards, header and footer. ``linked``: it is a link's own text, else ``link`` lies inside it."""

    text: str
    heading: bool = False
    live: bool = False
    marks: str = ""
    link: str = ""
    linked: bool = False
    region: str = "main"
    box: Box | None = None


class Facet(Frozen):
    """Something that may filter the list: ``count`` as printed beside it, ``marked`` by an identifier of filters."""

    index: int
    kind: str
    name: str
    count: str = ""
    target: str = ""
    on: bool = False
    visible: bool = True
    disabled: bool = False
    marked: bool = False
    group: str = ""
    region: str = "main"


class ListPage(Frozen):
    """What was read of a page that may hold a product list."""

    url: str
    groups: tuple[Group, ...] = ()
    lines: tuple[Line, ...] = ()
    facets: tuple[Facet, ...] = ()
    scroll_y: float = 0.0
    viewport_height: float = 0.0
    height: float = 0.0


def products_of(page: ListPage, language: str | None) -> tuple[Card, ...]:
    """The cards of the list that the page is about: the largest one that is not of related goods.

    Cards that stand alone count where there is no list, and above one.
    """
    groups = [group for group in page.groups if not _is_beside(group, language)]
    lists = [group for group in groups if not group.single and _priced(group) >= 0.5 * len(group.cards)]
    alone = [card for group in groups if group.single for card in group.cards if card.priced]
    if not lists:
        lists = [] if alone else [group for group in groups if not group.single and len(group.cards) > 3]
    if not lists:
        return tuple(alone)
    best = max(lists, key=lambda group: (group.region != "dialog", len(group.cards), -group.top))
    return best.cards


def _priced(group: Group) -> int:
    return sum(card.priced for card in group.cards)


def _is_beside(group: Group, language: str | None) -> bool:
    marks = group.marks.lower() + " " + (group.cards[0].marks.lower() if group.single else "")
    # Price bands in the filters are links with amounts, too.
    if not any(card.image for card in group.cards) and (group.region == "aside" or _FILTERS.search(marks)):
        return True
    return bool(_BESIDE.search(marks)) or mentions(group.heading, Concept.RELATED, language) is not None


def is_sponsored(card: Card, language: str | None) -> bool:
    """Whether a short text of the card, outside its name, says that its place was paid for."""
    rest = card.text.replace(card.name, " ")
    return len(rest) < 300 and mentions(rest, Concept.SPONSORED, language) is not None


def total_of(page: ListPage, cards: int, query: str = "") -> int | None:
    """The printed size of the list: the largest number of a line that is marked as a count, at least ``cards``.

    The ``query``, which pages repeat, counts nothing.
    """
    for line in sorted(page.lines, key=lambda line: not line.live):
        marks = line.marks.lower()
        if len(line.text) > 90 or not (line.live or line.heading or _COUNTS.search(marks)) or _NO_COUNT.search(marks):
            continue
        if has_currency(line.text) or line.linked:
            continue
        found = numbers(fold(line.text).replace(fold(query), " ") if query else line.text)
        if found and cards <= max(found) <= 10_000_000 and (max(found) or not cards):
            return max(found)
    return None


def numbers(text: str) -> list[int]:
    """Whole numbers in a text, in any digits, thousands put together."""
    found = []
    for match in _NUMBER.findall(fold(text)):
        plain = re.sub(r"(?<=\d)[., ](?=\d{3}(?!\d))", "", match)
        found += [int(part) for part in re.findall(r"\d+", plain) if len(part) < 9]
    return found


def says_nothing(page: ListPage, query: str, cards: int, language: str | None) -> str:
    """The sentence that nothing was found, "" if there is none.

    Beside products it counts where it is a heading or names the query: "your cart: no products" is about something
    else.
    """
    for line in page.lines:
        if len(line.text) > 240 or line.linked:
            continue
        said = mentions(line.text, Concept.NO_RESULTS, language) or _counts_none(line, query)
        if said and (not cards or line.heading or fold(query) in fold(line.text)):
            return line.text[:200]
    return ""


def _counts_none(line: Line, query: str) -> bool:
    rest = fold(line.text).replace(fold(query), " ")
    about = line.heading or line.live or (_COUNTS.search(line.marks.lower()) and not _NO_COUNT.search(line.marks))
    return bool(about) and numbers(rest) == [0]


def ways_on(page: ListPage, language: str | None) -> tuple[str, ...]:
    """Links in the main part of the page, and products that are offered besides."""
    links = [line.text for line in page.lines if line.link and line.text and line.region in ("main", "other")]
    goods = [card.name for group in page.groups for card in group.cards[:3]]
    return tuple(dict.fromkeys(text[:80] for text in (*links, *goods)))[:12]


def did_you_mean(page: ListPage, query: str, clean: str) -> str:
    """The line by which a page takes ``query`` for ``clean``: a link to that search, or a sentence with both."""
    wanted, asked = fold(clean), fold(query)
    for line in page.lines:
        words = fold(line.text)
        values = [fold(value) for _name, value in parse_qsl(urlsplit(line.link).query)]
        searched = any(wanted in value and asked not in value for value in values) and wanted in words
        said = wanted in words and (asked in words.replace(wanted, " ") or _SUGGESTS.search(line.marks.lower()))
        if searched or said:
            return line.text[:200]
    return ""


def same_goods(key: str, name: str, wanted: str, title: str) -> bool:
    """Whether a link leads to a product: the same page key, the same last part of the path, or the very same name.

    Shops add the category or the query to a product's address.
    """
    if key == wanted:
        return True
    one, other = urlsplit(key), urlsplit(wanted)
    slug = other.path.rstrip("/").rsplit("/", 1)[-1]
    if (
        len(slug) >= 6
        and not _ANY_PAGE.match(slug)
        and slug == one.path.rstrip("/").rsplit("/", 1)[-1]
        and re.search(r"[^\W\d]", slug)
    ):
        return set(parse_qsl(other.query)) <= set(parse_qsl(one.query))
    if one.path == other.path and other.query and set(parse_qsl(other.query)) <= set(parse_qsl(one.query)):
        return True
    return bool(title) and fold(name) == fold(title)


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """The share of the shorter list that the other one holds too, 0 to 1."""
    first, second = set(one), set(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def jaccard(one: Iterable[str], other: Iterable[str]) -> float:
    """What two lists share, of all they hold, 0 to 1."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first | second else 0.0
