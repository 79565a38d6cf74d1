"""Whole-shop states that are no defects of a page: walls, maintenance, and pages that a plain crawler cannot read."""

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

from auditor.demo.defects.defect import Defect, Document

if TYPE_CHECKING:
    from auditor.demo.storefront import Storefront

FILES = ("/static/", "/media/", "/favicon")


def _page(status: int, title: str, body: str, **headers: str) -> web.Response:
    html = (
        f"<!doctype html><html lang='en'><head><title>{title}</title>"
        f"<meta name='viewport' content='width=device-width'></head>"
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )
    return web.Response(text=html, content_type="text/html", status=status, headers=headers)


async def _login(request: web.Request, store: "Storefront") -> web.StreamResponse | None:
    if request.path.startswith(FILES):
        return None
    if request.path != "/login":
        return web.Response(status=302, headers={"Location": "/login"})
    form = (
        "<form method='post' action='/login'><label>E-mail <input type='email' name='email'></label>"
        "<label>Password <input type='password' name='password'></label><button>Log in</button></form>"
    )
    return _page(200, "Log in", form)


async def _bot_wall(request: web.Request, store: "Storefront") -> web.StreamResponse:
    text = (
        "<p>Checking your browser before you can proceed. Please verify that you are human.</p>"
        "<div id='challenge-form'></div>"
    )
    return _page(403, "Just a moment...", text)


async def _maintenance(request: web.Request, store: "Storefront") -> web.StreamResponse:
    text = "<p>We are carrying out scheduled maintenance and will be back soon.</p>"
    return _page(503, "Down for maintenance", text, **{"Retry-After": "3600"})


async def _too_many(request: web.Request, store: "Storefront") -> web.StreamResponse:
    return _page(429, "Too many requests", "<p>Slow down.</p>", **{"Retry-After": "60"})


def _script_links(page: Document) -> None:
    body = page.every("body")[0]
    inner = "".join(str(child) for child in body.contents)
    body.clear()
    code = json.dumps(inner).replace("</", "<\\/")
    page.add("body", f"<div id='app'></div><script>document.getElementById('app').innerHTML={code}</script>")


async def _slow_product(request: web.Request, store: "Storefront") -> None:
    if request.path.startswith("/product/"):
        await asyncio.sleep(120)


async def _empty(request: web.Request, store: "Storefront") -> web.StreamResponse:
    return web.Response(text="", content_type="text/html")


STATES = (
    Defect("login-wall", "Every page asks for a login", frozenset(), answer=_login),
    Defect("bot-wall", "Every request is answered 403 with a challenge", frozenset(), answer=_bot_wall),
    Defect("maintenance", "Every request is answered 503", frozenset(), answer=_maintenance),
    Defect("too-many-requests", "Every request is answered 429", frozenset(), answer=_too_many),
    Defect("js-only-links", "Pages are built by a script, the HTML holds no link", frozenset(), edit=_script_links),
    Defect("slow-product", "Product pages take two minutes", frozenset(), answer=_slow_product),
    Defect("empty-site", "Every page is empty", frozenset(), answer=_empty),
)
