"""What a guest answers to a field: the test identity's values, in the shop's own words where there is a list."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from auditor.evidence.sight import FieldSeen
from auditor.fields import FieldMeaning, Typed
from auditor.identity import Identity, countries, identity_for, invites, value_for, values_for
from auditor.lexicon import fold

_M = FieldMeaning
_LETTERS = re.compile(r"[^\W\d_]+")


class Offered(Protocol):
    """An option of any kind of list."""

    @property
    def text(self) -> str: ...
    @property
    def value(self) -> str: ...


OptionT = TypeVar("OptionT", bound=Offered)


class GuestAnswers:
    """``identity`` moves to another country where a shop delivers to others only."""

    def __init__(self, market: str | None, language: str | None) -> None:
        self.language = language
        self.identity: Identity = identity_for(market, language)

    def value(self, field: FieldSeen, typed: Typed, refused: int) -> str | None:
        """What to type. ``refused``: how many values the shop did not take."""
        # Gateways call the guest's e-mail address a user name; forms to log in are left out before.
        meaning = _M.EMAIL if typed.meaning is _M.USERNAME else typed.meaning
        values = values_for(meaning, self.identity)
        if values:
            return values[min(refused, len(values) - 1)]
        return self.identity.note if field.required and field.type in ("text", "textarea") else None

    def names(self, typed: Typed) -> tuple[str, ...]:
        """What to type into a list to find the option."""
        return values_for(typed.meaning, self.identity)

    def option(self, able: Sequence[OptionT], meaning: FieldMeaning) -> OptionT | None:
        """The option that fits."""
        found = self._fitting(able, meaning, self.identity)
        if found is None and meaning is _M.COUNTRY and able:
            for code in countries():
                moved = identity_for(code, self.language)
                if (found := self._fitting(able, meaning, moved)) is not None:
                    self.identity = moved
                    break
        return found

    def _fitting(self, able: Sequence[OptionT], meaning: FieldMeaning, who: Identity) -> OptionT | None:
        for texts in ([one.text for one in able], [one.value for one in able]):
            said = value_for(meaning, who, options=texts) if texts else None
            if said is not None:
                return able[texts.index(said)]
        return None


def first_real(able: Sequence[OptionT]) -> OptionT | None:
    """The first option that is no invitation to choose."""
    return next((one for one in able if not invites(one.text)), None)


def is_chosen(field: FieldSeen) -> bool:
    """Whether a list shows something that was chosen, and no invitation to choose."""
    if field.tag == "select":
        return any(option.selected and option.value.strip() for option in field.options)
    said = set(_LETTERS.findall(fold(field.value)))
    return field.filled and not invites(field.value) and not said <= set(_LETTERS.findall(fold(field.label)))
