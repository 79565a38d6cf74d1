"""What files cost to send and for how long a browser may keep them."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from auditor.evidence import Request

COMPRESSED = (0.15, 0.45)
"""Between these shares of its length compressed text is sent (our bounds; scripts and styles lie well inside)."""

SMALLEST = 1400
"""Bytes: what fits into one packet gains nothing from compression."""

_TEXT = re.compile(r"text/(?!event-stream)|javascript|json|xml|svg")
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d+)")


def sent_bytes(request: Request) -> tuple[float, float]:
    """The least and the most bytes that the file takes on the wire; equal where the browser counted them.

    A file that an earlier page of the audit left in the browser's cache is counted as a first visitor would get it.
    """
    if not request.from_cache:
        sent = float(request.transferred_bytes or 0)
        return sent, sent
    length = request.decoded_bytes or 0
    least, most = COMPRESSED if request.content_encoding else (1.0, 1.0)
    return length * least, length * most


def is_plain_text(request: Request) -> bool:
    """Text that was sent uncompressed although compression would have paid."""
    text = _TEXT.search((request.mime or "").lower()) is not None
    return text and not request.content_encoding and (request.decoded_bytes or 0) > SMALLEST


def kept_for_s(request: Request, now: datetime) -> float:
    """Seconds that a browser may use its copy without asking: ``max-age``, else ``Expires``."""
    control = (request.cache_control or "").lower()
    if "no-store" in control or "no-cache" in control:
        return 0.0
    if age := _MAX_AGE.search(control):
        return float(age[1])
    try:
        until = parsedate_to_datetime(request.expires or "")
    except ValueError:
        return 0.0
    return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds())
