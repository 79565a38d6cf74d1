"""A page with the visitors' script, served over HTTP, and what it reports."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from auditor.visitors.snippet import snippet
from tests.loopback import answered

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mug</title>{tag}</head><body><main>
<h1>Mug</h1><a id="own" href="/p/cup">Cup</a><p id="text">A mug of stoneware.</p><table id="rows"><tbody></tbody></table>
<select id="sizes"></select><div id="edit" contenteditable="true"></div><div id="room"></div>
<form action="/cart"><button class="buy">Add to cart</button></form></main></body></html>"""
TAG = '<script src="/s.js" data-to="/report" data-page="product" data-share="1" data-known="shop.test" data-buy=".buy"></script>'


@dataclass
class VisitorPage:
    url: str = ""
    tag: str = TAG
    reports: list[dict[str, Any]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/report":
            self.reports.append(json.loads(await request.text()))
            return web.Response(status=204)
        if request.path == "/s.js":
            return web.Response(text=snippet(), content_type="text/javascript")
        policy = {"Content-Security-Policy-Report-Only": "script-src 'self' 'unsafe-inline'"}
        return web.Response(text=PAGE.replace("{tag}", self.tag), content_type="text/html", headers=policy)


@asynccontextmanager
async def visitor_page() -> AsyncIterator[VisitorPage]:
    page = VisitorPage()
    async with answered(page.answer) as origin:
        page.url = f"{origin}/"
        yield page
