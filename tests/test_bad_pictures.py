"""Pictures, markup and pages of the kinds that break readers: each is read, or named, within bounds."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web
from PIL import Image, features

from auditor.browser.capture import visit
from auditor.browser.reading_process import read_picture, read_structured_data
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, Ended, Page, StructuredData, Template
from auditor.reading.purchase import products
from auditor.settings import ShopSettings
from tests.browser_site import Content, page, picture, serving

SCRIPTED = b"<svg xmlns='http://www.w3.org/2000/svg' onload='fetch(1)'><script>alert(1)</script><rect width='9' height='9'/></svg>"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(400)
NODES = "<script>for (let i = 0; i < 50000; i++) document.body.append(document.createElement('i'))</script>"
PICTURES = "<main><h1>Mugs</h1>" + "".join(f"<img src='/20x20.png?{n % 7}' width=20 height=20>" for n in range(10_000))


def photograph() -> Image.Image:
    return Image.open(io.BytesIO(picture(640, 480)))


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    body = io.BytesIO()
    image.save(body, form, **options)
    return body.getvalue()


def animated(form: str) -> bytes:
    frames = [photograph().rotate(30 * turn) for turn in range(4)]
    return encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=80, loop=0)


READ: dict[str, Callable[[], bytes]] = {
    "animated-gif": lambda: animated("GIF"),
    "animated-webp": lambda: animated("WEBP"),
    "cmyk": lambda: encoded(photograph().convert("CMYK"), "JPEG"),
    "sixteen-bits": lambda: encoded(photograph().convert("I;16"), "PNG"),
    "grey-with-alpha": lambda: encoded(photograph().convert("LA"), "PNG"),
    "palette": lambda: encoded(photograph().convert("P"), "PNG"),
}


@pytest.mark.parametrize("kind", READ)
def test_unusual_pictures_are_read_like_others(kind: str) -> None:
    facts = read_picture(READ[kind]())
    assert (facts["width"], facts["height"], facts.get("error")) == (640, 480, None)
    assert len(facts["phash"]) == 16
    assert 0 <= facts["brightness"] <= 1


def test_a_sixteen_bit_picture_is_as_bright_as_its_eight_bit_twin() -> None:
    grey = photograph().convert("L")
    sixteen = grey.convert("I").point(lambda value: value * 257).convert("I;16")
    eight, deep = (read_picture(encoded(image, "PNG"))["brightness"] for image in (grey, sixteen))
    assert deep == pytest.approx(eight, abs=0.02)


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow reads no AVIF")
def test_avif_is_read() -> None:
    facts = read_picture(encoded(photograph(), "AVIF"))
    assert (facts["width"], facts["height"]) == (640, 480)


@pytest.mark.parametrize("body", [SCRIPTED, HEIC, b"\x00" * 5000, b"RIFF\xff\xff\xff\xffWEBPVP8 "])
def test_what_cannot_be_read_is_named_and_never_run(body: bytes) -> None:
    facts = read_picture(body)
    assert facts["error"]
    assert (facts["width"], facts["height"]) == (0, 0)


def test_html_entities_and_lists_in_structured_data() -> None:
    item = {"@type": "Product", "name": "Mug &amp; saucer", "offers": [{"price": "12.00"}, {"price": "14.00"}]}
    html = f'<script type="application/ld+json">{json.dumps([item, "stray text", None, 7, [item]])}</script>'
    html += '<script type="application/ld+json">{&quot;@type&quot;: &quot;Product&quot;}</script>'
    found = read_structured_data(html.encode(), "https://shop.example/p")
    data = StructuredData(json_ld=tuple(found["json_ld"]), errors=tuple(found["errors"]))
    assert {one["name"] for one in products(data)} == {"Mug &amp; saucer"}
    assert len(found["errors"]) == 1


@pytest.mark.browser
async def test_ten_thousand_pictures_fifty_thousand_nodes_wrong_types_and_no_text(tmp_path: Path) -> None:
    pages: dict[str, Content] = {
        "/pictures": page(PICTURES),
        "/nodes": page(f"<main><h1>Nodes</h1></main>{NODES}"),
        "/wordless": page("<main><img src='/400x400.jpg' width=400 height=400 alt=''></main>"),
        "/typed": page(
            "<main><h1>Mug</h1><img src='/lies.jpg' width=400 height=400><img src='/page.jpg' width=90></main>"
        ),
        "/lies.jpg": web.Response(body=picture(700, 700), headers={"content-type": "text/plain"}),
        "/page.jpg": web.Response(body=b"<html>not a picture</html>", headers={"content-type": "image/jpeg"}),
    }
    async with serving(pages) as site:
        settings = ShopSettings(start_url=site.url, allow_private=True, page_seconds=90)
        async with BrowserSession(settings, proxy=None) as session:
            seen = {}
            for path in ("/pictures", "/nodes", "/wordless", "/typed"):
                shown = Page(url=site.url + path, key=path, template=Template.PRODUCT)
                seen[path] = await visit(session, shown, Device.DESKTOP, tmp_path / "pages" / path[1:])
    assert {path: one.visit.ended for path, one in seen.items()}.items() >= {
        ("/pictures", Ended.LOADED), ("/nodes", Ended.LOADED), ("/typed", Ended.LOADED),
    }  # fmt: skip
    pictures, typed = seen["/pictures"].images, seen["/typed"].renditions
    assert pictures
    assert 0 < len(pictures.items) <= 800
    assert "elements" in seen["/nodes"].missing
    assert typed
    widths = {item.url.rsplit("/", 1)[1]: (item.width, bool(item.error)) for item in typed.items}
    assert widths == {"lies.jpg": (700, False), "page.jpg": (0, True)}
    assert seen["/wordless"].document is None or seen["/wordless"].document.text_chars == 0
