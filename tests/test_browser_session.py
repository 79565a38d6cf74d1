"""The browser is there for the audit, comes back when it dies, keeps secrets to the shop, and leaves nothing behind."""

import asyncio
import os
import signal
from pathlib import Path

import psutil
import pytest
from aiohttp import web

from auditor.browser.capture import visit_panel
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, Ended, Page, Template
from auditor.settings import ShopSettings
from tests.browser_site import page, serving

pytestmark = pytest.mark.browser


def descendants() -> list[psutil.Process]:
    return psutil.Process(os.getpid()).children(recursive=True)


def browsers() -> list[psutil.Process]:
    found = []
    for process in descendants():
        try:
            if "--remote-debugging-pipe" in process.cmdline():
                found.append(process)
        except psutil.Error:
            continue
    return found


async def nothing_left(before: set[int]) -> bool:
    """Whether every process of ours beyond ``before`` is gone within a few seconds."""
    for _try in range(100):
        if not {process.pid for process in descendants() if process.status() != psutil.STATUS_ZOMBIE} - before:
            return True
        await asyncio.sleep(0.05)
    return False


async def test_a_killed_browser_costs_one_attempt_and_nothing_is_left(tmp_path: Path) -> None:
    before = {process.pid for process in descendants()}
    killed: list[int] = []

    async def deadly(request: web.Request) -> web.StreamResponse:
        if not killed:
            killed.extend(process.pid for process in browsers())
            for pid in killed:
                os.kill(pid, signal.SIGKILL)
        return web.Response(text=page("<h1>Two</h1>"), content_type="text/html")

    async with serving({"/1": page("<h1>One</h1>"), "/2": deadly}) as site:
        shop = ShopSettings(start_url=site.url, allow_private=True)
        pages = [Page(url=f"{site.url}/{n}", key=f"/{n}", template=Template.CONTENT) for n in (1, 2)]
        async with BrowserSession(shop, proxy=None) as session:
            found = {one.page.key: one async for one in visit_panel(session, pages, [Device.DESKTOP], tmp_path)}
    assert killed
    assert {key: (one.visit.ended, one.visit.attempt) for key, one in found.items()} == {
        "/1": (Ended.LOADED, 1),
        "/2": (Ended.LOADED, 2),
    }
    assert await nothing_left(before)


async def test_a_browser_that_dies_every_time_is_said(tmp_path: Path) -> None:
    async def deadly(request: web.Request) -> web.StreamResponse:
        for process in browsers():
            os.kill(process.pid, signal.SIGKILL)
        return web.Response(text="x")

    async with serving({"/1": deadly}) as site:
        shop = ShopSettings(start_url=site.url, allow_private=True)
        pages = [Page(url=f"{site.url}/1", key="/1", template=Template.CONTENT)]
        async with BrowserSession(shop, proxy=None) as session:
            (one,) = [one async for one in visit_panel(session, pages, [Device.DESKTOP], tmp_path)]
    assert (one.visit.ended, one.visit.attempt) == (Ended.BROWSER_DIED, 2)
    assert one.visit.note.endswith(".")


async def test_cancelling_ends_visits_and_browser(tmp_path: Path) -> None:
    before = {process.pid for process in descendants()}
    asked = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        asked.set()
        await asyncio.sleep(60)
        return web.Response()

    async with serving({"/1": slow}) as site:
        shop = ShopSettings(start_url=site.url, allow_private=True)
        pages = [Page(url=f"{site.url}/1", key="/1", template=Template.CONTENT)]

        async def audit() -> None:
            async with BrowserSession(shop, proxy=None) as session:
                async for _one in visit_panel(session, pages, [Device.DESKTOP], tmp_path):
                    pass

        running = asyncio.ensure_future(audit())
        await asyncio.wait_for(asked.wait(), 30)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert await nothing_left(before)


async def test_secrets_go_to_the_shop_only(tmp_path: Path) -> None:
    async with serving({"/theirs": page("<h1>T</h1>")}) as other:

        async def away(request: web.Request) -> web.StreamResponse:
            raise web.HTTPFound(f"{other.url}/theirs?from=redirect")

        async with serving({"/away": away}) as site:
            site.pages["/1"] = page(
                f'<h1>S</h1><script src="/own.js"></script><img src="{other.url}/9x9.jpg"><img src="/away">'
            )
            shop = ShopSettings.model_validate(
                {
                    "start_url": site.url,
                    "allow_private": True,
                    "access": {
                        "headers": {"X-Staging": "tell-nobody"},
                        "cookies": {"door": "open-sesame"},
                        "basic": "u:pass-word",
                    },
                }
            )
            pages = [Page(url=f"{site.url}/1", key="/1", template=Template.CONTENT)]
            async with BrowserSession(shop, proxy=None) as session:
                (one,) = [one async for one in visit_panel(session, pages, [Device.DESKTOP], tmp_path)]
            assert one.visit.ended is Ended.LOADED, one.visit.note
            assert [
                headers.get("X-Staging") or headers.get("x-staging") for headers in site.requests_of("/own.js")
            ] == ["tell-nobody"]
            assert "open-sesame" in site.requests_of("/1")[0]["Cookie"]
        theirs = [headers for _host, path, headers in other.asked if "favicon" not in path]
        assert len(theirs) == 2
        # Cookies do not know ports, so on loopback only the header can be told apart by origin.
        assert "tell-nobody" not in str(theirs)
        assert "pass-word" not in one.model_dump_json()
        assert "tell-nobody" not in one.model_dump_json()


async def test_rendering_for_discovery() -> None:
    script = "<script>document.body.insertAdjacentHTML('beforeend', '<a href=/made-by-script>x</a>')</script>"
    async with serving({"/1": page(f"<h1>R</h1>{script}")}) as site:
        shop = ShopSettings(start_url=site.url, allow_private=True)
        session = BrowserSession(shop, proxy=None)
        async with session:
            rendered = await session.render(f"{site.url}/1")
            assert rendered is not None
            assert (rendered.status, rendered.url) == (200, f"{site.url}/1")
            assert 'href="/made-by-script"' in rendered.html
            assert await session.render("http://127.0.0.1:9/") is None
