"""What an address says about the page behind it, whatever the language of its label."""

import re
from functools import cache, lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from auditor.lexicon import path_segments, url_words

_LANGUAGE_ROOT = re.compile(r"/(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?")
_HOME_WORDS = frozenset({"index", "home", "common"})
_FILLER = frozenset(
    {"us", "me", "our", "page", "form", "info", "uns", "nas", "z", "nami", "my", "view", "the", "details"}
)
_SWITCHES = frozenset(
    [
        "compare",
        "currency",
        "language",
        "lang",
        "set-language",
        "setlang",
        "i18n",
        "password",
        "session",
        "panel",
        "accounts",
        "authentication",
    ]
)
"""Path words of switches and personal pages that the lexicon's account words do not hold."""


@lru_cache(maxsize=8192)
def segments(url: str) -> tuple[str, ...]:
    """Path segments, and those of query values (OpenCart: ``?route=checkout/cart``), folded, without extension."""
    values = "/".join(value for _name, value in parse_qsl(urlsplit(url).query))
    return path_segments(url) + path_segments(f"/{values}")


def same_address(one: str, other: str) -> bool:
    """The same page but for the fragment, a final slash and ``http`` or ``https``."""
    return _comparable(one) == _comparable(other)


def without_fragment(url: str) -> str:
    return url.split("#", 1)[0]


def is_home(url: str) -> bool:
    """The root of the shop or of one of its languages."""
    parts = urlsplit(url)
    if _LANGUAGE_ROOT.fullmatch(parts.path.lower()) and not parts.query:
        return True
    pieces = segments(url)
    return bool(pieces) and all(piece in _HOME_WORDS for piece in pieces)


@cache
def _wanted(concept: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word.split("-")) for word in url_words(concept))


@lru_cache(maxsize=65536)
def leads_to(url: str, concept: str, *, alone: bool = False) -> bool:
    """Whether the path holds one of the concept's words.

    ``alone``: as a whole segment but for filler words: ``/contact-us`` is a contact page, ``/contact-lenses`` none.
    """
    wanted = _wanted(concept)
    for piece in segments(url):
        tokens = tuple(token for token in piece.split("-") if token and not token.isdigit())
        for word in wanted:
            if word[0] not in tokens:
                continue
            holds = any(tokens[n : n + len(word)] == word for n in range(len(tokens) - len(word) + 1))
            if holds and (not alone or not set(tokens) - set(word) - _FILLER):
                return True
    return False


def is_about_the_shopper(url: str) -> bool:
    """An account, a wish list, a currency or language switch."""
    return leads_to(url, "account", alone=True) or bool(_SWITCHES & set(segments(url)))


def _comparable(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), unquote(parts.path).rstrip("/"), parts.query
