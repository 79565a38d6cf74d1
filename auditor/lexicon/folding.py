"""Brings spellings of the same word together. Facts and traps: reference/checks.md, section 6.2."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ß": "ss",
        "ħ": "h",
        "٫": ".",
        "٬": ",",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "´": "'",
        "`": "'",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "−": "-",
    }
)
SHORT = 300
"""What is found of a text of at most so many characters is kept: labels stand on every page, and many checks ask."""
_MARKS = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
_OTHER_DIGITS = re.compile(r"(?![0-9])\d")
_ARABIC = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff"
_ARABIC_GAP = re.compile(f"(?<=[{_ARABIC}])[\\s\u200c]+(?=[{_ARABIC}])")
_ISO_639_2 = {
    "eng": "en",
    "pol": "pl",
    "fas": "fa",
    "per": "fa",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "ita": "it",
    "por": "pt",
    "nld": "nl",
    "dut": "nl",
    "swe": "sv",
    "ces": "cs",
    "cze": "cs",
    "tur": "tr",
    "ara": "ar",
    "jpn": "ja",
    "zho": "zh",
    "chi": "zh",
}


def spelled(text: str) -> str:
    """The text with one spelling per letter, lower case, without diacritics, in ASCII digits; words stay apart.

    Zero-width non-joiners stay, because they end a Persian stem.
    """
    return _spelled_short(text) if len(text) <= SHORT else _spelled(text)


def _spelled(text: str) -> str:
    for _ in range(4):
        if text.isascii():
            return _SPACES.sub(" ", text.casefold().replace("`", "'")).strip()
        once = _spelled_once(text)
        if once == text:
            break
        text = once
    return text


_spelled_short = lru_cache(maxsize=16_384)(_spelled)


def _spelled_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _INVISIBLE.sub("", text).translate(_LETTERS)
    text = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_LETTERS)
    text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", digits_folded(text)).strip()


def digits_folded(text: str) -> str:
    """The digits of all scripts as ASCII ones; the length stays."""
    return text if text.isascii() else _OTHER_DIGITS.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def fold(text: str, language: str | None = None) -> str:
    """One key for all spellings of a text, for comparing texts. Folding twice changes nothing.

    NFKC, Persian letters for Arabic ones, ASCII digits, case folded, Turkish dots, diacritics (also of ł ø đ ß) and
    invisible characters dropped. Arabic script loses the spaces and joiners between its letters, since the same
    word occurs joined and apart. Folding goes by script; ``language`` "de" also takes ae, oe and ue for ä, ö and ü.
    """
    folded = _SPACES.sub(" ", _ARABIC_GAP.sub("", spelled(text)).replace("\u200c", "")).strip()
    if base_language(language) == "de":
        folded = re.sub(r"(?<![aeouq])([aou])e+", r"\1", folded)
    return folded


@lru_cache(maxsize=4096)
def base_language(tag: str | None) -> str | None:
    """The language of a BCP 47 tag in two letters where they exist: "pl-PL" gives "pl". None for what is no
    language."""
    first = re.split(r"[-_]", (tag or "").strip().lower(), maxsplit=1)[0]
    if not re.fullmatch(r"[a-z]{2,3}", first):
        return None
    return _ISO_639_2.get(first, first)
