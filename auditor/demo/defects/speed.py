"""Defects that make the shop slow or heavy."""

import asyncio
import base64
import random
from functools import cache

from aiohttp import web

from auditor.demo.defects.defect import UNCOMPRESSED, Defect, Document, adding, all_of, delayed, replying, rows, setting

LATE_BANNER = (
    "<script>addEventListener('load',()=>setTimeout(()=>{const b=document.createElement('div');b.className='late';"
    "b.innerHTML='<p>−10 %</p>';b.style.cssText='height:280px;background:#f3d9b1;display:grid;place-items:center;"
    "font-size:2rem';document.body.prepend(b)},200))</script>"
)
LATE_S = 2.0
"""Pictures that came before a busy machine paints the page would push nothing."""

HEAVY_SCRIPT, HEAVY_DATA = "/static/bundle.js", "/static/recommendations.json"
LOADER = f"<script>addEventListener('load',()=>fetch('{HEAVY_DATA}').then(r=>r.text()))</script>"


@cache
def _ballast(size: int) -> str:
    return base64.b64encode(random.Random(size).randbytes(size)).decode()


def _script() -> web.Response:
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return web.Response(text=f"/*{_ballast(5_000_000)}*/", content_type="application/javascript", headers=headers)


def _json() -> web.Response:
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return web.Response(text=f'"{_ballast(5_000_000)}"', content_type="application/json", headers=headers)


def _uncompressed(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    response[UNCOMPRESSED] = True
    return response


def _uncached(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    if request.path.startswith(("/static/", "/media/", "/favicon")):
        response.headers["Cache-Control"] = "no-store"
    return response


async def _late_list_pictures(request: web.Request, store: object) -> None:
    if request.path.startswith("/media/"):
        await asyncio.sleep(LATE_S)


def _sizeless_banner(page: Document) -> None:
    alt = page.catalogue.words["text"]["hero_alt"]
    page.add("main", f'<img src="/media/hero-1-672.webp" alt="{alt}" style="inline-size:min(624px,100%)">', first=True)


SPEED = (
    Defect(
        "speed-hero-late",
        "The large picture of the home page is sent after 3.2 seconds",
        rows("SPD-001"),
        rows("home"),
        part="loading",
        answer=delayed("/media/hero-", 3.2),
    ),
    Defect(
        "speed-hero-very-late",
        "The large picture of the home page is sent after 5 seconds",
        rows("SPD-001"),
        rows("home"),
        part="loading",
        answer=delayed("/media/hero-", 5.0),
    ),
    Defect(
        "speed-late-banner",
        "A banner is inserted above the page when it has already been shown",
        rows("SPD-003"),
        edit=adding("body", LATE_BANNER),
    ),
    Defect(
        "speed-images-without-size",
        "A banner and the pictures in lists have no width and height, arrive late and push the text down",
        rows("SPD-003"),
        rows("category"),
        part="cards",
        edit=all_of(
            _sizeless_banner,
            setting(".cards img", "width", None),
            setting(".cards img", "height", None),
            setting(".cards img", "loading", None),
        ),
        answer=_late_list_pictures,
    ),
    Defect(
        "speed-slow-server",
        "Every page takes the server a second",
        rows("SPD-005"),
        part="loading",
        answer=delayed("page", 1.0),
    ),
    Defect(
        "speed-very-slow-server",
        "Every page takes the server two seconds",
        rows("SPD-005"),
        also=rows("SPD-001"),
        part="loading",
        answer=delayed("page", 2.0),
    ),
    Defect(
        "speed-heavy-script",
        "Every page loads a script of more than 5 MB",
        rows("SPD-008"),
        part="loading",
        edit=adding("body", f'<script src="{HEAVY_SCRIPT}" async></script>'),
        answer=replying(frozenset({HEAVY_SCRIPT}), _script),
    ),
    Defect(
        "speed-heavy-data",
        "Every page fetches more than 5 MB of recommendations",
        rows("SPD-008"),
        part="loading",
        edit=adding("body", LOADER),
        answer=replying(frozenset({HEAVY_DATA}), _json),
    ),
    Defect("speed-uncompressed", "Text is sent without compression", rows("SPD-010"), finish=_uncompressed),
    Defect("speed-uncached", "Static files forbid caching", rows("SPD-010"), finish=_uncached),
)
