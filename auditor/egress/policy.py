"""What the operator allows to leave, and where he says that names live."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_address

from pydantic import BaseModel, ConfigDict, Field

_NAME = re.compile(r"(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")
_PARTS = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(?::|$)")
_FORM = 'write it as HOST[:PORT]:ADDRESS[:PORT], for example "shop.example:443:127.0.0.1:8443", IPv6 in brackets'


class Resolve(BaseModel):
    """One name sent elsewhere: `host` (lower case, may start with `*.`), `port` (None: every port) to `address`,
    an IP address without brackets, and `to_port` (None: the port that was asked for)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str
    port: int | None = None
    address: str
    to_port: int | None = None

    def matches(self, host: str, port: int) -> bool:
        """Whether a request for `host` (lower case) and `port` is meant. `*.example` means names below example."""
        if self.port not in (None, port):
            return False
        return host.endswith(self.host[1:]) if self.host.startswith("*.") else host == self.host


def parse_resolve(text: str) -> Resolve:
    """Read `HOST[:PORT]:ADDRESS[:PORT]`. Raises ValueError with a sentence that says what is wrong."""
    parts = _split(text)
    host = parts.pop(0).lower().rstrip(".")
    port = _port(parts.pop(0), text) if len(parts) > 1 and parts[0].isdigit() else None
    address = parts.pop(0) if parts else ""
    to_port = _port(parts.pop(0), text) if parts else None
    if parts:
        raise ValueError(f"--resolve {text!r} has too many parts; {_FORM}.")
    if host.startswith("["):
        host = str(_address(host, text))
    elif not _NAME.fullmatch(host):
        raise ValueError(f"--resolve {text!r} does not start with a host name; {_FORM}.")
    return Resolve(host=host, port=port, address=str(_address(address, text)), to_port=to_port)


def _split(text: str) -> list[str]:
    parts: list[str] = []
    at = 0
    while at < len(text):
        found = _PARTS.match(text, at)
        if not found:
            raise ValueError(f"--resolve {text!r} cannot be read; {_FORM}.")
        parts.append(found[1])
        at = found.end()
    if len(parts) < 2 or text.endswith(":"):
        raise ValueError(f"--resolve {text!r} has no address; {_FORM}.")
    return parts


def _port(text: str, whole: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise ValueError(f"--resolve {whole!r}: {text!r} is not a port between 1 and 65535; {_FORM}.")
    return int(text)


def _address(text: str, whole: str) -> object:
    try:
        return ip_address(text[1:-1] if text.startswith("[") else text)
    except ValueError:
        raise ValueError(f"--resolve {whole!r}: {text!r} is not an IP address; {_FORM}.") from None


class EgressPolicy(BaseModel):
    """What may leave. Sizes in bytes, times in seconds.

    `allow_private`: True opens loopback and private ranges, a tuple opens exactly the networks in it; cloud metadata
    addresses stay closed unless such an address is listed alone (`169.254.169.254/32`). `ports`: the open ports
    (None: 80 and 443); `extra_ports` are open besides, and so is the port of a `resolve` entry for its host.
    `max_response_bytes` caps one plain HTTP response, `max_tunnel_bytes` what one tunnel carries back, which may be a
    whole HTTP/2 visit. `exchange_timeout_s` and `tunnel_timeout_s` end them however lively they are;
    `idle_timeout_s` ends a connection on which nothing moves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    allow_private: bool | tuple[IPv4Network | IPv6Network, ...] = False
    resolve: tuple[Resolve, ...] = ()
    ports: frozenset[int] | None = None
    extra_ports: frozenset[int] = frozenset()
    max_response_bytes: int = Field(default=64 * 2**20, gt=0)
    max_tunnel_bytes: int = Field(default=2**30, gt=0)
    max_head_bytes: int = Field(default=256 * 2**10, gt=0)
    max_connections: int = Field(default=256, gt=0)
    resolve_timeout_s: float = Field(default=10, gt=0)
    connect_timeout_s: float = Field(default=10, gt=0)
    idle_timeout_s: float = Field(default=60, gt=0)
    exchange_timeout_s: float = Field(default=300, gt=0)
    tunnel_timeout_s: float = Field(default=3600, gt=0)

    def override(self, host: str, port: int) -> Resolve | None:
        """The `resolve` entry for a host and port: an exact host before a wildcard, a stated port before any."""
        found = [entry for entry in self.resolve if entry.matches(host, port)]
        return min(found, key=lambda e: (e.host != host, -len(e.host), e.port is None), default=None)

    def allows_port(self, host: str, port: int) -> bool:
        """Whether requests for `host` may go to `port`, the port in the address and not the one behind `resolve`."""
        if port in (frozenset({80, 443}) if self.ports is None else self.ports) or port in self.extra_ports:
            return True
        return any(entry.port == port and entry.matches(host, port) for entry in self.resolve)
