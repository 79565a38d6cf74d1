"""What a load of a page put there and who did it: requests, scripts, elements, and what came of pressing them."""

from typing import Literal

from auditor.evidence.frozen import Box, Frozen
from auditor.evidence.pages import Device, Page, Template

Maker = tuple[str, ...]
"""Addresses of the scripts on a call stack, innermost first, each once; ``inline`` is a script in the page itself.
Empty: not made by a script, it came with the HTML."""

VantageName = Literal["direct", "search", "returning", "accepted", "plain"]
"""How the shopper came: by the address; from a search engine; for the second time; with the consent dialog accepted;
with a browser that does not name us."""

Moment = Literal["load", "late", "typing", "pressing"]
"""While loading; after minutes of (virtual) waiting; while the card number was typed; while something was pressed."""


Asks = Literal["password", "card", "email", "other"]
"""What a field wants from the shopper."""


class Prompt(Frozen):
    """Something that the page asked of the browser before anybody pressed anything."""

    what: Literal["notifications", "location", "vibration", "clipboard", "sound"]
    maker: Maker = ()


class Asked(Frozen):
    """A request. ``hops`` are the addresses that redirected to ``url``; ``served`` what answered: status and mime.

    ``held``: not let out, because it would have written to the shop or left the page."""

    url: str
    type: str
    maker: Maker = ()
    hops: tuple[str, ...] = ()
    status: int | None = None
    mime: str = ""
    moment: Moment = "load"
    from_worker: bool = False
    held: bool = False
    carries_card: bool = False


class ScriptSeen(Frozen):
    """A script that ran. ``url`` None: written into the page; then ``skeleton`` is the SHA-256 of its words without
    numbers and strings of random characters, and ``hosts`` the hosts that it names, openly or in base64."""

    url: str | None
    sha256: str | None
    chars: int
    maker: Maker = ()
    skeleton: str = ""
    hosts: tuple[str, ...] = ()
    obfuscated: bool = False


class Piece(Frozen):
    """An element that may matter: a layer over the page, a frame, an outgoing link, a large thing to press.

    ``box`` in document coordinates; ``share`` of the viewport that it covers (0-1); ``leads`` the outgoing addresses
    that it or what it holds goes to, ``leads_share`` the part of its own area that goes there, ``links_share`` (of a
    frame) the part that is a link to anywhere. ``holder`` made the element around it, ``in_text``: it stands in a
    text of that element. ``served``: the HTML as it was sent names where it leads. ``layer``: lies above the page.
    ``faint``: cannot be seen, yet takes clicks. ``painted``: drawn by a style sheet on ``::before`` or ``::after``.
    ``files``: addresses of pictures and frames that it holds. ``off_screen``: where nobody can scroll to, or too
    small to be seen. ``asks``: what its fields want. ``late``: it was not there when the page had loaded. ``close``:
    the box of a control in it that closes it, ``close_named`` whether that has a name; ``escapes``: whether the
    Escape key took it away, ``returns``: whether it was there again in the next load after it was closed; both None
    where that was not tried. ``wraps``: the whole page is in it.
    """

    kind: Literal["layer", "frame", "link", "block", "form"]
    selector: str
    maker: Maker = ()
    holder: Maker = ()
    box: Box | None = None
    share: float = 0.0
    layer: bool = False
    hidden: bool = False
    faint: bool = False
    painted: bool = False
    leads: tuple[str, ...] = ()
    leads_share: float = 0.0
    links_share: float = 0.0
    files: tuple[str, ...] = ()
    served: bool = False
    in_text: bool = False
    in_heading: bool = False
    closed_shadow: bool = False
    covers_buy: bool = False
    consent: bool = False
    names_browser: bool = False
    off_screen: bool = False
    asks: tuple[Asks, ...] = ()
    late: bool = False
    close: Box | None = None
    close_named: bool = False
    escapes: bool | None = None
    returns: bool | None = None
    wraps: bool = False
    text: str = ""


class BuyButtonSeen(Frozen):
    """The button that puts the product into the cart: who made it, what it leads to, who listens to its clicks."""

    selector: str
    box: Box | None
    maker: Maker = ()
    leads: str | None = None
    listeners: Maker = ()
    covered_by: str | None = None


class Leaving(Frozen):
    """Where the page went or wanted to go. ``how``: another document, a window, a file, the server's redirect, or a
    program of the device (``app``), such as a store for apps."""

    url: str
    how: Literal["document", "window", "download", "redirect", "app"]
    maker: Maker = ()
    reason: str = ""


class Press(Frozen):
    """One press of ``what`` and what it did; ``back`` is the browser's own button, ``search`` the Enter key in a
    search field. ``expected`` is the address that a link names; ``listeners`` the scripts
    that listen to presses on it, where it led elsewhere."""

    what: Literal["link", "buy", "layer", "frame", "block", "back", "search"]
    selector: str
    expected: str | None = None
    went: tuple[Leaving, ...] = ()
    listeners: Maker = ()


class CardField(Frozen):
    """A field for a card number. ``listeners``: scripts that listen to it; ``typed``: the test number was typed."""

    selector: str
    listeners: Maker = ()
    typed: bool = False


class PageHeaders(Frozen):
    """Headers that say which scripts may run. ``integrity``: scripts of others that carry a hash, of ``others``."""

    csp: str = ""
    csp_report_only: str = ""
    hsts: str = ""
    referrer_policy: str = ""
    permissions_policy: str = ""
    integrity: int = 0
    others: int = 0


class Insertions(Frozen):
    """All of it, for one load. ``url`` is the document that was judged, ``asked_url`` the address that was opened.

    ``makers_by``: how the maker of an element was told: the browser's own record of it (``browser``), hooks in the
    page (``hooks``), or not at all (``none``). ``refused_calls``: what this browser does not offer.
    ``served_hosts``: hosts that the HTML names as it was sent, None where that was not kept; ``worker_hosts`` those
    that only the page as a service worker served it names. ``click_listeners``: scripts that listen to every press on
    the page. ``pressed`` is empty where nothing was pressed. ``prompts`` is None where nobody watched for them.
    """

    url: str
    asked_url: str
    makers_by: Literal["browser", "hooks", "none"] = "none"
    refused_calls: tuple[str, ...] = ()
    base_url: str = ""
    served_hosts: tuple[str, ...] | None = None
    worker_hosts: tuple[str, ...] = ()
    worker: bool = False
    asked: tuple[Asked, ...] = ()
    scripts: tuple[ScriptSeen, ...] = ()
    pieces: tuple[Piece, ...] = ()
    buy: BuyButtonSeen | None = None
    click_listeners: Maker = ()
    left: tuple[Leaving, ...] = ()
    pressed: tuple[Press, ...] = ()
    cards: tuple[CardField, ...] = ()
    headers: PageHeaders = PageHeaders()
    prompts: tuple[Prompt, ...] | None = None
    language: str = ""
    truncated: bool = False
    waited_s: float = 0.0


class VantageLoad(Frozen):
    """One load as one kind of shopper. ``picture``: path of a screenshot in the run folder. ``via``: the name of the
    proxy that it went through, "" for our own network."""

    page: Page
    device: Device
    vantage: VantageName
    attempt: int = 1
    via: str = ""
    insertions: Insertions | None = None
    note: str = ""
    picture: str | None = None

    @property
    def template(self) -> Template:
        return self.page.template
