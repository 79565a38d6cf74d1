"""Which meaning a field has, by all its signals and then by its neighbours."""

from collections import defaultdict
from collections.abc import Sequence

from auditor.evidence import Field
from auditor.fields.meaning import CARD, FieldMeaning, Typed
from auditor.fields.neighbours import settled
from auditor.fields.signals import Vote, votes

_FAINTEST = 0.45
_CARD_SUSPICION = 0.5
_NEVER_FILLED = CARD | {
    FieldMeaning.BANK_ACCOUNT,
    FieldMeaning.COUPON,
    FieldMeaning.LOYALTY_NUMBER,
    FieldMeaning.NATIONAL_ID,
    FieldMeaning.OTP,
    FieldMeaning.SEARCH,
}


def type_fields(fields: Sequence[Field], *, language: str | None, trust_autocomplete: bool = True) -> tuple[Typed, ...]:
    """One answer per field, in their order, which is the page's.

    ``language`` is the page's tag; None reads labels in all languages. Signals are weighed, not ranked: a wrong
    ``autocomplete`` loses against name and label together. Whatever looks like a card field on any one signal is
    never typed as something that would be filled. ``trust_autocomplete=False`` leaves the attribute out, for
    judging it.
    """
    judged = [_judged(votes(field, language, autocomplete=trust_autocomplete)) for field in fields]
    return settled(fields, judged, language)


def _judged(found: list[Vote]) -> tuple[Typed, str | None]:
    """The meaning by the field's own signals, and the doubt that its neighbours may settle ("some_code")."""
    doubt_of: dict[str, float] = defaultdict(float)
    miss: dict[str, float] = defaultdict(lambda: 1.0)
    for key, weight, _ in found:
        if key.startswith("some_"):
            doubt_of[key] = max(doubt_of[key], weight)
        else:
            miss[key] *= 1 - weight
    doubt = max(doubt_of, key=lambda key: doubt_of[key]) if doubt_of else None
    scores = {FieldMeaning(key): 1 - missed for key, missed in miss.items()}
    if not scores:
        return Typed(FieldMeaning.UNKNOWN, 0.0, ()), doubt
    best = max(scores, key=lambda meaning: scores[meaning])
    cards = [vote for vote in found if vote.key in CARD and vote.weight >= _CARD_SUSPICION]
    if cards and best not in _NEVER_FILLED:
        best = max((FieldMeaning(vote.key) for vote in cards), key=lambda meaning: scores[meaning])
    if scores[best] < _FAINTEST:
        return Typed(FieldMeaning.UNKNOWN, scores[best], ("too little speaks for " + best,)), doubt
    speaking = sorted((vote for vote in found if vote.key == best), key=lambda vote: -vote.weight)
    return Typed(best, round(scores[best], 3), tuple(vote.why for vote in speaking)), doubt
