"""Whether a fetched page told anything new: what stops facets, sessions, calendars and other endless spaces."""

import re
import zlib

from auditor.discover.frontier import Candidate
from auditor.discover.page_key import page_key
from auditor.discover.page_reading import Reading

_DIGITS = re.compile(r"\d+")
_ROUTES = frozenset({"route", "controller", "option", "view", "cl", "fc"})
FEW_CHARACTERS = 200
"""Under so many letters a page is a shell that scripts fill: it cannot be told from its sisters, and is no
repetition."""


class Novelty:
    """Remembers checksums of what was seen, a few bytes a page."""

    def __init__(self) -> None:
        self._keys: set[int] = set()
        self._exact: set[int] = set()
        self._headed: set[int] = set()
        self._masked: set[int] = set()

    def judge(self, candidate: Candidate, url: str, reading: Reading) -> str:
        """``new``; ``repeated`` when the shop says or shows that this is a page we have; ``numbered`` when only
        digits differ."""
        fields = reading.fields
        signals = fields["signals"]
        shape = candidate.shape
        title, h1 = fields["title"], fields["h1"]
        key = _sum(page_key(url, canonical=fields["canonical"]))
        exact = _sum(title, h1, reading.content, fields["text_chars"])
        headed = _sum(candidate.where.path, title, h1, signals.sku or "")
        masked = _sum(shape.pattern, _DIGITS.sub("", title), _DIGITS.sub("", h1), reading.content)
        verdict = "new"
        if fields["text_chars"] >= FEW_CHARACTERS or title or h1:
            if (
                key in self._keys
                or (exact in self._exact and fields["text_chars"] >= FEW_CHARACTERS)
                or (set(shape.names) - _ROUTES and headed in self._headed)
            ):
                verdict = "repeated"
            elif masked in self._masked and not (
                candidate.card or candidate.in_sitemap or signals.products_in_data or signals.sku
            ):
                verdict = "numbered"
        self._keys.add(key)
        self._exact.add(exact)
        self._headed.add(headed)
        self._masked.add(masked)
        return verdict


def _sum(*parts: object) -> int:
    text = "\x00".join(map(str, parts)).encode("utf-8", "replace")
    return zlib.crc32(text) << 32 | zlib.adler32(text)
