"""A server of a test, on a free port of 127.0.0.1."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web


@asynccontextmanager
async def served(app: web.Application, host: str = "127.0.0.1", **options: Any) -> AsyncIterator[str]:
    """Its origin, such as `http://127.0.0.1:4711`; gone afterwards. `options` are those of aiohttp's AppRunner."""
    runner = web.AppRunner(app, access_log=None, **{"shutdown_timeout": 0.1, **options})
    await runner.setup()
    try:
        await web.TCPSite(runner, host, 0).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def answered(answer: Any, **options: Any) -> AsyncIterator[str]:
    """The origin of a server that gives every request to `answer`."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with served(app, **options) as origin:
        yield origin
