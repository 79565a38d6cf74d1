"""Requests per second through the egress proxy, as a ratio of going direct: `python benchmarks/egress.py`.

Pages of 40 KB on loopback, concurrency 16. Client and proxy share one process and loop, as in an audit; the shop is a
process of its own. Both ways alternate within one run, so that the ratio says more than the machine's mood.
"""

import asyncio
import json
import multiprocessing
import statistics
import time
from multiprocessing.connection import Connection

import aiohttp
from aiohttp import web

from auditor.egress import EgressPolicy, EgressProxy

PAGE = b"<p>" + b"x" * 40_000
CONCURRENCY, REQUESTS, ROUNDS = 16, 1500, 5


def serve_pages(ready: Connection) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(body=PAGE, content_type="text/html")

    async def serve() -> None:
        app = web.Application()
        app.router.add_get("/", page)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        ready.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(serve())


async def rate(url: str, proxy: str | None) -> float:
    async def fetch(session: aiohttp.ClientSession, count: int) -> None:
        for _ in range(count):
            async with session.get(url, proxy=proxy) as response:
                if len(await response.read()) != len(PAGE):
                    raise SystemExit("a page came back incomplete")

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONCURRENCY)) as session:
        await asyncio.gather(*(fetch(session, 2) for _ in range(CONCURRENCY)))
        began = time.perf_counter()
        await asyncio.gather(*(fetch(session, REQUESTS // CONCURRENCY) for _ in range(CONCURRENCY)))
        return REQUESTS / (time.perf_counter() - began)


async def measure(port: int) -> None:
    url = f"http://127.0.0.1:{port}/"
    policy = EgressPolicy(allow_private=True, extra_ports=frozenset({port}))
    direct, proxied = [], []
    async with EgressProxy(policy) as proxy:
        for _ in range(ROUNDS):
            direct.append(await rate(url, None))
            proxied.append(await rate(url, proxy.url))
        upstreams = proxy.log.upstreams
    result = {
        "requests_per_s_direct": round(statistics.median(direct)),
        "requests_per_s_through_proxy": round(statistics.median(proxied)),
        "ratio": round(statistics.median(p / d for p, d in zip(proxied, direct, strict=True)), 2),
        "added_ms_per_request": round(1000 * (1 / statistics.median(proxied) - 1 / statistics.median(direct)), 3),
        "connections_to_the_shop_per_round": upstreams / ROUNDS,
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    here, there = multiprocessing.Pipe(duplex=False)
    shop = multiprocessing.get_context("spawn").Process(target=serve_pages, args=(there,), daemon=True)
    shop.start()
    try:
        asyncio.run(measure(here.recv()))
    finally:
        shop.terminate()
        shop.join()
