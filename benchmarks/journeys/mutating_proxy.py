"""A reverse proxy in front of a shop that rewrites its pages on the way, one mutation at a time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web

from benchmarks.journeys.mutations import MUTATIONS, Mutation, Place

SECONDS = 120.0
_HOP = frozenset(
    {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "content-length", "content-encoding",
     "accept-encoding", "host"}
)  # fmt: skip
_NAMING_THE_SHOP = frozenset({"text/html", "text/css", "text/plain", "text/xml", "application/xml", "application/json"})
# Mutations add scripts of their own, which a shop's policy would stop.
_DROPPED = _HOP | {"content-security-policy", "content-security-policy-report-only", "strict-transport-security"}


@asynccontextmanager
async def mutated(shop_url: str, mutation: str, add_form: str) -> AsyncIterator[str]:
    """The address of the shop as `mutation` makes it; its own address for "none".

    :raises KeyError: for a mutation that does not exist.
    """
    if mutation == "none":
        yield shop_url
        return
    proxy = _Proxy(shop_url, MUTATIONS[mutation], add_form)
    async with ClientSession(
        timeout=ClientTimeout(SECONDS), cookie_jar=DummyCookieJar(), connector=TCPConnector(limit=0)
    ) as client:
        proxy.client = client
        app = web.Application(client_max_size=10_000_000)
        app.router.add_route("*", "/{path:.*}", proxy.answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            proxy.own = f"127.0.0.1:{runner.addresses[0][1]}"
            yield f"http://{proxy.own}{urlsplit(shop_url).path}"
        finally:
            await runner.cleanup()


class _Proxy:
    def __init__(self, shop_url: str, mutation: Mutation, add_form: str) -> None:
        self.shop, self.mutation, self.add_form = urlsplit(shop_url).netloc, mutation, add_form
        self.own = ""
        self.client: ClientSession

    async def answer(self, request: web.Request) -> web.Response:
        headers = {
            name: value.replace(self.own, self.shop)
            for name, value in request.headers.items()
            if name.lower() not in _HOP
        }
        async with self.client.request(
            request.method, f"http://{self.shop}{request.raw_path}", headers=headers, data=await request.read(),
            allow_redirects=False,
        ) as answer:  # fmt: skip
            body = await answer.read()
            response = web.Response(status=answer.status, body=self._rewritten(request, answer.content_type, body))
            for name, value in answer.headers.items():
                if name.lower() not in _DROPPED:
                    response.headers.add(name, value.replace(self.shop, self.own))
            return response

    def _rewritten(self, request: web.Request, kind: str, body: bytes) -> bytes:
        if kind not in _NAMING_THE_SHOP or not body:
            return body
        text = body.decode("utf-8", "replace").replace(self.shop, self.own)
        whole = "<html" in text[:2000].lower()
        if kind == "text/css" or (kind == "text/html" and whole):
            place = Place(path=request.path, add_form=self.add_form, cookies=dict(request.cookies))
            text = self.mutation.style(text) if kind == "text/css" else self.mutation.page(text, place)
        return text.encode()
