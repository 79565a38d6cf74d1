"""A small server of made-up shops for the tests of discovery, and the crawl of one."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from auditor.discover.crawl import discover
from auditor.discover.recorder import read_pages
from auditor.evidence.discovery import Discovery, PageFacts
from auditor.rendered import Render
from auditor.settings import Politeness, ShopSettings
from tests.loopback import answered

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Shop:
    """Pages by path: a body or a function of the request. ``asked`` counts paths with query, ``seen`` has headers."""

    pages: dict[str, Any]
    fallback: Answer | None = None
    asked: Counter[str] = field(default_factory=Counter)
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked[request.path_qs] += 1
        self.seen.append((request.path, dict(request.headers)))
        page = self.pages.get(request.path, self.fallback)
        if page is None:
            return web.Response(status=404, text="<title>Not here</title>", content_type="text/html")
        return html(page) if isinstance(page, str) else await page(request)

    def asked_pages(self) -> set[str]:
        """Paths with query that were asked, without robots.txt, sitemaps and the address that cannot exist."""
        return {path for path in self.asked if not path.startswith(("/robots.txt", "/sitemap", "/no-such-page"))}


def html(body: str, **more: Any) -> web.Response:
    return web.Response(text=body, content_type="text/html", **more)


def page(title: str, *links: str, lang: str = "en", more: str = "") -> str:
    """A page of a shop: a title, a text of its own and links in main."""
    text = f"{title} is made by hand in a small workshop by the river. " * 5
    anchors = "".join(f'<a href="{link}">{link}</a>' for link in links)
    inner = f"<main><h1>{title}</h1><p>{text}</p>{anchors}{more}</main>"
    return f'<!doctype html><html lang="{lang}"><title>{title}</title>{inner}</html>'


@asynccontextmanager
async def serving(shop: Shop, host: str = "127.0.0.1") -> AsyncIterator[Shop]:
    async with answered(shop.answer, host=host) as shop.url:
        yield shop


def settings(url: str, **more: Any) -> ShopSettings:
    more.setdefault("politeness", Politeness(delay_s=0))
    return ShopSettings(start_url=url, **more)


async def found(
    shop: Shop, folder: Path, start: str = "/", *, render: Render | None = None, **more: Any
) -> tuple[Discovery, dict[str, PageFacts]]:
    """Crawl a served shop. The pages are by the path and query that was asked."""
    result = await discover(settings(shop.url + start, **more), folder, proxy="", render=render)
    return result, {facts.url.removeprefix(shop.url): facts for facts in read_pages(folder / "pages.jsonl")}
