"""What the place, the size and the address of an element say about what it is for."""

from collections.abc import Collection
from urllib.parse import parse_qsl, unquote, urlsplit

from auditor.ads.parties import hosts_named, party_of, party_of_host
from auditor.evidence import Box

MOSTLY = 0.4
"""What leads away with this part of its area is there to lead away."""

LARGE_PX = 30_000
"""From this area on a link is an advertisement rather than a mention: 320 × 100 px and the usual sizes above it."""

SMALL_PX = 10_000
"""Smaller than 100 × 100 px are the round buttons of messengers and chats."""

_SIZES = (
    (300, 250), (336, 280), (728, 90), (970, 90), (970, 250), (160, 600), (120, 600), (300, 600), (320, 50), (320, 100),
    (468, 60), (250, 250), (200, 200), (180, 150), (300, 1050),
)  # fmt: skip
"""Sizes of the Interactive Advertising Bureau's display units (iab.com/guidelines)."""


def ad_sized(box: Box) -> bool:
    """Whether it has one of the sizes that advertisements are sold in."""
    return any(abs(box.width - width) <= 2 and abs(box.height - height) <= 2 for width, height in _SIZES)


def leads_back(url: str, own: Collection[str]) -> bool:
    """Whether an address of somebody else carries one of the shop: it counts the press and sends on."""
    parts = urlsplit(url)
    return any(party_of_host(host) in own for host in hosts_named(unquote(unquote(f"{parts.path}?{parts.query}"))))


def signs_in(url: str, own: Collection[str]) -> bool:
    """Whether it is a step of signing in by OAuth 2 (RFC 6749, 4.1.1), which goes to a provider and comes back."""
    told = dict(parse_qsl(urlsplit(url).query))
    return "client_id" in told and party_of(told.get("redirect_uri", "")) in own
