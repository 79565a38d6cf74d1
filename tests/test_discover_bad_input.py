"""Shops that are down, closed, hostile or endless: discovery ends, says why, and keeps what it has."""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from auditor.discover.crawl import discover
from auditor.egress import EgressPolicy, EgressProxy
from tests.discover_server import Shop, found, html, page, serving, settings

pytestmark = pytest.mark.server


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def status(
    code: int, body: str = "<html><title>x</title></html>", **headers: str
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_: web.Request) -> web.Response:
        return html(body, status=code, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return answer


@pytest.mark.parametrize("through_proxy", [False, True])
@pytest.mark.parametrize(
    ("start", "words"), [("http://nowhere.invalid/", "not known"), ("http://127.0.0.1:%d/", "refuses the connection")]
)
async def test_unreachable(tmp_path: Path, start: str, words: str, through_proxy: bool) -> None:
    url = start % free_port() if "%d" in start else start
    async with contextlib.AsyncExitStack() as stack:
        proxy = ""
        if through_proxy:
            policy = EgressPolicy(allow_private=True, ports=None, extra_ports=frozenset(range(1024, 65536)))
            proxy = (await stack.enter_async_context(EgressProxy(policy))).url
        result = await discover(settings(url), tmp_path, proxy=proxy)
    assert result.ended == "unreachable"
    assert words in result.why


async def test_private_address_is_refused_with_the_remedy(tmp_path: Path) -> None:
    async with (
        serving(Shop({"/": page("Home")})) as shop,
        EgressProxy(EgressPolicy(extra_ports=frozenset(range(1024, 65536)))) as proxy,
    ):
        result = await discover(settings(shop.url), tmp_path, proxy=proxy.url)
    assert result.ended == "unreachable"
    assert "--allow-private" in result.why
    assert not shop.asked


async def test_plain_http_port_spoken_to_with_tls(tmp_path: Path) -> None:
    async with serving(Shop({"/": page("Home")})) as shop:
        result = await discover(settings(shop.url.replace("http:", "https:")), tmp_path, proxy="")
    assert result.ended == "unreachable"
    assert "TLS" in result.why


async def test_redirect_loop_at_the_start(tmp_path: Path) -> None:
    async with serving(Shop({"/": status(302, location="/b"), "/b": status(302, location="/")})) as shop:
        result, _ = await found(shop, tmp_path)
    assert result.ended == "unreachable"
    assert "circle" in result.why


@pytest.mark.parametrize(
    ("answer", "block"),
    [
        (status(403), "blocked"),
        (status(429), "blocked"),
        (status(503, retry_after="120"), "maintenance"),
        (status(503, body="<html><script>window._cf_chl_opt={}</script></html>"), "blocked"),
        (status(403, cf_mitigated="challenge"), "blocked"),
        (status(401), "login"),
        (status(511), "captive_portal"),
        (status(500), "http_error"),
        (status(404), "http_error"),
        (
            status(200, body="<title>Store</title><form><input type=password name=p></form>"),
            "login",
        ),
        (
            status(
                200,
                body="<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x.js></script>",
            ),
            "blocked",
        ),
    ],
)
async def test_blocks(tmp_path: Path, answer: Callable[[web.Request], Awaitable[web.Response]], block: str) -> None:
    async with serving(Shop({"/": answer}, answer)) as shop:
        result, facts = await found(shop, tmp_path)
    assert (result.ended, result.block, result.fetched) == ("blocked", block, 1)
    assert len(result.why) > 40
    assert set(facts) == {"/"}


async def test_shop_that_begins_to_refuse(tmp_path: Path) -> None:
    home = page("Home", *(f"/p-{n}" for n in range(40)))
    async with serving(Shop({"/": home}, status(403))) as shop:
        result, _ = await found(shop, tmp_path)
    assert (result.ended, result.block) == ("blocked", "blocked")
    assert result.fetched < 20


async def test_login_form_in_the_header_of_a_shop_is_no_block(tmp_path: Path) -> None:
    home = page("Home", *(f"/p-{n}" for n in range(20)), more="<form><input type=password></form>")
    async with serving(Shop({"/": home}, status(404))) as shop:
        result, _ = await found(shop, tmp_path)
    assert (result.ended, result.block) == ("complete", "none")


async def test_pdf_at_the_start(tmp_path: Path) -> None:
    async def pdf(_: web.Request) -> web.Response:
        return web.Response(body=b"%PDF-1.4 ...", content_type="application/pdf")

    async with serving(Shop({"/": pdf, "/x": page("X", "/leaflet"), "/leaflet": pdf})) as shop:
        result, _ = await found(shop, tmp_path / "a")
        inside, facts = await found(shop, tmp_path / "b", "/x")
    assert (result.ended, result.block) == ("blocked", "not_html")
    assert facts["/leaflet"].content_type == "application/pdf"
    assert inside.ended == "complete"


async def test_empty_site(tmp_path: Path) -> None:
    async with serving(Shop({"/": ""})) as shop:
        result, facts = await found(shop, tmp_path)
    assert result.ended == "complete"
    assert "no link" in result.why
    assert facts["/"].text_chars == 0


async def test_huge_and_endless_answers(tmp_path: Path) -> None:
    async def huge(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": str(200 * 2**20)})
        await answer.prepare(request)
        with contextlib.suppress(ConnectionError):
            for _ in range(200):
                await answer.write(b"x" * 2**20)
        return answer

    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/html"})
        await answer.prepare(request)
        with contextlib.suppress(ConnectionError):
            while True:
                await answer.write(b"<p>" * 2**16)
        return answer

    async def silent(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/html"})
        await answer.prepare(request)
        with contextlib.suppress(ConnectionError):
            while request.transport is not None and not request.transport.is_closing():
                await answer.write(b" ")
                await asyncio.sleep(0.02)
        return answer

    pages = {
        "/": page("Home", "/huge", "/endless", "/silent", "/fine"),
        "/huge": huge,
        "/endless": endless,
        "/silent": silent,
        "/fine": page("Fine"),
    }
    async with serving(Shop(pages)) as shop:
        result, facts = await found(shop, tmp_path, page_seconds=3)
    assert result.ended == "complete"
    assert result.skipped["too-large"] == 2
    assert (facts["/huge"].status, facts["/endless"].status, facts["/silent"].status) == (200, 200, 0)
    assert facts["/fine"].title == "Fine"


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>" + "<div>" * 20_000 + "deep",
        "<html><body>" + "<a href='/x'><b><i><p><table><td>" * 500 + "<h1>unclosed <title>late",
        "\x00\x01\ufffe<html \x00><a href=/x>&#0;&#xD800;</a>",
        '<html><script type="application/ld+json">'
        + "[" * 100_000
        + "</script><script type='application/ld+json'>{broken</script>",
        "<html>" + "<div itemscope itemprop=a>" * 390,
        '<html><a href="http://[::1">bad</a><a href="http://x:99999/">port</a><a href="//">none</a><base href="http://[">',
        "<html><form>" * 3000,
    ],
)
async def test_broken_html_is_recorded(tmp_path: Path, body: str) -> None:
    async with serving(Shop({"/": page("Home", "/odd"), "/odd": body})) as shop:
        result, facts = await found(shop, tmp_path)
    assert result.ended == "complete"
    assert facts["/odd"].status == 200
