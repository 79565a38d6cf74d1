"""What a server answered, also where the browser keeps the answer from the page."""

from pathlib import Path

import pytest
from aiohttp import web

from auditor.browser.capture import visit
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, Page, Template
from auditor.settings import ShopSettings
from tests.browser_site import page, serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio]


async def test_an_error_page_sent_for_the_script_of_another_origin_keeps_its_status(tmp_path: Path) -> None:
    gone = web.Response(status=404, text="<!doctype html><html><body>No such account</body></html>",
                        content_type="text/html", headers={"X-Content-Type-Options": "nosniff"})  # fmt: skip
    async with serving({"/chat.js": gone}) as maker, serving() as shop:
        script = f"{maker.url}/chat.js"
        shop.pages["/p"] = page(f'<main><h1>Mug</h1><script async src="{script}"></script></main>')
        settings = ShopSettings(start_url=f"{shop.url}/p", allow_private=True)
        async with BrowserSession(settings, proxy=None) as session:
            one = Page(url=f"{shop.url}/p", key="/p", template=Template.PRODUCT)
            seen = await visit(session, one, Device.MOBILE, tmp_path)
    assert seen.requests is not None
    (asked,) = [request for request in seen.requests.items if request.url == script]
    assert asked.status == 404
    assert "ORB" in (asked.failed or ""), "the browser kept it back, or this test shows nothing"
