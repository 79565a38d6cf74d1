"""Which language a text is written in: by script, then by letters and the most common words. Claims only when sure."""

import re
import tomllib
from collections import Counter
from functools import lru_cache
from importlib.resources import files

from auditor.lexicon.folding import base_language

_SCRIPTS = {
    "Latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "Arabic": "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "Kana": "\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d",
    "Han": "\u3400-\u4dbf\u4e00-\u9fff",
    "Hangul": "\uac00-\ud7a3",
    "Cyrillic": "\u0400-\u04ff",
    "Greek": "\u0370-\u03ff",
    "Hebrew": "\u05d0-\u05ea",
    "Thai": "\u0e01-\u0e4e",
    "Devanagari": "\u0904-\u0963",
}
_OF_SCRIPT = {name: re.compile(f"[{letters}]") for name, letters in _SCRIPTS.items()}
_ONE_LANGUAGE = {"Hangul": "ko", "Greek": "el", "Hebrew": "he", "Thai": "th"}
_PERSIAN = re.compile("[پچژگکی]")
_ARABIC = re.compile("[ةكيىأإ]")
_WORD = re.compile(r"[^\W\d_]+")
_READ = 20_000
_FEWEST_LETTERS = 20


def script_of(text: str) -> str | None:
    """The script of most letters: Latin, Arabic, Kana, Han, Hangul, Cyrillic, Greek, Hebrew, Thai, Devanagari. None
    without letters."""
    counts = _counts(text)
    most = max(counts, key=lambda name: counts[name])
    return most if counts[most] else None


@lru_cache(maxsize=256)
def detect_language(text: str, hint: str | None = None) -> str | None:
    """The two-letter language of a text, or None when it is too short or not clear. Reads the first 20,000 characters.

    ``hint`` (the page's ``lang``) decides between languages that fit about equally well; it never outvotes the text.
    """
    text = text[:_READ]
    counts = _counts(text)
    total = sum(counts.values())
    hinted = base_language(hint)
    if counts["Kana"] >= 5 and counts["Kana"] * 20 > total:
        return "ja"
    script = max(counts, key=lambda name: counts[name])
    if total < (5 if script in ("Han", "Hangul") else _FEWEST_LETTERS) or counts[script] * 2 < total:
        return None
    if script == "Han":
        return "zh" if hinted != "ja" else None
    if script == "Arabic":
        return _arabic_script(text, hinted)
    if script == "Latin":
        return _latin(text, hinted)
    return _ONE_LANGUAGE.get(script)


def _counts(text: str) -> dict[str, int]:
    counts = dict.fromkeys(_SCRIPTS, 0)
    for letter, count in Counter(text[:_READ]).items():
        script = _script(letter)
        if script:
            counts[script] += count
    return counts


@lru_cache(maxsize=4096)
def _script(letter: str) -> str | None:
    return next((name for name, letters in _OF_SCRIPT.items() if letters.match(letter)), None)


def _arabic_script(text: str, hinted: str | None) -> str | None:
    persian, arabic = len(_PERSIAN.findall(text)), len(_ARABIC.findall(text))
    own = len(re.findall("[پچژگ]", text))
    if own and persian > 2 * arabic:
        return None if hinted in ("ur", "ckb", "ug", "ps", "sd") else "fa"
    if arabic > 4 * own and arabic >= 3 and persian < arabic:
        return "ar"
    if hinted in ("fa", "ar") and (own > 0) == (hinted == "fa"):
        return hinted
    return None


def _latin(text: str, hinted: str | None) -> str | None:
    found = Counter(word.casefold() for word in _WORD.findall(text))
    hits = {code: sum(found[word] for word in common & found.keys()) for code, common in _common_words().items()}
    ranked = sorted(hits, key=lambda code: (-hits[code], code))
    best, second = ranked[0], ranked[1]
    if hits[best] >= 4 and hits[best] >= 1.5 * hits[second] and hits[best] * 25 >= found.total():
        return best
    if hinted in hits and hits[hinted] >= 2 and hits[hinted] * 1.5 >= hits[best]:
        return hinted
    return None


@lru_cache(maxsize=1)
def _common_words() -> dict[str, frozenset[str]]:
    text = files("auditor.lexicon").joinpath("common_words.toml").read_text(encoding="utf-8")
    listed: dict[str, str] = tomllib.loads(text)
    return {code: frozenset(words.split()) for code, words in listed.items()}
