"""The tables of names, autocomplete tokens and labels, as written in the YAML files beside this module."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from ruamel.yaml import YAML

from auditor.fields.meaning import CARD, FieldMeaning
from auditor.lexicon import LANGUAGES, fold

_UNBOUNDED = re.compile("[\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3〒]")
_NOT_WORD = re.compile(r"[\W_]+")
LABEL_LANGUAGES = (*LANGUAGES, "ru", "uk", "ro", "hu", "fi", "el", "ko")
_LETTER = r"^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_COMPOUND = 7
NOTHING = "nothing"


class NameTable(NamedTuple):
    """``weak`` names count only when nothing but ``before`` words stand before them."""

    meanings: dict[str, FieldMeaning]
    weak: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]


class LabelEntry(NamedTuple):
    """``key`` is a meaning, a doubt ("some_code") or "nothing". ``letters`` are the folded letters and digits, which
    are looked for first; ``words`` is what ``stands_in`` looks for."""

    key: str
    language: str
    letters: str
    words: tuple[str, ...]

    def stands_in(self, text: str) -> bool:
        return _pattern(self.words).search(text) is not None


class LabelTable(NamedTuple):
    """``inside``: longest first, may stand anywhere in a label. ``whole``, by letters: must be all of it."""

    inside: tuple[LabelEntry, ...]
    whole: dict[str, tuple[LabelEntry, ...]]


@lru_cache(maxsize=32)
def _loaded(name: str) -> dict[str, str]:
    table: dict[str, str] = YAML(typ="safe").load(files("auditor.fields").joinpath(name).read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=1)
def autocomplete_tokens() -> dict[str, FieldMeaning]:
    return {token: FieldMeaning(meaning) for token, meaning in _loaded("autocomplete.yaml").items()}


@lru_cache(maxsize=1)
def names() -> NameTable:
    listed = {key: words.split() for key, words in _loaded("names.yaml").items()}
    weak, before, after = (frozenset(fold(word) for word in listed.pop(key)) for key in ("weak", "before", "after"))
    meanings: dict[str, FieldMeaning] = {}
    for key, words in listed.items():
        for word in words:
            meanings.setdefault(fold(word), FieldMeaning(key))
    return NameTable(meanings, weak, before, after)


@lru_cache(maxsize=64)
def labels(languages: tuple[str, ...]) -> LabelTable:
    """The labels of some languages; among equally long ones the first language wins, and card fields."""
    entries = [
        (place, word.strip().startswith("="), _entry(key, language, word))
        for place, language in enumerate(languages)
        for key, words in _loaded(f"labels/{language}.yaml").items()
        for word in words.split("|")
    ]
    entries.sort(key=lambda one: (-len(one[2].letters), one[0], one[2].key not in CARD))
    whole: dict[str, tuple[LabelEntry, ...]] = {}
    for _, is_whole, entry in entries:
        if is_whole:
            whole[entry.letters] = (*whole.get(entry.letters, ()), entry)
    return LabelTable(tuple(entry for _, is_whole, entry in entries if not is_whole), whole)


def letters_of(folded: str) -> str:
    """A folded text without what stands between its words."""
    return _NOT_WORD.sub("", folded)


@lru_cache(maxsize=16384)
def _entry(key: str, language: str, word: str) -> LabelEntry:
    written = word.strip().removeprefix("=")
    words = tuple(part for part in (fold(part) for part in _NOT_WORD.split(written)) if part)
    return LabelEntry(key, language, letters_of(fold(written)), words or (written,))


@lru_cache(maxsize=8192)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Anything that is no letter or digit may stand between the words, or nothing at all: e-mail, email, e_mail. Long
    words may be written apart: Kaart nummer. Scripts without gaps between words end a Latin word."""
    apart = [r"[\W_]?".join(map(re.escape, word)) if len(word) >= _COMPOUND else re.escape(word) for word in words]
    source = r"[\W_]{0,5}".join(apart)
    if _UNBOUNDED.search(source):
        return re.compile(source)
    return re.compile(rf"(?<![{_LETTER}]){source}(?![{_LETTER}])")
