"""Which country a shop sells to, where its pages tell."""

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from auditor.evidence import PageEvidence, Texts

_CURRENCY_MARKET = {
    "PLN": "PL", "ZŁ": "PL", "IRR": "IR", "IRT": "IR", "تومان": "IR", "ریال": "IR", "GBP": "GB", "£": "GB",
    "CZK": "CZ", "KČ": "CZ", "SEK": "SE", "NOK": "NO", "DKK": "DK", "CHF": "CH", "TRY": "TR", "₺": "TR",
    "JPY": "JP", "CNY": "CN", "INR": "IN", "₹": "IN", "BRL": "BR", "R$": "BR", "MXN": "MX", "CAD": "CA", "AUD": "AU",
    "USD": "US", "HUF": "HU", "RON": "RO", "UAH": "UA", "AED": "AE", "SAR": "SA",
}  # fmt: skip
_LANGUAGE_MARKET = {
    "pl": "PL", "fa": "IR", "cs": "CZ", "sv": "SE", "tr": "TR", "ja": "JP", "it": "IT", "nl": "NL", "hu": "HU",
    "ro": "RO", "uk": "UA", "da": "DK", "nb": "NO", "fi": "FI", "el": "GR", "ko": "KR",
}  # fmt: skip
_COUNTRY_DOMAINS = frozenset({
    "pl", "ir", "de", "fr", "es", "it", "pt", "nl", "se", "cz", "tr", "jp", "cn", "uk", "gb", "us", "ca", "au", "at",
    "ch", "be", "dk", "no", "fi", "ie", "hu", "ro", "ua", "gr", "br", "mx", "in", "ae", "sa",
})  # fmt: skip


def market(start_url: str, language: str | None, visits: Iterable[PageEvidence]) -> str | None:
    """ISO 3166 country in capitals: by country domain, the commonest currency, the region of ``lang``, the language."""
    host = urlsplit(start_url).hostname or ""
    last = host.rsplit(".", 1)[-1].lower()
    if "." in host and last in _COUNTRY_DOMAINS:
        return "GB" if last == "uk" else last.upper()
    currencies: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    for visit in visits:
        if visit.texts:
            currencies.update(_markets_of_prices(visit.texts))
        tag = visit.document.lang if visit.document else None
        if tag and (region := re.fullmatch(r"[A-Za-z]{2,3}[-_](?:\w{4}[-_])?([A-Za-z]{2})", tag)):
            regions[region[1].upper()] += 1
    if currencies:
        return currencies.most_common(1)[0][0]
    if regions:
        return regions.most_common(1)[0][0]
    return _LANGUAGE_MARKET.get((language or "").split("-")[0].lower())


def _markets_of_prices(texts: Texts) -> Iterable[str]:
    for price in texts.prices:
        upper = price.text.upper()
        for mark, country in _CURRENCY_MARKET.items():
            if mark in upper:
                yield country
                break
