"""One-edit typos on the keyboard of the page's language."""

import tomllib
from collections.abc import Collection
from functools import lru_cache
from importlib.resources import files
from zlib import crc32

from auditor.lexicon import base_language, fold

KINDS = ("swap", "drop", "neighbour", "double")
SHORTEST = 5


@lru_cache(maxsize=1)
def _keyboards() -> tuple[dict[str, list[str]], dict[str, str]]:
    listed = tomllib.loads(files("auditor.queries").joinpath("keyboards.toml").read_text(encoding="utf-8"))
    return listed["rows"], {code: name for name, codes in listed["languages"].items() for code in codes.split()}


def neighbours(letter: str, language: str | None) -> str:
    """The keys beside a letter's, "" where it has no key of its own."""
    rows, layouts = _keyboards()
    for name in (layouts.get(base_language(language) or "", "qwerty"), "qwerty"):
        for row in rows[name]:
            place = row.find(letter.lower())
            if place >= 0:
                return row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    return ""


def typo(word: str, kind: str, language: str | None, taken: Collection[str] = ()) -> str | None:
    """``word`` with one slip behind its first letter, always the same one; None where none gives a new word.

    ``taken``: folded words that mean something else.
    """
    start = crc32(f"{kind}:{word}".encode())
    places = range(1, len(word) - 1)
    for step in range(len(places)):
        at = places[(start + step) % len(places)]
        if not word[at].isalpha():
            continue
        made = _edit(word, at, kind, language, start)
        if made and fold(made) != fold(word) and fold(made) not in taken:
            return made
    return None


def _edit(word: str, at: int, kind: str, language: str | None, seed: int) -> str | None:
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if word[at + 1].isalpha() else None
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    beside = neighbours(word[at], language)
    return word[:at] + beside[seed % len(beside)] + word[at + 1 :] if beside else None
