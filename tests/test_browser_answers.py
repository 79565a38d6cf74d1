"""What a server answered, also where the browser keeps the answer from the page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from aiohttp import web
from playwright.async_api import CDPSession

from auditor.browser.capture import visit
from auditor.browser.network import NetworkLog
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, Page, Template
from auditor.settings import ShopSettings
from tests.browser_site import page, serving


@pytest.mark.browser
@pytest.mark.asyncio
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


class _Tab:
    """Stands for a browser's tab whose events come in the order a test tells."""

    def __init__(self) -> None:
        self.takers: dict[str, Callable[[dict[str, Any]], None]] = {}

    def on(self, event: str, take: Callable[[dict[str, Any]], None]) -> None:
        self.takers[event] = take

    def tell(self, event: str, **fields: Any) -> None:
        self.takers[f"Network.{event}"]({"requestId": "7", **fields})


@pytest.mark.parametrize("answered_first", [True, False])
def test_a_status_from_the_wire_may_come_before_the_request_is_told(answered_first: bool) -> None:
    tab = _Tab()
    log = NetworkLog(cast(CDPSession, tab))
    answer = partial(tab.tell, "responseReceivedExtraInfo", statusCode=404)
    if answered_first:
        answer()
    tab.tell("requestWillBeSent", timestamp=1.0, request={"url": "http://chat.example/chat.js", "method": "GET"})
    if not answered_first:
        answer()
    tab.tell("loadingFailed", timestamp=2.0, errorText="net::ERR_BLOCKED_BY_ORB")
    (asked,) = log.snapshot("http://shop.example/p", "stored")[0].items
    assert (asked.status, asked.failed) == (404, "net::ERR_BLOCKED_BY_ORB")
