"""HTTP/1 heads, changed as little as a proxy must: lines that we do not know, malformed ones too, pass as they came."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from auditor.egress.framing import FRAMING_HEADERS, BadMessage, Fixed, Framing, UntilClose, stated_framing

_AUTHORITY = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9_.-]{1,255}))(?::([0-9]{1,5}))?")
_ABSOLUTE = re.compile(rb"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^#]*)")
_START = re.compile(rb"([!-~]+) ([!-~\x80-\xff]+) HTTP/1\.([01])")
_STATUS = re.compile(rb"HTTP/1\.([01]) ([1-9][0-9]{2})(?: .*)?", re.DOTALL)
_HOP_BY_HOP = frozenset({b"connection", b"keep-alive", b"proxy-connection", b"proxy-authorization", b"te", b"upgrade"})
_NOT_FROM_UPSTREAM = frozenset({b"connection", b"keep-alive", b"proxy-connection", b"upgrade", b"x-auditor-egress"})


class Head:
    """The first line and the header lines of a message, without line ends."""

    __slots__ = ("_named", "lines", "start")

    def __init__(self, raw: bytes) -> None:
        lines = raw.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
        self.start = lines.pop(0)
        self.lines: list[tuple[bytes, bytes]] = []  # lower-case name, whole line
        for line in lines:
            if line[:1] in (b" ", b"\t") and self.lines:
                name, before = self.lines.pop()
                self.lines.append((name, before + b"\r\n" + line))
            else:
                self.lines.append((line.partition(b":")[0].lower(), line))

    def values(self, name: bytes) -> list[bytes]:
        """The values of a header, as they came, trimmed."""
        return [line.partition(b":")[2].strip() for found, line in self.lines if found == name]

    def tokens(self, name: bytes) -> list[bytes]:
        """The comma-separated values of a header, in lower case."""
        return [token.strip().lower() for value in self.values(name) for token in value.split(b",") if token.strip()]

    def written(self, without: Iterable[bytes], extra: Iterable[bytes]) -> bytes:
        """The head as bytes, `without` the named headers and with `extra` lines at its end."""
        kept = [line for name, line in self.lines if name not in without]
        return b"\r\n".join([self.start, *kept, *extra, b"", b""])


class Target(NamedTuple):
    """Where a request goes. `host` is in lower case, without brackets or a last dot."""

    host: str
    port: int


def parse_authority(text: bytes, default_port: int | None) -> Target:
    """Read `host[:port]`, user information dropped. Raises BadMessage."""
    found = _AUTHORITY.fullmatch(text.decode("latin-1").rpartition("@")[2])
    port = int(found[3]) if found and found[3] else default_port
    if not found or not port or port > 65535:
        raise BadMessage("no host and port")
    host = (found[1] or found[2]).lower().rstrip(".")
    if not host:
        raise BadMessage("no host")
    return Target(host, port)


class Request(NamedTuple):
    """A request as a proxy gets it: CONNECT (`path` is empty) or with a whole address."""

    method: bytes
    scheme: bytes
    target: Target
    path: bytes
    head: Head
    keep_alive: bool

    @property
    def upgrade(self) -> bool:
        """Whether the client asks to leave HTTP, as a WebSocket does."""
        return b"upgrade" in self.head.tokens(b"connection") and bool(self.head.values(b"upgrade"))

    def body(self) -> Framing:
        """Where the body of this request ends. Raises BadMessage when that is not clear."""
        framing = stated_framing(self.head.lines) or Fixed(0)
        if not framing.clear:
            raise BadMessage("the length of the request is not clear")
        return framing

    def outgoing(self) -> bytes:
        """The head to send to the shop. No `Via`: servers answer proxies differently (nginx leaves out gzip)."""
        named = set(self.head.tokens(b"connection"))
        without = (_HOP_BY_HOP | named) - FRAMING_HEADERS
        extra = [b"Connection: keep-alive"]
        if self.upgrade:
            without -= {b"upgrade"}
            extra = [b"Connection: Upgrade"]
        host = f"[{self.target.host}]" if ":" in self.target.host else self.target.host
        if self.target.port != 80:
            host = f"{host}:{self.target.port}"
        head = Head(b"")
        head.start = b" ".join((self.method, self.path, b"HTTP/1.1"))
        head.lines = [(b"", b"Host: " + host.encode()), *((n, line) for n, line in self.head.lines if n != b"host")]
        return head.written(without, extra)


def parse_request(raw: bytes) -> Request:
    """Read the head of a request to a proxy. Raises BadMessage."""
    head = Head(raw)
    start = _START.fullmatch(head.start)
    if not start:
        raise BadMessage("no request line")
    method, where, minor = start[1], start[2], start[3]
    tokens = head.tokens(b"connection") + head.tokens(b"proxy-connection")
    keep_alive = b"keep-alive" in tokens if minor == b"0" else b"close" not in tokens
    if method == b"CONNECT":
        return Request(method, b"", parse_authority(where, None), b"", head, keep_alive)
    found = _ABSOLUTE.match(where)
    if not found:
        raise BadMessage("not a request to a proxy")
    path = found[3] if found[3].startswith(b"/") else b"/" + found[3]
    return Request(method, found[1].lower(), parse_authority(found[2], 80), path, head, keep_alive)


class Response(NamedTuple):
    """The head of a response and what follows from it."""

    status: int
    head: Head
    keep_alive: bool

    def body(self, method: bytes) -> Framing:
        """Where the body ends, given the method it answers."""
        if method == b"HEAD" or self.status in (204, 304) or self.status < 200:
            return Fixed(0)
        return stated_framing(self.head.lines) or UntilClose()

    def outgoing(self, keep_alive: bool, upgraded: bool = False) -> bytes:
        """The head to send to the client."""
        named = set(self.head.tokens(b"connection"))
        without = (_NOT_FROM_UPSTREAM | named) - FRAMING_HEADERS
        if upgraded:
            return self.head.written(without - {b"upgrade"}, [b"Connection: Upgrade"])
        extra = [b"Connection: keep-alive" if keep_alive else b"Connection: close"]
        return self.head.written(without, extra if self.status >= 200 else ())


def parse_response(raw: bytes) -> Response:
    """Read the head of a response. Raises BadMessage when it is not HTTP/1."""
    head = Head(raw)
    status = _STATUS.fullmatch(head.start)
    if not status:
        raise BadMessage("no status line")
    tokens = head.tokens(b"connection")
    return Response(int(status[2]), head, b"close" not in tokens and status[1] == b"1")
