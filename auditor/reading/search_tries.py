"""What the answers of a shop's search say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.check import NotApplicable, NotRecorded
from auditor.evidence import JourneyEvidence, QueryKind, SearchTry
from auditor.lexicon import fold
from auditor.reading.list_page import jaccard, overlap, same_goods

TOP = 10
_CHOICE = re.compile(r"\s*[,،(|/]|\s+[-–—]\s")
ALIKE = 0.5
"""Share of the clean query's products that a misspelt one must bring. Our proposal."""


@dataclass(frozen=True)
class Pair:
    """A spelling and the clean query it stands for."""

    other: SearchTry
    clean: SearchTry


def answered(journey: JourneyEvidence, *kinds: QueryKind) -> tuple[SearchTry, ...]:
    """Queries whose answer could be read.

    :raises NotApplicable: when no such query could be made for this shop, or another device asked it.
    :raises NotRecorded: when none of them was answered, or none was readable.
    """
    box = journey.search_box
    if box is not None and journey.searches and not set(kinds) & set(box.planned):
        raise NotApplicable("nothing in the shop's goods to make such a query of")
    made = set(kinds) & set(box.planned) if box is not None else set()
    if box is not None and made and made <= set(box.left_to_others):
        raise NotApplicable("asked on another device: the same search answers both")
    found = tuple(one for one in journey.searches if one.kind in kinds and one.ended not in ("not-sent", "unclear"))
    if not found:
        raise NotRecorded(journey.note or "no such query was answered")
    return found


def inner_page(journey: JourneyEvidence) -> str:
    """The page whose field was asked, where the home page has none; else "". Its search may be that page's only."""
    return journey.search_box.found_on if journey.search_box else ""


def readable(journey: JourneyEvidence) -> bool:
    """Whether products were read from any answer: without them, a page that shows none proves nothing."""
    return any(one.results for one in journey.searches)


def finds(journey: JourneyEvidence, one: SearchTry, first: int) -> bool:
    """Whether a query brought the product that it stands for among the ``first`` results, or opened its page."""
    titles = {other.stands_for: other.query for other in journey.searches if other.kind == "exact-title"}
    title = titles.get(one.stands_for, "")
    if one.ended == "product-page":
        return True
    hits = one.results[:first]
    return any(same_goods(hit.key, hit.name, one.stands_for, title) or _is_of(hit.name, title) for hit in hits)


def _is_of(name: str, title: str) -> bool:
    """Whether ``title`` is ``name`` and a choice, such as “Cotton apron, small”: sizes are chosen on one page."""
    product, whole = fold(name), fold(title)
    return len(product.split()) > 1 and whole.startswith(product) and bool(_CHOICE.match(whole[len(product) :]))


def pairs(journey: JourneyEvidence, kind: QueryKind) -> Iterator[Pair]:
    """Spellings whose clean query has products to compare with."""
    clean = {one.query: one for one in journey.searches if one.kind == "clean" and one.results}
    for one in journey.searches:
        if one.kind == kind and one.ended in ("results", "nothing", "product-page") and one.stands_for in clean:
            yield Pair(one, clean[one.stands_for])


def recovers(pair: Pair) -> bool:
    """Whether a misspelt query leads to what was meant: by its products, or by naming the right word."""
    own, clean = _keys(pair.other, TOP), _keys(pair.clean, TOP)
    return bool(pair.other.did_you_mean) or pair.other.ended == "product-page" or overlap(own, clean) >= ALIKE


def likeness(pair: Pair) -> float:
    """How far two spellings bring the same products, 0 to 1."""
    return jaccard(_keys(pair.other, len(pair.other.results)), _keys(pair.clean, len(pair.clean.results)))


def _keys(one: SearchTry, first: int) -> list[str]:
    return [hit.key for hit in one.results[:first]]
