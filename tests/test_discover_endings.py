"""Discovery that is cut off, by its time limit, from outside or by a full disk, keeps what it has."""

import asyncio
import contextlib
import signal
import sys
from pathlib import Path

import pytest
from aiohttp import web

from auditor.discover.crawl import discover
from auditor.discover.recorder import read_pages
from auditor.settings import Politeness
from tests.discover_server import Shop, found, html, page, serving, settings

pytestmark = pytest.mark.server


async def test_time_limit_ends_in_flight_requests(tmp_path: Path) -> None:
    never = asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(never.wait(), 30)
        return html("late")

    async with serving(Shop({"/": page("Home", "/slow", "/slow2")}, slow)) as shop:
        shop.pages["/robots.txt"] = shop.pages["/sitemap.xml"] = ""
        async with asyncio.timeout(20):
            result, facts = await found(shop, tmp_path, max_seconds=2)
        never.set()
    assert result.ended == "time_limit"
    assert "time limit" in result.why
    assert set(facts) == {"/"}


async def test_cancelling_stops_the_crawl_and_keeps_what_was_written(tmp_path: Path) -> None:
    many = page("Home", *(f"/p-{n}" for n in range(200)))
    reached = asyncio.Event()

    async def one(request: web.Request) -> web.Response:
        if shop.asked.total() > 8:
            reached.set()
        return html(page(request.path))

    shop = Shop({"/": many}, one)
    async with serving(shop):
        polite = Politeness(delay_s=0.05, autothrottle=False)
        crawl = asyncio.create_task(discover(settings(shop.url, politeness=polite), tmp_path, proxy=""))
        await reached.wait()
        crawl.cancel()
        async with asyncio.timeout(10):
            with pytest.raises(asyncio.CancelledError):
                await crawl
        after = shop.asked.total()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        assert not [task for task in others if "scrapy" in repr(task) or "crawl" in repr(task)]
        assert shop.asked.total() == after
    assert list(read_pages(tmp_path / "pages.jsonl"))


async def test_long_crawl_delay_does_not_hold_a_cancelled_crawl(tmp_path: Path) -> None:
    async def robots(_: web.Request) -> web.Response:
        return web.Response(text="User-agent: *\nCrawl-delay: 60")

    async with serving(Shop({"/": page("Home", "/a", "/b", "/c"), "/robots.txt": robots})) as shop:
        async with asyncio.timeout(9):
            result = await discover(settings(shop.url, max_seconds=1), tmp_path, proxy="")
    assert result.crawl_delay_s == 60
    assert result.ended in ("time_limit", "unreachable")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
async def test_full_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").symlink_to("/dev/full")
    async with serving(Shop({"/": page("Home", "/a"), "/a": page("A")})) as shop:
        with pytest.raises(OSError, match="space"):
            await discover(settings(shop.url), tmp_path, proxy="")


async def test_ctrl_c_ends_the_process_with_its_pages_kept(tmp_path: Path) -> None:
    reached = asyncio.Event()

    async def one(request: web.Request) -> web.Response:
        if shop.asked.total() > 5:
            reached.set()
        return html(page(request.path))

    program = """
import asyncio, sys
from pathlib import Path
from auditor.discover.crawl import discover
from auditor.settings import ShopSettings
asyncio.run(discover(ShopSettings(start_url=sys.argv[1]), Path(sys.argv[2]), proxy=""))
"""
    shop = Shop({"/": page("Home", *(f"/p-{n}" for n in range(300)))}, one)
    async with serving(shop):
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, shop.url, str(tmp_path), stderr=asyncio.subprocess.PIPE
        )
        await reached.wait()
        child.send_signal(signal.SIGINT)
        async with asyncio.timeout(15):
            _, stderr = await child.communicate()
    assert b"KeyboardInterrupt" in stderr
    assert child.returncode in (-signal.SIGINT, 130, 1)
    assert list(read_pages(tmp_path / "pages.jsonl"))
