"""The browser's snapshot of a page as elements with a place, a style and a parent. Closed shadow roots are in it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

from auditor.browser.unwanted.experimental import STYLES
from auditor.evidence import Box

MAX_NODES = 60_000
ELEMENT, TEXT = 1, 3
_POSITION = STYLES.index("position")
_CLEAR = ("transparent", "rgba(0, 0, 0, 0)")


class Document:
    """One document of a snapshot. Elements are known by their place in it; ``width``, ``height`` are the viewport's."""

    def __init__(self, snapshot: Mapping[str, Any], at: int, width: float, height: float) -> None:
        self.snapshot, self.at, self.width, self.height = snapshot, at, width, height
        self._raw = snapshot["documents"][at]
        self._nodes, self._strings = self._raw["nodes"], snapshot["strings"]
        self.parents: list[int] = self._nodes["parentIndex"][:MAX_NODES]
        self.names: list[str] = [self._text(one).lower() for one in self._nodes["nodeName"][:MAX_NODES]]
        self.scroll = (float(self._raw.get("scrollOffsetX", 0)), float(self._raw.get("scrollOffsetY", 0)))
        layout = self._raw["layout"]
        self._layout: dict[int, int] = {}
        for place, node in enumerate(layout["nodeIndex"]):
            self._layout.setdefault(node, place)
        self._bounds, self._styles = layout["bounds"], layout["styles"]
        self.paint: list[int] = layout.get("paintOrders", [])
        self.pseudo = self._rare("pseudoType")
        self.content = {k: int(v) for k, v in self._rare_numbers("contentDocumentIndex").items()}
        self.shadow = self._rare("shadowRootType")
        self.clickable = frozenset(self._nodes.get("isClickable", {}).get("index", ()))
        self.sources = self._rare("currentSourceURL")

    def _text(self, at: int) -> str:
        return self._strings[at] if 0 <= at < len(self._strings) else ""

    def _rare_numbers(self, name: str) -> dict[int, int]:
        found = self._nodes.get(name, {})
        return dict(zip(found.get("index", ()), found.get("value", ()), strict=False))

    def _rare(self, name: str) -> dict[int, str]:
        return {node: self._text(value) for node, value in self._rare_numbers(name).items()}

    @property
    def url(self) -> str:
        return self._text(self._raw["documentURL"])

    @property
    def base_url(self) -> str:
        return self._text(self._raw["baseURL"])

    def elements(self) -> Iterator[int]:
        return (at for at, kind in enumerate(self._nodes["nodeType"][:MAX_NODES]) if kind == ELEMENT)

    def attributes(self, at: int) -> dict[str, str]:
        flat = [self._text(one) for one in self._nodes["attributes"][at]]
        return dict(zip(flat[::2], flat[1::2], strict=False))

    def backend_id(self, at: int) -> int:
        return int(self._nodes["backendNodeId"][at])

    def box(self, at: int) -> Box | None:
        place = self._layout.get(at)
        if place is None:
            return None
        x, y, width, height = self._bounds[place]
        return Box(x=round(x, 1), y=round(y, 1), width=round(width, 1), height=round(height, 1))

    def style(self, at: int) -> dict[str, str]:
        place = self._layout.get(at)
        if place is None or not self._styles[place]:
            return {}
        return dict(zip(STYLES, (self._text(one) for one in self._styles[place]), strict=False))

    def position(self, at: int) -> str:
        """The style of that name, which is asked of every element."""
        place = self._layout.get(at)
        return self._text(self._styles[place][_POSITION]) if place is not None and self._styles[place] else ""

    @cached_property
    def children(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for at, parent in enumerate(self.parents):
            found[parent].append(at)
        return found

    def inside(self, at: int, most: int = 5000) -> Iterator[int]:
        """What is in an element, in document order, itself first."""
        waiting, count = [at], 0
        while waiting and count < most:
            here = waiting.pop()
            count += 1
            yield here
            waiting.extend(reversed(self.children.get(here, ())))

    def above(self, at: int) -> Iterator[int]:
        while (at := self.parents[at]) >= 0:
            yield at

    def opacity(self, at: int) -> float:
        """That of an element with all that it stands in."""
        product = 1.0
        for one in (at, *self.above(at)):
            product *= float(self.style(one).get("opacity") or 1)
        return product

    def texts(self, at: int, most: int = 600) -> str:
        found, length = [], 0
        for one in self.inside(at):
            if self._nodes["nodeType"][one] == TEXT and one in self._layout:
                found.append(self._text(self._nodes["nodeValue"][one]).strip())
                length += len(found[-1])
                if length > most:
                    break
        return " ".join(part for part in found if part)[:most]

    def own_texts(self, at: int, without: int) -> list[str]:
        """Texts that stand in an element directly, beside ``without``, with single spaces."""
        beside = (one for one in self.children.get(at, ()) if one != without and self._nodes["nodeType"][one] == TEXT)
        texts = (" ".join(self._text(self._nodes["nodeValue"][one]).split())[:80] for one in islice(beside, 20))
        return [one for one in texts if one]

    def extent(self, at: int) -> Box | None:
        """The box around an element and all that it holds: an inline link is smaller than the picture in it."""
        boxes = [box for one in self.inside(at, 60) if (box := self.box(one)) is not None and box.area > 0]
        if not boxes:
            return self.box(at)
        x, y = min(box.x for box in boxes), min(box.y for box in boxes)
        return Box(x=x, y=y, width=max(box.right for box in boxes) - x, height=max(box.bottom for box in boxes) - y)

    def on_screen(self, box: Box) -> float:
        """The part of the viewport that a box covers now (0-1)."""
        x, y = box.x - self.scroll[0], box.y - self.scroll[1]
        width = max(0.0, min(self.width, x + box.width) - max(0.0, x))
        height = max(0.0, min(self.height, y + box.height) - max(0.0, y))
        return width * height / (self.width * self.height)

    def shows_itself(self, at: int) -> bool:
        """Whether anything of it can be seen: text, a picture, a colour."""
        if self.opacity(at) < 0.05:
            return False
        for one in self.inside(at, 400):
            style = self.style(one)
            if not style or float(style.get("opacity") or 1) < 0.05:
                continue
            drawn = (
                self.names[one] in ("img", "svg", "canvas", "video", "picture", "input", "button")
                and one in self._layout
            )
            if drawn and (self.box(one) or Box(x=0, y=0, width=0, height=0)).area > 16:
                return True
            coloured = style["background-color"] not in _CLEAR and not _see_through(style["background-color"])
            if coloured or style["background-image"] != "none":
                return True
        return bool(self.texts(at, 20))

    def selector(self, at: int) -> str:
        """A readable path of up to three steps."""
        steps = []
        for one in (at, *self.above(at)):
            if self._nodes["nodeType"][one] != ELEMENT:
                continue
            if one in self.pseudo:
                steps.append(f"::{self.pseudo[one]}")
                continue
            attributes = self.attributes(one)
            name = self.names[one]
            if attributes.get("id"):
                steps.append(f"{name}#{attributes['id'][:60]}")
                break
            words = attributes.get("class", "").split()[:2]
            steps.append(name + "".join(f".{word[:40]}" for word in words))
            if len(steps) == 3:
                break
        return " > ".join(reversed(steps)).replace(" > ::", "::")[:200]


def _see_through(colour: str) -> bool:
    """``rgba`` with hardly any opacity."""
    if not colour.startswith("rgba("):
        return False
    return float(colour.rstrip(")").rsplit(",", 1)[-1]) < 0.03
