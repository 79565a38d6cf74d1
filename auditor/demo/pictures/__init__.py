"""Photographs that the demo shop has never taken: drawn on request, the same for ever.

A picture is asked for as ``/media/<key>-<number>-<width>.<webp|jpg|png>``; key is ``<product>.<colour>`` or ``hero``.
"""

import io
import random
import re
import threading
from collections import OrderedDict
from typing import NamedTuple

from PIL import Image

from auditor.demo.pictures.scene import Scene
from auditor.demo.pictures.things import THINGS

WIDTHS = (80, 96, 144, 160, 200, 232, 240, 328, 400, 480, 560, 624, 672, 728, 800, 1040, 1200, 1248, 1600)
VIEWS = 4
_ADDRESS = re.compile(r"/media/([a-z]+[0-9]*(?:\.[a-z]+)?)-([0-9])-([0-9]{2,4})\.(webp|jpg|png)")
CACHE_BYTES = 48 * 1024 * 1024


class Named(NamedTuple):
    """What a picture's address asks for; ``form`` is its ending."""

    key: str
    number: int
    width: int
    form: str

    @property
    def mime(self) -> str:
        return "image/jpeg" if self.form == "jpg" else f"image/{self.form}"


def named_picture(path: str) -> Named | None:
    """What ``path`` asks for, None where it is no picture's address."""
    asked = _ADDRESS.fullmatch(path)
    return Named(asked[1], int(asked[2]), int(asked[3]), asked[4]) if asked else None


def draw(key: str, number: int, width: int, colours: dict[str, str]) -> Image.Image:
    """The picture as RGB; ``width`` pixels wide, square, or 4:3 for the hero."""
    drawn = width * 2 if width <= 480 else min(width * 3 // 2, 1600)
    name, _, colour = key.partition(".")
    kind = name.rstrip("0123456789")
    rng = random.Random(f"{name}-{number}")
    if key == "hero":
        scene = _hero(rng, drawn, colours)
    else:
        scene = Scene(drawn, drawn, rng)
        _compose(scene, kind, colours[colour], number, name, colours)
    size = (width, width * scene.height // scene.width)
    resized = scene.image.reduce(2) if drawn == width * 2 else scene.image.resize(size, Image.Resampling.BICUBIC)
    return scene.grain(resized, rng)


def _compose(scene: Scene, kind: str, colour: str, number: int, name: str, colours: dict[str, str]) -> None:
    thing, look, place = THINGS[kind], random.Random(name), random.Random(f"{name} place")
    backdrop, height = place.choice(list(colours.values())), place.uniform(0.56, 0.80)
    if number == 1:
        scene.studio(backdrop, horizon=place.uniform(0.52, 0.80))
        thing(scene, colour, look, place.uniform(0.40, 0.60), place.uniform(0.83, 0.92), height)
    elif number == 2:
        scene.studio("#efece6", horizon=0.74)
        scene.mirrored(lambda: thing(scene, colour, look, 0.44, 0.84, height))
    elif number == 3:
        scene.studio(backdrop, horizon=0.9)
        thing(scene, colour, look, 0.36, 1.22, 1.15)
    else:
        scene.room(backdrop, place)
        THINGS["vase"](scene, place.choice(list(colours.values())), random.Random(7), 0.80, 0.74, 0.34)
        thing(scene, colour, look, 0.42, 0.90, height * 0.88)


def _hero(rng: random.Random, drawn: int, colours: dict[str, str]) -> Scene:
    scene = Scene(drawn, drawn * 3 // 4, rng)
    scene.room(colours["snow"], random.Random(3))
    unit = 0.75
    THINGS["pendant"](scene, colours["honey"], random.Random(4), 0.24, 0.44 * unit, 0.46)
    THINGS["vase"](scene, colours["sea"], random.Random(5), 0.70, 0.84 * unit, 0.42)
    THINGS["bowl"](scene, colours["snow"], random.Random(11), 0.30, 0.93 * unit, 0.32)
    THINGS["mug"](scene, colours["clay"], random.Random(8), 0.52, 0.97 * unit, 0.27)
    return scene


class Album:
    """Encoded pictures, kept in memory up to :data:`CACHE_BYTES`, the least recently asked for dropped first."""

    def __init__(self, colours: dict[str, str]) -> None:
        self._colours = colours
        self._kept: OrderedDict[tuple[str, int, int, str, int], bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def encoded(self, key: str, number: int, width: int, form: str, quality: int = 76) -> bytes:
        """The picture as a file of ``form``: webp, jpg or png. Safe to call from several threads."""
        wanted = (key, number, width, form, quality)
        with self._lock:
            if (kept := self._kept.get(wanted)) is not None:
                self._kept.move_to_end(wanted)
                return kept
        picture = draw(key, number, width, self._colours)
        buffer = io.BytesIO()
        if form == "webp":
            picture.save(buffer, "WEBP", quality=quality, method=1)
        elif form == "jpg":
            picture.save(buffer, "JPEG", quality=quality, subsampling=0 if quality > 90 else 2)
        else:
            picture.save(buffer, "PNG", compress_level=1)
        with self._lock:
            self._kept[wanted] = buffer.getvalue()
            self._size += buffer.tell()
            while self._size > CACHE_BYTES and len(self._kept) > 1:
                self._size -= len(self._kept.popitem(last=False)[1])
        return buffer.getvalue()
