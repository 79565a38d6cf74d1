"""The name under which the auditor asks: honest, and with a contact where the operator gave one."""

from auditor import __version__
from auditor.settings import ShopSettings


def user_agent(shop: ShopSettings) -> str:
    """``storefront-auditor/VERSION (+CONTACT)``; only printable ASCII of the contact, it goes into a header."""
    contact = "".join(char for char in shop.politeness.contact if char.isprintable() and char.isascii()).strip()
    return f"storefront-auditor/{__version__} (+{contact})" if contact else f"storefront-auditor/{__version__}"
