"""The document and its links, structured data and texts."""

from typing import Any

from auditor.evidence.frozen import Box, Frozen
from auditor.evidence.pages import Redirect, Region


class Document(Frozen):
    """The loaded document. Sizes in CSS pixels; ``headers`` of the response have lower-case names."""

    url: str
    status: int | None
    title: str
    lang: str | None
    direction: str
    charset: str | None = None
    viewport_metas: tuple[str, ...] = ()
    canonical: str | None = None
    robots: str | None = None
    h1: tuple[str, ...] = ()
    hreflang: dict[str, str] = {}
    headers: dict[str, str] = {}
    redirects: tuple[Redirect, ...] = ()
    html_bytes: int | None = None
    page_width: float
    page_height: float
    viewport_width: int
    viewport_height: int
    dpr: float
    text_chars: int
    element_count: int
    body_classes: tuple[str, ...] = ()


class Link(Frozen):
    """An ``<a href>``.

    ``url`` is absolute, without fragment if it points to another document. ``name`` is the accessible name, at most
    200 characters. ``same_site``: same registrable domain. ``box`` is None when the link has no rectangle.
    """

    url: str
    href: str
    name: str
    rel: str = ""
    selector: str
    box: Box | None = None
    visible: bool
    region: Region
    same_site: bool
    has_text: bool = True
    in_list: bool = False
    current: bool = False


class Links(Frozen):
    items: tuple[Link, ...] = ()


class StructuredData(Frozen):
    """JSON-LD objects (``@graph`` flattened), microdata items (extruct's shape), Open Graph; ``errors`` of parsing.

    ``rendered`` is the same read from the DOM after scripts ran; the other fields come from the raw HTML where it was
    kept, and from the DOM otherwise.
    """

    json_ld: tuple[dict[str, Any], ...] = ()
    microdata: tuple[dict[str, Any], ...] = ()
    open_graph: dict[str, str] = {}
    errors: tuple[str, ...] = ()
    rendered: "StructuredData | None" = None


class PriceSeen(Frozen):
    """The smallest element whose text looks like an amount of money. ``font_px`` is the largest inside it."""

    text: str
    selector: str
    box: Box | None
    font_px: float
    font_weight: int
    struck: bool
    visible: bool
    region: Region
    itemprop: str | None = None
    link_url: str | None = None


class TrailItem(Frozen):
    text: str
    url: str | None = None


class Trail(Frozen):
    """Something that looks like a breadcrumb. ``detectors`` says who thinks so: aria, microdata, class, position."""

    selector: str
    detectors: tuple[str, ...]
    items: tuple[TrailItem, ...]
    visible: bool
    box: Box | None = None


class Texts(Frozen):
    """Visible text. ``all`` is the body's ``innerText``, ``main`` that of the main content, at most 60,000 characters
    each. ``folded`` is what the main content holds without showing it, such as closed tabs, at most 20,000 characters.
    ``unopened`` are those of its lines that nothing on the page seems to open, such as what a style leaves out.
    """

    all: str
    main: str
    footer: str = ""
    folded: str = ""
    unopened: str = ""
    prices: tuple[PriceSeen, ...] = ()
    trails: tuple[Trail, ...] = ()
