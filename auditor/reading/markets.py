"""Where a shop evidently sells, for what only one market's law asks for."""

from auditor.evidence import ShopEvidence

EUROPEAN_UNION = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
EUROPE = EUROPEAN_UNION | {"GB", "NO", "IS", "LI", "CH"}


def sells_in(shop: ShopEvidence, countries: frozenset[str]) -> bool:
    """By country domain, currency, region of the language or language: see ``auditor.market``. Unknown is not one."""
    return shop.market in countries
