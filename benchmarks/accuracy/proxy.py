"""A reverse proxy in front of a shop. A cookie says which mutation a browser sees, so that one address serves all."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web

from benchmarks.accuracy.mutation import Mutation
from benchmarks.accuracy.pictures import FOLDER, picture
from benchmarks.accuracy.remedies import INFORMATION, healthy
from benchmarks.accuracy.shop_page import ShopPage
from benchmarks.accuracy.shops import Shop

COOKIE = "bench"
UNTOUCHED = "untouched"
HEALTHY = "healthy"
SECONDS = 120.0
KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}
_HOP = frozenset(
    {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "content-length", "content-encoding",
     "accept-encoding", "host", "cookie"}
)  # fmt: skip
_DROPPED = (_HOP - {"cookie"}) | {"content-security-policy", "strict-transport-security"}


@dataclass
class MutatingProxy:
    """``url`` ends with a slash. ``others``: some products of the shop, for links among them."""

    shop: Shop
    upstream: str
    mutations: Mapping[str, Mutation]
    pictures: Path
    others: tuple[tuple[str, str, str, str], ...] = ()
    own: str = ""
    client: ClientSession = field(init=False)

    @property
    def url(self) -> str:
        return f"http://{self.own}/"

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator["MutatingProxy"]:
        """:raises OSError: when ``port`` is taken."""
        async with ClientSession(
            timeout=ClientTimeout(SECONDS), cookie_jar=DummyCookieJar(), connector=TCPConnector(limit=0)
        ) as self.client:
            app = web.Application(client_max_size=10_000_000)
            app.router.add_route("*", "/{path:.*}", self._answer)
            runner = web.AppRunner(app, access_log=None)
            await runner.setup()
            try:
                await web.TCPSite(runner, "127.0.0.1", port, reuse_address=True).start()
                self.own = f"127.0.0.1:{runner.addresses[0][1]}"
                yield self
            finally:
                await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        state, cookies = _told(request.headers.get("Cookie", ""))
        mutation = self.mutations.get(state)
        if request.path.startswith(FOLDER):
            body = await asyncio.to_thread(picture, request.path, self.pictures)
            sent = web.Response(status=200 if body else 404, body=body or b"", content_type="image/webp", headers=KEPT)
            _change_headers(sent, mutation, request.path)
            return sent
        if mutation is not None and mutation.answer is not None:
            answered = mutation.answer(request)
            if answered is not None:
                return answered
        routed = mutation.route if mutation is not None and mutation.route is not None else str
        own_path = routed(request.path)
        kind = self.shop.kind_of(own_path)
        path = self.shop.shell if own_path in INFORMATION and state != UNTOUCHED else routed(request.raw_path)
        headers = {k: v.replace(self.own, self.host) for k, v in request.headers.items() if k.lower() not in _HOP}
        if cookies:
            headers["Cookie"] = cookies
        async with self.client.request(
            request.method, f"http://{self.host}{path}", headers=headers, data=await request.read(),
            allow_redirects=False,
        ) as answer:  # fmt: skip
            body = await answer.read()
            if answer.content_type in ("text/html", "text/xml", "application/xml", "text/plain"):
                text = body.decode("utf-8", "replace").replace(self.host, self.own)
                if answer.content_type == "text/html" and "<html" in text[:2000].lower() and state != UNTOUCHED:
                    text = self._rewritten(text, kind, own_path, mutation)
                body = text.encode()
            response = web.Response(status=answer.status, body=body)
            for name, value in answer.headers.items():
                if name.lower() not in _DROPPED:
                    response.headers.add(name, value.replace(self.host, self.own))
            if state != UNTOUCHED:
                # What a front server does for a shop, and neither of the two that serve these does.
                response.enable_compression()
                if answer.content_type not in ("text/html", "application/json") and answer.status == 200:
                    response.headers.update(KEPT)
            _change_headers(response, mutation, request.path)
            return response

    @property
    def host(self) -> str:
        return urlsplit(self.upstream).netloc

    def _rewritten(self, text: str, kind: str, path: str, mutation: Mutation | None) -> str:
        page = ShopPage(text, kind, path, self.others)
        if kind == "other" and page.buy_button is not None and page.gallery:
            page.kind = "product"
        if self.shop.drawn_again:
            # Its script would draw the page anew and undo every change.
            for script in page.soup.select("script:not([type])"):
                script.decompose()
        healthy(page)
        if mutation is not None and mutation.edit is not None and page.kind in mutation.kinds:
            mutation.edit(page)
        return str(page)


def _change_headers(response: web.Response, mutation: Mutation | None, path: str) -> None:
    if mutation is None or mutation.headers is None:
        return
    for name, new in mutation.headers(path, response.headers).items():
        response.headers.popall(name, None)
        if new is not None:
            response.headers[name] = new


def _told(cookies: str) -> tuple[str, str]:
    """What is to be served, and the cookies that are the shop's own."""
    jar = SimpleCookie(cookies)
    state = jar[COOKIE].value if COOKIE in jar else UNTOUCHED
    return state, "; ".join(f"{name}={one.coded_value}" for name, one in jar.items() if name != COOKIE)
