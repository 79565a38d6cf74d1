"""A shop and its third parties on one loopback server that answers by host name, and cases that change it."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import web

from auditor.evidence import Device, Template, VantageName
from tests.loopback import answered

Content = str | Callable[[web.Request], web.StreamResponse | str]
DESKTOP, PHONE = Device.DESKTOP, Device.MOBILE
Loads = tuple[tuple[Device, VantageName], ...]
DIRECT: Loads = ((DESKTOP, "direct"),)

GTM = """(function(){const add=u=>{const s=document.createElement('script');s.src=u;document.head.append(s)};
add('http://metrics.test/m.js');add('http://stars.test/stars.js');CUSTOM})()"""
METRICS = "fetch('http://metrics.test/collect?v=1',{mode:'no-cors'});MORE"
STARS = """(function(){const b=document.getElementById('reviews');if(!b)return;const d=document.createElement('div');
d.innerHTML='<p>4.7 of 5 from 120 buyers</p><a href="http://stars.test/about">Reviews by Stars</a>';b.append(d)})();MORE"""
APP = """document.querySelectorAll('.toggle').forEach(b=>b.addEventListener('click',()=>b.nextElementSibling.toggleAttribute('hidden')));MORE"""


@dataclass(frozen=True)
class Case:
    """``files`` by ``host/path`` stand in for the clean ones. ``more`` fills the gap at the end of a clean script.

    ``network`` is what a proxy on the way makes of the shop's HTML; it loses the ``policy`` too, which the shop sends.
    """

    name: str
    verdict: Literal["alert", "review", "quiet"]
    vector: str = ""
    first: str = ""
    head: str = ""
    body: str = ""
    bar: str = "<a href='/'>Home</a><a href='/c/mugs'>Mugs</a><a href='/c/plates'>Plates</a>"
    buy: str = '<form action="/cart" method="post"><button class="add-to-cart" name="add">Add to cart</button></form>'
    files: Mapping[str, Content] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)
    html: Callable[[web.Request, str], web.StreamResponse | str] | None = None
    loads: Loads = DIRECT
    template: Template = Template.PRODUCT
    type_card: bool = False
    origin: str = "http://shop.test"
    network: Callable[[str], str] | None = None
    policy: str = ""


def shop_html(case: Case) -> str:
    return f"""<!doctype html><html lang="en"><head><title>Blue mug</title><meta name="viewport" content="width=device-width">
<style>body{{margin:0;font:16px sans-serif}}button{{padding:12px 20px}}</style>{case.head}
<script src="http://tags.test/gtm.js?id=GTM-1"></script><script src="/app.js" defer></script></head><body>
<header><nav>{case.bar}</nav><form action="/search" role="search"><input type="search" name="q"></form></header><main><h1>Blue mug</h1><p class="price">19.00 EUR</p>
<a href="/p/mug/large"><img src="/mug.png" width="300" height="300" alt="Blue mug"></a>{case.buy}
<p>A mug of stoneware. <a href="/p/cup">See the cup</a> that goes with it, or <a href="http://daily.test/about-us">read about us</a>.</p>
<div id="reviews"></div><button class="toggle">More</button><p hidden>Dishwasher safe.</p><div style="height:1200px"></div></main>
<footer><a href="/returns">Returns</a> <a href="/contact">Contact</a></footer>{case.body}</body></html>"""


CLEAN = Case("clean", "quiet")


class AdsSite:
    """The server. ``case`` is what it serves just then; ``port`` where it listens on loopback."""

    def __init__(self) -> None:
        self.case = CLEAN
        self.port = 0
        self.proxy = ""
        self.wrote: list[str] = []

    @property
    def resolve(self) -> str:
        return f"*.test:127.0.0.1:{self.port}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        host, path, case = request.host.split(":")[0], request.path, self.case
        host = "shop.test" if host == "shop.localhost" else host
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            self.wrote.append(f"{host}{path}")
        given = case.files.get(f"{host}{path}")
        content = given(request) if callable(given) else given
        if content is None and host == "shop.test":
            if path == "/app.js":
                content = APP.replace("MORE", case.more.get("app", ""))
            elif path.endswith(".png"):
                return web.Response(body=_PIXEL, content_type="image/png")
            elif path == "/favicon.ico":
                return web.Response(status=404)
            else:
                page = shop_html(case)
                content = case.html(request, page) if case.html else page
        if content is None:
            content = {
                "tags.test/gtm.js": GTM.replace("CUSTOM", case.more.get("gtm", "")),
                "metrics.test/m.js": METRICS.replace("MORE", case.more.get("metrics", "")),
                "stars.test/stars.js": STARS.replace("MORE", case.more.get("stars", "")),
            }.get(f"{host}{path}")
        if isinstance(content, web.StreamResponse):
            return content
        if content is None:
            return web.Response(status=204)
        mime = (
            "application/javascript" if path.endswith(".js") else "text/css" if path.endswith(".css") else "text/html"
        )
        sent = {"Access-Control-Allow-Origin": "*"}
        if case.policy and host == "shop.test" and mime == "text/html":
            sent["Content-Security-Policy"] = case.policy
        return web.Response(text=content, content_type=mime, headers=sent)

    async def through_proxy(self, request: web.Request) -> web.StreamResponse:
        """The same as a proxy on the way passes it on."""
        answer = await self.answer(request)
        of_shop = request.host.split(":")[0] == "shop.test" and answer.content_type == "text/html"
        if self.case.network is None or not of_shop or not isinstance(answer, web.Response):
            return answer
        return web.Response(text=self.case.network(answer.text or ""), content_type="text/html")


_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc0f01f0005000201ff5fa2b9f40000000049454e44ae426082"
)


@asynccontextmanager
async def serving() -> AsyncIterator[AdsSite]:
    site = AdsSite()
    async with answered(site.answer) as origin, answered(site.through_proxy) as site.proxy:
        site.port = int(origin.rpartition(":")[2])
        yield site


def layer(
    url: str, *, style: str = "left:0;right:0;bottom:0;height:220px;background:gold", words: str = "Cheaper here"
) -> str:
    """JavaScript that lays an advertisement over the page."""
    return (
        f"(function(){{const d=document.createElement('div');d.style.cssText='position:fixed;z-index:9999;{style}';"
        f'd.innerHTML=\'<a href="{url}" style="display:block;width:100%;height:100%">{words}</a>\';document.body.append(d)}})();'
    )


def load_script(url: str) -> str:
    return f"(function(){{const s=document.createElement('script');s.src='{url}';document.head.append(s)}})();"
