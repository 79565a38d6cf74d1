"""Images as shown, and the files behind them."""

from typing import Literal

from auditor.evidence.frozen import Box, Frozen
from auditor.evidence.pages import Region


class Candidate(Frozen):
    """One ``srcset`` entry: ``width`` in pixels or ``density``."""

    url: str
    width: int | None = None
    density: float | None = None


class Image(Frozen):
    """An ``<img>`` (or ``<picture>``, ``<svg>`` and CSS background where ``kind`` says so).

    ``natural_*`` in image pixels, ``shown_*`` and ``box`` in CSS pixels of the content box. ``alt`` is None when the
    attribute is missing, "" when it is empty. ``bytes`` as transferred, None when the file came from a cache or
    was not seen. ``card`` is the selector of the repeated container (product card) that holds it.
    """

    selector: str
    kind: Literal["img", "svg", "background"] = "img"
    url: str
    alt: str | None = None
    role: str | None = None
    hidden_from_assistive: bool = False
    region: Region
    box: Box | None = None
    visible: bool
    loaded: bool
    natural_width: int
    natural_height: int
    shown_width: float
    shown_height: float
    object_fit: str = "fill"
    loading: str = ""
    fetch_priority: str = ""
    candidates: tuple[Candidate, ...] = ()
    sizes: str | None = None
    has_dimensions: bool = False
    link_url: str | None = None
    link_text: str = ""
    card: str | None = None
    bytes: int | None = None
    mime: str | None = None
    status: int | None = None


class Images(Frozen):
    items: tuple[Image, ...] = ()


class Rendition(Frozen):
    """A file of a product's picture: what the shop offers at most, and what it looks like.

    ``source`` says where its address stood. ``dhash`` and ``phash`` are 64-bit perceptual hashes in hex. ``flat`` is
    the share of pixels (0-1) of the commonest colour. ``error`` says why it could not be read; then the sizes are 0.

    Looked at with a longest edge of 512 px: ``sharpness`` is the share (0-1) of an edge's contrast that falls on one
    pixel, ``brightness`` the mean and ``highlights`` the 95th percentile of luminance (0-1), ``plain`` the share of the
    outer ring in one colour, ``fill`` the object's longest edge as a share of the frame where that ring is plain,
    ``corners`` a hash of each corner, None where it is flat (from top left to bottom right).
    """

    url: str
    of: str | None
    source: Literal["current", "srcset", "zoom", "link", "json-ld", "microdata", "open-graph"]
    width: int
    height: int
    bytes: int | None = None
    mime: str | None = None
    sha256: str | None = None
    dhash: str | None = None
    phash: str | None = None
    flat: float | None = None
    sharpness: float | None = None
    brightness: float | None = None
    highlights: float | None = None
    plain: float | None = None
    fill: float | None = None
    corners: tuple[str | None, ...] = ()
    error: str | None = None


class Renditions(Frozen):
    """Product pages only: at most a dozen files, the main picture's first."""

    items: tuple[Rendition, ...] = ()
