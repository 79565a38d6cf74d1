"""Which template a page has, and why. Structured data, platform, address and structure speak before words."""

from auditor.classify.judging import classified, classify

__all__ = ["classified", "classify"]
