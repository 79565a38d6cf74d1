"""How a language writes amounts and numbers, and how a search folds its letters."""

import unicodedata
from decimal import Decimal
from typing import Final

PERSIAN_DIGITS: Final = str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")
FOLDED_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "ı": "i", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "\u200c": " ", "ـ": ""}
)
STEM: Final = 4


def number(value: object, language: str) -> str:
    """``value`` with the digits of ``language``."""
    text = str(value)
    if language == "fa":
        return text.translate(PERSIAN_DIGITS)
    return text.replace(".", ",") if language == "pl" else text


def money(amount: Decimal | int, language: str) -> str:
    """``amount`` of the shop's currency (pound, złoty, toman) as its language writes it."""
    if language == "fa":
        return f"{amount:,.0f}".replace(",", "٬").translate(PERSIAN_DIGITS) + " تومان"
    if language == "pl":
        return f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",") + "\u00a0zł"
    return f"£{amount:,.2f}"


def fold(text: str) -> str:
    """``text`` for comparison: without case, diacritics and joiners, Arabic letters and digits in one spelling."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(FOLDED_LETTERS))
    kept = (c for c in plain if not unicodedata.combining(c))
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in kept)


def nearly_matches(query: str, text: str) -> bool:
    """As ``matches``, with one wrong, missing, doubled or swapped letter forgiven in words of five and more."""
    words = fold(text).replace("-", " ").split()
    wanted = fold(query).replace("-", " ").split()
    return bool(wanted) and all(any(_nearly(one, word) for word in words) for one in wanted)


def _nearly(one: str, other: str) -> bool:
    if one == other:
        return True
    if max(len(one), len(other)) < STEM + 1 or abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, left = one[start:], other[start:]
    swapped = len(rest) > 1 and rest[1] + rest[0] + rest[2:] == left
    return swapped or rest[1:] == left[1:] or rest[1:] == left or rest == left[1:]


def matches(query: str, text: str) -> bool:
    """Whether every word of ``query`` begins a word of ``text``; long words may differ in their ending."""
    words = fold(text).replace("-", " ").split()
    joined = fold(text).replace(" ", "")
    wanted = fold(query).replace("-", " ").split()
    if not wanted:
        return False
    close = all(any(word.startswith(w[: max(STEM, len(w) - 1)]) for word in words) for w in wanted)
    return close or "".join(wanted) in joined
