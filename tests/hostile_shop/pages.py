"""What the hostile shops answer."""

import asyncio
import gzip
import struct
import zlib

from aiohttp import web

from tests.hostile_shop.server import Content, HostileShop, html

HEAD = (
    '<!doctype html><html lang="{lang}"><head><title>{title}</title><meta name="viewport" content="width=device-width">'
)
TEXT = "Made by hand in a small workshop by the river, from oiled oak and linen of the valley. " * 4
HUGE = 200 * 2**20


def page(title: str, *links: str, body: str = "", head: str = "", lang: str = "en") -> str:
    """A page of a plain shop: a heading, a text of its own, links in its menu."""
    menu = "".join(f'<li><a href="{link}">{link.strip("/").replace("/", " ") or "Home"}</a></li>' for link in links)
    inner = f"<nav><ul>{menu}</ul></nav><main><h1>{title}</h1><p>{title}: {TEXT}</p>{body}</main>"
    return f"{HEAD.format(lang=lang, title=title)}{head}</head><body>{inner}</body></html>"


def redirect(to: str) -> web.Response:
    return web.Response(status=302, headers={"Location": to})


async def huge(shop: HostileShop, request: web.Request) -> web.StreamResponse:
    return await shop.stream(request, HUGE)


async def endless(shop: HostileShop, request: web.Request) -> web.StreamResponse:
    return await shop.stream(request, None)


async def dripping(shop: HostileShop, request: web.Request) -> web.StreamResponse:
    return await shop.stream(request, None, pause_s=0.5)


async def silent(shop: HostileShop, request: web.Request) -> web.StreamResponse:
    await shop.hold()
    return html("")


async def slow_page(shop: HostileShop, request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(0.05)
    return html(page(request.path))


def many_pages() -> dict[str, Content]:
    """A home page with 400 links, whose targets are `slow_page`."""
    return {"/": page("Home", *(f"/p-{number}" for number in range(400)))}


async def page_of_many_links(shop: HostileShop, request: web.Request) -> web.StreamResponse:
    """A page whose 400 links take some 200 kB in the record of discovery."""
    return html(page(request.path, *(f"/{'a-long-name-' * 20}{number}" for number in range(400))))


def hanging_second_page() -> dict[str, Content]:
    """A shop whose home page is fine and whose other page holds a picture that never comes."""
    return {
        "/": page("Home", "/stuck"),
        "/stuck": page("Stuck", "/", body='<img src="/never.png" alt="Never" width="300" height="300">'),
        "/never.png": silent,
    }


DIALOGS = """<script>
onbeforeunload = (event) => { event.preventDefault(); event.returnValue = "stay"; return "stay"; };
alert("one"); confirm("two"); prompt("three");
let left = 20;
const timer = setInterval(() => { alert("again"); if (!--left) clearInterval(timer); }, 100);
</script>"""
POPUPS = """<script>
let left = 20;
const timer = setInterval(() => { window.open("/", "w" + left); if (!--left) clearInterval(timer); }, 100);
</script>"""
DOWNLOADS = """<a id="file" href="/file.zip" download>File</a><script>
let left = 5;
const timer = setInterval(() => { document.getElementById("file").click(); if (!--left) clearInterval(timer); }, 100);
</script>"""
MOVES = "<script>setTimeout(() => { location.href = '/trap/moves?' + Math.random(); }, 150);</script>"
BROKEN = (
    "<html><body><<p><a href='/'>home<a href=\"/trap/dialogs\"><table><div></table></p><b><i></b></i><img src=><img"
    " alt='\x00\ufffd'><svg><p></svg><!-- <script>'</scrip\ufffe</title><select><option><select>&#xffffffff;&bogus;"
    + TEXT
)
DEEP = page("Deep", "/", body="<div>" * 20_000 + "the bottom")


def traps() -> dict[str, Content]:
    """A fine home page that links pages under /trap/, each of which does one thing no page should."""
    found: dict[str, Content] = {
        "/trap/dialogs": page("Dialogs", "/", head=DIALOGS),
        "/trap/popups": page("Pop-ups", "/", body=POPUPS),
        "/trap/downloads": page("Downloads", "/", body=DOWNLOADS),
        "/trap/attachment": web.Response(
            body=page("Attachment").encode(),
            headers={"Content-Type": "text/html", "Content-Disposition": "attachment; filename=page.html"},
        ),
        "/trap/moves": page("Moves", "/", body=MOVES),
        "/trap/broken": BROKEN,
        "/trap/deep": DEEP,
        "/trap/huge": huge,
        "/trap/endless": endless,
        "/trap/pictures": page(
            "Pictures",
            "/",
            body='<img src="/bomb.png" alt="Bomb" width="400" height="400"><img src="/broken.png" alt="Broken">'
            '<img src="/cut.png" alt="Cut"><img src="/file.zip" alt="Archive">',
        ),
    }
    found["/"] = page("Home", *found)
    found |= {
        "/bomb.png": bomb_picture(),
        "/broken.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
        "/cut.png": bomb_picture(side=64)[:60],
        "/file.zip": b"PK\x03\x04" + b"\x00" * 1000,
        "/robots.txt": web.Response(
            text="User-agent: *\nAllow: /\nSitemap: /laughs.xml\nSitemap: /bomb.xml.gz\nSitemap: /cut.xml.gz\nSitemap: /loop.xml"
        ),
        "/laughs.xml": LAUGHS.encode(),
        "/bomb.xml.gz": gzip.compress(b"<urlset>" + b" " * (200 * 2**20), 1),
        "/cut.xml.gz": gzip.compress(b"<urlset><url><loc>/</loc></url></urlset>")[:20],
        "/loop.xml": b"<sitemapindex><sitemap><loc>/loop.xml</loc></sitemap></sitemapindex>",
    }
    return found


def bomb_picture(side: int = 30_000) -> bytes:
    """A one-bit PNG of ``side`` × ``side`` black pixels: about 100 kB for 900 million of them."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(1)
    rows = (packer.compress(b"\x00" * (1 + (side + 7) // 8)) for _ in range(side))
    body = b"".join(rows) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", body) + part(b"IEND", b"")


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    + "]><urlset><url><loc>/&a10;</loc></url></urlset>"
)


async def after_the_first(shop: HostileShop, request: web.Request) -> web.StreamResponse:
    """No answer to whoever asks first until it is released, a picture to all others."""
    if shop.asked[request.path] == 1:
        await shop.hold()
    return web.Response(body=bomb_picture(side=300), content_type="image/png")
