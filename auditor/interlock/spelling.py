"""Splits addresses, keys and names into words: ``/V1/placeOrder?do=Buy%4Eow`` → place, order, do, buy, now."""

import re
from functools import lru_cache
from urllib.parse import unquote, unquote_plus, urlsplit

from auditor.lexicon import fold

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CUT = re.compile(r"[^\w]+|_+|(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])")
_LONGEST = 4000
_STATIC = re.compile(
    r"\.(?:m?js|css|map|woff2?|ttf|otf|eot|svg|png|jpe?g|gif|webp|avif|ico|mp4|webm|mp3|wasm)$", re.IGNORECASE
)


def decoded(text: str) -> str:
    """Percent-decoded until nothing changes, at most three times."""
    for _ in range(3):
        once = unquote(text)
        if once == text:
            break
        text = once
    return text


@lru_cache(maxsize=4096)
def split_words(text: str) -> tuple[str, ...]:
    """The words of a name, folded. Reads the first 4,000 characters."""
    apart = _HUMP.sub("-", decoded(text[:_LONGEST]))
    return tuple(word for part in _CUT.split(apart) if (word := fold(part)) and not word.isdigit())


@lru_cache(maxsize=4096)
def segments(url: str) -> tuple[tuple[str, ...], ...]:
    """The words of each part of the path. Parts that are mere ids (digits, long tokens) are left out."""
    parts = re.split(r"[/;]", decoded(urlsplit(url).path))
    return tuple(words for part in parts if not is_token(part) and (words := split_words(_bare(part))))


def pairs(url: str) -> tuple[tuple[str, str], ...]:
    """The names and values of the query and of a query in the fragment."""
    parts = urlsplit(url)
    texts = [parts.query, parts.fragment.partition("?")[2]]
    found = (piece.partition("=") for text in texts for piece in re.split(r"[&;]", text[:_LONGEST]) if piece)
    return tuple((unquote_plus(name), unquote_plus(value)) for name, _, value in found)


def is_static(url: str) -> bool:
    return _STATIC.search(urlsplit(url).path) is not None


def is_token(part: str) -> bool:
    """Whether a part of a path is an id or a secret: no word anybody reads."""
    return len(part) >= 16 and bool(re.search(r"\d", part)) and bool(re.fullmatch(r"[\w.~=-]+", part))


def _bare(part: str) -> str:
    return re.sub(r"\.(?:html?|php\d?|aspx?|jspx?|cfm|do|action|json|shtml|cgi|pl)$", "", part, flags=re.IGNORECASE)
