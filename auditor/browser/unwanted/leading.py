"""Where the elements of a snapshot lead: links in them and in the frames that they hold."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple
from urllib.parse import urljoin

from auditor.ads.parties import party_of
from auditor.browser.unwanted.snapshot import Document
from auditor.evidence import Box

MOST_LEADS = 12
DEEPEST = 3
FRAMES = ("iframe", "frame", "object", "embed")


class Led(NamedTuple):
    """``leads`` are outgoing addresses; ``share`` the part of the area that goes there, ``linked`` that is any link."""

    leads: tuple[str, ...] = ()
    share: float = 0.0
    linked: float = 0.0


class Leading:
    """``own`` are the shop's parties: what leads to them is no way out."""

    def __init__(
        self, snapshot: dict[str, Any], page: Document, size: tuple[float, float], own: Collection[str]
    ) -> None:
        self._snapshot, self.page, self._size, self._own = snapshot, page, size, own

    def inside(self, at: int, box: Box) -> tuple[tuple[str, ...], float]:
        """Outgoing addresses in an element and which part of it goes there."""
        leads: dict[str, None] = {}
        led = 0.0
        for one in self.page.inside(at):
            url = self.outgoing(one)
            if url:
                leads[url] = None
                extent = self.page.extent(one)
                led += extent.area / box.area if extent and box.area else 0
            elif self.page.names[one] in FRAMES:
                inner = self.of_frame(one)
                leads |= dict.fromkeys(inner.leads)
                extent = self.page.box(one)
                led += inner.share * extent.area / box.area if extent and box.area else 0
        return tuple(leads)[:MOST_LEADS], led

    def outgoing(self, at: int) -> str | None:
        if self.page.names[at] not in ("a", "area"):
            return None
        href = linked_to(self.page.attributes(at)).strip()
        url = joined(self.page.base_url or self.page.url, href)
        return url[:1000] if party_of(url) and party_of(url) not in self._own else None

    def files(self, at: int) -> tuple[str, ...]:
        url = self.page.sources.get(at) or (
            self.page.attributes(at).get("src", "") if self.page.names[at] in (*FRAMES, "img") else ""
        )
        url = joined(self.page.url, url) if url else ""
        return (url[:1000],) if party_of(url) and party_of(url) not in self._own else ()

    def of_frame(self, at: int) -> Led:
        """Links in a frame that leave the party of the frame."""
        inner, box = self.page.content.get(at), self.page.box(at)
        if inner is None or inner >= len(self._snapshot["documents"]):
            return Led()
        return self._of_document(inner, box.area if box else 0.0)

    def _of_document(self, inner: int, room: float, depth: int = 0) -> Led:
        content = Document(self._snapshot, inner, *self._size)
        home = {party_of(content.url)} | set(self._own)
        leads: dict[str, None] = {}
        led = linked = 0.0
        for one in content.elements():
            if content.names[one] in ("a", "area"):
                url = joined(content.base_url or content.url, linked_to(content.attributes(one)))
                extent = content.extent(one) if party_of(url) else None
                linked += extent.area if extent else 0.0
                if party_of(url) and party_of(url) not in home:
                    leads[url[:1000]] = None
                    led += extent.area if extent else 0.0
            elif content.names[one] in FRAMES and depth < DEEPEST and one in content.content:
                more = self._of_document(content.content[one], room, depth + 1)
                leads |= dict.fromkeys(more.leads)
                led, linked = led + more.share * room, linked + more.linked * room
        if not room:
            return Led(tuple(leads)[:MOST_LEADS])
        return Led(tuple(leads)[:MOST_LEADS], min(1.0, led / room), min(1.0, linked / room))


def linked_to(attributes: Mapping[str, str]) -> str:
    """Where a link goes; links in drawings have a name of their own for it."""
    return attributes.get("href") or attributes.get("xlink:href") or ""


def joined(document: str, href: str) -> str:
    try:
        return urljoin(document, href.strip())
    except ValueError:
        return ""
