"""A small site on loopback for the browser tests: pages by path, pictures by size, and what was asked of it."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from PIL import Image, ImageDraw

from tests.loopback import answered

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Content = str | web.Response | Handler
HEAD = '<!doctype html><html lang="en"><head><title>T</title><meta name="viewport" content="width=device-width, initial-scale=1">'


def picture(width: int, height: int, file_format: str = "JPEG") -> bytes:
    """A picture with lines in it, so that it is not flat."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for x in range(0, width, 8):
        draw.line((x, 0, width - x, height), fill=(x % 255, 80, 160), width=3)
    body = io.BytesIO()
    image.save(body, file_format)
    return body.getvalue()


def page(body: str, head: str = "") -> str:
    return f"{HEAD}<style>body{{margin:0;font:16px sans-serif}}</style>{head}</head><body>{body}</body></html>"


@dataclass
class Site:
    url: str
    port: int
    pages: dict[str, Content]
    asked: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)

    def requests_of(self, path: str) -> list[Mapping[str, str]]:
        """The headers of each request for a path."""
        return [headers for _host, asked, headers in self.asked if asked == path]


@asynccontextmanager
async def serving(pages: dict[str, Content] | None = None) -> AsyncIterator[Site]:
    """Serve ``pages``; ``/WIDTHxHEIGHT.jpg`` is a picture of that size, everything else 404."""
    site = Site("", 0, pages or {})

    async def answer(request: web.Request) -> web.StreamResponse:
        site.asked.append((request.host, request.path, dict(request.headers)))
        content = site.pages.get(request.path)
        if isinstance(content, str):
            return web.Response(text=content, content_type="text/html")
        if isinstance(content, web.Response):
            return web.Response(status=content.status, body=content.body, headers=content.headers)
        if content is not None:
            return await content(request)
        size, _, suffix = request.path.lstrip("/").partition(".")
        width, _, height = size.partition("x")
        if suffix in ("jpg", "png") and width.isdigit() and height.isdigit():
            body = picture(int(width), int(height), "PNG" if suffix == "png" else "JPEG")
            return web.Response(body=body, content_type=f"image/{'png' if suffix == 'png' else 'jpeg'}")
        return web.Response(status=404, text="nothing here")

    async with answered(answer) as site.url:
        site.port = int(site.url.rpartition(":")[2])
        yield site
