"""What is known of a request that wants to leave the browser."""

from enum import StrEnum
from urllib.parse import urlsplit

from auditor.evidence.frozen import Frozen
from auditor.interlock.phase import Phase
from auditor.interlock.spelling import is_token


class Kind(StrEnum):
    """What a request is for. DOCUMENT: a page in a tab; FRAME: a page in a frame of one; FETCH: fetch and
    XMLHttpRequest."""

    DOCUMENT = "document"
    FRAME = "frame"
    FETCH = "fetch"
    PING = "ping"
    ASSET = "asset"
    SOCKET = "socket"
    OTHER = "other"


class Intent(StrEnum):
    """What we are doing while a request leaves: nothing, opening an address, pressing, or filling in."""

    NOTHING = "nothing"
    OPEN = "open"
    PRESS = "press"
    FILL = "fill"


class Act(Frozen):
    """Our own action. ``target``: where the pressed form or link leads; ``advances``: it was allowed because it
    leads from one step of the checkout to the next; ``removes``: it takes something out of the cart; ``adds``: it was
    allowed because all it can do is put a product into the cart."""

    intent: Intent = Intent.NOTHING
    target: str = ""
    advances: bool = False
    removes: bool = False
    adds: bool = False


class Sent(Frozen):
    """``headers`` have lower-case names. ``unread``: there is a body that the browser did not hand over. ``typed``:
    the values that we filled in during this journey."""

    url: str
    method: str = "GET"
    kind: Kind = Kind.OTHER
    headers: dict[str, str] = {}
    body: str | None = None
    unread: bool = False
    act: Act = Act()
    typed: tuple[str, ...] = ()


class RefusedRequest(Frozen):
    """Proof of what was kept from leaving. ``address`` has no query and no tokens; ``at_ms`` counts from the
    beginning of the journey."""

    method: str
    address: str
    why: str
    phase: Phase
    at_ms: int


def without_secrets(url: str) -> str:
    """Scheme, host and path of an address, with long tokens in the path replaced by an ellipsis."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "an address that cannot be read"
    if parts.scheme not in ("http", "https", "ws", "wss"):
        return f"{parts.scheme[:20]}:"
    path = "/".join("…" if is_token(part) else part for part in parts.path.split("/"))
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path}"[:300]
