"""Defects of the pictures."""

import asyncio
import re
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from aiohttp import web
from bs4 import Tag
from PIL import Image, ImageDraw

from auditor.demo.defects.defect import Answer, Defect, Document, all_of, removing, rows, setting, styled, with_data

if TYPE_CHECKING:
    from auditor.demo.storefront import Storefront

PERMANENT = "public, max-age=31536000, immutable"
MAIN = ".main-picture img"
PICTURES = ".gallery img, .cards img"
SHOWN = rows("product category home search")
FORMS = {"jpg": "image/jpeg", "png": "image/png"}


def _retarget(change: Callable[[str], str], css: str = "img") -> Callable[[Document], None]:
    def edit(page: Document) -> None:
        for image in page.every(css):
            for name in ("src", "srcset", "data-zoom-src"):
                if name in image.attrs:
                    image[name] = change(str(image[name]))

    return edit


def _cap(width: int) -> Callable[[Document], None]:
    """Offers no rendition of a product's picture wider than ``width``, in the page and in its markup."""

    def capped(images: str) -> str:
        kept = [c for c in images.split(", ") if int(c.rsplit(" ", 1)[1][:-1]) <= width]
        return ", ".join(kept)

    def lower(address: str) -> str:
        return re.sub(r"-1600\.jpg$", f"-{width}.jpg", address)

    def edit(page: Document) -> None:
        for image in page.every(".gallery img"):
            image["srcset"] = capped(str(image["srcset"]))
            image["src"] = re.sub(r"-800\.webp$", f"-{min(width, 800)}.webp", str(image["src"]))
            if "data-zoom-src" in image.attrs:
                image["data-zoom-src"] = re.sub(r"-1600\.webp$", f"-{width}.webp", str(image["data-zoom-src"]))
        for meta in page.every('meta[property="og:image"]'):
            meta["content"] = lower(str(meta["content"]))
        page.change_data("Product", lambda data: data.update(image=[lower(a) for a in data["image"]]))

    return edit


def _everywhere_the_same(page: Document) -> None:
    for image in page.every(".gallery img, .cards img"):
        image["src"] = "/media/no-image.png"
        image.attrs.pop("srcset", None)
        image.attrs.pop("data-zoom-src", None)
    for meta in page.every('meta[property="og:image"]'):
        meta["content"] = "/media/no-image.png"
    page.change_data("Product", lambda data: data.update(image=["/media/no-image.png"]))


def _frame_and_hills(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, 1600, 1600), fill="#e4e4e4")
    draw.rectangle((500, 600, 1100, 1000), outline="#9a9a9a", width=24)
    draw.polygon([(560, 960), (760, 720), (900, 880), (980, 800), (1060, 960)], fill="#9a9a9a")


def _in_white(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((620, 700, 980, 1060), fill="#3d6b5e")
    draw.rectangle((760, 640, 840, 760), fill="#1f3a33")


def _drawn(path: str, draw: Callable[[ImageDraw.ImageDraw], None]) -> Answer:
    """A PNG file of 1600 by 1600 px at ``path``."""

    async def answer(request: web.Request, store: "Storefront") -> web.StreamResponse | None:
        if request.path != path:
            return None
        picture = Image.new("RGB", (1600, 1600), "white")
        draw(ImageDraw.Draw(picture))
        buffer = BytesIO()
        picture.save(buffer, "PNG")
        return web.Response(body=buffer.getvalue(), content_type="image/png", headers={"Cache-Control": PERMANENT})

    return answer


def _original(form: str, width: int, quality: int) -> Answer:
    prefix = f"/media/original-{form}-"

    async def answer(request: web.Request, store: "Storefront") -> web.StreamResponse | None:
        if not request.path.startswith(prefix):
            return None
        key = request.path.removeprefix(prefix).removesuffix(f".{form}")
        body = await asyncio.to_thread(store.album.encoded, key, 1, width, form, quality)
        return web.Response(body=body, content_type=FORMS[form], headers={"Cache-Control": PERMANENT})

    return answer


def _first_is_original(form: str) -> Callable[[Document], None]:
    def edit(page: Document) -> None:
        for image in page.every(".cards li:nth-of-type(1) img"):
            found = re.search(r"/media/([^/]+)-1-[0-9]+\.webp", str(image["src"]))
            if found:
                image["src"] = f"/media/original-{form}-{found[1]}.{form}"
                image.attrs.pop("srcset", None)

    return edit


async def _old_jpeg(request: web.Request, store: "Storefront") -> web.StreamResponse | None:
    found = re.fullmatch(r"/media/full/([a-z0-9.]+)-([1-4])-([0-9]{2,4})\.jpg", request.path)
    if not found:
        return None
    body = await asyncio.to_thread(store.album.encoded, found[1], int(found[2]), min(int(found[3]), 1600), "jpg", 97)
    return web.Response(body=body, content_type="image/jpeg", headers={"Cache-Control": PERMANENT})


def _file_name(image: Tag) -> str:
    return "IMG_" + str(image["src"]).rsplit("/", 1)[1].replace("-", "_").replace(".webp", ".jpg")


def _one_alt(page: Document) -> None:
    setting(PICTURES, "alt", page.catalogue.words["text"]["gallery"])(page)


IMAGERY = (
    Defect(
        "image-main-broken",
        "The main picture of every product is missing",
        rows("IMG-001"),
        rows("product"),
        products=3,
        also=rows("IMG-002"),
        part="main-picture",
        edit=_retarget(lambda text: text.replace("/media/", "/media/lost-"), MAIN),
    ),
    Defect(
        "image-placeholder",
        "All products show the same “no image” picture",
        rows("IMG-001"),
        SHOWN,
        also=rows("IMG-003 IMG-006 IMG-010"),
        products=3,
        part="main-picture stamp darkness focus",
        edit=_everywhere_the_same,
        answer=_drawn("/media/no-image.png", _frame_and_hills),
    ),
    *(
        Defect(
            f"image-at-most-{width}",
            f"Product pictures end at {width} px",
            rows("IMG-002"),
            rows("product"),
            also=rows("IMG-005" if width < 500 else ""),
            part="main-picture",
            edit=_cap(width),
        )
        for width in (1200, 800, 400)
    ),
    Defect(
        "image-stretched",
        "Pictures in lists are stretched in height",
        rows("IMG-005"),
        rows("category search"),
        also=rows("IMG-006"),
        part="cards",
        edit=styled(".cards img{block-size:auto;aspect-ratio:3/4!important;object-fit:fill}"),
    ),
    Defect(
        "image-upscaled",
        "Pictures in lists are 96 px wide and blown up",
        rows("IMG-005"),
        rows("category search"),
        part="cards",
        edit=all_of(
            setting(".cards img", "srcset", None),
            setting(".cards img", "src", lambda image: re.sub(r"-\d+\.webp$", "-96.webp", str(image["src"]))),
        ),
    ),
    Defect(
        "image-original-in-list",
        "A list shows an original of 4000 px in a slot of 232 px",
        rows("IMG-006"),
        rows("category"),
        also=rows("SPD-001 SPD-008"),
        part="cards",
        edit=_first_is_original("jpg"),
        answer=_original("jpg", 4000, 90),
    ),
    Defect(
        "image-heavy-png",
        "A list shows a PNG of more than 1 MB",
        rows("IMG-006"),
        rows("category"),
        also=rows("SPD-001"),
        part="cards",
        edit=_first_is_original("png"),
        answer=_original("png", 1600, 90),
    ),
    Defect(
        "image-no-modern-format",
        "All pictures are JPEG of the highest quality",
        rows("IMG-006"),
        also=rows("SPD-008"),
        part="cards",
        edit=_retarget(lambda text: re.sub(r"/media/([^ ]+)\.webp", r"/media/full/\1.jpg", text)),
        answer=_old_jpeg,
    ),
    *(
        Defect(f"image-alt-{name}", summary, rows("A11Y-004"), SHOWN, edit=edit)
        for name, summary, edit in (
            ("missing", "Product pictures have no text alternative", setting(PICTURES, "alt", None)),
            (
                "file-name",
                "The text alternative of product pictures is a file name",
                setting(PICTURES, "alt", _file_name),
            ),
            ("same", "All product pictures have the same text alternative", _one_alt),
        )
    ),
    Defect(
        "image-one-only",
        "Products are shown in one picture",
        rows("IMG-003"),
        rows("product"),
        part="main-picture",
        edit=all_of(removing(".thumbs"), with_data("Product", lambda data: data.update(image=data["image"][:1]))),
    ),
    Defect(
        "image-grid-uneven",
        "Every second picture of a list is wide instead of square",
        rows("IMG-009"),
        rows("category search"),
        also=rows("IMG-005 IMG-006"),
        part="cards",
        edit=styled(".cards li:nth-child(2n) img{block-size:auto;aspect-ratio:3/2!important;object-fit:cover}"),
    ),
    Defect(
        "image-object-small",
        "The product is lost in a white field",
        rows("IMG-010"),
        rows("product"),
        also=rows("IMG-006"),
        part="main-picture",
        edit=all_of(
            setting(MAIN, "srcset", None),
            setting(MAIN, "data-zoom-src", None),
            setting(MAIN, "src", "/media/in-white.png"),
        ),
        answer=_drawn("/media/in-white.png", _in_white),
    ),
)
