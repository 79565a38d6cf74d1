"""Defects of how the pictures look, and of what one can do with them."""

import asyncio
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from aiohttp import web
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from auditor.demo.defects.defect import Answer, Defect, Document, all_of, rows, setting, styled
from auditor.demo.pictures import named_picture

if TYPE_CHECKING:
    from auditor.demo.storefront import Storefront

ON = rows("product")
PERMANENT = "public, max-age=31536000, immutable"
COMPARED = 8
"""So many products tell what is usual in a shop, also where two of them are spoilt in another way."""

DOTS = '<span class="dot" style="display:block;width:24px;height:24px;background:#9a9a9a"></span>'


def _altered(kind: str, change: Callable[[Image.Image], Image.Image]) -> Answer:
    """Sends the pictures of a ``kind`` of product changed; "" is every product."""

    async def answer(request: web.Request, store: "Storefront") -> web.StreamResponse | None:
        asked = named_picture(request.path)
        if asked is None or not asked.key.startswith(kind) or asked.key == "hero":
            return None
        body = await asyncio.to_thread(store.album.encoded, asked.key, asked.number, asked.width, asked.form)
        changed = await asyncio.to_thread(_changed, body, change)
        return web.Response(body=changed, content_type=asked.mime, headers={"Cache-Control": PERMANENT})

    return answer


def _changed(body: bytes, change: Callable[[Image.Image], Image.Image]) -> bytes:
    with Image.open(BytesIO(body)) as picture:
        buffer = BytesIO()
        change(picture.convert("RGB")).save(buffer, picture.format or "JPEG", quality=80)
    return buffer.getvalue()


def _blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(max(1.0, picture.width / 70)))


def _dark(picture: Image.Image) -> Image.Image:
    return ImageEnhance.Brightness(picture).enhance(0.22)


def _stamped(picture: Image.Image) -> Image.Image:
    edge = picture.width / 100
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 26 * edge, 26 * edge), fill="#ffffff")
    draw.ellipse((3 * edge, 3 * edge, 23 * edge, 23 * edge), fill="#a32119")
    draw.rectangle((8 * edge, 11 * edge, 18 * edge, 15 * edge), fill="#ffffff")
    return picture


def _one_picture(page: Document) -> None:
    """Where there is one colour only, a second one is on offer."""
    if len(page.every("input[name=colour]")) == 1:
        colour, name = list(page.catalogue.words["colours"].items())[-1]
        page.add(".swatches", f'<label><input type="radio" name="colour" value="{colour}">{name}</label>')
    for main in page.every(".product"):
        setting("input[name=colour]", "data-picture", str(main["data-picture"]))(page)


def _dots(page: Document) -> None:
    """Slides that are not shown, and dots to choose them by."""
    for thumbs in page.every(".thumbs"):
        thumbs.insert_after(*Document("<div class='slides' hidden></div>", "", page.catalogue).every(".slides"))
    for slides in page.every(".slides"):
        for picture in page.every(".thumbs img"):
            slides.append(picture.extract())
    for button in page.every(".thumbs button"):
        button.append(Document(DOTS, "", page.catalogue).every(".dot")[0])


PICTURE_LOOKS = (
    Defect("image-no-zoom", "The main picture opens no larger view", rows("IMG-004"), ON, "desktop",
           edit=all_of(setting(".main-picture img", "data-zoom-src", None), styled(".lightbox{display:none}"))),
    Defect("image-colour-stays", "Another colour leaves the picture as it was", rows("IMG-012"), ON, "desktop",
           edit=_one_picture),
    Defect("image-only-dots", "Further pictures are behind dots", rows("IMG-013"), ON, "both", edit=_dots),
    Defect("image-blurred", "The pictures of pendant lamps are blurred", rows("IMG-007"), ON, products=COMPARED,
           at="pendant", answer=_altered("pendant", _blurred), part="focus"),
    Defect("image-dark", "The pictures of cushions are far too dark", rows("IMG-008"), ON, products=COMPARED,
           at="cushion", answer=_altered("cushion", _dark), part="darkness"),
    Defect("image-stamped", "A badge is printed into a corner of every picture", rows("IMG-011"), ON, doubtful=True,
           products=COMPARED, answer=_altered("", _stamped), part="stamp"),
)  # fmt: skip
