"""Where HTTP/1 bodies end, followed without taking them apart (RFC 9112, section 6)."""

import re
from collections.abc import Sequence
from typing import Protocol

FRAMING_HEADERS = frozenset({b"content-length", b"transfer-encoding"})
MOST_LINE_BYTES = 16 * 2**10
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?\r?\n", re.DOTALL)


class BadMessage(Exception):
    """Not HTTP/1 as far as it matters for passing it on."""


class Framing(Protocol):
    """Where a body ends: `take` says how many of the bytes at hand belong to it.

    `clear` is False when others could find another end: then nothing may follow on the same connection.
    """

    done: bool
    clear: bool

    def take(self, data: bytes) -> int: ...


class Fixed:
    """A body of a stated length, 0 for none."""

    clear = True

    def __init__(self, length: int) -> None:
        self.left = length
        self.done = length == 0

    def take(self, data: bytes) -> int:
        taken = min(self.left, len(data))
        self.left -= taken
        self.done = self.left == 0
        return taken


class UntilClose:
    """A body that ends with the connection, and so does the connection that it is passed on by."""

    done = False
    clear = False

    def take(self, data: bytes) -> int:
        return len(data)


class Chunked:
    """A chunked body, followed without taking it apart. Raises BadMessage where its framing breaks."""

    def __init__(self, clear: bool) -> None:
        self.done = False
        self.clear = clear
        self._line = b""
        self._left = 0  # of the chunk, its line end included
        self._trailers = False

    def take(self, data: bytes) -> int:
        at = 0
        while at < len(data) and not self.done:
            if self._left:
                step = min(self._left, len(data) - at)
                self._left -= step
                at += step
                continue
            end = data.find(b"\n", at) + 1 or len(data)
            self._line += data[at:end]
            at = end
            if len(self._line) > MOST_LINE_BYTES:
                raise BadMessage("a line without an end")
            if self._line.endswith(b"\n"):
                self._end_line()
        return at

    def _end_line(self) -> None:
        line, self._line = self._line, b""
        if self._trailers:
            self.done = not line.strip(b"\r\n")
            return
        size = _CHUNK_SIZE.fullmatch(line)
        if not size:
            raise BadMessage("no chunk size")
        length = int(size[1], 16)
        self._trailers = length == 0
        self._left = length + 2 if length else 0


def stated_framing(lines: Sequence[tuple[bytes, bytes]]) -> Framing | None:
    """What header lines (lower-case name, whole line) say about the body; None when they say nothing."""
    codings: list[bytes] = []
    lengths: set[bytes] = set()
    clear = True
    for name, line in lines:
        stripped = name.strip()
        if stripped in FRAMING_HEADERS:
            clear = clear and name == stripped
            tokens = [token.strip().lower() for token in line.partition(b":")[2].split(b",")]
            if stripped == b"content-length":
                lengths.update(tokens)
            else:
                codings.extend(tokens)
    if codings:
        return Chunked(clear and len(codings) == 1 and not lengths) if codings[-1] == b"chunked" else UntilClose()
    if not lengths:
        return None
    length = lengths.pop()
    return Fixed(int(length)) if clear and not lengths and length.isdigit() and len(length) < 16 else UntilClose()
