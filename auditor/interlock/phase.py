"""How far a journey has come, and how far it may go."""

from enum import StrEnum
from typing import Literal

Depth = Literal["pages", "cart", "payment"]


class Phase(StrEnum):
    """What may leave the browser narrows from phase to phase.

    BROWSING: reading, and what pages send on their own that cannot matter. CART: also filling and changing the cart.
    DETAILS: only what carries contact, address or delivery to the next step. PAYMENT_SEEN: nothing, the browser is
    offline. CLEARING: reading, and taking things out of the cart.
    """

    BROWSING = "browsing"
    CART = "cart"
    DETAILS = "details"
    PAYMENT_SEEN = "payment_seen"
    CLEARING = "clearing"


_ORDER = (Phase.BROWSING, Phase.CART, Phase.DETAILS, Phase.PAYMENT_SEEN, Phase.CLEARING)
_DEEPEST = {"pages": Phase.BROWSING, "cart": Phase.CART, "payment": Phase.PAYMENT_SEEN}


def check_entry(phase: Phase, now: Phase, depth: Depth) -> None:
    """:raises ValueError: when ``phase`` is deeper than the operator allowed, or would loosen the interlock again."""
    if _ORDER.index(phase) < _ORDER.index(now):
        raise ValueError(f"The interlock cannot go back from {now} to {phase}; begin another journey.")
    if phase is not Phase.CLEARING and _ORDER.index(phase) > _ORDER.index(_DEEPEST[depth]):
        raise ValueError(f"Depth {depth!r} ends before {phase}; --depth payment with --authorised-by allows it.")
