"""The words of each language, and finding them in a text.

``languages/<code>.toml`` holds comma-separated words by concept: ``stem*`` also matches longer words, ``=word``
matches only a text that is nothing else (but for digits and punctuation), and ``~phrase`` is a look-alike that is
ignored where it stands.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from auditor.lexicon.concepts import Concept
from auditor.lexicon.folding import SHORT, base_language, spelled

LANGUAGES: tuple[str, ...] = ("en", "pl", "fa", "de", "fr", "es", "it", "pt", "nl", "sv", "cs", "tr", "ar", "ja", "zh")

_RELATIVES = {
    "sk": "cs", "da": "sv", "nb": "sv", "no": "sv", "nn": "sv", "ca": "es", "gl": "es", "af": "nl", "lb": "de",
    "prs": "fa", "az": "tr",
}  # fmt: skip
_HIDES: dict[Concept, tuple[Concept, ...]] = {
    Concept.IN_STOCK: (Concept.OUT_OF_STOCK, Concept.NOTIFY_ME),
    Concept.CONSENT_ACCEPT: (Concept.CONSENT_REJECT,),
    Concept.CART: (Concept.ADD_TO_CART,),
    Concept.REGISTER: (Concept.GUEST_CHECKOUT,),
    Concept.ACCOUNT: (Concept.GUEST_CHECKOUT,),
    Concept.WARRANTY: (Concept.RETURNS,),
    Concept.SALE: (Concept.DISCOUNT_CODE,),
}
"""A concept's words do not count inside a match of these: "not in stock" says nothing of stock."""

_FA_ENDINGS = "(?:\u200c?(?:ها|های|هایی|هایم|هایمان|ی|ای|یی|م|ام|ت|ات|ش|اش|مان|تان|شان))?"
_AR_PROCLITICS = "(?:(?:و|ف)?(?:ب|ل|ک)?(?:ال)?|(?:و|ف)?لل)"
_LATIN_GAP = r"[\s\-\u200c]+"
_LONGEST = 100_000
_MOST_CLAIMS = 500
_JOINS = re.compile(r"[\s\-\u200c]+")


@lru_cache(maxsize=len(LANGUAGES))
def _entries(language: str) -> dict[str, tuple[str, ...]]:
    text = files("auditor.lexicon").joinpath("languages", f"{language}.toml").read_text(encoding="utf-8")
    listed: dict[str, str] = tomllib.loads(text)
    return {concept: tuple(" ".join(word.split()) for word in words.split(",")) for concept, words in listed.items()}


@lru_cache(maxsize=256)
def spoken(language: str | None) -> tuple[str, ...]:
    """The lexicons to use for a page: its language first, then English. All of them when the language is not known."""
    code = base_language(language)
    if code is None:
        return LANGUAGES
    code = _RELATIVES.get(code, code)
    return tuple(dict.fromkeys((code, "en"))) if code in LANGUAGES else ("en",)


@lru_cache(maxsize=4096)
def words(concept: Concept, language: str | None) -> tuple[str, ...]:
    """The words that carry a concept, as written, without duplicates. Stems come without their mark.

    ``language`` is a tag such as "pl" or "pl-PL": that language first, then English always (shops leave strings
    untranslated). A language without a lexicon gets English or a close relative; None gets all languages.
    """
    listed = (word for code in spoken(language) for word in _entries(code).get(concept, ()))
    return tuple(dict.fromkeys(word.strip("=").replace("*", "") for word in listed if not word.startswith("~")))


def mentions(text: str, concept: Concept, language: str | None) -> str | None:
    """The word of ``concept`` that stands in ``text``, the longest one, or None.

    Latin script matches whole words, marked stems longer ones; Arabic script with or without spaces, with Persian
    endings and Arabic proclitics; Japanese and Chinese as substrings, katakana not inside a longer katakana word.
    Look-alikes are left out. Reads at most the first 100,000 characters.
    """
    look = _longest_of_short if len(text) <= SHORT else _longest_word
    return look(text[:_LONGEST], concept, spoken(language))


def _longest_word(text: str, concept: Concept, languages: tuple[str, ...]) -> str | None:
    folded, joined = _readable(text)
    wanted = _present(joined, concept, languages)
    if all(entry.spelling is None for entry in wanted):
        return None
    for hiding in _HIDES.get(concept, ()):
        for start, end, entry in _claims(folded, _present(joined, hiding, languages)):
            if entry.spelling is not None:
                folded = folded[:start] + "\0" * (end - start) + folded[end:]
    return next((entry.spelling for _, _, entry in _claims(folded, wanted) if entry.spelling is not None), None)


_longest_of_short = lru_cache(maxsize=16_384)(_longest_word)


def own_word(text: str, concept: Concept, language: str) -> str | None:
    """The word of ``concept`` that stands in ``text`` in this language alone, and not among the English ones."""
    folded, joined = _readable(text[:_LONGEST])
    english = () if language == "en" else words(concept, "en")
    claims = _claims(folded, _present(joined, concept, (language,)))
    return next((entry.spelling for _, _, entry in claims if entry.spelling and entry.spelling not in english), None)


class _Entry(NamedTuple):
    """A listed word. ``spelling`` is None for a look-alike; ``anchor`` must occur in the joined text before a
    pattern is tried."""

    word: str
    spelling: str | None
    anchor: str


@lru_cache(maxsize=64)
def _readable(text: str) -> tuple[str, str]:
    folded = spelled(text)
    return folded, _JOINS.sub("", folded)


@lru_cache(maxsize=2048)
def _listed(concept: Concept, languages: tuple[str, ...]) -> tuple[_Entry, ...]:
    listed = dict.fromkeys(word for code in languages for word in _entries(code).get(concept, ()))
    ordered = sorted(listed, key=lambda word: (-len(word.strip("=~*")), word.startswith("=")))
    return tuple(
        _Entry(
            word=word,
            spelling=None if word.startswith("~") else word.strip("=").replace("*", ""),
            anchor=_JOINS.sub("", spelled(word.strip("=~")).partition("*")[0]),
        )
        for word in ordered
    )


def _present(joined: str, concept: Concept, languages: tuple[str, ...]) -> list[_Entry]:
    return [entry for entry in _listed(concept, languages) if entry.anchor in joined]


def _claims(folded: str, entries: list[_Entry]) -> Iterator[tuple[int, int, _Entry]]:
    """Matches that do not overlap, longest word first."""
    taken: list[tuple[int, int]] = []
    for entry in entries:
        for match in _compiled(entry.word).finditer(folded):
            start, end = match.span()
            if all(end <= first or start >= last for first, last in taken):
                taken.append((start, end))
                yield start, end, entry
            if len(taken) >= _MOST_CLAIMS:
                return


@lru_cache(maxsize=8192)
def _compiled(word: str) -> re.Pattern[str]:
    return re.compile(_source(word))


def _source(word: str) -> str:
    whole = word.startswith("=")
    folded = spelled(word.strip("=~"))
    if re.search("[\u0600-\u06ff]", folded):
        letters = re.sub(r"[\s\u200c]+", "", folded)
        body = "[\\s\u200c]*".join(map(re.escape, letters))
        source = body if whole else rf"(?<![^\W\d_]){_AR_PROCLITICS}{body}{_FA_ENDINGS}(?![^\W\d_])"
    elif re.search("[\u3040-\u30ff\u3400-\u9fff]", folded):
        body = r"\s?".join(map(re.escape, re.sub(r"\s+", "", folded)))
        before = "(?<![\u30a1-\u30f6\u30fc])" if re.match("[\u30a1-\u30fc]", folded) else ""
        after = "(?![\u30a1-\u30f6\u30fc])" if re.search("[\u30a1-\u30fc]$", folded) else ""
        whole = whole or len(folded) < 2
        source = before + body + after
    else:
        parts = (re.escape(part).replace(r"\*", r"[^\W\d_]*") for part in re.split(r"[\s\-]+", folded) if part)
        body = _LATIN_GAP.join(parts)
        source = body if whole else rf"(?<![^\W\d_]){body}(?![^\W\d_])"
    return rf"\A[\W\d_]*{source}[\W\d_]*\Z" if whole else source
