"""From what an href says to the address that is asked for."""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from auditor.discover.page_key import ASP_SESSION, JSESSIONID
from auditor.discover.url_rules import url_rules

MOST_CHARACTERS = 2000
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Address(NamedTuple):
    """An address in the one spelling in which it is asked for. ``host`` is in lower case, ``port`` never None,
    ``query`` as it is sent, sorted by name."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    query: tuple[tuple[str, str], ...]

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port


@lru_cache(maxsize=5000)
def absolute(base: str, href: str) -> Address | None:
    """The address of a link, or None when it leads to no page over HTTP (``mailto:``, ``javascript:``, a fragment,
    broken)."""
    href = href.strip()
    if not href or href[0] == "#" or len(href) > MOST_CHARACTERS:
        return None
    try:
        return address(urljoin(base, href))
    except ValueError:
        return None


@lru_cache(maxsize=20_000)
def address(url: str) -> Address | None:
    """An absolute address without fragment, tracking and session parameters, parameters in one order. None when it is
    not HTTP."""
    try:
        safe = safe_url_string(url.strip())
        parts = urlsplit(safe)
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".")
    if scheme not in _DEFAULT_PORTS or not host or len(safe) > MOST_CHARACTERS:
        return None
    port = port or _DEFAULT_PORTS[scheme]
    rules = url_rules()
    path = ASP_SESSION.sub("", JSESSIONID.sub("", parts.path)) or "/"
    pairs: tuple[tuple[str, str], ...] = ()
    query = ""
    if parts.query:
        all_pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
        kept = [(n, v) for n, v in all_pairs if not rules.is_tracking(n.lower()) and n.lower() not in rules.session]
        ordered = sorted(kept)
        pairs = tuple(ordered)
        # A query that is in order is sent as the shop wrote it: some servers read "a" and "a=" differently.
        query = parts.query if ordered == all_pairs else urlencode(ordered, errors="surrogateescape")
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port == _DEFAULT_PORTS[scheme] else f"{shown}:{port}"
    return Address(urlunsplit((scheme, netloc, path, query, "")), scheme, host, port, path, pairs)
