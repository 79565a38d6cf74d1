"""What discovery over HTTP learned of a shop."""

from typing import Literal

from auditor.evidence.frozen import Frozen
from auditor.evidence.pages import Page, Redirect, Region, Template


class FormFacts(Frozen):
    action: str
    method: str
    names: tuple[str, ...] = ()
    id: str = ""
    classes: str = ""


class PageSignals(Frozen):
    """What classification reads, from raw HTML. ``types`` are schema.org types of JSON-LD and microdata, main entity
    first.

    ``products_in_data`` counts Product items; ``price_like`` counts texts that look like prices; ``cards`` is the size
    of the largest
    group of sibling elements that hold a link, an image and a price.
    """

    types: tuple[str, ...] = ()
    og_type: str | None = None
    generator: str | None = None
    body_id: str = ""
    body_classes: tuple[str, ...] = ()
    forms: tuple[FormFacts, ...] = ()
    has_password_field: bool = False
    products_in_data: int = 0
    price_like: int = 0
    cards: int = 0
    has_next_page: bool = False
    sku: str | None = None
    asset_paths: tuple[str, ...] = ()
    cookie_names: tuple[str, ...] = ()
    globals: tuple[str, ...] = ()


class PageFacts(Frozen):
    """One fetched URL: a line of ``discovery/pages.jsonl``. ``depth`` is the click distance from the home page, None
    when
    it is known from a sitemap only. ``text_chars`` counts visible letters and digits, ``main_chars`` those outside
    header, footer and menus. ``from_card``: the link that led to it was in a card with a picture and a price, of which
    the page held several. ``template`` is set by classification."""

    url: str
    key: str
    status: int
    final_url: str
    redirects: tuple[Redirect, ...] = ()
    depth: int | None = None
    found_from: str | None = None
    from_card: bool = False
    in_sitemap: bool = False
    content_type: str = ""
    bytes: int = 0
    title: str = ""
    h1: str = ""
    headings: tuple[str, ...] = ()
    lang: str | None = None
    canonical: str | None = None
    hreflang: dict[str, str] = {}
    robots: str | None = None
    viewport_metas: tuple[str, ...] = ()
    headers: dict[str, str] = {}
    text_chars: int = 0
    main_chars: int | None = None
    links_out: int = 0
    rendered: bool = False
    signals: PageSignals = PageSignals()
    template: Template = Template.OTHER
    because: tuple[str, ...] = ()


class LinkSeen(Frozen):
    """A line of ``discovery/links.jsonl``: ``source`` and ``target`` are URLs."""

    source: str
    target: str
    region: Region
    text: str = ""


class DeadLink(Frozen):
    """A same-site link whose target answered an error, or went through ``hops`` > 1 redirects. ``status`` 0: no
    answer."""

    url: str
    status: int
    hops: int = 0
    found_on: tuple[str, ...]
    found_on_count: int
    regions: tuple[Region, ...]
    text: str = ""


class NotFoundProbe(Frozen):
    """What the shop answers to an address that cannot exist."""

    url: str
    status: int
    final_url: str
    noindex: bool
    redirected_home: bool
    text_chars: int
    links_home: bool
    has_search: bool
    menu_links: int
    lang: str | None = None
    title: str = ""


class Discovery(Frozen):
    """How discovery ended and what it counted. ``ended``: ``complete`` means that no known page was left.

    ``why`` is a sentence. ``robots_txt`` holds the file of each host that has one. ``skipped`` counts URLs left out by
    reason (near-duplicate, robots, other-language, excluded
    ...).
    """

    start_url: str
    home_url: str
    language: str | None
    ended: Literal["complete", "page_limit", "time_limit", "blocked", "unreachable", "interrupted", "failed"]
    why: str
    block: Literal["none", "blocked", "login", "maintenance", "captive_portal", "http_error", "not_html"] = "none"
    fetched: int
    queued_left: int = 0
    statuses: dict[str, int] = {}
    skipped: dict[str, int] = {}
    robots_found: bool = False
    robots_txt: dict[str, str] = {}
    crawl_delay_s: float | None = None
    sitemaps: tuple[str, ...] = ()
    sitemap_urls: int = 0
    took_ms: int = 0
    rendered_pages: int = 0
    platform: str | None = None
    platform_because: tuple[str, ...] = ()
    not_found: NotFoundProbe | None = None


class PanelPage(Frozen):
    """A page that every run looks at, and the reason it was picked. ``replaces`` is the key of a panel page that is
    gone."""

    page: Page
    reason: str
    replaces: str | None = None


class Panel(Frozen):
    """``short`` says which templates could not be filled, as {template: reason}; ``lost`` which of them were met but
    answered an error or nothing."""

    pages: tuple[PanelPage, ...] = ()
    short: dict[str, str] = {}
    lost: tuple[str, ...] = ()
