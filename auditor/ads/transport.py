"""What of a page comes or goes without encryption."""

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urljoin, urlsplit

from auditor.ads.parties import host_of
from auditor.evidence import PageEvidence

Insecure = Literal["", "active", "form", "passive"]
_PASSIVE = ("image", "media")
_RESERVED = (".test", ".localhost", ".local", ".internal")


def is_private(url: str) -> bool:
    """Whether an address is of this machine or of a private network, where shops are built."""
    host = host_of(url)
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith(_RESERVED)


def insecure(visit: PageEvidence) -> Iterator[tuple[Insecure, str]]:
    """Each kind once, with the host that is asked. A page without https says it all: its files are not counted."""
    address = visit.document.url if visit.document else visit.page.url
    if urlsplit(address).scheme == "http":
        yield "", ""
        return
    asked = visit.insertions.asked if visit.insertions else ()
    told: dict[Insecure, str] = {}
    for one in asked:
        if urlsplit(one.url).scheme in ("http", "ws") and not is_private(one.url) and one.type != "document":
            told.setdefault("passive" if one.type in _PASSIVE else "active", host_of(one.url))
    for form in visit.controls.forms if visit.controls else ():
        if urlsplit(urljoin(address, form.action)).scheme == "http":
            told.setdefault("form", host_of(urljoin(address, form.action)))
    yield from told.items()
