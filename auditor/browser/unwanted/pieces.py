"""Which elements of a snapshot may matter: layers, frames, outgoing links, forms, large things to press."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any, Literal

from auditor.ads.parties import host_of, party_of
from auditor.browser.consent_words import any_mentions
from auditor.browser.unwanted.contents import asks_in, closing_control, tucked_away, wraps_page
from auditor.browser.unwanted.leading import FRAMES, MOST_LEADS, Leading, joined
from auditor.browser.unwanted.snapshot import Document
from auditor.evidence import Box
from auditor.lexicon import Concept

MOST = {"layer": 40, "frame": 80, "link": 120, "block": 20, "form": 10}
LAYER_SHARE, ABSOLUTE_SHARE = 0.004, 0.15
FAINT_SHARE = 0.2
BLOCK_PX = 16_000
MOST_HTML = 1_000_000
FAR_PX = 500.0
"""A menu waits beside the screen, a hidden link far from it."""
TINY_PX = 6.0
"""A frame of one pixel with the border that frames have by themselves is five wide."""
_SYSTEMS = re.compile(
    r"\b(?:Chrome|Chromium|Firefox|Edge|Opera|Safari|Flash Player|Java|Windows|Microsoft|macOS|Defender|McAfee|Norton|"
    r"Adobe|Media ?Player|Cloudflare|reCAPTCHA)\b"
)


@dataclass
class Found:
    """A piece before its makers are known. ``near`` is the element whose maker is its holder's, ``beside_served``:
    the words that a link stands in came with the HTML."""

    kind: Literal["layer", "frame", "link", "block", "form"]
    at: int
    document: Document
    near: int | None = None
    beside_served: bool = True
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def backend_id(self) -> int:
        at = self.at
        while at in self.document.pseudo:
            at = self.document.parents[at]
        return self.document.backend_id(at)

    @property
    def holder_id(self) -> int | None:
        return None if self.near is None else self.document.backend_id(self.near)


class PieceFinder:
    """Reads one snapshot. ``own`` are the shop's parties, ``served`` the hosts of its HTML, ``buy`` the buy button."""

    def __init__(
        self, snapshot: dict[str, Any], size: tuple[float, float], own: Collection[str], served: Collection[str],
        buy: Box | None, html: str = "",
    ) -> None:  # fmt: skip
        self.page = Document(snapshot, 0, *size)
        self._snapshot, self._size, self._own, self._served, self._buy = snapshot, size, own, frozenset(served), buy
        self._html = html
        self._leading = Leading(snapshot, self.page, size, own)
        self._layer_of: dict[int, int] = {}

    @cached_property
    def _words(self) -> str:
        """The HTML as it was sent, with single spaces."""
        return " ".join(unescape(self._html[:MOST_HTML]).split())

    def all(self) -> list[Found]:
        found: dict[str, list[Found]] = {kind: [] for kind in MOST}
        for at in self.page.elements():
            for piece in self._at(at):
                found[piece.kind].append(piece)
        return [piece for kind, pieces in found.items() for piece in self._most(kind, pieces)]

    def _most(self, kind: str, pieces: list[Found]) -> list[Found]:
        """The largest ones, where there are too many."""
        if len(pieces) <= MOST[kind]:
            return pieces
        return sorted(pieces, key=lambda one: -(one.facts["box"].area if one.facts.get("box") else 0))[: MOST[kind]]

    def _at(self, at: int) -> Iterator[Found]:
        page, name = self.page, self.page.names[at]
        above = self._layer_of.get(page.parents[at])
        if above is None and self._is_layer(at):
            self._layer_of[at] = at
            yield self._layer(at)
        elif above is not None:
            self._layer_of[at] = above
        if name in FRAMES:
            yield from self._frame(at)
        elif name in ("a", "area"):
            yield from self._link(at)
        elif name == "form":
            yield from self._form(at)
        elif above is None and at in page.clickable and at not in self._layer_of:
            yield from self._block(at)

    def _is_layer(self, at: int) -> bool:
        page = self.page
        if page.position(at) not in ("fixed", "absolute"):
            return False
        style, box = page.style(at), page.box(at)
        if box is None or page.names[at] in ("html", "body") or style["visibility"] == "hidden":
            return False
        share = page.on_screen(box)
        least = LAYER_SHARE
        if style["position"] == "absolute":
            lifted = style["z-index"].lstrip("-").isdigit() and int(style["z-index"]) >= 10
            least = ABSOLUTE_SHARE if lifted or at in page.pseudo else 2.0
        if share < least:
            return False
        unseen = page.opacity(at) < 0.05
        return not (style["pointer-events"] == "none" and (unseen or not page.shows_itself(at)))

    def _layer(self, at: int) -> Found:
        page, style, box = self.page, self.page.style(at), self.page.box(at)
        assert box is not None
        share = page.on_screen(box)
        takes_clicks = style["pointer-events"] != "none"
        leads, led = self._leading.inside(at, box)
        files = [url for one in page.inside(at, 600) for url in self._leading.files(one)]
        text = page.texts(at)
        return Found(
            "layer", at, page,
            near=page.parents[at] if page.parents[at] >= 0 else None,
            facts={
                "box": box, "share": round(share, 4), "layer": True, "painted": at in page.pseudo, "leads": leads,
                "leads_share": round(min(1.0, led), 3), "files": tuple(dict.fromkeys(files))[:MOST_LEADS],
                "faint": takes_clicks and share >= FAINT_SHARE and not page.shows_itself(at),
                "covers_buy": takes_clicks and self._covers_buy(box, share, style["position"] == "fixed"),
                "consent": any_mentions(text, Concept.COOKIES) or any_mentions(text, Concept.CONSENT_ACCEPT),
                "names_browser": bool(_SYSTEMS.search(text)), "text": text[:300], "asks": asks_in(page, at),
                "wraps": wraps_page(page, at), **closing_control(page, at),
            },
        )  # fmt: skip

    def _covers_buy(self, box: Box, share: float, fixed: bool) -> bool:
        if self._buy is None:
            return False
        if fixed and share >= 0.6:
            return True
        x, y = self._buy.x + self._buy.width / 2, self._buy.y + self._buy.height / 2
        return box.x <= x <= box.right and box.y <= y <= box.bottom

    def _frame(self, at: int) -> Iterator[Found]:
        page, attributes = self.page, self.page.attributes(at)
        inner = page.content.get(at)
        shown = Document(self._snapshot, inner, *self._size).url if inner is not None else ""
        src = joined(page.base_url or page.url, attributes.get("src") or attributes.get("data") or "")
        url = shown if party_of(shown) else src
        led = self._leading.of_frame(at)
        if party_of(url) in self._own and not led.leads:
            return
        box, style = page.box(at), page.style(at)
        tiny = box is None or min(box.width, box.height) <= TINY_PX
        away = box is not None and (box.right <= 0 or box.bottom <= 0 or box.x >= page.width * 2)
        hidden = tiny or away or style.get("visibility") == "hidden" or page.opacity(at) < 0.05
        layered = self._layer_of.get(at) is not None or style.get("position") == "fixed"
        files = tuple(one for one in dict.fromkeys((src, url)) if party_of(one) and party_of(one) not in self._own)
        asks_of_frame = () if inner is None else asks_in(Document(self._snapshot, inner, *self._size))
        yield Found(
            "frame", at, page, near=page.parents[at],
            facts={
                "box": box, "share": round(page.on_screen(box), 4) if box else 0.0, "hidden": hidden,
                "layer": layered, "leads": led.leads, "leads_share": round(led.share, 3),
                "links_share": round(led.linked, 3), "files": files,
                "served": bool({host_of(one) for one in files} & self._served),
                "asks": asks_of_frame,
                "covers_buy": bool(box and not hidden and self._covers_buy(box, page.on_screen(box), layered)),
                "faint": page.opacity(at) < 0.05 and bool(box) and page.on_screen(box) >= FAINT_SHARE if box else False,
            },
        )  # fmt: skip

    def _link(self, at: int) -> Iterator[Found]:
        page, url = self.page, self._leading.outgoing(at)
        if not url:
            return
        parent = page.parents[at]
        heading = next((one for one in list(page.above(at))[:4] if re.fullmatch("h[1-4]", page.names[one])), None)
        box = page.extent(at)
        beside = page.own_texts(parent, at)
        yield Found(
            "link", at, page, near=heading if heading is not None else parent,
            beside_served=any(len(one) >= 3 and one in self._words for one in beside[:5]),
            facts={
                "box": box, "share": round(page.on_screen(box), 4) if box else 0.0, "leads": (url,), "leads_share": 1.0,
                "hidden": box is None or box.area < 4 or page.style(at).get("visibility") == "hidden",
                "served": host_of(url) in self._served, "in_heading": heading is not None,
                "off_screen": box is not None and (min(box.right, box.bottom) < -FAR_PX or tucked_away(page, at)),
                "in_text": len(" ".join(beside)) >= 3, "layer": self._layer_of.get(at) is not None,
                "text": page.texts(at, 160),
            },
        )  # fmt: skip

    def _form(self, at: int) -> Iterator[Found]:
        action = self.page.attributes(at).get("action", "")
        url = joined(self.page.base_url or self.page.url, action)
        if party_of(url) and party_of(url) not in self._own:
            facts = {"box": self.page.box(at), "leads": (url[:1000],), "served": host_of(url) in self._served,
                     "asks": asks_in(self.page, at)}  # fmt: skip
            yield Found("form", at, self.page, near=self.page.parents[at], facts=facts)

    def _block(self, at: int) -> Iterator[Found]:
        page, box = self.page, self.page.box(at)
        if box is None or box.area < BLOCK_PX or box.area > 0.6 * page.width * page.height:
            return
        if page.names[at] in ("html", "body", "main", "a", "button", "input", "select", "form", "label"):
            return
        files = [url for one in page.inside(at, 200) for url in self._leading.files(one)]
        facts = {"box": box, "share": round(page.on_screen(box), 4), "files": tuple(files[:MOST_LEADS]),
                 "text": page.texts(at, 160)}  # fmt: skip
        yield Found("block", at, page, near=page.parents[at], facts=facts)
