"""Reading prices as shops write them, in any locale."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from price_parser.parser import parse_number

from auditor.lexicon.concepts import Concept
from auditor.lexicon.folding import base_language, fold, spelled
from auditor.lexicon.matching import words

_READ = 500
_NUMBER = re.compile(
    r"\d{1,3}(?:['/ ]\d{3})+(?:[.,]\d{1,2})?(?!\d)"  # 1 299,00 · 1'299.50 · 1/299/000
    r"|\d[\d.,]*\d|\d"
)
_CENTS_APART = re.compile(r"(?<![\d.,])(\d+) (\d{2})(?=\s*(?:zl\b|kc\b|eur\b|€))")
_SIGN_AS_POINT = re.compile(r"(?<![\d.,])(\d+) ?€ ?(\d{2})(?![\d.,])")
_NO_CENTS = re.compile(r"(?<=\d)[.,]\s?-{1,2}(?!\d)")
_APOSTROPHE = re.compile(r"(?<=\d)'(?=\d{3})")
_TOMAN = "ت"
_BARE_TOMAN = rf"(?<=\d ){_TOMAN}(?!\w)|(?<=\d){_TOMAN}(?!\w)"
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_FARTHEST_SIGN = 12
_MULTIPLES = {"هزار": 1_000, "میلیون": 1_000_000, "میلیارد": 1_000_000_000, "الف": 1_000}
_WIDE = str.maketrans({"，": ",", "．": ".", "、": ",", "،": ",", "／": "/"})


@dataclass(frozen=True, slots=True)
class Money:
    """``amount`` in units of the currency. ``currency`` is an ISO 4217 code, "IRT" for toman, the bare sign (``$``,
    ``kr``) where the text does not settle which one, and None when none is written."""

    amount: Decimal
    currency: str | None


@dataclass(frozen=True, slots=True)
class _Signs:
    pattern: re.Pattern[str]
    sure: dict[str, str]
    by_language: dict[str, dict[str, str]]
    could_be: dict[str, frozenset[str]]
    written: dict[str, str]
    three_decimals: frozenset[str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    listed: dict[str, Any] = tomllib.loads(files("auditor.lexicon").joinpath("money.toml").read_text(encoding="utf-8"))
    written = {spelled(sign): sign for part in ("sure", "by_language") for sign in listed[part]}
    sure = {spelled(sign): code for sign, code in listed["sure"].items()}
    sure |= {code.lower(): code for code in listed["codes"].split()}
    return _Signs(
        pattern=re.compile(_any_of({*sure, *written})),
        sure=sure,
        by_language={spelled(sign): codes for sign, codes in listed["by_language"].items()},
        could_be={spelled(sign): frozenset(codes) for sign, codes in listed["could_be"].items()},
        written=written,
        three_decimals=frozenset(listed["three_decimals"].split()),
    )


def _any_of(signs: Iterable[str]) -> str:
    """Longer signs first. What stands around them is asked once for all that begin or end alike: a pattern that asks
    it of each sign takes long to compile, and to search with."""
    known = sorted({*signs} - {_TOMAN}, key=lambda sign: (-len(sign), sign))
    words = [sign for sign in known if sign[0].isalpha()]
    marks = [sign for sign in known if not sign[0].isalpha()]
    return f"{_NO_LETTER_BEFORE}(?:{_in_turn(words)})|{_in_turn(marks)}|{_BARE_TOMAN}"


def _in_turn(signs: Iterable[str]) -> str:
    runs = (("|".join(map(re.escape, run)), ends) for ends, run in groupby(signs, _ends_a_word))
    return "|".join(f"(?:{run}){_NO_LETTER_AFTER}" if ends else run for run, ends in runs)


def _ends_a_word(sign: str) -> bool:
    return sign[-1].isalpha() and (len(sign) > 1 or sign.isascii())


def has_currency(text: str) -> bool:
    """Whether a sign, name or code of a currency stands in the text."""
    return _signs().pattern.search(_spelled(text)) is not None


def sign_may_mean(sign: str, code: str) -> bool:
    """Whether ``Money.currency`` and an ISO code can be the same currency: "$" may mean "CAD", toman and rial are
    the same money."""
    code = code.upper()
    if sign.upper() == code or {sign.upper(), code} == {"IRT", "IRR"}:
        return True
    return code in _signs().could_be.get(spelled(sign), frozenset())


def parse_price(text: str, language: str | None = None) -> Money | None:
    """The first price in a text of at most 500 characters, or None.

    The number nearest to a sign of money counts; without any sign only a text that holds nothing but the number and
    words such as "from" or "cena". Percentages and negative amounts are no prices. ``language`` is the page's tag:
    its region or language says what "$" and "kr" mean.
    """
    if len(text) > _READ:
        return None
    spell = _SIGN_AS_POINT.sub(r"\1.\2 €", _NO_CENTS.sub(" ", _spelled(text)))
    spell = _CENTS_APART.sub(r"\1.\2", spell)
    signs = [(match.start(), match.end(), match[0]) for match in _signs().pattern.finditer(spell)]
    numbers = [match for match in _NUMBER.finditer(spell) if not _is_no_price(spell, match)]
    if not numbers:
        return None
    if not signs:
        return _bare(spell, numbers[0], language)
    number, sign = min(
        ((number, sign) for number in numbers for sign in signs),
        key=lambda pair: (_gap(pair[0], pair[1]), pair[0].start()),
    )
    negative = sign[0] < number.start() and re.search(r"(?:^|[\s(])-\s?$", spell[: sign[0]])
    if negative or _gap(number, sign) > _FARTHEST_SIGN:
        return None
    currency = _currency(sign[2], language)
    first = next((n for n in numbers if _is_range(spell[n.end() : number.start()])), number)
    amount = _amount(first[0], currency)
    if amount is None:
        return None
    between = spell[number.end() : sign[0]].split() if sign[0] > number.start() else []
    for word in between:
        amount *= _MULTIPLES.get(word, 1)
    return Money(amount, currency)


def _spelled(text: str) -> str:
    return _APOSTROPHE.sub("", spelled(text.translate(_WIDE)))


def _is_no_price(text: str, number: re.Match[str]) -> bool:
    before, after = text[: number.start()], text[number.end() :]
    if re.search(r"(?:^|[\s(])-$", before) or after.lstrip()[:1] in ("%", "٪") or before.endswith(("%", "٪")):
        return True
    return bool(re.search(r"[^\W\d_]-?$", before)) and not _signs().pattern.search(before[-4:])


def _is_range(between: str) -> bool:
    return between.strip() in ("-", "~", "to", "do", "bis", "تا")


def _gap(number: re.Match[str], sign: tuple[int, int, str]) -> int:
    return sign[0] - number.end() if sign[0] >= number.end() else number.start() - sign[1]


def _bare(text: str, number: re.Match[str], language: str | None) -> Money | None:
    rest = fold(text[: number.start()] + " " + text[number.end() :]).strip(" .,:;-–*|/~+")
    if rest and rest not in {fold(word) for word in words(Concept.PRICE, language)}:
        return None
    amount = _amount(number[0], None)
    return None if amount is None else Money(amount, None)


def _currency(sign: str, language: str | None) -> str:
    known = _signs()
    if sign in known.sure:
        return known.sure[sign]
    codes = known.by_language.get(sign, {})
    region = re.search(r"[-_]([A-Za-z]{2})$", language or "")
    for key in (region[1].lower() if region else "", base_language(language) or ""):
        # A two-letter key may be a region or a language; "ar" is Arabic as a language and Argentina as a region.
        if key in codes and not (key == "ar" and not region):
            return codes[key]
    return known.written.get(sign, sign)


def _amount(number: str, currency: str | None) -> Decimal | None:
    digits = re.sub(r"[ '/]", "", number).strip(".,")
    decimal = None
    if re.fullmatch(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*", digits):
        small = currency in _signs().three_decimals and digits.count(".") == 1
        decimal = "." if small or digits.startswith("0.") else "," if digits.startswith("0,") else None
        if decimal is None:
            digits = re.sub(r"[.,]", "", digits)
    elif re.fullmatch(r"\d{1,3}(?:,\d{2,3})+\.\d+|\d+\.\d+", digits):
        digits, decimal = digits.replace(",", ""), "."
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d+,\d+", digits):
        digits, decimal = digits.replace(".", ""), ","
    elif re.fullmatch(r"\d{1,2}(?:,\d{2})+,\d{3}", digits):
        digits = digits.replace(",", "")
    parsed: Decimal | None = parse_number(digits, decimal_separator=decimal)
    return parsed
