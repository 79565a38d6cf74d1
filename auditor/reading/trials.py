"""What came of pressing the main picture and of choosing colours."""

import re
from urllib.parse import urlsplit

from auditor.evidence import ColourTry, Document, Renditions, Trials, ZoomTry
from auditor.lexicon import fold

ENOUGH = 1.5
"""A view this many times as large shows more (row IMG-004)."""

LARGE_PX = 1500
"""A picture shown from such a file is large already, in Google's advice for merchants."""


def larger_view(zoom: ZoomTry, enough: float = ENOUGH) -> bool:
    """Whether a picture appeared that is larger on the screen, or shown from a larger file."""
    return zoom.view_px >= enough * zoom.shown_px or zoom.view_file_px >= enough * zoom.file_px > 0


def larger_file_named(renditions: Renditions | None, zoom: ZoomTry, enough: float = ENOUGH) -> bool:
    """Whether the page names a larger file of the main picture for a zoom, or links to it."""
    return any(
        item.source in ("zoom", "link") and item.error is None and max(item.width, item.height) >= enough * zoom.file_px
        for item in (renditions.items if renditions else ())
        if item.of == zoom.selector
    )


def other_colours(trials: Trials, document: Document | None) -> tuple[ColourTry, ...]:
    """Those that were tried but for the one that the page's heading names: its picture is there already, also where
    nothing marks it as chosen."""
    tries = tuple(one for one in trials.colours if one.before)
    headed = fold(" ".join(document.h1)) if document else ""
    named = [one for one in tries if re.search(rf"(?<!\w){re.escape(fold(one.name))}(?!\w)", headed)]
    return tuple(one for one in tries if one is not named[0]) if len(named) == 1 and len(tries) > 1 else tries


def changed_picture(tried: ColourTry) -> bool:
    """Whether another picture came, not another size of the same."""
    return bool(tried.after) and _bare(tried.after) != _bare(tried.before)


def _bare(url: str) -> str:
    """The address without what says a size: numbers of pixels in its name, and its query where that is all."""
    parts = urlsplit(url)
    name = re.sub(r"[-_@]?\d{2,4}x\d{0,4}|[-_@]\d{2,4}(?:px|w)?(?=\.\w+$)", "", parts.path)
    query = re.sub(r"(?:^|&)(?:w|h|width|height|size|dpr|q|quality|fit|auto)=[^&]*", "", parts.query)
    return f"{parts.netloc}{name}?{query}"
