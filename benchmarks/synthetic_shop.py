"""A large shop of made-up pages on loopback, for measuring discovery."""

import asyncio
import multiprocessing
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from multiprocessing.connection import Connection

from aiohttp import web

WORDS = [
    "oak",
    "maple",
    "linen",
    "copper",
    "amber",
    "river",
    "stone",
    "cloud",
    "forest",
    "ember",
    "meadow",
    "harbour",
    "winter",
    "summer",
    "morning",
    "velvet",
    "paper",
    "glass",
    "iron",
    "silver",
    "lantern",
    "garden",
    "window",
    "ladder",
    "basket",
    "kettle",
    "saddle",
    "button",
    "ribbon",
    "thread",
    "needle",
    "canvas",
    "marble",
    "walnut",
    "cedar",
    "willow",
]


def page(number: int, pages: int) -> str:
    """A product page of at least 40 KB: menu, 24 cards with prices, description, footer."""
    chance = random.Random(number)
    name = " ".join(chance.choices(WORDS, k=3))
    links = [(word, f"/{word}-{at}") for at, word in enumerate(WORDS[:20]) if at < pages]
    menu = "".join(f'<li><a href="{link}">{word}</a></li>' for word, link in links)
    cards = "".join(card((number * 7 + step) % pages) for step in range(1, 25))
    text = "".join(f"<p class='text'>{' '.join(chance.choices(WORDS, k=90))}</p>" for _ in range(60))
    data = f'{{"@context":"https://schema.org","@type":"Product","name":"{name}","sku":"S{number}"}}'
    return (
        f'<!doctype html><html lang="en"><head><title>{name} {number}</title>'
        f'<link rel="canonical" href="{path(number)}"><script type="application/ld+json">{data}</script></head>'
        f"<body><header><nav><ul>{menu}</ul></nav></header>"
        f"<main><h1>{name}</h1><ul>{cards}</ul>{text}</main>"
        f"<footer><a href='{path(1)}'>Terms</a></footer></body></html>"
    )


def path(number: int) -> str:
    """Where a page is."""
    return f"/{WORDS[number % len(WORDS)]}-{number}"


def card(number: int) -> str:
    """A product as a list shows it: picture, name, price."""
    word = WORDS[number % len(WORDS)]
    return (
        f'<li class="card"><a href="{path(number)}"><img src="/i/{number}.webp" alt="{word}"><span>{word}</span></a>'
        f'<p class="price">{number % 90 + 9},99 zł</p></li>'
    )


@asynccontextmanager
async def synthetic_shop(pages: int, kept: int = 500) -> AsyncIterator[str]:
    """Serve ``pages`` pages and give the address of the first. ``kept`` bodies are made beforehand."""
    ready = {number: page(number, pages).encode() for number in range(min(kept, pages))}

    async def answer(request: web.Request) -> web.Response:
        last = request.path.rpartition("-")[2]
        number = 0 if request.path == "/" else int(last) if last.isdigit() else -1
        if not 0 <= number < pages:
            return web.Response(status=404, text="no")
        body = ready.get(number) or page(number, pages).encode()
        return web.Response(body=body, content_type="text/html", charset="utf-8")

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


@contextmanager
def shop_of_its_own(pages: int) -> Iterator[str]:
    """The address of the shop in a process of its own, so that serving does not count as crawling."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(pages, there), daemon=True)
    server.start()
    try:
        yield here.recv()
    finally:
        here.send(None)
        server.join(10)
        if server.is_alive():
            server.kill()


def _serve(pages: int, pipe: Connection) -> None:
    async def main() -> None:
        async with synthetic_shop(pages) as url:
            pipe.send(url)
            await asyncio.to_thread(pipe.recv)

    asyncio.run(main())
