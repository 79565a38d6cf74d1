"""How a checkout's fields should be made, by what they ask for."""

import re

from auditor.evidence import FieldUse

TOKENS: dict[str, frozenset[str]] = {
    "email": frozenset({"email", "username"}),
    "username": frozenset({"email", "username"}),
    "phone": frozenset({"tel", "tel-national", "tel-local"}),
    "full_name": frozenset({"name"}),
    "first_name": frozenset({"given-name"}),
    "last_name": frozenset({"family-name"}),
    "address_line1": frozenset({"street-address", "address-line1"}),
    "street": frozenset({"street-address", "address-line1"}),
    "address_line2": frozenset({"address-line2"}),
    "postcode": frozenset({"postal-code"}),
    "city": frozenset({"address-level2"}),
    "country": frozenset({"country", "country-name"}),
    "region": frozenset({"address-level1"}),
    "company": frozenset({"organization"}),
    "card_number": frozenset({"cc-number"}),
    "card_expiry": frozenset({"cc-exp", "cc-exp-month", "cc-exp-year"}),
    "card_cvc": frozenset({"cc-csc"}),
    "card_name": frozenset({"cc-name", "cc-given-name", "cc-family-name"}),
}
"""The autofill tokens that fit (HTML, section 4.10.18.7)."""
DIGIT_POSTCODES = frozenset({
    "PL", "IR", "DE", "FR", "ES", "IT", "AT", "CH", "BE", "DK", "NO", "FI", "SE", "CZ", "SK", "HU", "RO", "GR", "TR",
    "US", "AU", "CN", "JP", "KR", "IN", "MX", "BR", "PT", "UA", "LT", "EE", "HR", "SI", "BG", "RU", "SA",
})  # fmt: skip
"""Countries whose postcodes have no letters; a hyphen or a gap is put in by the shop."""
_DIGITS = re.compile(r"^[\^(]*(?:\[0-9\]|\\d)")
_KEYS = ("numeric", "decimal", "tel")


def tokens_of(use: FieldUse) -> frozenset[str]:
    """The autofill token of a field without its section and purpose."""
    words = use.field.autocomplete.lower().split()
    return frozenset(words[-1:])


def keyboard_fits(use: FieldUse, country: str | None) -> bool | None:
    """Whether a phone would open the keyboard that the field needs; None where none is better than letters."""
    field, kind = use.field, use.field.type.lower()
    mode = field.inputmode.lower()
    if field.tag != "input":
        return None
    # Gateways call a guest's e-mail address a user name.
    if use.meaning == "email" or (use.meaning == "username" and "mail" in use.field.label.lower()):
        return kind == "email" or mode == "email"
    if use.meaning == "phone":
        return kind == "tel" or mode in _KEYS
    if use.meaning == "postcode" and country in DIGIT_POSTCODES:
        return kind == "tel" or mode in _KEYS or bool(_DIGITS.search(field.pattern))
    if use.meaning in ("card_number", "card_cvc"):
        return kind != "number" and (kind == "tel" or mode in _KEYS)
    return None
