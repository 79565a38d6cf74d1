"""Servers for egress tests: one that must never be reached and counts who does, one whose answers a test writes."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from auditor.egress import EgressPolicy, EgressProxy

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

SECRET = b"credentials of the machine"


@dataclass
class Server:
    """`hits` counts connections, `heads` holds what was asked, each up to its blank line."""

    port: int = 0
    hits: int = 0
    heads: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def http(body: bytes, status: str = "200 OK", *lines: str) -> bytes:
    """A complete response with a length."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines, "", ""]
    return "\r\n".join(head).encode() + body


@asynccontextmanager
async def serving(answer: Answer, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """Serve connections with `answer`, which gets the raw streams."""
    state = Server()
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        state.hits += 1
        task = asyncio.get_running_loop().create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(connected, host, 0, ssl=tls)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


@asynccontextmanager
async def shop(respond: Callable[[bytes], bytes], host: str = "127.0.0.1") -> AsyncIterator[Server]:
    """A keep-alive server: `respond` makes the response from the head of a request (bodies are not read)."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            state.heads.append(head)
            writer.write(respond(head))
            await writer.drain()

    async with serving(answer, host) as state:
        yield state


@asynccontextmanager
async def secret_server(host: str = "127.0.0.1") -> AsyncIterator[Server]:
    """An internal service: whoever connects has got through."""
    async with shop(lambda head: http(SECRET), host) as server:
        yield server


def has_ipv6() -> bool:
    """Whether ::1 can be bound here."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


async def ask(proxy_port: int, request: bytes) -> bytes:
    """Everything that comes back for raw bytes until the proxy closes; ask for `Connection: close`."""
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy_port)
    writer.write(request)
    try:
        return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


def lenient(*servers: Server, **fields: object) -> EgressPolicy:
    """A policy under which these servers, on loopback, can be reached."""
    ports = frozenset(server.port for server in servers)
    return EgressPolicy.model_validate({"allow_private": True, "extra_ports": ports, **fields})


def port_of(proxy: EgressProxy) -> int:
    """The proxy's own port."""
    return int(proxy.url.rpartition(":")[2])


async def get(proxy: EgressProxy, server: Server, *lines: str, method: str = "GET") -> bytes:
    """The raw answer to one plain request."""
    head = [f"{method} {server.url}/ HTTP/1.1", "Host: ignored.example", "Connection: close", *lines, "", ""]
    return await ask(port_of(proxy), "\r\n".join(head).encode())


async def through(response: bytes, method: str = "GET", close: bool = False) -> bytes:
    """What a client gets of a raw response; `close`: the shop then closes the connection."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(response)
        await writer.drain()
        if not close:
            await reader.read()

    async with serving(answer) as server, EgressProxy(lenient(server)) as proxy:
        return await asyncio.wait_for(get(proxy, server, method=method), 10)


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take everything, say nothing."""
    await reader.read(-1)


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; the test's own time limit ends a wait that is in vain."""
    while not holds():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
