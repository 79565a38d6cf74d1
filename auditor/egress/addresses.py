"""Which IP addresses traffic may go to: compared as numbers, never as text.

`ipaddress.is_global` is not enough: it calls NAT64, 6to4, IPv4-compatible and multicast addresses global, and each of
them can stand for a private one. Source: the IANA IPv4 and IPv6 special-purpose address registries. Documentation
networks are left out on purpose: nothing lives there.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network

_PRIVATE: tuple[tuple[str, str], ...] = (
    ("127.0.0.0/8", "loopback"),
    ("::1/128", "loopback"),
    ("10.0.0.0/8", "private"),
    ("172.16.0.0/12", "private"),
    ("192.168.0.0/16", "private"),
    ("100.64.0.0/10", "carrier-grade NAT"),
    ("fc00::/7", "unique local"),
)

_REFUSED: tuple[tuple[str, str], ...] = (
    ("0.0.0.0/8", "this network"),
    ("169.254.0.0/16", "link-local"),
    ("168.63.129.16/32", "cloud platform"),
    ("192.0.0.0/24", "protocol assignments"),
    ("192.88.99.0/24", "6to4 relay"),
    ("198.18.0.0/15", "benchmarking"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
    ("::ffff:0:0/96", "IPv4-mapped"),
    ("::ffff:0:0:0/96", "IPv4-translated"),
    ("::/96", "IPv4-compatible"),
    ("64:ff9b::/96", "NAT64"),
    ("64:ff9b:1::/48", "NAT64"),
    ("2001::/32", "Teredo"),
    ("2001:2::/48", "benchmarking"),
    ("2001::/23", "protocol assignments"),
    ("2002::/16", "6to4"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
)

_METADATA = frozenset(
    ip_address(text)
    for text in (
        "169.254.169.254",
        "169.254.170.2",
        "169.254.170.23",
        "168.63.129.16",
        "100.100.100.200",
        "192.0.0.192",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
    )
)
"""Where cloud machines serve credentials to whoever asks from inside (AWS, Azure, Google, Alibaba, Oracle)."""

_PRIVATE_RANGES = tuple((ip_network(network), name) for network, name in _PRIVATE)
_REFUSED_RANGES = tuple((ip_network(network), name) for network, name in _REFUSED)
_GLOBAL_UNICAST = IPv6Network("2000::/3")


def refused_range(address: IPAddress, allow_private: bool | Sequence[IPNetwork] = False) -> str | None:
    """The name of the range for which `address` is refused, or None when traffic may go there.

    `allow_private=True` opens loopback, private, carrier-grade NAT and unique local ranges. A sequence opens exactly
    the networks in it, whatever they are. A cloud metadata address is opened only by a network of that one address,
    and an address that carries an IPv4 address inside only when that one may be reached too.
    """
    listed: Sequence[IPNetwork] = () if isinstance(allow_private, bool) else allow_private
    if address in _METADATA:
        return None if any(address in network and network.num_addresses == 1 for network in listed) else "metadata"
    inner = _embedded(address)
    if any(address in network for network in listed):
        return refused_range(inner, allow_private) if inner else None
    for network, name in _PRIVATE_RANGES:
        if address in network:
            return None if allow_private is True else name
    for network, name in _REFUSED_RANGES:
        if address in network:
            return name
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return "not global unicast"
    return None


def _embedded(address: IPAddress) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    low = IPv4Address(int(address) & 0xFFFFFFFF)
    if int(address) > 1 and any(address in network for network in _IPV4_IN_LOW_BITS):
        return low
    return address.sixtofour or (address.teredo[1] if address.teredo else None)


_IPV4_IN_LOW_BITS = tuple(
    IPv6Network(text) for text in ("::ffff:0:0/96", "::ffff:0:0:0/96", "::/96", "64:ff9b::/96", "64:ff9b:1::/48")
)
