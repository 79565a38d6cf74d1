"""A lit stage to draw on: backdrops, shadows, shaded solids and film grain, in units of the picture's width."""

import math
import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageOps

SOFT, PLAIN = Image.Resampling.BILINEAR, Image.Resampling.NEAREST
Point = tuple[float, float]
Colour = tuple[int, int, int]


def tone(colour: str | Colour, light: float) -> Colour:
    """``colour`` towards black (light < 0) or white (light > 0), -1 to 1."""
    red, green, blue = ImageColor.getrgb(colour)[:3] if isinstance(colour, str) else colour
    goal, share = (255, light) if light > 0 else (0, -light)
    return tuple(round(c + (goal - c) * share) for c in (red, green, blue))  # type: ignore[return-value]


class Shape(NamedTuple):
    """A mask and the place of its upper left corner in the picture, in pixels."""

    mask: Image.Image
    corner: tuple[int, int]


class Scene:
    """One picture in the making; all measures are shares of its width, y grows downwards."""

    def __init__(self, width: int, height: int, rng: random.Random) -> None:
        self.width, self.height, self.rng = width, height, rng
        self.image = Image.new("RGB", (width, height), "white")

    def px(self, *points: Point) -> list[Point]:
        """The points in pixels."""
        return [(x * self.width, y * self.width) for x, y in points]

    def studio(self, colour: str, horizon: float) -> None:
        """A seamless backdrop with soft light from one side, the floor starting at ``horizon`` of the height."""
        wall, floor = tone(colour, 0.62), tone(colour, 0.74)
        self._gradient((0, 0, self.width, self.height), tone(wall, 0.35), tone(wall, -0.10), vertical=True)
        top = round(self.height * horizon)
        blend = _ramp((self.width, self.height - top), vertical=True)
        plate = Image.new("RGB", blend.size, tone(floor, -0.03))
        self.image.paste(Image.composite(plate, Image.new("RGB", blend.size, tone(wall, -0.17)), blend), (0, top))
        self._glow(self.rng.uniform(0.1, 0.9), 0.25, 0.9, 60)

    def room(self, colour: str, look: random.Random) -> None:
        """A corner of a room: wall, a patch of window light and a wooden table."""
        self._gradient((0, 0, self.width, self.height), tone(colour, 0.55), tone(colour, 0.30), vertical=True)
        patch = Image.new("L", (200, 200))
        draw, left = ImageDraw.Draw(patch), look.randint(10, 90)
        for column in range(2):
            for row in range(2):
                x, y = left + 36 * column + 8 * row, 20 + 44 * row
                draw.polygon([(x, y), (x + 30, y - 7), (x + 37, y + 31), (x + 7, y + 38)], fill=120)
        patch = patch.filter(ImageFilter.GaussianBlur(2)).resize(self.image.size, SOFT)
        self.image.paste(Image.new("RGB", self.image.size, "#fff6e4"), mask=patch)
        top = round(self.height * 0.70)
        wood = look.choice(["#a97c50", "#c49a6c", "#8a6242"])
        self._gradient((0, top, self.width, self.height), tone(wood, 0.18), tone(wood, -0.12), vertical=True)
        draw = ImageDraw.Draw(self.image)
        draw.rectangle((0, top, self.width, top + max(1, self.width // 250)), fill=tone(wood, 0.4))
        for _ in range(26):
            depth = look.uniform(top, self.height)
            begin = look.uniform(-0.2, 0.8) * self.width
            draw.line(
                (begin, depth, begin + self.width * 0.5, depth), fill=tone(wood, look.uniform(-0.14, 0.06)), width=1
            )

    def mirrored(self, act: Callable[[], None]) -> None:
        """Draws ``act`` and turns the picture left to right."""
        act()
        self.image = ImageOps.mirror(self.image)

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: int = 120) -> None:
        """A soft shadow on the floor around (x, y)."""
        small = Image.new("L", (160, 160 * self.height // self.width))
        box = [160 * v for v in (x - rx, y - ry, x + rx * 1.12, y + ry)]
        ImageDraw.Draw(small).ellipse(box, fill=strength)
        mask = small.filter(ImageFilter.GaussianBlur(160 * ry * 0.55)).resize(self.image.size, SOFT)
        self.image.paste(Image.new("RGB", self.image.size, "#2a211a"), mask=mask)

    def solid(
        self,
        shape: Shape,
        colour: str | Colour,
        *,
        light: float = 0.33,
        contrast: float = 0.42,
        texture: Image.Image | None = None,
    ) -> None:
        """Fills ``shape`` with ``colour``, shaded like something round that is lit from ``light`` of its width."""
        size = shape.mask.size
        row = bytes(round(255 * _lambert(i / 63, light)) for i in range(64))
        shade = Image.frombytes("L", (64, 1), row).resize((size[0], 1), SOFT).resize(size, PLAIN)
        bright = Image.new("RGB", size, tone(colour, 0.20))
        body = Image.composite(bright, Image.new("RGB", size, tone(colour, -contrast)), shade)
        if texture is not None:
            body = ImageChops.multiply(body, texture.resize(size, SOFT).convert("RGB"))
        self.image.paste(body, shape.corner, shape.mask)

    def polygon(self, points: Sequence[Point]) -> Shape:
        """The polygon; its mask covers only its own bounding box, which keeps a picture quick."""
        pixels = self.px(*points)
        left, top = math.floor(min(x for x, _ in pixels)), math.floor(min(y for _, y in pixels))
        right, bottom = math.ceil(max(x for x, _ in pixels)), math.ceil(max(y for _, y in pixels))
        mask = Image.new("L", (right - left + 1, bottom - top + 1))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in pixels], fill=255)
        return Shape(mask, (left, top))

    def ellipse(self, x: float, y: float, rx: float, ry: float) -> Shape:
        """The ellipse around (x, y)."""
        (left, top), (right, bottom) = self.px((x - rx, y - ry), (x + rx, y + ry))
        mask = Image.new("L", (max(1, round(right - left)), max(1, round(bottom - top))))
        ImageDraw.Draw(mask).ellipse((0, 0, mask.width - 1, mask.height - 1), fill=255)
        return Shape(mask, (round(left), round(top)))

    def rounded(self, x0: float, y0: float, x1: float, y1: float, radius: float) -> Shape:
        """The rounded rectangle."""
        (left, top), (right, bottom) = self.px((x0, y0), (x1, y1))
        mask = Image.new("L", (max(1, round(right - left)), max(1, round(bottom - top))))
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), radius * self.width, fill=255)
        return Shape(mask, (round(left), round(top)))

    def lathe(self, x: float, foot: float, height: float, profile: Sequence[Point]) -> Shape:
        """A turned body: ``profile`` lists (share of height from the foot, half width)."""
        curve = [(h, _at(profile, h)) for h in (i / 48 for i in range(49))]
        left = [(x - half, foot - h * height) for h, half in curve]
        right = [(x + half, foot - h * height) for h, half in reversed(curve)]
        base = profile[0][1]
        round_foot = [(x + base * math.cos(a), foot + base * 0.16 * math.sin(a)) for a in _arc(0, math.pi, 16)]
        return self.polygon([*left, *right, *round_foot])

    def stroke(self, points: Sequence[Point], width: float, colour: str | Colour) -> None:
        """A line of ``width`` through the points, with round ends."""
        pixels, pen = self.px(*points), max(1, round(width * self.width))
        draw = ImageDraw.Draw(self.image)
        shade = tone(colour, 0)
        draw.line(pixels, fill=shade, width=pen, joint="curve")
        for px, py in (pixels[0], pixels[-1]):
            draw.ellipse((px - pen / 2, py - pen / 2, px + pen / 2, py + pen / 2), fill=shade)

    @staticmethod
    def grain(image: Image.Image, rng: random.Random) -> Image.Image:
        """``image`` with fine film grain, so that it compresses and looks like a photograph."""
        tile = Image.frombytes("L", (256, 256), rng.randbytes(256 * 256)).point(lambda v: 122 + v // 20)
        noise = Image.new("L", image.size)
        for x in range(0, image.width, 256):
            for y in range(0, image.height, 256):
                noise.paste(tile, (x, y))
        return ImageChops.add(image, Image.merge("RGB", (noise,) * 3), 1, -128)

    def _gradient(self, box: tuple[int, int, int, int], start: Colour, end: Colour, *, vertical: bool) -> None:
        size = (box[2] - box[0], box[3] - box[1])
        ramp = _ramp(size, vertical=vertical)
        self.image.paste(Image.composite(Image.new("RGB", size, end), Image.new("RGB", size, start), ramp), box[:2])

    def _glow(self, x: float, y: float, radius: float, strength: int) -> None:
        reach = round(radius * self.width)
        spot = ImageChops.invert(Image.radial_gradient("L")).point(lambda v: v * strength // 255)
        corner = (round(x * self.width - reach), round(y * self.width - reach))
        mask = Image.new("L", self.image.size)
        mask.paste(spot.resize((reach * 2, reach * 2), SOFT), corner)
        self.image.paste(Image.new("RGB", self.image.size, "white"), mask=mask)


def _ramp(size: tuple[int, int], *, vertical: bool) -> Image.Image:
    line = Image.linear_gradient("L").crop((0, 0, 1, 256))
    if vertical:
        return line.resize((1, size[1]), SOFT).resize(size, PLAIN)
    return line.transpose(Image.Transpose.ROTATE_90).resize((size[0], 1), SOFT).resize(size, PLAIN)


def _lambert(share: float, light: float) -> float:
    return math.pow(max(0.0, math.cos((share - light) * 2.1)), 1.4)


def _arc(start: float, end: float, steps: int) -> list[float]:
    return [start + (end - start) * i / steps for i in range(steps + 1)]


def _at(profile: Sequence[Point], height: float) -> float:
    for (h0, w0), (h1, w1) in pairwise(profile):
        if h0 <= height <= h1:
            share = (height - h0) / (h1 - h0) if h1 > h0 else 0.0
            smooth = share * share * (3 - 2 * share)
            return w0 + (w1 - w0) * smooth
    return profile[-1][1]
