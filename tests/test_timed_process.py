"""Which process a page of a timed load is in, in a real browser."""

import pytest
from aiohttp import web
from playwright.async_api import CDPSession

from auditor.browser.session import BrowserSession
from auditor.browser.timed_lane import TIMED_ARGS
from auditor.evidence import Device
from auditor.settings import ShopSettings
from tests.browser_site import page, serving

pytestmark = pytest.mark.browser


async def _renderers(cdp: CDPSession) -> set[int]:
    found = await cdp.send("SystemInfo.getProcessInfo")
    return {one["id"] for one in found["processInfo"] if one["type"] == "renderer"}


async def _alone(_request: web.Request) -> web.Response:
    headers = {"Cross-Origin-Opener-Policy": "same-origin"}
    return web.Response(text=page("<h1>Blue mug</h1>"), content_type="text/html", headers=headers)


async def test_a_page_that_parts_from_its_opener_stays_in_the_process_that_is_recorded() -> None:
    async with serving({"/": _alone}) as site:
        shop = ShopSettings(start_url=site.url, allow_private=True)
        async with BrowserSession(shop, proxy=None) as session, session.timing(TIMED_ARGS) as opens:
            context = await opens(Device.MOBILE)
            assert context.browser is not None
            cdp = await context.browser.new_browser_cdp_session()
            tab = await context.new_page()
            before = await _renderers(cdp)
            await tab.goto(site.url)
            assert await _renderers(cdp) == before != set()
