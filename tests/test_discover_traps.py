"""Shops whose addresses have no end: discovery does."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from tests.discover_server import Shop, found, html, page, serving

pytestmark = pytest.mark.server


async def endless_paths(request: web.Request) -> web.Response:
    return html(page("Loop", "a/", "b/"))


async def sessions(request: web.Request) -> web.Response:
    import secrets

    links = [f"{path}?PHPSESSID={secrets.token_hex(16)}" for path in ("/", "/a", "/b")] + [
        f"/a?token={secrets.token_hex(16)}" for _ in range(9)
    ]
    return html(page(f"Page {request.path}", *links))


async def calendar(request: web.Request) -> web.Response:
    year, month = (
        (int(part) for part in [*request.path.strip("/").split("/"), "2030", "1"][1:3])
        if request.path != "/"
        else (2030, 1)
    )
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    to = [f"/events/{year + (month == 12)}/{month % 12 + 1}", f"/events/{year - (month == 1)}/{(month - 2) % 12 + 1}"]
    return html(page(f"Events {months[month - 1]} {year}", *to))


async def facets(request: web.Request) -> web.Response:
    colours, sizes, brands = ("red", "blue", "green", "black"), ("s", "m", "l", "xl"), ("a", "b", "c", "d", "e")
    query = "&".join(f"{name}={value}" for name, value in request.query.items())
    links = [
        f"/shoes?{query}&{name}={value}"
        for name, values in (("color", colours), ("size", sizes), ("brand", brands))
        for value in values
    ]
    return html(page("Shoes", "/shoes?sort=price", "/shoes?sort=name", *links))


async def pagination(request: web.Request) -> web.Response:
    number = int(request.query.get("page", "1"))
    return html(page(f"List {number}", f"/?page={number + 1}", f"/item-{number}"))


@pytest.mark.parametrize("trap", [endless_paths, sessions, calendar, facets, pagination])
async def test_traps_do_not_hold_the_crawl(
    tmp_path: Path, trap: Callable[[web.Request], Awaitable[web.Response]]
) -> None:
    async with serving(Shop({}, trap)) as shop:
        result, facts = await found(shop, tmp_path, max_pages=300)
    assert result.ended == "complete"
    assert len(facts) <= 45
    assert sum(result.skipped.values()) > 0 or trap is sessions
