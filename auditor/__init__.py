"""A storefront auditor: tells an online shop what costs it customers."""

__version__ = "0.2.0"
