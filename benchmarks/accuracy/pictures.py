"""Photographs by address: ``/bench-media/RECIPE/SHAPE-SEED-WIDTH.webp``, so that a mutation only rewrites addresses."""

import random
import re
import threading
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from tests.storefronts.oscar.photograph import OUTLINES, photograph

FOLDER = "/bench-media/"
_NAME = re.compile(r"/bench-media/(?P<recipe>[a-z]+)/(?P<shape>[a-z]+)-(?P<seed>\d+)-(?P<width>\d+)(?:/[a-z-]+)?\.webp")
SHAPES = tuple(OUTLINES)


def address(seed: int, width: int = 1600, recipe: str = "plain") -> str:
    """Where a photograph of the product that ``seed`` stands for is found."""
    return f"{FOLDER}{recipe}/{SHAPES[seed % len(SHAPES)]}-{seed}-{width}.webp"


def picture(path: str, kept: Path) -> bytes | None:
    """The file at ``path``, drawn once and ``kept``; None where there is no such picture."""
    found = _NAME.fullmatch(path)
    if found is None or found["shape"] not in OUTLINES:
        return None
    file = kept / path.removeprefix(FOLDER).replace("/", "-")
    if not file.exists():
        kept.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(f".{threading.get_ident()}")
        unfinished.write_bytes(_encoded(found))
        unfinished.replace(file)
    return file.read_bytes()


def _encoded(found: re.Match[str]) -> bytes:
    width = min(int(found["width"]), 3000)
    image = _drawn(found["shape"], int(found["seed"]), found["recipe"])
    image = image.resize((width, round(width * image.height / image.width)), Image.Resampling.LANCZOS)
    file = BytesIO()
    image.save(file, "WEBP", quality=98 if found["recipe"] == "heavy" else 78, method=2)
    return file.getvalue()


@lru_cache(maxsize=32)
def _photograph(shape: str, seed: int) -> Image.Image:
    return Image.open(BytesIO(photograph(shape, seed))).convert("RGB")


def _drawn(shape: str, seed: int, recipe: str) -> Image.Image:
    if recipe == "empty":
        # What themes show where there is no picture: the same for every product.
        blank = Image.new("RGB", (1600, 1600), (236, 236, 236))
        ImageDraw.Draw(blank).rectangle((600, 700, 1000, 900), outline=(200, 200, 200), width=12)
        return blank
    if recipe in ("distant", "close"):
        side = 380 if recipe == "distant" else 1400
        ground = Image.new("RGB", (1600, 1600), (255, 255, 255))
        ImageDraw.Draw(ground).ellipse(
            [(1600 - side) // 2, (1600 - side) // 2, (1600 + side) // 2, (1600 + side) // 2],
            fill=(40 + seed * 37 % 160, 60, 120),
        )
        return ground
    image = _photograph(shape, seed).copy()
    # A printed label gives each picture an edge by which focus can be told.
    draw = ImageDraw.Draw(image)
    draw.rectangle((700, 720, 900, 860), fill=(20, 20, 20))
    draw.text((730, 740), str(seed), fill=(250, 250, 250), font_size=90)
    if recipe == "dark":
        return ImageEnhance.Brightness(image).enhance(0.3)
    if recipe == "moody":
        return ImageEnhance.Brightness(image).enhance(0.9)
    if recipe == "blurred":
        return image.filter(ImageFilter.GaussianBlur(18))
    if recipe == "tall":
        return image.crop((200, 0, 1400, 1600))
    if recipe == "heavy":
        noise = Image.frombytes("RGB", (800, 800), random.Random(seed).randbytes(800 * 800 * 3)).resize(image.size)
        return Image.blend(image, noise, 0.3)
    if recipe == "marked":
        # On a plain ground, where nothing but the mark can return in a corner.
        wide, high = 800 + seed * 37 % 500, 700 + seed * 53 % 600
        cut, image = image.resize((wide, high)), Image.new("RGB", image.size, (255, 255, 255))
        image.paste(cut, (60 + seed * 29 % (1520 - wide), 260 + seed * 17 % (1300 - high)))
        draw = ImageDraw.Draw(image)
        draw.rectangle((40, 40, 520, 240), fill=(190, 20, 30))
        draw.text((80, 70), "SALE %", fill=(255, 255, 255), font_size=110)
        return image
    return image
