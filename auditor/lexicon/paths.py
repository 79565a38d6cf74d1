"""Words of URL paths: cart, koszyk, warenkorb, سبد-خرید."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from auditor.lexicon.folding import fold

_EXTENSION = re.compile(r"\.(html?|php\d?|aspx?|jsp|jspx|cfm|do|action|shtml|xhtml)$")


@lru_cache(maxsize=1)
def _by_concept() -> dict[str, tuple[str, ...]]:
    text = files("auditor.lexicon").joinpath("paths.toml").read_text(encoding="utf-8")
    listed: dict[str, str] = tomllib.loads(text)
    return {concept: tuple(word.strip() for word in words.split(",")) for concept, words in listed.items()}


@lru_cache(maxsize=1)
def _concepts_of() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for concept, listed in _by_concept().items():
        for word in listed:
            found.setdefault(_key(word), set()).add(concept)
    return {word: frozenset(concepts) for word, concepts in found.items()}


def _key(segment: str) -> str:
    return re.sub(r"[\s_\-+]+", "-", fold(segment)).strip("-")


def url_words(concept: str) -> tuple[str, ...]:
    """Path words of a concept in all languages, decoded, hyphens between words: cart, checkout, account, search,
    category, products, product, shipping, returns, contact, terms, privacy, faq, about, blog, content. Empty for
    any other concept."""
    return _by_concept().get(str(concept), ())


@lru_cache(maxsize=8192)
def path_segments(url: str) -> tuple[str, ...]:
    """The segments of a URL's path: percent-decoded, folded, without file extension, hyphens between words."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ()
    segments = (segment for segment in path.split("/") if segment)
    return tuple(key for segment in segments if (key := _key(_EXTENSION.sub("", unquote(segment).lower()))))


def path_concepts(segment: str) -> frozenset[str]:
    """What a whole segment (of ``path_segments``) means, as names for ``url_words``; empty for an unknown one."""
    return _concepts_of().get(segment, frozenset())
