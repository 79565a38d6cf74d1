"""What a page did when it was tried: pointed at, pressed, tabbed through, set with wider spacing."""

from typing import Literal

from auditor.evidence.frozen import Box, Frozen
from auditor.evidence.pages import Region


class ZoomTry(Frozen):
    """The main picture, pointed at and pressed. Longest edges: ``shown_px`` and ``view_px`` as laid out in CSS pixels,
    ``file_px`` and ``view_file_px`` of the files in their own pixels.

    ``view_*`` are of the largest picture that appeared or grew; 0 where none did. ``by``: what made it appear, none
    where nothing did or nothing was tried because the picture is large already. ``refused`` counts requests that the
    press would have sent and that were kept back.
    """

    selector: str
    shown_px: float
    file_px: int
    by: Literal["hover", "press", "none"] = "none"
    view_px: float = 0.0
    view_file_px: int = 0
    refused: int = 0
    tried: bool = True


class ColourTry(Frozen):
    """One colour that was chosen. ``before`` and ``after``: the address of the main picture; ``refused`` as above."""

    name: str
    before: str
    after: str
    refused: int = 0


class Trials(Frozen):
    """Desktop product pages only. ``colours`` are at most four that were not chosen already; ``colours_offered`` all
    that could be chosen. ``selector`` and ``label`` are those of the group."""

    zoom: ZoomTry | None = None
    colours: tuple[ColourTry, ...] = ()
    colours_offered: int = 0
    selector: str = ""
    label: str = ""


class FocusStop(Frozen):
    """A place where the Tab key stops. ``shown``: what made the focus visible, "" where nothing did.

    ``hidden_by`` is the fixed or stuck element that covers all of it once it has the focus.
    """

    selector: str
    name: str
    box: Box | None
    region: Region
    shown: Literal["style", "caret", "pixels", ""]
    hidden_by: str | None = None


class FocusStops(Frozen):
    """Desktop only: the first stops in the order of the page. ``total`` counts all that were found."""

    items: tuple[FocusStop, ...] = ()
    total: int = 0


class SpacedText(Frozen):
    """A text that did not survive wider spacing: cut off by ``by``, or overlapping the text ``by``; ``lost_px`` is how
    much of it."""

    selector: str
    text: str
    kind: Literal["clipped", "overlaps"]
    by: str
    lost_px: float
    box: Box | None = None


class Spacing(Frozen):
    """The page under WCAG 1.4.12's spacing. ``letters``: letters were spaced as well, which joined scripts do without.
    ``texts`` counts the texts of cards, controls, forms, headings and boxes that cut them off that were compared."""

    letters: bool
    texts: int
    items: tuple[SpacedText, ...] = ()


class ActivityClaim(Frozen):
    """A sentence on what other shoppers do, with a number. ``sent``: the document holds the number beside the same
    words; ``answered``: an answer to a request of a script holds it. ``random``: a few words of the script that draws
    it by chance, "" where none was found. ``later``: the number that stood there at the end of the visit."""

    selector: str
    text: str
    number: int
    sent: bool
    answered: bool
    random: str = ""
    later: int | None = None
    box: Box | None = None


class Activity(Frozen):
    items: tuple[ActivityClaim, ...] = ()
