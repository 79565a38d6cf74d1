"""A shop that tries by all means to get an order out of whoever visits it, and counts the orders."""

from tests.hostile_checkout.shop import HostileShop
from tests.hostile_checkout.vectors import BUYS, VECTORS, Vector

__all__ = ["BUYS", "VECTORS", "HostileShop", "Vector"]
