"""Moving bytes from one peer to the other with backpressure: one body, or both ways until both ends are closed."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from auditor.egress.framing import BadMessage, Framing, UntilClose
from auditor.egress.log import EgressRefused, Reason
from auditor.egress.peer import Peer

Moved = Callable[[int], None]
"""Told the number of bytes that were just passed on."""


async def relay_body(source: Peer, sink: Peer, body: Framing, most: int, moved: Moved, head: bytes = b"") -> None:
    """Send `head`, then one body of at most `most` bytes.

    Raises EgressRefused (too large), BadMessage (breaks off, or broken framing) and OSError (either side reset).
    """
    total = 0
    while not body.done:
        if head and not source.ahead:
            await sink.send(head)
            head = b""
        data = await source.some()
        if not data:
            if isinstance(body, UntilClose):
                break
            raise BadMessage("the body breaks off")
        taken = body.take(data)
        if taken < len(data):
            source.ahead = data[taken:]
            data = data[:taken]
        total += taken
        if total > most:
            raise EgressRefused(Reason.TOO_LARGE)
        await sink.send(head + data if head else data)
        head = b""
        moved(taken)
    if head:
        await sink.send(head)


async def relay_both(client: Peer, upstream: Peer, most: int, sent: Moved, received: Moved) -> None:
    """Pass bytes both ways until both sides are done; at most `most` bytes from upstream. Raises as `relay_body`."""
    upward = asyncio.create_task(_relay_all(client, upstream, 0, sent))
    downward = asyncio.create_task(_relay_all(upstream, client, most, received))
    try:
        await asyncio.gather(upward, downward)
    finally:
        upward.cancel()
        downward.cancel()
        await asyncio.gather(upward, downward, return_exceptions=True)


async def _relay_all(source: Peer, sink: Peer, most: int, moved: Moved) -> None:
    total = 0
    while data := await source.some():
        total += len(data)
        if most and total > most:
            raise EgressRefused(Reason.TOO_LARGE)
        await sink.send(data)
        moved(len(data))
    with suppress(OSError):
        sink.writer.write_eof()
