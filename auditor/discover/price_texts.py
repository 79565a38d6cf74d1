"""Whether a text looks like a price. Counting only: amounts are read elsewhere, from the rendered page."""

import re

_SYMBOL = r"[$¢-¥֏؋৲৳૱௹฿៛\u20a0-\u20cf﷼﹩＄￠￡￥￦]"
_WORD = (
    r"(?:zł|zl|kr|kč|ft|lei|lv|лв|руб|р\.|грн|тг|din|tl|rs\.?|r\$|rm|"
    r"تومان|تومن|ریال|ريال|درهم|دينار|ر\.س|د\.إ|جنيه|"
    r"usd|eur|gbp|pln|czk|huf|ron|bgn|sek|nok|dkk|isk|chf|try|uah|rub|irr|irt|aed|sar|egp|inr|jpy|cny|krw|cad|aud|nzd|brl|mxn|zar|ils|thb|idr|vnd|元|円|원)"
)
_NUMBER = r"\d[\d.,'’٬٫\s\u00a0\u202f]{0,15}"
_PRICE = re.compile(
    rf"(?:{_SYMBOL}|\b{_WORD})\s?{_NUMBER}|{_NUMBER}(?:[-–]\s?)?(?:{_SYMBOL}|{_WORD}(?!\w))",
    re.IGNORECASE,
)
_PART = re.compile(rf"{_NUMBER}(?:,?[-–])?|{_SYMBOL}|{_WORD}", re.IGNORECASE)


def price_in(text: str) -> bool:
    """Whether a short text holds a number beside a currency: ``1 299,00 zł``, ``£12``, ``۱۲۰٬۰۰۰ تومان``."""
    return bool(_PRICE.search(text))


def price_part(text: str) -> bool:
    """Whether a text is only a number or only a currency, as when a shop puts them in elements of their own."""
    return len(text) <= 18 and bool(_PART.fullmatch(text))
