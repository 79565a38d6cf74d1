"""Text that a shop controls, made safe to show: titles, addresses, selectors, notes."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit, urlunsplit

LONGEST = 400
"""Characters of one shop-controlled text in a report."""

_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
"""Controls (Unicode's Cc), lone surrogates (Cs), and marks that turn the direction around."""
_LETTER_CODES = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+")
_BLANK = re.compile(r"[\s\u2028\u2029]+")


def clean(text: object, limit: int = LONGEST) -> str:
    """One line without control characters, lone surrogates and direction overrides, at most ``limit`` long.

    Joiners and direction marks stay: Persian and Arabic words need them.
    """
    raw = _BLANK.sub(" ", str(text)[: limit * 4])
    kept = _UNWANTED.sub("", raw).strip()
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + "…"


def web_address(url: str) -> str | None:
    """The address if it is one that a report may link to: http or https, without a name and password in it."""
    if len(url) > 4096 or any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in url):
        return None
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not named:
        return None
    return urlunsplit(parts._replace(netloc=parts.netloc.rsplit("@", 1)[-1]))


def shown_address(url: str, limit: int = 160) -> str:
    """The address as people read it: letters instead of their percent codes, no name and password."""
    return readable(web_address(url) or url, limit)


def kept_apart(address: str) -> str:
    """An address inside a sentence without marks of its own: it runs from left to right, whatever stands around it."""
    return f"\u2066{address}\u2069"


def readable(text: str, limit: int = LONGEST) -> str:
    """``clean``, with letters instead of the percent codes of addresses in it."""
    return clean(_LETTER_CODES.sub(_letters, text[: limit * 12]), limit)


def _letters(codes: re.Match[str]) -> str:
    try:
        return unquote(codes[0], errors="strict")
    except UnicodeDecodeError:
        return codes[0]
