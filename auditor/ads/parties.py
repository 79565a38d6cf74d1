"""Who an address belongs to."""

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import urlsplit

from auditor.registrable import split_host

_WEB = ("http", "https", "ws", "wss")
_HOST = re.compile(
    r"(?:https?:|wss?:)?(?:\\?/){2}((?:[a-z0-9_-]{1,63}\.){1,8}[a-z][a-z0-9-]{1,30})(?![a-z0-9.@-])", re.I
)
MOST_HOSTS = 400
SHORTEST_NAME = 4
"""Shorter names are abbreviations that many companies share."""


def host_of(url: str) -> str:
    """The host of a web address in lower case; "" where there is none. A blob's is that of the page that made it."""
    try:
        parts = urlsplit(url.removeprefix("blob:").strip())
        return (parts.hostname or "").lower().rstrip(".") if parts.scheme.lower() in _WEB else ""
    except ValueError:
        return ""


@lru_cache(maxsize=8192)
def party_of_host(host: str) -> str:
    """The registrable domain; a customer of a shared host (``name.pages.dev``) is a party of its own."""
    if host.replace(".", "").isdigit() or ":" in host:
        return host
    found = split_host(host, shared_hosts_apart=True)
    if found.suffix:
        return found.top_domain_under_public_suffix or found.suffix
    # The public suffix list's own rule for an ending that it does not know: the last label is the suffix.
    return ".".join(host.split(".")[-2:])


def party_of(url: str) -> str:
    """The party behind a web address; "" for what is no web address, such as ``inline``."""
    host = host_of(url)
    return party_of_host(host) if host else ""


def akin(one: str, other: str) -> bool:
    """Whether two parties have names of one company: example.com and example-cdn.net."""
    short, long = sorted((one.partition(".")[0], other.partition(".")[0]), key=len)
    return one == other or (len(short) >= SHORTEST_NAME and (long.startswith(short) or long.endswith(short)))


def hosts_named(text: str) -> tuple[str, ...]:
    """Hosts that a text names in addresses, sorted, MOST_HOSTS at most. Time is linear in the text."""
    found = {match[1].lower() for match in _HOST.finditer(text)}
    return tuple(sorted(found)[:MOST_HOSTS])


def outside(urls: Collection[str], own: Collection[str]) -> tuple[str, ...]:
    """Parties of ``urls`` that are not among ``own``, each once."""
    return tuple(dict.fromkeys(party for url in urls if (party := party_of(url)) and party not in own))
