"""What a field wants, from its attributes."""

from collections.abc import Mapping

from auditor.evidence import Asks

_CARD = ("cc-number", "cardnumber", "card-number", "card_number", "ccnumber", "cc_number", "creditcard")
_CODE = ("cc-csc", "cvc", "cvv", "csc", "security-code", "securitycode")
_UNASKED = ("hidden", "submit", "button", "checkbox", "radio", "image", "reset", "search")


def field_asks(attributes: Mapping[str, str]) -> Asks | None:
    """:param attributes: of an ``input``. None for one that takes no text, and for a search field."""
    kind = attributes.get("type", "text").lower()
    if kind in _UNASKED:
        return None
    if kind == "password":
        return "password"
    marks = _marks(attributes)
    if any(mark in marks for mark in (*_CARD, *_CODE)):
        return "card"
    return "email" if kind == "email" or "email" in marks else "other"


def takes_card_number(attributes: Mapping[str, str]) -> bool:
    """Whether a card number goes into the ``input``."""
    return attributes.get("type", "text") != "hidden" and any(mark in _marks(attributes) for mark in _CARD)


def _marks(attributes: Mapping[str, str]) -> str:
    return " ".join(attributes.get(name, "") for name in ("autocomplete", "name", "id")).lower()
