"""What goes through the proxy: framing, reuse, uploads, tunnels, names sent elsewhere."""

import asyncio
import os
import ssl
import tempfile
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import aiohttp
import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from auditor.egress import EgressPolicy, EgressProxy, parse_resolve
from tests.egress.servers import Server, get, http, lenient, port_of, serving, shop, through

pytestmark = pytest.mark.server


async def test_a_page_and_its_bytes() -> None:
    page = os.urandom(3_000_000)
    async with shop(lambda head: http(page)) as server, EgressProxy(lenient(server)) as proxy:
        async with aiohttp.ClientSession() as session, session.get(server.url, proxy=proxy.url) as response:
            assert await response.read() == page
        assert proxy.log.bytes_in == len(page)
        assert proxy.log.refused == 0


async def test_the_request_arrives_as_a_shop_expects_it() -> None:
    async with shop(lambda head: http(b"", "200 OK", "Connection: close")) as server:
        async with EgressProxy(lenient(server)) as proxy:
            lines = ("Proxy-Authorization: Basic c2VjcmV0", "Proxy-Connection: keep-alive", "X-Mine: 1", "Cookie: a=b")
            await get(proxy, server, *lines)
        expected = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nX-Mine: 1\r\nCookie: a=b\r\n"
        assert server.heads == [expected.encode() + b"Connection: keep-alive\r\n\r\n"]


async def test_connections_are_reused_on_both_sides() -> None:
    async with shop(lambda head: http(b"page")) as server, EgressProxy(lenient(server)) as proxy:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as session:
            for _ in range(20):
                async with session.get(server.url, proxy=proxy.url) as response:
                    assert await response.text() == "page"
        assert (proxy.log.connections, server.hits, len(server.heads)) == (1, 1, 20)


async def test_a_kept_connection_that_the_shop_closed_is_replaced() -> None:
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(http(b"page"))
        await writer.drain()

    async with serving(once) as server, EgressProxy(lenient(server)) as proxy:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as session:
            for _ in range(10):
                async with session.get(server.url, proxy=proxy.url) as response:
                    assert await response.text() == "page"
        assert proxy.log.refused == 0


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
async def test_responses_without_a_body(status: str) -> None:
    response = f"HTTP/1.1 {status}\r\nContent-Length: 99\r\n\r\n".encode()
    assert (await through(response)).endswith(b"Content-Length: 99\r\nConnection: close\r\n\r\n")


async def test_head_has_no_body() -> None:
    assert (await through(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", "HEAD")).endswith(b"\r\n\r\n")


async def test_chunks_pass_as_they_are_and_end() -> None:
    body = b"5;name=value\r\nhello\r\n0A\r\n0123456789\r\n0\r\nTrailer: yes\r\n\r\n"
    assert (await through(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)).endswith(b"\r\n\r\n" + body)


@pytest.mark.parametrize("head", ["HTTP/1.0 200 OK", "HTTP/1.1 200 OK", "HTTP/1.1 200"])
async def test_a_body_that_ends_with_the_connection(head: str) -> None:
    answer = await through(f"{head}\r\nServer: old\r\n\r\nbody".encode(), close=True)
    assert answer == f"{head}\r\nServer: old\r\nConnection: close\r\n\r\nbody".encode()


async def test_malformed_header_lines_pass_unharmed() -> None:
    lines = b"no colon here\r\nX-Latin: \xe9\xff\r\n : empty\r\nX-Folded: a\r\n  b\r\nContent-Length: 2"
    answer = await through(b"HTTP/1.1 200 Fine\r\n" + lines + b"\r\n\r\nok")
    assert answer == b"HTTP/1.1 200 Fine\r\n" + lines + b"\r\nConnection: close\r\n\r\nok"


async def test_bare_line_feeds() -> None:
    assert (await through(b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok")).endswith(b"Connection: close\r\n\r\nok")


async def test_a_shop_cannot_speak_for_the_proxy() -> None:
    answer = await through(http(b"ok", "200 OK", "X-Auditor-Egress: unknown-host"))
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"x-auditor-egress" not in answer.lower()


@pytest.mark.parametrize(
    "lines",
    [
        "Content-Length: 2\r\nContent-Length: 5",
        "Content-Length: 2\r\nTransfer-Encoding: chunked",
        "Content-Length : 2",
        "Transfer-Encoding: identity",
        "Content-Length: +2",
    ],
)
async def test_nothing_follows_a_response_whose_end_is_not_clear(lines: str) -> None:
    response = f"HTTP/1.1 200 OK\r\n{lines}\r\n\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n".encode()
    async with shop(lambda head: response) as server, EgressProxy(lenient(server, idle_timeout_s=0.3)) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(proxy))
        writer.write(f"GET {server.url}/ HTTP/1.1\r\n\r\n".encode())
        assert b"\r\nConnection: close\r\n" in await reader.readuntil(b"\r\n\r\n")
        with suppress(ConnectionError):
            await asyncio.wait_for(reader.read(), 10)
        writer.close()
    assert len(server.heads) == 1


async def test_bytes_after_a_response_never_answer_the_next_request() -> None:
    poisoned = http(b"first") + http(b"smuggled")
    async with shop(lambda head: poisoned) as server, EgressProxy(lenient(server)) as proxy:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as session:
            for _ in range(5):
                async with session.get(server.url, proxy=proxy.url) as response:
                    assert await response.text() == "first"
        assert server.hits == 5


@pytest.fixture
async def echo() -> AsyncIterator[Server]:
    """An aiohttp server: sends bodies back, and WebSocket messages too."""

    async def post(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        async for piece in request.content.iter_any():
            await response.write(piece)
        return response

    async def socket_(request: web.Request) -> web.WebSocketResponse:
        response = web.WebSocketResponse()
        await response.prepare(request)
        async for message in response:
            await response.send_str(f"echo {message.data}")
        return response

    app = web.Application(client_max_size=2**30)
    app.router.add_post("/", post)
    app.router.add_get("/socket", socket_)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield Server(port=runner.addresses[0][1])
    await runner.cleanup()


@pytest.mark.parametrize("expect", [False, True])
@pytest.mark.parametrize("chunked", [False, True])
async def test_bodies_of_requests(echo: Server, expect: bool, chunked: bool) -> None:
    sent = os.urandom(1_000_000)

    async def pieces() -> AsyncIterator[bytes]:
        for begin, end in pairwise(range(0, len(sent) + 1, 100_000)):
            yield sent[begin:end]

    async with EgressProxy(lenient(echo)) as proxy, aiohttp.ClientSession() as session:
        for _ in range(2):
            data = pieces() if chunked else sent
            async with session.post(echo.url, data=data, expect100=expect, proxy=proxy.url) as response:
                assert await response.read() == sent


@pytest.mark.parametrize("scheme", ["ws", "http"])
async def test_a_websocket_over_plain_http(echo: Server, scheme: str) -> None:
    async with EgressProxy(lenient(echo)) as proxy, aiohttp.ClientSession() as session:
        url = f"{scheme}://127.0.0.1:{echo.port}/socket"
        async with session.ws_connect(url, proxy=proxy.url) as socket_:
            for text in ("one", "two"):
                await socket_.send_str(text)
                assert await socket_.receive_str() == f"echo {text}"


async def test_an_early_answer_to_a_long_upload() -> None:
    async def impatient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(http(b"too much", "413 Content Too Large", "Connection: close"))
        await writer.drain()

    async with serving(impatient) as server, EgressProxy(lenient(server)) as proxy:
        head = f"POST {server.url}/ HTTP/1.1\r\nContent-Length: 5000000\r\n\r\n".encode()
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(proxy))
        writer.write(head + bytes(100_000))
        assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 413")
        writer.close()


@pytest.mark.parametrize(
    "entry", ["shop.example:127.0.0.1:{}", "*.example:127.0.0.1:{}", "shop.example:80:127.0.0.1:{}"]
)
async def test_resolve_for_http(entry: str) -> None:
    async with shop(lambda head: http(b"staging", "200 OK", "Connection: close")) as server:
        policy = EgressPolicy(allow_private=True, resolve=(parse_resolve(entry.format(server.port)),))
        async with (
            EgressProxy(policy) as proxy,
            aiohttp.ClientSession() as session,
            session.get("http://shop.example/", proxy=proxy.url) as response,
        ):
            assert await response.text() == "staging"
        assert b"\r\nHost: shop.example\r\n" in server.heads[0]


async def test_resolve_for_a_tunnel() -> None:
    async with shop(lambda head: http(b"inside", "200 OK", "Connection: close")) as server:
        policy = EgressPolicy(allow_private=True, resolve=(parse_resolve(f"*.example:443:127.0.0.1:{server.port}"),))
        async with EgressProxy(policy) as proxy:
            reader, writer = await asyncio.open_connection("127.0.0.1", port_of(proxy))
            writer.write(b"CONNECT Shop.Example:443 HTTP/1.1\r\nHost: shop.example:443\r\n\r\n")
            assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 200 Connection established\r\n\r\n"
            writer.write(b"GET / HTTP/1.1\r\n\r\n")
            await reader.readuntil(b"\r\n\r\n")
            assert await reader.readexactly(6) == b"inside"
            writer.close()
            await writer.wait_closed()
        assert proxy.log.tunnels == 1


async def test_tls_is_tunnelled_and_not_opened() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop.example")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    certificate = builder.serial_number(1).sign(key, hashes.SHA256())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    with tempfile.NamedTemporaryFile() as pem:
        pem.write(private + certificate.public_bytes(Encoding.PEM))
        pem.flush()
        context.load_cert_chain(pem.name)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(http(b"over TLS", "200 OK", "Connection: close"))
        await writer.drain()

    pinned = aiohttp.Fingerprint(certificate.fingerprint(hashes.SHA256()))
    async with serving(answer, tls=context) as server:
        policy = EgressPolicy(allow_private=True, resolve=(parse_resolve(f"shop.example:127.0.0.1:{server.port}"),))
        async with (
            EgressProxy(policy) as proxy,
            aiohttp.ClientSession() as session,
            session.get("https://shop.example/", proxy=proxy.url, ssl=pinned) as response,
        ):
            assert await response.text() == "over TLS"


async def test_a_client_may_close_its_half_of_a_tunnel_first() -> None:
    async def count(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(str(len(await reader.read(-1))).encode())
        await writer.drain()

    async with serving(count) as server, EgressProxy(lenient(server)) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(proxy))
        writer.write(f"CONNECT 127.0.0.1:{server.port} HTTP/1.1\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        writer.write(bytes(1_000_000))
        writer.write_eof()
        assert await reader.read() == b"1000000"
        writer.close()
