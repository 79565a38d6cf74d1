"""Doubts about a field that the fields around it settle."""

from collections.abc import Iterable, Sequence

from auditor.evidence import Field
from auditor.fields.meaning import ADDRESS, CARD, FieldMeaning, Typed
from auditor.fields.signals import is_tick
from auditor.lexicon import Concept, mentions

_NEAR = 3
_M = FieldMeaning
_LOCAL = frozenset({_M.CITY, _M.POSTCODE, _M.REGION, _M.COUNTRY})
_NAMES = frozenset({_M.FULL_NAME, _M.FIRST_NAME, _M.LAST_NAME})


def settled(
    fields: Sequence[Field], judged: Sequence[tuple[Typed, str | None]], language: str | None
) -> tuple[Typed, ...]:
    """The final answers. Only fields of the same form are neighbours."""
    typed = [one for one, _ in judged]
    for place, (_, doubt) in enumerate(judged):
        if doubt and typed[place].meaning is _M.UNKNOWN:
            typed[place] = _answered(doubt, _around(fields, typed, place), typed[place])
    for place, field in enumerate(fields):
        typed[place] = _in_company(field, typed[place], place, fields, typed, language)
    return tuple(typed)


def _around(fields: Sequence[Field], typed: Sequence[Typed], place: int, reach: int = _NEAR) -> list[FieldMeaning]:
    """Meanings of the nearest fields of the same form, nearest first."""
    near = sorted(range(max(0, place - reach), min(len(fields), place + reach + 1)), key=lambda at: abs(at - place))
    return [typed[at].meaning for at in near if at != place and fields[at].form == fields[place].form]


def _answered(doubt: str, around: Iterable[FieldMeaning], undecided: Typed) -> Typed:
    near = set(around)
    beside_card = bool(near & CARD)
    meaning = _M.UNKNOWN
    if doubt == "some_code":
        meaning = _M.CARD_CVC if beside_card else _M.POSTCODE if near & ADDRESS else _M.COUPON
    elif doubt == "some_number":
        street = {_M.ADDRESS_LINE1, _M.STREET}
        meaning = _M.CARD_NUMBER if beside_card else _M.HOUSE_NUMBER if near & street else _M.UNKNOWN
    elif beside_card:
        meaning = _M.CARD_EXPIRY
    elif doubt == "some_day" or near & (_NAMES | {_M.BIRTH_DATE, _M.SALUTATION}):
        meaning = _M.BIRTH_DATE
    else:
        meaning = _M.CARD_EXPIRY
    return undecided if meaning is _M.UNKNOWN else Typed(meaning, 0.55, (f"{doubt.removeprefix('some_')}, neighbours",))


def _in_company(
    field: Field, own: Typed, place: int, fields: Sequence[Field], typed: Sequence[Typed], language: str | None
) -> Typed:
    if is_tick(field):
        return own
    same_form = {typed[at].meaning for at in range(len(fields)) if fields[at].form == field.form and at != place}
    near = _around(fields, typed, place)
    if own.meaning is _M.EMAIL and _is_newsletter(field, same_form, language):
        return _changed(own, _M.NEWSLETTER_EMAIL, "newsletter form")
    if own.meaning in _NAMES | {_M.UNKNOWN} and field.tag != "select":
        if own.meaning in _NAMES and _among_cards(own.meaning, near, same_form):
            return _changed(own, _M.CARD_NAME, "beside card fields")
        if own.meaning is _M.FULL_NAME and _M.LAST_NAME in near and _M.FIRST_NAME not in near:
            return _changed(own, _M.FIRST_NAME, "last name beside it")
        if own.meaning is _M.FULL_NAME and _M.FIRST_NAME in near and _M.LAST_NAME not in near:
            return _changed(own, _M.LAST_NAME, "first name beside it")
    if own.meaning is _M.FIRST_NAME and same_form & ADDRESS and not same_form & (_NAMES | {_M.LAST_NAME_KANA}):
        return _changed(own, _M.FULL_NAME, "the form has no other name")
    if own.meaning is _M.ADDRESS_LINE1:
        if _M.HOUSE_NUMBER in near:
            return _changed(own, _M.STREET, "house number beside it")
        if _before(fields, typed, place) in (_M.ADDRESS_LINE1, _M.STREET):
            return _changed(own, _M.ADDRESS_LINE2, "follows the first address line")
    if own.meaning is _M.STREET and _M.HOUSE_NUMBER not in same_form:
        return _changed(own, _M.ADDRESS_LINE1, "no field for the house number")
    if (
        own.meaning is _M.UNKNOWN
        and field.tag == "select"
        and len(set(near[:2]) & _LOCAL) == 2
        and _M.REGION not in near
    ):
        return Typed(_M.REGION, 0.5, ("a list between parts of an address",))
    return own


def _changed(own: Typed, meaning: FieldMeaning, why: str) -> Typed:
    return Typed(meaning, own.score, (why, *own.because))


def _is_newsletter(field: Field, same_form: set[FieldMeaning], language: str | None) -> bool:
    if same_form & (_NAMES | ADDRESS | {_M.PHONE, _M.PASSWORD}) and field.region != "footer":
        return False
    texts = (field.label, field.placeholder, field.name.replace("_", " "), field.id.replace("_", " "))
    return field.region == "footer" or any(mentions(text, Concept.NEWSLETTER, language) for text in texts if text)


def _among_cards(meaning: FieldMeaning, near: Sequence[FieldMeaning], same_form: set[FieldMeaning]) -> bool:
    """A name next to card fields is the holder's, unless it is the only name beside an address or a contact."""
    if not set(near[:4]) & CARD:
        return False
    return bool(set(near[:2]) & CARD) or meaning in same_form


def _before(fields: Sequence[Field], typed: Sequence[Typed], place: int) -> FieldMeaning | None:
    if place == 0 or fields[place - 1].form != fields[place].form:
        return None
    return typed[place - 1].meaning
