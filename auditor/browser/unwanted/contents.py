"""What stands in an element of a snapshot: fields, a control that closes it, the page itself; and what is cut off."""

from itertools import islice
from typing import Any

from auditor.browser.consent_words import meaning
from auditor.browser.unwanted.fields import field_asks
from auditor.browser.unwanted.snapshot import Document
from auditor.evidence import Asks

MOST_CONTROLS = 60
LEAST_LETTER_PX, CUT_PX = 3.0, 2.0


def wraps_page(page: Document, at: int) -> bool:
    """Whether the page itself stands in it: applications are often in one box that covers the screen."""
    names = {page.names[one] for one in page.inside(at)}
    return "main" in names or {"nav", "footer"} <= names


def asks_in(page: Document, at: int | None = None) -> tuple[Asks, ...]:
    """What the fields in an element want; without ``at`` those of the whole document."""
    inside = page.elements() if at is None else page.inside(at)
    found = (field_asks(page.attributes(one)) for one in inside if page.names[one] == "input")
    return tuple(dict.fromkeys(one for one in found if one))


def closing_control(page: Document, at: int) -> dict[str, Any]:
    """The control that closes a layer, by its name, its sign or its marks: ``close`` and ``close_named``."""
    pressable = (
        one for one in page.inside(at, 1500)
        if page.names[one] in ("button", "a") or one in page.clickable
        or page.attributes(one).get("role") == "button"
    )  # fmt: skip
    for one in islice(pressable, MOST_CONTROLS):
        attributes, box = page.attributes(one), page.box(one)
        if box is None or not 0 < box.area < 20_000 or one == at:
            continue
        name = attributes.get("aria-label") or attributes.get("title") or page.texts(one, 40)
        marks = " ".join(attributes.get(mark, "") for mark in ("class", "id", "data-dismiss", "data-action"))
        if meaning(name[:60], marks[:200], False) in ("close", "reject"):
            return {"close": box, "close_named": any(letter.isalpha() for letter in name)}
    return {}


def tucked_away(page: Document, at: int) -> bool:
    """Whether it is too small to be seen: by its letters, or by an element that cuts it off to a dot. A closed
    accordion or menu is of no height, yet as wide as the page; a picture of a link has letters of no size."""
    held = page.extent(at)
    if held is None:
        return False
    if _pixels(page.style(at).get("font-size", "")) < LEAST_LETTER_PX and min(held.width, held.height) < 2 * CUT_PX:
        return True
    around = (
        page.box(up) for up in islice(page.above(at), 6) if page.style(up).get("overflow-y") in ("hidden", "clip")
    )
    return any(0 < max(one.width, one.height) <= CUT_PX for one in around if one is not None)


def _pixels(length: str) -> float:
    try:
        return float(length.removesuffix("px"))
    except ValueError:
        return LEAST_LETTER_PX
