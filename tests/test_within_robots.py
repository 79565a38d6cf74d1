"""A journey through a shop that is not the operator's opens no page that robots.txt keeps from crawlers."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from auditor.browser.journey import walk_search
from auditor.browser.session import BrowserSession
from auditor.evidence import Device
from auditor.evidence.journey import Blocker
from auditor.queries import Catalogue, Goods
from auditor.settings import JourneySettings, Politeness, ShopSettings
from tests.loopback import answered

PAGE = """<!doctype html><html lang="en"><title>{title}</title><h1>{title}</h1>
<form action="/find" role="search"><input type="search" name="q" aria-label="Search"><button>Search</button></form>
<ul><li><a href="/p/1">Copper lantern</a> £20.00</li></ul></html>"""
GOODS = Catalogue((Goods("/p/1", "Copper lantern", ()),), ("Copper lantern",), (), "en", whole_shop=True)


@pytest.fixture
async def shop() -> AsyncIterator[tuple[str, list[str]]]:
    """Its address, and the paths that were asked for."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text=PAGE.format(title=request.path), content_type="text/html")

    async with answered(answer, handler_cancellation=True) as origin:
        yield f"{origin}/", asked


@pytest.mark.browser
async def test_what_robots_txt_forbids_is_not_asked_for(shop, tmp_path):
    url, asked = shop
    settings = ShopSettings(
        start_url=url, allow_private=True, politeness=Politeness(delay_s=0), depth="pages",
        journey=JourneySettings(walk=("search",), within_robots=True),
    )  # fmt: skip
    async with BrowserSession(settings, proxy=None) as session:
        kept = await walk_search(
            session, settings, Device.DESKTOP, tmp_path, catalogue=GOODS, home_url=url, language="en",
            kinds=frozenset({"exact-title"}), allowed=lambda address: "/find" not in address,
        )  # fmt: skip
    assert asked
    assert "/find" not in asked
    assert (kept.ended, kept.blocker) == ("forbidden", Blocker.INTERLOCK)
    assert "robots.txt keeps" in kept.note
    # It was tried, and kept from leaving.
    assert {refusal.address for refusal in kept.refused_requests if "robots.txt" in refusal.why} == {f"{url}find"}
    assert not kept.searches, "what was seen of a journey that we stopped says nothing about the shop"
