"""Discovery against small servers: what is found, what is left alone, what is recorded."""

import json
from pathlib import Path

import pytest
from aiohttp import web

from auditor.discover.link_graph import dead_links
from auditor.rendered import Rendered
from auditor.settings import Access, Politeness
from tests.discover_server import Answer, Shop, found, html, page, serving

pytestmark = pytest.mark.server


async def test_depth_and_parent_are_the_least_clicks(tmp_path: Path) -> None:
    pages = {
        "/": page("Home", "/a", "/b"),
        "/a": page("A", "/c"),
        "/b": page("B", "/d"),
        "/c": page("C", "/e"),
        "/d": page("D", "/e"),
        "/e": page("E"),
        "/sitemap.xml": "<urlset><url><loc>/e</loc></url><url><loc>/alone</loc></url></urlset>",
        "/alone": page("Alone"),
    }
    async with serving(Shop(pages)) as shop:
        result, facts = await found(shop, tmp_path)
    assert {path: one.depth for path, one in facts.items()} == {
        "/": 0,
        "/a": 1,
        "/b": 1,
        "/c": 2,
        "/d": 2,
        "/e": 3,
        "/alone": None,
    }
    assert facts["/c"].found_from == f"{shop.url}/a"
    assert [path for path, one in facts.items() if one.in_sitemap] == sorted(["/e", "/alone"], key=list(facts).index)
    assert (result.ended, result.fetched, result.queued_left, result.sitemap_urls) == ("complete", 7, 0, 2)


async def test_robots_forbid_and_delay_is_said(tmp_path: Path) -> None:
    async def robots(_: web.Request) -> web.Response:
        return web.Response(text="User-agent: *\nDisallow: /private\nCrawl-delay: 0.05\nSitemap: /maps/all.xml")

    pages = {
        "/": page("Home", "/private/a", "/open", "/jump"),
        "/open": page("Open"),
        "/robots.txt": robots,
        "/maps/all.xml": "<urlset><url><loc>/listed</loc></url><url><loc>/private/b</loc></url></urlset>",
        "/listed": page("Listed"),
    }

    async def jump(_: web.Request) -> web.Response:
        raise web.HTTPFound("/private/c")

    async with serving(Shop({**pages, "/jump": jump})) as shop:
        result, facts = await found(shop, tmp_path)
    assert set(facts) == {"/", "/open", "/listed", "/jump"} or set(facts) == {"/", "/open", "/listed"}
    assert not [path for path in shop.asked if path.startswith("/private")]
    assert result.robots_found
    assert result.crawl_delay_s == 0.05
    assert result.skipped["robots"] >= 2
    assert all(seen["User-Agent"].startswith("storefront-auditor/") for _, seen in shop.seen)


async def test_redirect_chains_are_recorded_hop_by_hop(tmp_path: Path) -> None:
    def to(where: str, status: int = 302) -> Answer:
        async def answer(_: web.Request) -> web.Response:
            return web.Response(status=status, headers={"Location": where})

        return answer

    pages = {
        "/": page("Home", "/one", "/circle", "/away", "/gone", "/end"),
        "/one": to("/two", 301),
        "/two": to("/end"),
        "/end": page("End", "/after"),
        "/after": page("After"),
        "/circle": to("/circle"),
        "/away": to("http://elsewhere.example/"),
    }
    async with serving(Shop(pages)) as shop:
        result, facts = await found(shop, tmp_path)
    assert [(hop.url.removeprefix(shop.url), hop.status) for hop in facts["/one"].redirects] == [
        ("/one", 301),
        ("/two", 302),
    ]
    assert facts["/one"].final_url == f"{shop.url}/end"
    assert facts["/circle"].status == 0
    assert len(facts["/circle"].redirects) >= 10
    assert (facts["/away"].status, facts["/away"].final_url) == (302, "http://elsewhere.example/")
    assert facts["/gone"].status == 404
    assert "/after" in facts
    dead, checked, unchecked = dead_links(tmp_path / "pages.jsonl", tmp_path / "links.jsonl")
    assert {link.url.removeprefix(shop.url): (link.status, link.hops) for link in dead} == {
        "/one": (200, 2),
        "/circle": (0, len(facts["/circle"].redirects)),
        "/gone": (404, 0),
    }
    assert dead[0].found_on == ("/",)
    assert dead[0].regions == ("main",)
    assert (checked, unchecked) == (6, 0)
    assert result.statuses["404"] == 1


async def test_an_answer_that_leads_back_to_where_one_was_is_followed(tmp_path: Path) -> None:
    async def currency(request: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": f"{request.path}-named"})

    async def named(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": request.headers.get("Referer", "/end")})

    pages = {"/": page("Home", "/currency"), "/currency": currency, "/currency-named": named, "/end": page("End")}
    async with serving(Shop(pages)) as shop:
        _, facts = await found(shop, tmp_path)
    assert facts["/currency"].status == 200
    assert len(facts["/currency"].redirects) == 2


async def test_sitemap_index_with_gzip_and_broken_parts(tmp_path: Path) -> None:
    import gzip

    async def packed(_: web.Request) -> web.Response:
        return web.Response(
            body=gzip.compress(b"<urlset><url><loc>/zipped</loc></url></urlset>"), content_type="application/gzip"
        )

    async def bomb(_: web.Request) -> web.Response:
        return web.Response(body=gzip.compress(b" " * 60_000_000), content_type="application/gzip")

    pages = {
        "/": page("Home"),
        "/zipped": page("Zipped"),
        "/half": page("Half"),
        "/sitemap.xml": "<sitemapindex>"
        + "".join(f"<sitemap><loc>/sitemap-{n}</loc></sitemap>" for n in ("a", "b", "c", "d"))
        + "</sitemapindex>",
        "/sitemap-a": packed,
        "/sitemap-b": bomb,
        "/sitemap-c": "<urlset><url><loc>/half</loc></url><url><loc>/cut",
        "/sitemap-d": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>/&a;</loc></url></urlset>",
    }
    async with serving(Shop(pages)) as shop:
        result, facts = await found(shop, tmp_path)
    assert {"/zipped", "/half"} <= set(facts)
    assert not [path for path in facts if "root" in path]
    assert result.ended == "complete"


async def test_only_the_language_of_the_start(tmp_path: Path) -> None:
    alternates = '<link rel="alternate" hreflang="en" href="/"><link rel="alternate" hreflang="pl" href="/pl/">'
    home = page("Home", "/a", "/pl/a", "/de/a").replace("<main>", alternates + "<main>")
    pages = {
        "/": home,
        "/a": page("A"),
        "/pl/": page("Dom", "/pl/b", lang="pl"),
        "/pl/b": page("B", lang="pl"),
        "/de/a": page("A", "/de/b", lang="de"),
    }
    async with serving(Shop(dict(pages))) as shop:
        result, facts = await found(shop, tmp_path / "en")
        other, polish = await found(shop, tmp_path / "pl", language="pl")
    assert set(facts) == {"/", "/a"}
    assert result.skipped["other-language"] >= 2
    assert result.language == "en"
    assert {"/pl/", "/pl/b"} <= set(polish)
    assert "/a" not in polish
    assert other.language == "pl"


async def test_links_made_by_scripts_are_found_with_the_browser(tmp_path: Path) -> None:
    shell = "<html lang=en><title>Shop</title><div id=app></div><script src=/app.js></script></html>"

    async def render(url: str) -> Rendered | None:
        if url.endswith("/"):
            return Rendered(url, 200, page("Home", "/a", "/b"))
        return Rendered(url, 200, page(url, "/"))

    async def fallback(_: web.Request) -> web.Response:
        return html(shell)

    async with serving(Shop({"/": shell}, fallback)) as shop:
        result, facts = await found(shop, tmp_path, render=render)
    assert {"/", "/a", "/b"} <= set(facts)
    assert all(one.rendered for one in facts.values())
    assert result.rendered_pages == 3, list(facts)


async def test_malformed_header_is_read_with_the_browser(tmp_path: Path) -> None:
    async def broken(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.write(b"HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 2\r\n\r\nhi")
        request.transport.close()
        return web.Response()

    async def render(url: str) -> Rendered | None:
        return Rendered(url, 200, page("Odd", "/"))

    async with serving(Shop({"/": page("Home", "/odd"), "/odd": broken})) as shop:
        result, facts = await found(shop, tmp_path, render=render)
    assert facts["/odd"].title == "Odd"
    assert facts["/odd"].rendered
    assert result.rendered_pages == 1


async def test_not_found_page_is_described(tmp_path: Path) -> None:
    menu = '<html lang=en><header><a href="/">Shop</a><a href="/c">C</a></header>'

    async def soft(_: web.Request) -> web.Response:
        return html(menu + "<form><input type=search name=q></form>Nothing here")

    async with serving(Shop({"/": page("Home", "/a"), "/a": page("A")}, soft)) as shop:
        result, _ = await found(shop, tmp_path)
    probe = result.not_found
    assert probe
    assert (probe.status, probe.links_home, probe.has_search, probe.menu_links, probe.redirected_home) == (
        200,
        True,
        True,
        2,
        False,
    )


async def test_secrets_go_to_the_own_origin_only(tmp_path: Path) -> None:
    async with serving(Shop({}, lambda _: _html("stolen"))) as thief:

        async def away(_: web.Request) -> web.Response:
            raise web.HTTPFound(f"{thief.url}/steal")

        async def twin(_: web.Request) -> web.Response:
            raise web.HTTPFound("/real")

        pages = {"/": away, "/real": page("Real", "/x"), "/x": page("X")}
        access = Access.model_validate(
            {"basic": "eve:hunter2", "headers": {"X-Key": "canary-key"}, "cookies": {"pass": "canary-cookie"}}
        )
        async with serving(Shop(pages)) as shop:
            await found(shop, tmp_path / "a", access=access)
            shop.pages["/"] = twin
            await found(shop, tmp_path / "b", access=access)
    assert thief.asked["/steal"] == 1
    assert not [1 for _, headers in thief.seen if "canary" in str(headers) or "Authorization" in headers]
    to_shop = [headers for path, headers in shop.seen if path == "/x"]
    assert to_shop
    assert all(
        h["X-Key"] == "canary-key" and "canary-cookie" in h["Cookie"] and h["Authorization"].startswith("Basic ")
        for h in to_shop
    )
    written = "".join((tmp_path / run / name).read_text() for run in "ab" for name in ("pages.jsonl", "links.jsonl"))
    assert "canary" not in written
    assert "hunter2" not in written


async def _html(text: str) -> web.Response:
    return html(text)


async def test_asked_addresses_first_and_few_pages_still_see_every_kind(tmp_path: Path) -> None:
    nav = "".join(f'<a href="/category/c-{n}">c</a>' for n in range(30))
    footer = "".join(f'<a href="/info/i-{n}">i</a>' for n in range(10))
    card = "".join(f'<li><a href="/product/p-{n}"><img src="/i"></a><b>{n + 9},00 zł</b></li>' for n in range(20))
    header = f'<header><nav>{nav}</nav><a href="/cart">k</a></header>'
    body = f"<html lang=pl><title>T%s</title>{header}<main><h1>T%s</h1><ul>{card}</ul></main><footer>{footer}</footer>"

    async def any_page(request: web.Request) -> web.Response:
        return html(body.replace("%s", request.path))

    async with serving(Shop({}, any_page)) as shop:
        result, facts = await found(shop, tmp_path, max_pages=12, urls=("/asked",))
    kinds = {path.split("/")[1] for path in facts}
    assert kinds == {"", "asked", "category", "product", "cart", "info"}
    assert (result.ended, result.fetched) == ("page_limit", 12)
    assert "12" in result.why
    assert facts["/"].signals.cards == 20
    regions = {line["region"] for line in map(json.loads, (tmp_path / "links.jsonl").read_text().splitlines())}
    assert regions == {"nav", "header", "main", "footer"}


async def test_repeated_crawls_in_one_process(tmp_path: Path) -> None:
    async with serving(Shop({"/": page("Home", "/a"), "/a": page("A")})) as shop:
        counts = [(await found(shop, tmp_path / str(n), politeness=Politeness(delay_s=0)))[0].fetched for n in range(3)]
    assert counts == [2, 2, 2]
