"""Small shops that a journey has never seen, each with one difficulty."""

from tests.walked_shops.shop import WalkedShop

__all__ = ["WalkedShop"]
