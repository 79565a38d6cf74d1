"""Pictures that stand in for product photographs: one object, lit from above, on a plain backdrop with film grain."""

import colorsys
import random
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

SIDE = 1600
_DRAFT = 400

Points = list[tuple[float, float]]

OUTLINES: dict[str, list[Points]] = {
    "cup": [
        [(0.3, 0.3), (0.62, 0.3), (0.58, 0.75), (0.34, 0.75)],
        [(0.6, 0.38), (0.76, 0.4), (0.72, 0.62), (0.58, 0.64), (0.6, 0.57), (0.66, 0.45), (0.6, 0.45)],
    ],
    "pan": [
        [(0.12, 0.46), (0.6, 0.46), (0.55, 0.64), (0.17, 0.64)],
        [(0.58, 0.48), (0.93, 0.4), (0.94, 0.44), (0.58, 0.54)],
    ],
    "lamp": [
        [(0.36, 0.14), (0.64, 0.14), (0.74, 0.42), (0.26, 0.42)],
        [(0.485, 0.42), (0.515, 0.42), (0.53, 0.8), (0.47, 0.8)],
        [(0.36, 0.8), (0.64, 0.8), (0.66, 0.84), (0.34, 0.84)],
    ],
    "cushion": [
        [(0.2, 0.26), (0.5, 0.3), (0.8, 0.26), (0.76, 0.52), (0.8, 0.8), (0.5, 0.76), (0.2, 0.8), (0.24, 0.52)]
    ],
    "planter": [
        [(0.24, 0.46), (0.76, 0.46), (0.66, 0.84), (0.34, 0.84)],
        [(0.48, 0.46), (0.3, 0.16), (0.47, 0.3), (0.55, 0.1), (0.56, 0.32), (0.72, 0.2), (0.54, 0.46)],
    ],
    "tool": [
        [(0.2, 0.2), (0.26, 0.14), (0.6, 0.48), (0.54, 0.54)],
        [(0.54, 0.48), (0.62, 0.44), (0.84, 0.78), (0.8, 0.84), (0.48, 0.58)],
    ],
    "book": [
        [(0.28, 0.18), (0.7, 0.14), (0.74, 0.8), (0.32, 0.84)],
        [(0.7, 0.14), (0.76, 0.18), (0.8, 0.8), (0.74, 0.8)],
    ],
    "pen": [[(0.16, 0.78), (0.2, 0.7), (0.74, 0.2), (0.8, 0.26), (0.26, 0.76)]],
    "apron": [
        [(0.4, 0.14), (0.6, 0.14), (0.64, 0.38), (0.76, 0.44), (0.74, 0.86), (0.26, 0.86), (0.24, 0.44), (0.36, 0.38)]
    ],
}


def photograph(shape: str, seed: int) -> bytes:
    """JPEG, 1600 × 1600 pixels, of an object of `shape` (a key of `OUTLINES`); equal arguments give equal bytes."""
    dice = random.Random(f"{shape}:{seed}")
    hue = (seed * 0.381966) % 1.0
    backdrop = _backdrop(_colour(hue + 0.5, 0.12, 0.94), _colour(hue + 0.45, 0.2, 0.76))
    lit, shade = _colour(hue, 0.55, 0.85), _colour(hue, 0.7, 0.45)
    turn = dice.uniform(-9, 9)

    mask = Image.new("L", (SIDE, SIDE), 0)
    draw = ImageDraw.Draw(mask)
    for outline in OUTLINES[shape]:
        draw.polygon([(x * SIDE, y * SIDE) for x, y in outline], fill=255)
    mask = mask.rotate(turn, Image.Resampling.BILINEAR)
    shadow = (
        mask.resize((_DRAFT, _DRAFT))
        .filter(ImageFilter.GaussianBlur(9))
        .resize((SIDE, SIDE))
        .point(lambda level: level // 3)
    )
    backdrop.paste((40, 36, 34), (24, 40), shadow)
    backdrop.paste(_backdrop(lit, shade), (0, 0), mask)

    grain = Image.frombytes("L", (_DRAFT, _DRAFT), dice.randbytes(_DRAFT * _DRAFT)).resize(
        (SIDE, SIDE), Image.Resampling.BILINEAR
    )
    picture = Image.blend(backdrop, Image.merge("RGB", (grain, grain, grain)), 0.05)
    out = BytesIO()
    picture.save(out, "JPEG", quality=84)
    return out.getvalue()


def _colour(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1.0, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _backdrop(top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Image.Image:
    ramp = _ramp()
    channels = (
        ramp.point([start + (end - start) * level // 255 for level in range(256)])
        for start, end in zip(top, bottom, strict=True)
    )
    return Image.merge("RGB", list(channels))


@cache
def _ramp() -> Image.Image:
    return Image.linear_gradient("L").resize((SIDE, SIDE))
