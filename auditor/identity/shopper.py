"""The synthetic shopper of a country and a language."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from phonenumbers import PhoneNumberFormat, format_number, parse
from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from auditor.lexicon import base_language, script_of

_FALLBACK = "GB"
_LONGEST_SUFFIX = 32


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Latin(_Frozen):
    street: str
    city: str
    region: str
    district: str | None = None
    house_number: str | None = None


class _Pack(_Frozen):
    languages: tuple[str, ...]
    place: str
    street: str
    house_number: str
    postcode: str
    city: str
    district: str | None = None
    region: str
    region_code: str
    latin: _Latin | None = None
    phone: str
    basis: Literal["reserved", "unreserved"]
    range: str | None = None
    dialled: Literal["international", "national"] = "international"
    order: Literal["street_first", "number_first", "joined"] = "street_first"


class _Name(_Frozen):
    first: str
    last: str
    first_kana: str | None = None
    last_kana: str | None = None
    note: str


class Identity(_Frozen):
    """Who fills in the forms. ``country`` is ISO 3166 in capitals; ``phone`` is E.164 and ``phone_reserved`` says that
    its range belongs to nobody. Company and national ids are None: they are never made up. ``address`` is street and
    number in the country's order."""

    country: str
    language: str
    first_name: str
    last_name: str
    first_name_kana: str | None = None
    last_name_kana: str | None = None
    email: str
    phone: str
    phone_reserved: bool
    phone_dialled: Literal["international", "national"]
    address: str
    street: str
    house_number: str
    flat: str
    postcode: str
    city: str
    district: str | None
    region: str
    region_code: str
    company: None = None
    national_id: None = None
    note: str

    @property
    def full_name(self) -> str:
        """In the order of the language: family name first in Japanese and Chinese."""
        if script_of(self.first_name) in ("Kana", "Han"):
            return self.last_name + self.first_name
        return f"{self.first_name} {self.last_name}"

    @property
    def national_phone(self) -> str:
        """The phone number as dialled within the country, digits only."""
        return re.sub(r"\D", "", format_number(parse(self.phone), PhoneNumberFormat.NATIONAL))

    def in_latin(self) -> "Identity":
        """The same shopper in Latin letters, for a field that refuses others."""
        return _made(self.country, self.language, self.email, latin=True)


@lru_cache(maxsize=1)
def _packs() -> dict[str, _Pack]:
    listed = YAML(typ="safe").load(files("auditor.identity").joinpath("countries.yaml").read_text(encoding="utf-8"))
    return {country: _Pack.model_validate(pack) for country, pack in listed.items()}


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, _Name], dict[str, str]]:
    listed = YAML(typ="safe").load(files("auditor.identity").joinpath("names.yaml").read_text(encoding="utf-8"))
    homes: dict[str, str] = listed.pop("homes")
    return {language: _Name.model_validate(name) for language, name in listed.items()}, homes


def countries() -> tuple[str, ...]:
    """ISO 3166 codes of the countries with an address."""
    return tuple(_packs())


def identity_for(country: str | None, language: str | None, *, suffix: str = "") -> Identity:
    """The shopper of a country, named in the shop's language. Equal arguments give equal identities.

    ``country`` is an ISO 3166 code; one without an address here, or None, gives a country where ``language`` (a BCP 47
    tag) is spoken, and else Great Britain: the result says which. ``suffix`` (letters and digits are kept) tells runs
    apart in the e-mail address, which is on a domain reserved by RFC 2606 that receives no mail.
    """
    tongue = base_language(language)
    wanted = (country or "").strip().upper()
    wanted = "GB" if wanted == "UK" else wanted
    if wanted not in _packs():
        wanted = _names()[1].get(tongue or "", _FALLBACK)
    apart = re.sub(r"[^a-z0-9]", "", suffix.lower())[:_LONGEST_SUFFIX]
    email = f"ux-audit{'-' + apart if apart else ''}@example.com"
    return _made(wanted, tongue or _packs()[wanted].languages[0], email, latin=False)


def _made(country: str, language: str, email: str, *, latin: bool) -> Identity:
    pack = _packs()[country]
    written = pack.latin if pack.latin and (latin or language not in pack.languages or language == "en") else None
    name = _name(pack, language, latin=latin)
    street = written.street if written else pack.street
    number = (written.house_number if written else None) or pack.house_number
    ordered = {
        "street_first": f"{street} {number}",
        "number_first": f"{number} {street}",
        "joined": f"{street}{number}" if not written else f"{number} {street}",
    }
    return Identity(
        country=country,
        language=language,
        first_name=name.first,
        last_name=name.last,
        first_name_kana=name.first_kana,
        last_name_kana=name.last_kana,
        email=email,
        phone=pack.phone,
        phone_reserved=pack.basis == "reserved",
        phone_dialled=pack.dialled,
        address=ordered[pack.order],
        street=street,
        house_number=number,
        flat="1",
        postcode=pack.postcode,
        city=written.city if written else pack.city,
        district=written.district if written else pack.district,
        region=written.region if written else pack.region,
        region_code=pack.region_code,
        note=name.note,
    )


def _name(pack: _Pack, language: str, *, latin: bool) -> _Name:
    """In the shop's language; in Latin letters where the country's own writing is Latin, whatever the shop's is."""
    names = _names()[0]
    name = names.get(language) or names.get(pack.languages[0]) or names["en"]
    foreign = script_of(name.first) != "Latin" and language not in pack.languages
    return names["en"] if foreign or (latin and script_of(name.first) != "Latin") else name
