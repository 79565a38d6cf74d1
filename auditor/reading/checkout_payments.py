"""Ways of paying, by the names that shops write and give to pictures."""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from auditor.lexicon import fold

TYPICAL: dict[str, frozenset[str]] = {
    "PL": frozenset({"BLIK", "Przelewy24", "PayU", "Tpay"}),
    "NL": frozenset({"iDEAL"}),
    "BE": frozenset({"Bancontact"}),
    "PT": frozenset({"Multibanco", "MB Way"}),
    "SE": frozenset({"Swish", "Klarna"}),
    "IR": frozenset({"Online gateway", "Shaparak", "ZarinPal", "Card"}),
}
"""Ways of which shoppers of a market expect at least one (row CHK-018); other markets have none of their own."""


@lru_cache(maxsize=1)
def _marks() -> dict[str, re.Pattern[str]]:
    text = files("auditor.reading").joinpath("checkout_payments.toml").read_text(encoding="utf-8")
    listed: dict[str, list[str]] = tomllib.loads(text)
    return {
        name: re.compile("|".join(map(_begins, patterns)), re.IGNORECASE | re.MULTILINE)
        for name, patterns in listed.items()
    }


def _begins(pattern: str) -> str:
    """Folded Persian and Arabic have no spaces, so that words begin anywhere."""
    arabic = re.search("[\u0600-\u06ff]", pattern)
    return pattern.replace(" ?", "").replace(" ", "") if arabic else rf"(?<![^\W\d_])(?:{pattern})"


def payments_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The ways of paying that texts or names of pictures mention, in a fixed order."""
    said = "\n".join(fold(re.sub(r"[_./]", " ", text)) for text in texts)
    return tuple(name for name, mark in _marks().items() if mark.search(said))
