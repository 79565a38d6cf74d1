"""The queries of a search journey, the ones that matter most first."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from zlib import crc32

from auditor.evidence import QueryKind
from auditor.lexicon import fold
from auditor.queries.catalogue import Catalogue
from auditor.queries.foldings import foldings
from auditor.queries.typos import KINDS, SHORTEST, typo

TITLES = 5
CODES = 3
TYPO_WORDS = 3
TYPOS = 3
FOLDED = 4
LONG = 6
"""From so many words on, the title's first ones are asked for too."""
_TOKEN = re.compile(r"[^\W_](?:[\w'’\u200c-]*[^\W_])?")
_NONSENSE = "qzxvkjwqpz"


@dataclass(frozen=True)
class Query:
    """``stands_for``: a product's page key, or the clean query that this is another spelling of."""

    kind: QueryKind
    text: str
    stands_for: str = ""
    way: str = ""


def queries(catalogue: Catalogue) -> tuple[Query, ...]:
    """At most about thirty, without repeats; kinds take turns, so that whoever stops early has something of each."""
    titles = list(_titles(catalogue))
    codes = [Query("sku", code, goods.key) for goods in catalogue.goods for code in goods.codes[:1]][:CODES]
    groups = [[*titles[:1], nonsense(catalogue), *titles[1:]], list(_typos(catalogue)), _mixed(codes, catalogue)]
    taken = chain.from_iterable(zip_longest(*groups))
    return tuple({(one.kind, one.text): one for one in taken if one is not None}.values())


def _mixed(codes: list[Query], catalogue: Catalogue) -> list[Query]:
    """Codes between pairs of spellings, which stay together."""
    spelt = _spelt_otherwise(catalogue)
    taken = chain.from_iterable((*spelt[2 * n : 2 * n + 2], *codes[n : n + 1]) for n in range(max(len(spelt), CODES)))
    return list(taken)


def nonsense(catalogue: Catalogue) -> Query:
    """Letters that mean nothing in any language, the same ones for the same shop."""
    seed = crc32("".join(sorted(catalogue.titles)).encode())
    turn = seed % len(_NONSENSE)
    return Query("nonsense", _NONSENSE[turn:] + _NONSENSE[:turn])


def beginnings(catalogue: Catalogue) -> tuple[str, ...]:
    """Words of product names to begin typing, the commonest first."""
    return tuple(word for word in _words(catalogue) if len(word) >= SHORTEST)[:2]


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _titles(catalogue: Catalogue) -> Iterator[Query]:
    for goods in catalogue.goods[:TITLES]:
        yield Query("exact-title", goods.title, goods.key)
        found = tokens(goods.title)
        if len(found) >= LONG or re.search(r"[^\w\s]", goods.title):
            short = " ".join(found[: 4 if len(found) < LONG + 2 else LONG])
            if len(found) > 1 and short != goods.title:
                yield Query("short-title", short, goods.key)


def _typos(catalogue: Catalogue) -> Iterator[Query]:
    meant = {fold(word) for title in (*catalogue.titles, *catalogue.nouns) for word in tokens(title)}
    clean = list(_nouns(catalogue, meant))[:TYPO_WORDS]
    for turn in range(TYPOS):
        for place, word in enumerate(clean):
            if turn == 0:
                yield Query("clean", word, way="word")
            kind = KINDS[(place + turn) % len(KINDS)]
            if made := typo(word, kind, catalogue.language, meant):
                yield Query("typo", made, word, kind)


def _nouns(catalogue: Catalogue, meant: set[str]) -> Iterator[str]:
    """Long words of the menu first, then those of product names. Words of one script's keys only."""
    known = {fold(word) for title in catalogue.titles for word in tokens(title)}
    starts = {word[: max(4, len(word) - 2)] for word in known}
    # "All products" is in every menu and in no product's name.
    named = [word for noun in catalogue.nouns for word in tokens(noun) if fold(word)[: max(4, len(word) - 2)] in starts]
    named.sort(key=lambda word: fold(word) not in known)
    seen: set[str] = set()
    for word in (*named, *_words(catalogue)):
        if len(word) >= SHORTEST and word.isalpha() and not _ideographic(word) and fold(word) not in seen:
            seen.add(fold(word))
            yield word.lower() if word.istitle() else word


def _spelt_otherwise(catalogue: Catalogue) -> list[Query]:
    """Pairs of a clean query and its other spelling; the ways of spelling take turns."""
    ways = [list(_pairs(catalogue, way.name, way.of)) for way in foldings(catalogue.language)]
    pairs = [pair for turn in zip_longest(*ways) for pair in turn if pair is not None][:FOLDED]
    return [query for pair in pairs for query in pair]


def _pairs(catalogue: Catalogue, name: str, respell: Callable[[str], str]) -> Iterator[tuple[Query, Query]]:
    others: dict[str, set[str]] = {}
    words = _words(catalogue)
    for word in words:
        others.setdefault(respell(word).lower(), set()).add(word.lower())
    for word in words:
        made = respell(word)
        if made == word or others[made.lower()] != {word.lower()} or made.lower() in {w.lower() for w in words}:
            continue
        yield Query("clean", word, way=name), Query("folded", made, word, name)


def _words(catalogue: Catalogue) -> list[str]:
    """Words of product names: those of several names first, then in a fixed order that no one chose."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for title in catalogue.titles:
        found = tokens(title)
        for place, word in enumerate(found):
            # A number alone says too little: it is asked for with the word before it.
            if word.isdecimal() and place:
                word = f"{found[place - 1]} {word}"
            if len(word) >= 3 and not word.isdecimal():
                written.setdefault(word.lower(), word)
        counts.update({word.lower() for word in found})
    return sorted(written.values(), key=lambda word: (-min(counts[word.lower()], 3), crc32(word.lower().encode())))


def _ideographic(word: str) -> bool:
    """Written with an input method: slips happen in other letters than those on the page."""
    return any("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in word)
