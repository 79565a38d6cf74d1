"""One side of a connection: bytes read ahead, heads, sending with backpressure."""

import asyncio
import os
import re
import socket
import struct
from contextlib import suppress
from typing import Any

from auditor.egress.framing import BadMessage
from auditor.egress.log import EgressRefused, Reason
from auditor.egress.messages import Target
from auditor.egress.names import Names

READ_BYTES = 128 * 2**10
_HEAD_END = re.compile(rb"\r?\n\r?\n")


class Peer:
    """A stream pair. `ahead` holds bytes that were read and belong to what comes next."""

    __slots__ = ("ahead", "reader", "writer")

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.ahead = b""

    async def head(self, most: int) -> bytes:
        """The next head without its end, b"" when the peer closed before one began.

        Raises BadMessage when it is longer than `most` bytes or breaks off, OSError when the connection does.
        """
        data = bytearray(await self.some())
        searched = 0
        while True:
            if not searched:
                data = data.lstrip(b"\r\n")
            if found := _HEAD_END.search(data, max(0, searched - 3)):
                self.ahead = bytes(data[found.end() :])
                return bytes(data[: found.start()])
            if len(data) > most:
                raise BadMessage("the head is too long")
            searched = len(data)
            more = await self.reader.read(READ_BYTES)
            if not more:
                if data:
                    raise BadMessage("the head breaks off")
                return b""
            data += more

    async def some(self) -> bytes:
        """What was read ahead, else whatever comes next; b"" at the end."""
        if self.ahead:
            data, self.ahead = self.ahead, b""
            return data
        return await self.reader.read(READ_BYTES)

    async def send(self, data: bytes) -> None:
        """Write, and wait while the other side is slow."""
        self.writer.write(data)
        await self.writer.drain()

    @property
    def reusable(self) -> bool:
        """Whether another request can be sent on this connection."""
        return not (self.ahead or self.reader.at_eof() or self.writer.is_closing() or self.reader.exception())

    def abort(self) -> None:
        """Drop the connection; whoever reads from it is woken."""
        self.writer.transport.abort()

    def reset(self) -> None:
        """Drop the connection so that the other side sees an error: a plain close can pass for the end of a body."""
        sock = self.writer.get_extra_info("socket")
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("hh" if os.name == "nt" else "ii", 1, 0))
        self.abort()

    async def close(self) -> None:
        """Send what is left for at most two seconds, then drop the connection."""
        self.writer.close()
        with suppress(OSError):
            try:
                async with asyncio.timeout(2):
                    await self.writer.wait_closed()
            except TimeoutError:
                self.abort()


class ClientProtocol(asyncio.StreamReaderProtocol):
    """Drops `upstream` when the client goes away, also while nobody reads from the client."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upstream: Peer | None = None

    def eof_received(self) -> bool | None:
        self._tell()
        return super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self._tell()
        super().connection_lost(exc)

    def _tell(self) -> None:
        if self.upstream:
            self.upstream.abort()


async def connect(names: Names, target: Target, own_port: int, timeout_s: float) -> Peer:
    """Connect to a checked address of `target`. Raises EgressRefused."""
    addresses, port = await names.destination(target.host, target.port)
    reason = Reason.UNREACHABLE
    loop = asyncio.get_running_loop()
    deadline = loop.time() + timeout_s
    for tried, address in enumerate(list(addresses)):
        if address.is_loopback and port == own_port:
            raise EgressRefused(Reason.REFUSED_ADDRESS, str(address))
        try:
            share = (deadline - loop.time()) / (len(addresses) - tried)
            async with asyncio.timeout(share):
                reader, writer = await asyncio.open_connection(str(address), port, limit=READ_BYTES)
        except TimeoutError:
            reason = Reason.TIMEOUT
        except ConnectionRefusedError:
            reason = Reason.CONNECTION_REFUSED
        except OSError:
            reason = Reason.UNREACHABLE
        else:
            if tried:
                addresses.sort(key=lambda one: one != address)  # the one that answers comes first from now on
            return Peer(reader, writer)
    raise EgressRefused(reason, str(addresses[-1]))
