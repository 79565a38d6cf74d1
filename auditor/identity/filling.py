"""Which part of an identity goes into which field."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from auditor.fields import FieldMeaning
from auditor.identity.shopper import Identity
from auditor.lexicon import LANGUAGES, fold

_M = FieldMeaning
_BIRTH = ("1990-01-01", "1990", "1", "01", "january", "jan")
_NEUTRAL = re.compile(r"^(mx|div|divers|neutral|keine|none|prefer|other|inne|andere?|autre|otro|altro|n/?a|brak)\b")
_PLACEHOLDER = re.compile(
    r"^(\W*|0|-1|null|none)$|^[-–—.\s]*(select|choose|please|wybierz|انتخاب|bitte|choisi|seleccion)"
)
_ALSO = {
    "GB": ("UK", "Great Britain", "United Kingdom of Great Britain and Northern Ireland", "England"),
    "US": ("USA", "United States of America", "U.S.A."),
    "IR": ("Iran, Islamic Republic of", "جمهوری اسلامی ایران", "Iran (Islamic Republic of)"),
    "CZ": ("Czech Republic", "Česká republika"),
    "TR": ("Turkey", "Türkiye"),
    "KR": ("Korea, Republic of", "South Korea"),
    "NL": ("Holland", "The Netherlands"),
    "AE": ("UAE",),
    "CN": ("China", "中华人民共和国", "中国大陆"),
    "DE": ("Deutschland",),
    "RO": ("România",),
}


@lru_cache(maxsize=128)
def _country_names(country: str, language: str) -> tuple[str, ...]:
    """The country in the shop's language, in English, and in all others; shops leave lists untranslated."""
    names: list[str] = []
    for tongue in (language, "en", *LANGUAGES):
        try:
            names.append(Locale.parse(tongue).territories.get(country, ""))
        except (UnknownLocaleError, ValueError):
            continue
    return tuple(dict.fromkeys(name for name in (*names, *_ALSO.get(country, ())) if name))


_TYPED: dict[FieldMeaning, Callable[[Identity], tuple[str | None, ...]]] = {
    _M.EMAIL: lambda who: (who.email,),
    _M.PHONE: lambda who: _phones(who),
    _M.FULL_NAME: lambda who: (who.full_name, who.in_latin().full_name),
    _M.FIRST_NAME: lambda who: (who.first_name, who.in_latin().first_name),
    _M.LAST_NAME: lambda who: (who.last_name, who.in_latin().last_name),
    _M.FULL_NAME_KANA: lambda who: (_joined(who.last_name_kana, who.first_name_kana),),
    _M.FIRST_NAME_KANA: lambda who: (who.first_name_kana,),
    _M.LAST_NAME_KANA: lambda who: (who.last_name_kana,),
    _M.COMPANY: lambda who: (who.company,),
    _M.ADDRESS_LINE1: lambda who: (who.address, who.in_latin().address),
    _M.STREET: lambda who: (who.street, who.in_latin().street),
    _M.HOUSE_NUMBER: lambda who: (who.house_number, who.in_latin().house_number),
    _M.ADDRESS_LINE2: lambda who: (who.flat,),
    _M.FLAT: lambda who: (who.flat,),
    _M.POSTCODE: lambda who: (who.postcode, re.sub(r"[\s-]", "", who.postcode)),
    _M.CITY: lambda who: (who.city, who.in_latin().city),
    _M.DISTRICT: lambda who: (who.district or who.city, who.in_latin().district or who.in_latin().city),
    _M.REGION: lambda who: (who.region, who.in_latin().region, who.region_code),
    _M.COUNTRY: lambda who: (*_country_names(who.country, who.language)[:1], who.country),
    _M.NOTE: lambda who: (who.note, who.in_latin().note),
    _M.BIRTH_DATE: lambda _: _BIRTH[:1],
}


def value_for(meaning: FieldMeaning, identity: Identity, *, options: Sequence[str] = ()) -> str | None:
    """What to type, or with ``options`` (values or texts of a list, in their order) which of them to select.

    None means: leave this field alone. That is always so for card, bank, password, one-time code, coupon, national and
    tax ids, quantities and consents, and for a list that holds nothing that fits.
    """
    return next(iter(values_for(meaning, identity, options=options)), None)


def values_for(meaning: FieldMeaning, identity: Identity, *, options: Sequence[str] = ()) -> tuple[str, ...]:
    """All fitting values, best first: when a shop refuses one, the next may be taken (Latin letters instead of the
    shop's own, a phone number in the other notation, a postcode without its gap)."""
    if options:
        chosen = _chosen(meaning, identity, options)
        return () if chosen is None else (chosen,)
    if meaning not in _TYPED:
        return ()
    return tuple(dict.fromkeys(value for value in _TYPED[meaning](identity) if value))


def _chosen(meaning: FieldMeaning, who: Identity, options: Sequence[str]) -> str | None:
    if meaning is _M.COUNTRY:
        return _matching(options, (who.country, *_country_names(who.country, who.language)))
    if meaning in (_M.REGION, _M.CITY, _M.DISTRICT):
        latin = who.in_latin()
        names = [who.region, latin.region, who.region_code, f"{who.country}-{who.region_code}"]
        if meaning is not _M.REGION:
            names = [value for one in (who, latin) for value in (one.city, one.district) if value]
        return _matching(options, names) or _matching(options, names, inside=True)
    if meaning is _M.BIRTH_DATE:
        return _matching(options, _BIRTH) or _first_real(options)
    if meaning is _M.SALUTATION:
        neutral = (option for option in options if _NEUTRAL.search(fold(option)))
        return next(neutral, None) or _first_real(options)
    if meaning is _M.DELIVERY_DATE:
        return _first_real(options)
    return None


def _matching(options: Sequence[str], wanted: Sequence[str], *, inside: bool = False) -> str | None:
    """The first option that is one of ``wanted``, in their order of preference, as folded texts. "🇵🇱 PL – Polska (PLN)"
    is Polska as well."""
    keys = [(option, fold(option), _pieces(option)) for option in options]
    for key in (fold(value) for value in wanted):
        word = re.compile(rf"(?<!\w){re.escape(key)}(?!\w)")
        for option, folded, pieces in keys:
            if key in pieces or (inside and len(key) > 3 and word.search(folded)):
                return option
    return None


def _pieces(option: str) -> frozenset[str]:
    folded = fold(option)
    bare = re.sub(r"\([^)]*\)", " ", folded)
    parts = re.split(r"\s[-/|·:]\s", bare)
    return frozenset({folded, *(re.sub(r"^[\W_]+|[\W_]+$", "", part) for part in parts)})


def _first_real(options: Sequence[str]) -> str | None:
    """Any but the invitation to choose."""
    return next((option for option in options if not invites(option)), None)


def invites(option: str) -> bool:
    """Whether an option is none, but an invitation to choose one: "Please select", "--"."""
    return _PLACEHOLDER.search(fold(option)) is not None


def _phones(who: Identity) -> tuple[str, ...]:
    both = (who.phone, who.national_phone)
    return both if who.phone_dialled == "international" else both[::-1]


def _joined(last: str | None, first: str | None) -> str | None:
    return f"{last} {first}" if last and first else None
