"""A server of hostile pages, in a thread of its own."""

import asyncio
import ssl
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aiohttp import web

CHUNK = b"<p>One more paragraph of a page that has no end.</p>\n" * 1200
Answer = Callable[["HostileShop", web.Request], Awaitable[web.StreamResponse]]
Content = str | bytes | web.Response | Answer


class HostileShop:
    """Pages by path: HTML, bytes of a picture or archive, an answer, or a function. ``sent`` counts streamed bytes by
    path. ``fallback`` answers all other paths; without it they are 404."""

    def __init__(self, pages: Mapping[str, Content], fallback: Content | None = None) -> None:
        self.pages, self.fallback = pages, fallback
        self.url = ""
        self.sent: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.loop = asyncio.new_event_loop()
        self.closing, self.released = asyncio.Event(), asyncio.Event()
        self._changed = threading.Condition()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        with self._changed:
            self.asked[request.path] += 1
            self._changed.notify_all()
        content = self.pages.get(request.path, self.fallback)
        if content is None:
            return html("<title>Not here</title><h1>Not here</h1>", status=404)
        if isinstance(content, str):
            return html(content)
        if isinstance(content, bytes):
            return web.Response(body=content, content_type=_kind(request.path))
        if isinstance(content, web.Response):
            return web.Response(status=content.status, body=content.body, headers=content.headers)
        return await content(self, request)

    def wait_until_asked(self, path: str, times: int = 1, seconds: float = 90) -> None:
        """Returns once ``path`` was asked for that often."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.asked[path] >= times, seconds), f"{path} was never asked for"

    def wait_until_asked_pages(self, number: int, seconds: float = 90) -> None:
        """Returns once that many different paths were asked for."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.asked) >= number, seconds), f"only {list(self.asked)}"

    async def stream(
        self, request: web.Request, size: int | None, pause_s: float = 0.0, **headers: str
    ) -> web.StreamResponse:
        """``size`` bytes, or bytes without end, until the client has enough."""
        response = web.StreamResponse(headers={"Content-Type": "text/html; charset=utf-8", **headers})
        if size:
            response.content_length = size
        await response.prepare(request)
        while not self.closing.is_set() and (size is None or self.sent[request.path] < size):
            part = CHUNK if size is None else CHUNK[: size - self.sent[request.path]]
            await response.write(part)
            self.sent[request.path] += len(part)
            await asyncio.sleep(pause_s)
        return response

    async def hold(self) -> None:
        """Answer nothing until the test releases it or the server closes."""
        await self.released.wait()

    def release(self) -> None:
        """Lets go of all that is held."""
        self.loop.call_soon_threadsafe(self.released.set)


def html(body: str, **more: Any) -> web.Response:
    return web.Response(text=body, content_type="text/html", **more)


@contextmanager
def serving(
    pages: Mapping[str, Content] | None = None, fallback: Content | None = None, *, tls: ssl.SSLContext | None = None
) -> Iterator[HostileShop]:
    """The shop on a free port of 127.0.0.1 until the block ends."""
    ready = threading.Event()
    shop = HostileShop(pages or {}, fallback)
    loop = shop.loop

    async def live() -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", shop.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handler_cancellation=True)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        shop.url = f"http{'s' if tls else ''}://127.0.0.1:{runner.addresses[0][1]}/"
        ready.set()
        await shop.closing.wait()
        shop.released.set()
        await runner.cleanup()

    def work() -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(live())
        finally:
            loop.close()
            ready.set()

    thread = threading.Thread(target=work, name="hostile-shop", daemon=True)
    thread.start()
    ready.wait()
    try:
        yield shop
    finally:
        loop.call_soon_threadsafe(shop.closing.set)
        thread.join()


def _kind(path: str) -> str:
    kinds = {
        "pdf": "application/pdf",
        "jpg": "image/jpeg",
        "png": "image/png",
        "gz": "application/gzip",
        "xml": "application/xml",
    }
    return kinds.get(path.rpartition(".")[2], "application/octet-stream")
