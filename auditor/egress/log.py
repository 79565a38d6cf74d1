"""What the egress proxy did: counts, and the requests it answered itself."""

from collections import deque
from enum import StrEnum
from typing import NamedTuple

MOST_REFUSALS = 1000


class Reason(StrEnum):
    """Why the proxy answered itself: the value of the header `X-Auditor-Egress`, which no shop can set."""

    UNKNOWN_HOST = "unknown-host"
    REFUSED_ADDRESS = "refused-address"
    REFUSED_PORT = "refused-port"
    REFUSED_SCHEME = "refused-scheme"
    CONNECTION_REFUSED = "connection-refused"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    BAD_REQUEST = "bad-request"
    BAD_RESPONSE = "bad-response"
    TOO_LARGE = "too-large"
    BUSY = "busy"
    TOKEN_MISSING = "token-missing"

    @property
    def status(self) -> tuple[int, str]:
        """HTTP status code and phrase."""
        return _STATUS.get(self, (502, "Bad Gateway"))


_STATUS = {
    Reason.REFUSED_ADDRESS: (403, "Forbidden"),
    Reason.REFUSED_PORT: (403, "Forbidden"),
    Reason.REFUSED_SCHEME: (403, "Forbidden"),
    Reason.TIMEOUT: (504, "Gateway Timeout"),
    Reason.BAD_REQUEST: (400, "Bad Request"),
    Reason.BUSY: (503, "Service Unavailable"),
    Reason.TOKEN_MISSING: (407, "Proxy Authentication Required"),
}


class Refusal(NamedTuple):
    """One request that did not get through. `address` is None when none was found or needed.

    Holds no path, query or user information: those may be secrets.
    """

    host: str
    port: int
    address: str | None
    reason: Reason


class EgressRefused(Exception):
    """A request cannot go out; `address` says which one stood in the way, if one did."""

    def __init__(self, reason: Reason, address: str | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.address = address


class EgressLog:
    """Counts since the start (connections, requests, tunnels, bytes) and the last refusals (at most 1,000)."""

    def __init__(self) -> None:
        self.connections = 0
        self.requests = 0
        self.tunnels = 0
        self.upstreams = 0
        self.bytes_out = 0
        self.bytes_in = 0
        self.refused = 0
        self.refusals: deque[Refusal] = deque(maxlen=MOST_REFUSALS)

    def refuse(self, refusal: Refusal) -> None:
        """Count a refusal and keep it."""
        self.refused += 1
        self.refusals.append(refusal)

    def last_refusal(self, host: str, port: int | None = None) -> Refusal | None:
        """The latest refusal for a host: Chromium hides why a tunnel failed, so the reason is asked for here."""
        wanted = host.lower().strip("[]").rstrip(".")
        for refusal in reversed(self.refusals):
            if refusal.host == wanted and port in (None, refusal.port):
                return refusal
        return None
