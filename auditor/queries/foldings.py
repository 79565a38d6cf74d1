"""Other spellings of a word that shoppers of a language type."""

import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from auditor.lexicon import base_language, digits_folded


@dataclass(frozen=True)
class Folding:
    """How a word is respelled. ``marks``: without diacritics; ``digits``: in ASCII digits; ``width``: half-width."""

    name: str
    languages: frozenset[str]
    letters: dict[str, str] = field(default_factory=dict)
    marks: bool = False
    digits: bool = False
    width: bool = False

    def of(self, text: str) -> str:
        """The other spelling; ``text`` itself where there is none."""
        table: dict[str, str | int | None] = {
            **self.letters,
            **{key.upper(): value.upper() for key, value in self.letters.items()},
        }
        made = text.translate(str.maketrans(table))
        if self.marks:
            kept = (one for one in unicodedata.normalize("NFD", made) if not unicodedata.combining(one))
            made = unicodedata.normalize("NFC", "".join(kept))
        if self.digits:
            made = digits_folded(made)
        return unicodedata.normalize("NFKC", made) if self.width else made


@lru_cache(maxsize=1)
def _all() -> tuple[Folding, ...]:
    listed = tomllib.loads(files("auditor.queries").joinpath("foldings.toml").read_text(encoding="utf-8"))["folding"]
    return tuple(Folding(**{**one, "languages": frozenset(one["languages"].split())}) for one in listed)


def foldings(language: str | None) -> tuple[Folding, ...]:
    """Those of a language, the commonest first."""
    return tuple(one for one in _all() if base_language(language) in one.languages)
