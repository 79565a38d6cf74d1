"""What the proxy does when something is wrong: names, silence, garbage, endless bodies, clients that leave."""

import asyncio
import os
import socket
from collections.abc import Sequence
from contextlib import suppress

import aiohttp
import pytest

from auditor.egress import EgressPolicy, EgressProxy, Reason
from auditor.egress.peer import Peer
from tests.egress.servers import Server, ask, get, http, lenient, port_of, serving, shop, silent, through, until

pytestmark = pytest.mark.server


async def test_unknown_host_is_asked_for_once() -> None:
    asked: list[str] = []

    async def nobody(host: str) -> Sequence[str]:
        asked.append(host)
        raise socket.gaierror("no such name")

    async with EgressProxy(EgressPolicy(), lookup=nobody) as proxy:
        for line in ("GET http://nobody.example/", "CONNECT nobody.example:443"):
            answer = await ask(port_of(proxy), f"{line} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
            assert answer.startswith(b"HTTP/1.1 502 Bad Gateway\r\nX-Auditor-Egress: unknown-host\r\n")
        refusal = proxy.log.last_refusal("Nobody.example", 443)
        assert refusal == ("nobody.example", 443, None, Reason.UNKNOWN_HOST)
    assert asked == ["nobody.example"]


async def test_a_slow_lookup_stalls_only_its_own_requests() -> None:
    async def stuck(host: str) -> Sequence[str]:
        if host == "slow.example":
            await asyncio.Event().wait()
        return ["127.0.0.1"]

    async with (
        shop(lambda head: http(b"page", "200 OK", "Connection: close")) as server,
        EgressProxy(lenient(server, resolve_timeout_s=0.5), lookup=stuck) as proxy,
    ):
        slow = asyncio.create_task(ask(port_of(proxy), b"CONNECT slow.example:443 HTTP/1.1\r\n\r\n"))
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://quick.example:{server.port}/", proxy=proxy.url) as response,
        ):
            assert response.status == 200
        assert not slow.done()
        assert b"504 Gateway Timeout\r\nX-Auditor-Egress: timeout\r\n" in await slow


async def test_a_refused_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = Server(port=free.getsockname()[1])
        async with EgressProxy(lenient(closed)) as proxy:
            answer = await get(proxy, closed)
    assert answer.startswith(b"HTTP/1.1 502 Bad Gateway\r\nX-Auditor-Egress: connection-refused\r\n")


@pytest.mark.parametrize(
    "garbage", [b"", b"\x00\xff" * 50_000 + b"\r\n\r\n", b"SSH-2.0-Server\r\n\r\n", b"HTTP/2 200\r\n\r\n"]
)
async def test_garbage_instead_of_a_response(garbage: bytes) -> None:
    answer = await through(garbage, close=True)
    assert answer.startswith(b"HTTP/1.1 502 Bad Gateway\r\nX-Auditor-Egress: bad-response\r\n")


async def test_a_head_without_end() -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-More: " + b"x" * 10_000 + b"\r\n")
            await writer.drain()

    async with serving(endless) as server, EgressProxy(lenient(server)) as proxy:
        assert b"X-Auditor-Egress: bad-response" in await get(proxy, server)


@pytest.mark.parametrize("broken", [b"5\r\nhel", b"zz\r\n", b"-1\r\n", b"1" * 20_000])
async def test_broken_chunks_look_broken_to_the_client(broken: bytes) -> None:
    response = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + broken

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(response)
        await writer.drain()

    async with serving(answer) as server, EgressProxy(lenient(server)) as proxy, aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            async with session.get(server.url, proxy=proxy.url) as result:
                await result.read()


async def test_a_shop_that_resets_in_mid_body() -> None:
    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nhalf")
        await writer.drain()
        await asyncio.wait_for(arrived.wait(), 5)
        Peer(reader, writer).reset()

    arrived = asyncio.Event()
    async with serving(reset) as server, EgressProxy(lenient(server)) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(proxy))
        writer.write(f"GET {server.url}/ HTTP/1.1\r\n\r\n".encode())
        await reader.readuntil(b"half")
        arrived.set()
        with pytest.raises(ConnectionResetError):
            await reader.read()
        writer.close()


async def test_a_response_that_says_it_is_too_large() -> None:
    async with (
        shop(lambda head: http(bytes(2000))) as server,
        EgressProxy(lenient(server, max_response_bytes=1000)) as proxy,
    ):
        assert b"502 Bad Gateway\r\nX-Auditor-Egress: too-large" in await get(proxy, server)


async def stream_for_ever(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(bytes(100_000))
        await writer.drain()


async def test_an_endless_response_is_cut() -> None:
    async with serving(stream_for_ever) as server, EgressProxy(lenient(server, max_response_bytes=1_000_000)) as proxy:
        with pytest.raises(ConnectionError):
            await get(proxy, server)
        assert proxy.log.refusals[-1].reason == Reason.TOO_LARGE
        assert proxy.log.bytes_in <= 1_000_000


async def test_an_endless_tunnel_is_cut() -> None:
    async with serving(stream_for_ever) as server, EgressProxy(lenient(server, max_tunnel_bytes=1_000_000)) as proxy:
        with pytest.raises(ConnectionError):
            await ask(port_of(proxy), f"CONNECT 127.0.0.1:{server.port} HTTP/1.1\r\n\r\n\r\n\r\n".encode())
        assert proxy.log.refusals[-1].reason == Reason.TOO_LARGE


async def test_a_client_that_idles_after_a_refusal_is_ended() -> None:
    async with serving(silent) as server, EgressProxy(lenient(server, idle_timeout_s=0.2)) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(proxy))
        writer.write(f"GET {server.url}/ HTTP/1.1\r\n\r\n".encode())
        assert b"\r\nConnection: keep-alive\r\n" in await reader.readuntil(b"\r\n\r\n")
        await asyncio.wait_for(reader.read(), 10)
        writer.close()
        await until(lambda: not proxy.open_connections)


@pytest.mark.parametrize("limit", ["idle_timeout_s", "exchange_timeout_s"])
async def test_a_shop_that_never_answers(limit: str) -> None:
    async with serving(silent) as server, EgressProxy(lenient(server, **{limit: 0.2})) as proxy:
        assert (await get(proxy, server)).startswith(b"HTTP/1.1 504 Gateway Timeout\r\nX-Auditor-Egress: timeout\r\n")


@pytest.mark.parametrize("limit", ["idle_timeout_s", "exchange_timeout_s"])
async def test_a_body_that_stops_or_trickles(limit: str) -> None:
    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(60 if limit == "idle_timeout_s" else 0.01)

    async with serving(trickle) as server, EgressProxy(lenient(server, **{limit: 0.2})) as proxy:
        with pytest.raises(aiohttp.ClientPayloadError):
            async with aiohttp.ClientSession() as session, session.get(server.url, proxy=proxy.url) as response:
                await response.read()


@pytest.mark.parametrize("start", ["CONNECT 127.0.0.1:{} HTTP/1.1\r\n\r\n", "GET http://127.0.0.1:{}/ HT"])
async def test_a_silent_tunnel_or_client_is_ended(start: str) -> None:
    async with serving(silent) as server, EgressProxy(lenient(server, idle_timeout_s=0.2)) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(proxy))
        writer.write(start.format(server.port).encode())
        with suppress(ConnectionError):
            await asyncio.wait_for(reader.read(), 5)
        writer.close()


async def test_a_client_that_leaves_takes_its_shop_connection_along() -> None:
    left = asyncio.Event()

    async def wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        await writer.drain()
        try:
            await reader.read(-1)
        finally:
            left.set()

    async with serving(wait) as server, EgressProxy(lenient(server)) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(proxy))
        writer.write(f"GET {server.url}/ HTTP/1.1\r\n\r\n".encode())
        await reader.readuntil(b"half")
        writer.close()
        await asyncio.wait_for(left.wait(), 5)


async def test_a_client_that_does_not_read_stops_the_shop() -> None:
    """An endless body would never idle if the proxy went on reading it."""
    policy_fields = {"max_response_bytes": 2**40, "idle_timeout_s": 0.3}
    async with serving(stream_for_ever) as server, EgressProxy(lenient(server, **policy_fields)) as proxy:
        _, writer = await asyncio.open_connection("127.0.0.1", port_of(proxy), limit=1000)
        writer.write(f"GET {server.url}/ HTTP/1.1\r\n\r\n".encode())
        await until(lambda: proxy.log.refused > 0)
        assert proxy.log.refusals[-1].reason == Reason.TIMEOUT
        writer.transport.abort()


async def test_more_clients_than_allowed_are_told() -> None:
    async with shop(lambda head: http(b"page")) as server, EgressProxy(lenient(server, max_connections=1)) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(proxy))
        writer.write(f"GET {server.url}/ HTTP/1.1\r\n\r\n".encode())
        await reader.readuntil(b"page")
        assert (await get(proxy, server)).startswith(b"HTTP/1.1 503 Service Unavailable\r\nX-Auditor-Egress: busy\r\n")
        writer.close()


async def test_a_token_is_asked_for() -> None:
    async with shop(lambda head: http(b"page")) as server, EgressProxy(lenient(server), token="t0ken") as proxy:
        async with aiohttp.ClientSession() as session:
            async with session.get(server.url, proxy=proxy.url) as response:
                assert response.status == 407
            url = proxy.url.replace("http://", "http://auditor:t0ken@")
            async with session.get(server.url, proxy=url) as response:
                assert await response.text() == "page"
        assert b"roxy-" not in server.heads[0]


@pytest.mark.slow
@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="needs /proc to count descriptors")
async def test_a_thousand_connections_leave_nothing_behind() -> None:
    requests = [
        "GET {url}/ HTTP/1.1\r\nConnection: close\r\n\r\n",
        "CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET http://10.0.0.1:1/ HTTP/1.1\r\nConnection: close\r\n\r\n",
        "\x00\x01garbage\r\n\r\n",
        "POST {url}/ HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf",
    ]

    def respond(head: bytes) -> bytes:
        return http(b"page", "200 OK", "Connection: close")

    async with shop(respond) as server:
        tasks, descriptors = len(asyncio.all_tasks()), len(os.listdir("/proc/self/fd"))
        async with EgressProxy(lenient(server)) as proxy:
            for turn in range(1000):
                reader, writer = await asyncio.open_connection("127.0.0.1", port_of(proxy))
                request = requests[turn % len(requests)].format(url=server.url, port=server.port)
                writer.write(request.encode())
                await reader.read(1 if turn % 2 else 10)
                writer.transport.abort()
            await until(lambda: not proxy.open_connections)
            assert proxy.log.connections == 1000
        await until(lambda: len(asyncio.all_tasks()) <= tasks)
        assert len(os.listdir("/proc/self/fd")) <= descriptors + 1


async def test_leaving_ends_everything() -> None:
    async with serving(silent) as server:
        async with EgressProxy(lenient(server)) as proxy:
            port = port_of(proxy)
            streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
            for (_, writer), line in zip(streams, ("GET http://127.0.0.1:{}/", "CONNECT 127.0.0.1:{}"), strict=False):
                writer.write(f"{line.format(server.port)} HTTP/1.1\r\n\r\n".encode())
            await until(lambda: server.hits >= 2)
        assert proxy.open_connections == 0
        for reader, writer in streams:
            with suppress(ConnectionError):
                await asyncio.wait_for(reader.read(), 5)
            writer.close()
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", port)
