"""What the page asked of the network, which scripts ran and what they said."""

from typing import Literal

from auditor.evidence.frozen import Frozen

ConsentPhase = Literal["before", "after", "stored"]
"""Before or after the consent dialog was answered; ``stored``: the choice was made on an earlier page."""


class Request(Frozen):
    """One request. Times in ms since navigation start; ``transferred_bytes`` with headers, ``decoded_bytes`` of the
    body.

    ``party``: by registrable domain. ``initiator_type`` is the browser's word (parser, script, preload, other).
    """

    url: str
    method: str
    type: str
    status: int | None = None
    mime: str | None = None
    transferred_bytes: int | None = None
    decoded_bytes: int | None = None
    content_encoding: str | None = None
    cache_control: str | None = None
    expires: str | None = None
    etag: bool = False
    from_cache: bool = False
    protocol: str | None = None
    initiator_type: str = ""
    initiator_url: str | None = None
    stack_urls: tuple[str, ...] = ()
    frame_url: str | None = None
    started_ms: float = 0.0
    ended_ms: float | None = None
    phase: ConsentPhase = "stored"
    party: Literal["first", "third"] = "first"
    failed: str | None = None
    after_load: bool = False


class Requests(Frozen):
    """``truncated``: more than the cap were made and the rest was not kept."""

    items: tuple[Request, ...] = ()
    truncated: bool = False


class Script(Frozen):
    """A script that was parsed. ``url`` is None for an inline one; ``sha256`` of its source text in UTF-8."""

    url: str | None
    sha256: str | None
    chars: int
    creator_url: str | None = None


class Scripts(Frozen):
    items: tuple[Script, ...] = ()


class Frame(Frozen):
    url: str
    parent_url: str | None
    name: str = ""


class Frames(Frozen):
    items: tuple[Frame, ...] = ()


class ConsoleMessage(Frozen):
    level: str
    text: str
    url: str | None = None


class Console(Frozen):
    """``exceptions`` are uncaught errors. Texts are cut at 500 characters."""

    messages: tuple[ConsoleMessage, ...] = ()
    exceptions: tuple[ConsoleMessage, ...] = ()


class Consent(Frozen):
    """``by`` says who answered the dialog; ``stored`` means that the choice of an earlier page was still in force.

    ``began_ms`` is the time on the page's clock before which nothing of ours had touched the page.
    """

    dialog_seen: bool
    cmp: str | None = None
    choice: Literal["rejected", "accepted", "left", "none"]
    by: Literal["autoconsent", "fallback", "stored", "none"]
    began_ms: float | None = None
    took_ms: int | None = None
    still_open: bool = False
