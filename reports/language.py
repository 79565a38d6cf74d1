"""The language in which reports are written: catalogues by gettext's rules, numbers and dates by CLDR's."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Generic, Literal, TypeVar

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

CATALOGUES = Path(__file__).with_name("locales")
_LOCALES = {"en": "en_GB"}
_NATIVE_DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹"}


@dataclass(frozen=True)
class Language:
    """``code`` is that of a catalogue. ``native_digits`` and ``jalali`` are the reader's choice, not the language's."""

    code: str = "en"
    native_digits: bool = False
    jalali: bool = False

    @property
    def locale(self) -> Locale:
        return _locale(self.code)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    def digits(self, text: str) -> str:
        """``text`` with the digits that the reader wants."""
        native = _NATIVE_DIGITS.get(self.code) if self.native_digits else None
        return text.translate(str.maketrans("0123456789", native)) if native else text


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(_LOCALES.get(code, code))


_ENGLISH = Language()
_current: ContextVar[Language] = ContextVar("language", default=_ENGLISH)


def languages() -> tuple[str, ...]:
    """Codes of the languages that reports can be written in."""
    return ("en", *sorted(file.stem for file in CATALOGUES.glob("*.po")))


def current() -> Language:
    return _current.get()


@contextmanager
def written_in(language: Language) -> Iterator[None]:
    """All that is worded inside is in ``language``.

    :raises LookupError: when there is no catalogue for it.
    """
    if language.code not in languages():
        raise LookupError(f"Reports are written in {', '.join(languages())}, not in {language.code}.")
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def _(text: str) -> str:
    """The text in the language of the report; where a module is read, English, for ``Words`` to translate later."""
    return _catalogue(current().code).gettext(text) if text else text


def _n(one: str, many: str, count: int) -> str:
    """The form for ``count`` in the language of the report."""
    return _catalogue(current().code).ngettext(one, many, count)


@cache
def catalogue_of(code: str) -> Catalog:
    """The messages of a language other than English; none where it has no catalogue."""
    file = CATALOGUES / f"{code}.po"
    if not file.exists():
        return Catalog(locale=code)
    with file.open("rb") as stream:
        return read_po(stream, locale=code)


@cache
def _catalogue(code: str) -> NullTranslations:
    if code == "en" or not (CATALOGUES / f"{code}.po").exists():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue_of(code))
    compiled.seek(0)
    return GNUTranslations(compiled)


Name = TypeVar("Name")


class Words(Mapping[Name, str], Generic[Name]):
    """Names of things, translated when they are looked up."""

    def __init__(self, english: Mapping[Name, str]) -> None:
        self._english = dict(english)

    def __getitem__(self, name: Name) -> str:
        return _(self._english[name])

    def __iter__(self) -> Iterator[Name]:
        return iter(self._english)

    def __len__(self) -> int:
        return len(self._english)


class Counted(Generic[Name]):
    """Names of countable things, each in two forms with places for values, one of them ``{count}``."""

    def __init__(self, english: Mapping[Name, tuple[str, str]]) -> None:
        self._english = dict(english)

    def of(self, name: Name, count: int, **values: str) -> str:
        one, many = self._english[name]
        return _n(one, many, count).format(count=number(count, 0), **values)


def forms(one: str, many: str) -> tuple[str, str]:
    """Marks the two English forms of a text for ``Counted``."""
    return one, many


def number(value: float, digits: int = 1) -> str:
    """With at most ``digits`` decimals and the separators of the language."""
    return _number(value + 0, digits, current())


@lru_cache(maxsize=4096)
def _number(value: float, digits: int, language: Language) -> str:
    pattern = "#,##0." + "#" * digits if digits else "#,##0"
    system: Literal["default", "latn"] = "default" if language.native_digits else "latn"
    return language.digits(format_decimal(value, format=pattern, locale=language.locale, numbering_system=system))
