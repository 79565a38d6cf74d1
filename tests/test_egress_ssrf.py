"""Ways to an internal service: each is refused, and the service's counter of connections stays at zero."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from ipaddress import ip_network

import aiohttp
import pytest

from auditor.egress import EgressPolicy, EgressProxy, Reason, parse_resolve
from tests.egress.servers import SECRET, Server, ask, has_ipv6, http, lenient, port_of, secret_server, shop

pytestmark = pytest.mark.server

LITERALS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "0x7f000001",
    "127.0.0.1.",
    "0",
    "0.0.0.0",
    "localhost",
    "LOCALHOST.",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::1]",
    "[fe80::1]",
    "169.254.169.254",
    "168.63.129.16",
    "10.0.0.1",
    "100.64.0.1",
]


@pytest.fixture
async def secret() -> AsyncIterator[Server]:
    async with secret_server() as server:
        yield server
        assert server.hits == 0


@pytest.fixture
async def guard(secret: Server) -> AsyncIterator[EgressProxy]:
    """The strictest policy, except that the secret's port is open."""
    async with EgressProxy(EgressPolicy(extra_ports=frozenset({secret.port}), connect_timeout_s=2)) as proxy:
        yield proxy


@pytest.mark.parametrize("literal", LITERALS)
@pytest.mark.parametrize("method", ["GET", "CONNECT"])
async def test_literals(guard: EgressProxy, secret: Server, literal: str, method: str) -> None:
    where = f"{literal}:{secret.port}"
    line = f"CONNECT {where}" if method == "CONNECT" else f"GET http://{where}/?key=k HTTP/1.1\r\nHost: public.example"
    line = line if "HTTP/1.1" in line else f"{line} HTTP/1.1"
    answer = await ask(port_of(guard), f"{line}\r\nConnection: close\r\n\r\n".encode())
    assert SECRET not in answer
    # A system may not know a spelling (or have no IPv6): then it is no host, and nothing is connected to either.
    assert b"\r\nX-Auditor-Egress: " in answer
    assert guard.log.refusals[-1].reason in (Reason.REFUSED_ADDRESS, Reason.UNKNOWN_HOST)
    assert "key" not in repr(guard.log.refusals)


@pytest.mark.parametrize("literal", ["127.0.0.1", "127.1", "2130706433", "0177.0.0.1", "0x7f000001"])
async def test_spellings_of_loopback_are_seen_through(guard: EgressProxy, secret: Server, literal: str) -> None:
    await ask(port_of(guard), f"GET http://{literal}:{secret.port}/ HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
    assert guard.log.refusals[-1] == (literal, secret.port, "127.0.0.1", Reason.REFUSED_ADDRESS)


@pytest.mark.parametrize("scheme", ["HTTP", "hTtP", "http"])
async def test_upper_case_schemes(guard: EgressProxy, secret: Server, scheme: str) -> None:
    answer = await ask(
        port_of(guard), f"GET {scheme}://127.0.0.1:{secret.port}/ HTTP/1.1\r\nConnection: close\r\n\r\n".encode()
    )
    assert answer.startswith(b"HTTP/1.1 403 Forbidden\r\nX-Auditor-Egress: refused-address\r\n")


@pytest.mark.parametrize("scheme", ["https", "ftp", "file", "gopher", "ws", "unix"])
async def test_other_schemes(guard: EgressProxy, scheme: str) -> None:
    answer = await ask(port_of(guard), f"GET {scheme}://shop.example/ HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
    assert b"403 Forbidden\r\nX-Auditor-Egress: refused-scheme\r\n" in answer


@pytest.mark.parametrize(
    "request_line",
    [
        "GET / HTTP/1.1",
        "GET http:/// HTTP/1.1",
        "CONNECT shop.example HTTP/1.1",
        "CONNECT 127.0.0.1%00:80 HTTP/1.1",
        "garbage",
        "GET http://a:b:c/ HTTP/1.1",
    ],
)
async def test_requests_that_name_no_host(guard: EgressProxy, request_line: str) -> None:
    answer = await ask(port_of(guard), f"{request_line}\r\nHost: 127.0.0.1\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\nX-Auditor-Egress: bad-request\r\n")


async def test_user_information_does_not_hide_the_host_and_is_not_logged(guard: EgressProxy, secret: Server) -> None:
    line = f"GET http://shop.example:pass@127.0.0.1:{secret.port}/ HTTP/1.1\r\nConnection: close\r\n\r\n"
    assert b"refused-address" in await ask(port_of(guard), line.encode())
    assert "pass" not in repr(guard.log.refusals)


@pytest.mark.parametrize("port", [22, 25, 6379])
async def test_other_ports(port: int) -> None:
    async with EgressProxy(EgressPolicy(allow_private=True)) as proxy:
        answer = await ask(port_of(proxy), f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 403 Forbidden\r\nX-Auditor-Egress: refused-port\r\n")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127.0.0.0/8 on loopback")
class TestBesideAnAllowedShop:
    """The shop is on 127.0.0.2, which is allowed; the secret is on 127.0.0.1, which is not."""

    async def test_a_redirect_to_the_secret(self, secret: Server) -> None:
        location = f"Location: http://127.0.0.1:{secret.port}/"
        async with (
            shop(lambda head: http(b"", "302 Found", location), "127.0.0.2") as outer,
            EgressProxy(self.policy(outer, secret)) as proxy,
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.2:{outer.port}/", proxy=proxy.url) as response,
        ):
            assert [step.status for step in response.history] == [302]
            assert response.status == 403
            assert response.headers["X-Auditor-Egress"] == "refused-address"

    async def test_a_name_that_moves_after_the_first_answer(self, secret: Server) -> None:
        asked: list[str] = []

        async def rebinding(host: str) -> Sequence[str]:
            asked.append(host)
            return ["127.0.0.2"] if len(asked) == 1 else ["127.0.0.1"]

        close = "Connection: close"
        async with (
            shop(lambda head: http(b"shop", "200 OK", close), "127.0.0.2") as outer,
            EgressProxy(self.policy(outer, secret), lookup=rebinding) as proxy,
        ):
            request = f"GET http://shop.example:{outer.port}/ HTTP/1.1\r\n{close}\r\n\r\n".encode()
            assert (await ask(port_of(proxy), request)).endswith(b"\r\n\r\nshop")
            assert (await ask(port_of(proxy), request)).endswith(b"\r\n\r\nshop")
            moved = f"GET http://shop.example:{secret.port}/ HTTP/1.1\r\n{close}\r\n\r\n".encode()
            assert b"X-Auditor-Egress: connection-refused" in await ask(port_of(proxy), moved)
        assert asked == ["shop.example"]

    async def test_every_answer_counts(self, secret: Server) -> None:
        async def two(host: str) -> Sequence[str]:
            return ["127.0.0.2", "127.0.0.1"]

        async with shop(lambda head: http(b"shop"), "127.0.0.2") as outer:
            async with EgressProxy(self.policy(outer, secret), lookup=two) as proxy:
                request = f"GET http://shop.example:{outer.port}/ HTTP/1.1\r\nConnection: close\r\n\r\n".encode()
                assert b"refused-address" in await ask(port_of(proxy), request)
            assert outer.hits == 0

    def policy(self, outer: Server, secret: Server) -> EgressPolicy:
        allowed = (ip_network("127.0.0.2/32"),)
        return EgressPolicy(allow_private=allowed, extra_ports=frozenset({outer.port, secret.port}))


@pytest.mark.skipif(not has_ipv6(), reason="no IPv6 loopback here")
async def test_a_name_with_only_an_ipv6_address() -> None:
    async def only_ipv6(host: str) -> Sequence[str]:
        return ["::1"]

    async with secret_server("::1") as internal:
        async with EgressProxy(EgressPolicy(extra_ports=frozenset({internal.port})), lookup=only_ipv6) as proxy:
            for line in ("GET http://shop.example:{}/", "CONNECT shop.example:{}"):
                request = f"{line.format(internal.port)} HTTP/1.1\r\nConnection: close\r\n\r\n"
                assert b"refused-address" in await ask(port_of(proxy), request.encode())
        assert internal.hits == 0


async def test_an_override_is_still_checked(secret: Server) -> None:
    entry = parse_resolve(f"shop.example:127.0.0.1:{secret.port}")
    async with EgressProxy(EgressPolicy(resolve=(entry,))) as proxy:
        answer = await ask(port_of(proxy), b"GET http://shop.example/ HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert b"X-Auditor-Egress: refused-address" in answer


async def test_a_websocket(guard: EgressProxy, secret: Server) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            await session.ws_connect(f"ws://127.0.0.1:{secret.port}/", proxy=guard.url)
        with pytest.raises(aiohttp.ClientError):
            await session.ws_connect(f"wss://127.0.0.1:{secret.port}/", proxy=guard.url)
    assert [refusal.reason for refusal in guard.log.refusals] == [Reason.REFUSED_ADDRESS] * 2


async def test_the_counter_counts() -> None:
    """The other tests would prove nothing if the way through a lenient policy did not end at the secret."""
    async with secret_server() as internal, EgressProxy(lenient(internal)) as proxy:
        request = f"GET http://2130706433:{internal.port}/ HTTP/1.1\r\nConnection: close\r\n\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(proxy))
        writer.write(request.encode())
        assert SECRET in await reader.readuntil(SECRET)
        writer.close()
        assert internal.hits == 1


async def test_the_proxy_cannot_be_sent_to_itself() -> None:
    async with EgressProxy(EgressPolicy(allow_private=True, ports=frozenset(range(1, 65536)))) as proxy:
        own = port_of(proxy)
        answer = await asyncio.wait_for(ask(own, f"CONNECT localhost:{own} HTTP/1.1\r\n\r\n".encode()), 5)
    assert b"X-Auditor-Egress: refused-address" in answer
