"""What single properties of a field say it asks for."""

import re
from collections.abc import Set
from functools import lru_cache
from typing import NamedTuple

from auditor.evidence import Field
from auditor.fields.meaning import CARD, ONLY_TICKED, ONLY_TYPED, TICKED, FieldMeaning
from auditor.fields.tables import LABEL_LANGUAGES, NOTHING, autocomplete_tokens, labels, letters_of, names
from auditor.lexicon import Concept, base_language, fold, mentions

_LONGEST = 200
_HEAD = 40
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[*✱:：]")
_SECOND_LINE = re.compile(r"(?<![\d/])\b2$")
_FIRST_LINE = frozenset({FieldMeaning.ADDRESS_LINE1, FieldMeaning.STREET})
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TEXTAREA = frozenset(
    {FieldMeaning.NOTE, FieldMeaning.GIFT_MESSAGE, FieldMeaning.ADDRESS_LINE1, FieldMeaning.ADDRESS_LINE2}
)
_SECRET = frozenset({FieldMeaning.PASSWORD, FieldMeaning.OTP}) | CARD
_OF_TYPE = {
    "email": (FieldMeaning.EMAIL, 0.75),
    "tel": (FieldMeaning.PHONE, 0.45),
    "password": (FieldMeaning.PASSWORD, 0.9),
    "search": (FieldMeaning.SEARCH, 0.9),
}
_OF_INPUTMODE = {
    "email": (FieldMeaning.EMAIL, 0.6),
    "tel": (FieldMeaning.PHONE, 0.3),
    "search": (FieldMeaning.SEARCH, 0.7),
}
_OF_EXAMPLE = (
    (re.compile(r"[\dx•·*]{4}([ -][\dx•·*]{4}){3}|^\d{16}$"), FieldMeaning.CARD_NUMBER, 0.9),
    (re.compile(r"^(mm|aa) ?[/-] ?(yy|aa|jj|rr|åå){1,2}$|^0[1-9] ?/ ?\d\d$"), FieldMeaning.CARD_EXPIRY, 0.9),
    (re.compile(r"^\S+@\S+\.\S+$"), FieldMeaning.EMAIL, 0.7),
    (re.compile(r"^\d\d-\d{3}$|^[x_]{2}-[x_]{3}$"), FieldMeaning.POSTCODE, 0.6),
    (re.compile(r"^(\+\d[\d ()x-]{5,}|09[\dx]{9}|0\d{3} ?\d{3} ?\d{2} ?\d{2})$"), FieldMeaning.PHONE, 0.6),
)
_TICKED_CONCEPTS = (
    (Concept.NEWSLETTER, FieldMeaning.NEWSLETTER_CONSENT),
    (Concept.TERMS, FieldMeaning.TERMS_CONSENT),
    (Concept.PRIVACY, FieldMeaning.TERMS_CONSENT),
    (Concept.REGISTER, FieldMeaning.CREATE_ACCOUNT),
)
_TYPED_CONCEPTS = (
    (Concept.DISCOUNT_CODE, FieldMeaning.COUPON),
    (Concept.SEARCH, FieldMeaning.SEARCH),
)


class Vote(NamedTuple):
    """``key`` is a meaning or a doubt; ``weight`` is the chance, 0 to 1, that this signal alone is right."""

    key: str
    weight: float
    why: str


def is_tick(field: Field) -> bool:
    return field.type in ("checkbox", "radio")


def votes(field: Field, language: str | None, *, autocomplete: bool) -> list[Vote]:
    """All signals of one field, without its neighbours."""
    allowed = _allowed(field)
    found = [*_by_type(field), *_by_example(field), *_by_words(field, language)]
    if autocomplete:
        found += _by_autocomplete(field)
    for attribute in ("name", "id"):
        found += _by_name(getattr(field, attribute), attribute)
    found = [vote for vote in found if vote.key in allowed or vote.key.startswith("some_")]
    if field.type == "checkbox" and not found and _reading(field.label, language, _ADDRESS_WORDS):
        found = [Vote(FieldMeaning.SAME_ADDRESS, 0.5, "a tick box about an address")]
    return found


_ADDRESS_WORDS = frozenset({FieldMeaning.ADDRESS_LINE1})
_FILES = frozenset({"file", "range", "color", "image"})
_TYPED = frozenset(FieldMeaning) - ONLY_TICKED - {FieldMeaning.PAYMENT_METHOD, FieldMeaning.DELIVERY_METHOD}
_LISTED = frozenset(FieldMeaning) - ONLY_TICKED - ONLY_TYPED


def _allowed(field: Field) -> Set[FieldMeaning]:
    if is_tick(field):
        return TICKED
    if field.type in _FILES:
        return frozenset()
    if field.type == "password":
        return _SECRET
    if field.tag == "select":
        return _LISTED
    return _TEXTAREA if field.tag == "textarea" else _TYPED


def _by_autocomplete(field: Field) -> list[Vote]:
    tokens = field.autocomplete.lower().split()
    meaning = autocomplete_tokens().get(tokens[-1]) if tokens else None
    # Shops write "new-password" on any field to keep browsers from filling it.
    if meaning is None or (meaning is FieldMeaning.PASSWORD and field.type != "password"):
        return []
    return [Vote(meaning, 0.9, f"autocomplete {tokens[-1]}")]


def _by_type(field: Field) -> list[Vote]:
    found = [
        Vote(*table[value], f"{attribute} {value}")
        for attribute, value, table in (
            ("type", field.type, _OF_TYPE),
            ("inputmode", field.inputmode.lower(), _OF_INPUTMODE),
        )
        if value in table
    ]
    return [*found, Vote(FieldMeaning.SEARCH, 0.9, "role searchbox")] if field.role == "searchbox" else found


def _by_example(field: Field) -> list[Vote]:
    text = fold(field.placeholder[:_LONGEST])
    text = re.sub(r"^(e ?\.? ?g ?\.?|np ?\.?|z ?\. ?b ?\.?|ex ?\.?|ej ?\.?|es ?\.?)[ :]+", "", text)
    return [Vote(meaning, weight, "placeholder shape") for shape, meaning, weight in _OF_EXAMPLE if shape.search(text)]


def _by_words(field: Field, language: str | None) -> list[Vote]:
    found: list[Vote] = []
    allowed = _allowed(field)
    sources = (
        ("label", field.label, 0.8),
        ("placeholder", field.placeholder, 0.62),
        ("name", _telling_words(field.name), 0.6),
        ("id", _telling_words(field.id), 0.5),
    )
    for source, text, weight in sources:
        if reading := _reading(text, language, allowed):
            key, tongue = reading
            sure = weight if tongue in (base_language(language), "en") or language is None else weight - 0.1
            found.append(Vote(key, sure, f"{source} in {tongue}"))
    concepts = _TICKED_CONCEPTS if is_tick(field) else _TYPED_CONCEPTS
    if field.label and not any(vote.why.startswith("label") for vote in found):
        text = field.label[:_LONGEST]
        found += [Vote(meaning, 0.7, "label") for concept, meaning in concepts if mentions(text, concept, language)][:1]
    return found


def _reading(text: str, language: str | None, allowed: Set[FieldMeaning]) -> tuple[str, str] | None:
    return _read(text[:_LONGEST], base_language(language), frozenset(allowed)) if text.strip() else None


@lru_cache(maxsize=4096)
def _read(text: str, language: str | None, allowed: frozenset[FieldMeaning]) -> tuple[str, str] | None:
    folded = fold(text)
    plain = _ASIDE.sub(" ", folded).strip()
    own = tuple(dict.fromkeys(code for code in (language, "en") if code in LABEL_LANGUAGES))
    rest = tuple(code for code in LABEL_LANGUAGES if code not in own)
    for tongues in (own, rest) if language else (LABEL_LANGUAGES,):
        for part in dict.fromkeys((plain[:_HEAD].rpartition(" ")[0] if len(plain) > _HEAD else plain, plain, folded)):
            if found := _longest(part, tongues, allowed):
                return None if found[0] == NOTHING else _line_of(found, folded)
    return None


def _line_of(found: tuple[str, str], folded: str) -> tuple[str, str]:
    """“Street 2” is the second line of an address, in any language."""
    second = found[0] in _FIRST_LINE and _SECOND_LINE.search(folded) and "1" not in folded
    return (FieldMeaning.ADDRESS_LINE2, found[1]) if second else found


def _longest(text: str, tongues: tuple[str, ...], allowed: frozenset[FieldMeaning]) -> tuple[str, str] | None:
    letters = letters_of(text)
    table = labels(tongues)
    whole = table.whole.get(letters, ())
    # شهر is the month in Arabic and the city in Persian: a meaning goes before a doubt.
    sure = [entry for entry in table.inside if entry.letters == letters] if whole else []
    for entry in (*sorted((*whole, *sure), key=lambda entry: entry.key.startswith("some_")), *table.inside):
        known = entry.key in allowed or entry.key == NOTHING or entry.key.startswith("some_")
        if known and entry.letters in letters and entry.stands_in(text):
            return entry.key, entry.language
    return None


@lru_cache(maxsize=4096)
def _words_of(identifier: str) -> tuple[str, ...]:
    indexed = re.sub(r"\[(\d)\]", r" at\1 ", identifier[:_LONGEST])
    folded = [fold(word) for word in re.findall(r"[^\W_]+", _CAMEL.sub(" ", indexed))]
    table = names()
    while len(folded) > 1 and folded[-1] in table.after:
        folded.pop()
    return tuple(folded)


def _telling_words(identifier: str) -> str:
    words = list(_words_of(identifier))
    while len(words) > 1 and words[0] in names().before:
        words.pop(0)
    return " ".join(words)


def _by_name(identifier: str, attribute: str) -> list[Vote]:
    """The longest ending of the name that is listed; surer when only words such as "billing" stand before it."""
    words = _words_of(identifier)
    table = names()
    for start in range(len(words)):
        key = "".join(words[start:])
        meaning = table.meanings.get(key)
        if meaning is None:
            continue
        if all(word in table.before or word[-1].isdigit() for word in words[:start]):
            return [Vote(meaning, 0.82, f"{attribute} {key}")]
        if key not in table.weak:
            return [Vote(meaning, 0.65, f"{attribute} ends in {key}")]
    return []
