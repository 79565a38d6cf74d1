"""The demo shop as a server on loopback: in a running loop, in a thread, or for a person at a terminal."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.typedefs import Handler

from auditor.demo import checkout, pages
from auditor.demo.defects import named
from auditor.demo.defects.defect import UNCOMPRESSED
from auditor.demo.storefront import STOREFRONT, Storefront

TEXTUAL = ("text/", "application/json", "application/xml", "application/javascript", "image/svg+xml")


@web.middleware
async def spoil(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers missing pages with the shop's own page, lets the defects have their way, and compresses text."""
    store = request.app[STOREFRONT]
    response: web.StreamResponse | None = None
    for defect in store.defects:
        if defect.answer and (response := await defect.answer(request, store)) is not None:
            break
    if response is None:
        try:
            response = await handler(request)
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed) as error:
            title = store.catalogue.words["text"]["not_found"]
            response = store.page(request, "not_found", title=title, status=error.status, canonical=None)
    for defect in store.defects:
        if defect.finish:
            response = defect.finish(request, response)
    plain = UNCOMPRESSED in response
    if not plain and response.content_type.startswith(TEXTUAL) and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.enable_compression(web.ContentCoding.gzip)
    return response


class DemoShop:
    """The demo shop on 127.0.0.1, as an asynchronous context manager.

    ``language`` is en, pl or fa; ``defects`` are names from ``DEFECTS`` or ``STATES``; port 0 takes a free one.
    Unknown names raise ``ValueError`` at once.
    """

    def __init__(self, language: str = "en", defects: Iterable[str] = frozenset(), port: int = 0) -> None:
        self.storefront = Storefront(language, named(defects))
        self.url = ""
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def orders(self) -> int:
        """How many orders were placed since the start."""
        return self.storefront.orders

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[spoil], client_max_size=64 * 1024)
        app[STOREFRONT] = self.storefront
        app.add_routes([*pages.routes, *checkout.routes])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5, handler_cancellation=True)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        except BaseException:
            await self._runner.cleanup()
            raise
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()


@contextlib.contextmanager
def serve(language: str = "en", defects: Iterable[str] = frozenset(), port: int = 0) -> Iterator[DemoShop]:
    """The demo shop in a thread of its own, for callers without an event loop."""
    shop = DemoShop(language, defects, port)
    ready: threading.Event = threading.Event()
    failure: list[BaseException] = []
    loop = asyncio.new_event_loop()
    closing = asyncio.Event()

    async def live() -> None:
        async with shop:
            ready.set()
            await closing.wait()

    def work() -> None:
        try:
            loop.run_until_complete(live())
            loop.run_until_complete(loop.shutdown_default_executor())
        except BaseException as error:
            failure.append(error)
        finally:
            loop.close()
            ready.set()

    thread = threading.Thread(target=work, name="demo-shop", daemon=True)
    thread.start()
    ready.wait()
    if failure:
        raise failure[0]
    try:
        yield shop
    finally:
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(closing.set)
        thread.join()


def run(
    language: str = "en",
    defects: Iterable[str] = frozenset(),
    port: int = 0,
    announce: Callable[[str], None] = print,
) -> None:
    """Serves until interrupted; ``announce`` is called with the address once it answers."""

    async def live() -> None:
        async with DemoShop(language, defects, port) as shop:
            announce(shop.url)
            await asyncio.Event().wait()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(live())
