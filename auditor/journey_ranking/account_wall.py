"""A log-in in the place of the cart: shops that let nobody buy, or even fill a cart, without an account."""

from urllib.parse import urlsplit

from auditor.evidence.sight import Sight
from auditor.journey_ranking.checkout_state import guest_way
from auditor.journey_ranking.marks import last_concepts
from auditor.journey_ranking.standing import buyer_fields, has_password

FIELDS = 2
"""What a log-in or a registration asks for besides the password; more belongs to an address."""


def log_in_instead(before: Sight, after: Sight, language: str | None, platform: str | None = None) -> bool:
    """Whether a press on "add to cart" led to another page that asks for a password, and offers nothing else to do: no
    cart, no checkout, no way on as guest.
    """
    if urlsplit(before.url)[:3] == urlsplit(after.url)[:3] or has_password(before) or not has_password(after):
        return False
    if last_concepts(after.url) & {"cart", "checkout"} or len(buyer_fields(after, language)) > FIELDS:
        return False
    return guest_way(after, language, platform) is None
