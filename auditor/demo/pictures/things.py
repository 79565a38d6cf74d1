"""What the shop sells, as drawings: each takes the scene, its colour, its own look, the place of its foot and a height.

Two products of a kind get different proportions and patterns from ``look``, so that no two pictures are alike.
"""

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

from auditor.demo.pictures.scene import Colour, Point, Scene, tone

Thing = Callable[[Scene, str, Random, float, float, float], None]

OAK, BRASS, DARK = "#b98a58", "#b8893a", "#3a332c"


def pattern(look: Random) -> Image.Image | None:
    """A surface for a body, white where nothing is printed: plain, bands, stripes, dots, checks or a dipped foot."""
    kind = look.choice(["plain", "bands", "stripes", "dots", "dip", "checks", "rings"])
    if kind == "plain":
        return None
    sheet, ink = Image.new("L", (240, 240), 255), look.randint(150, 205)
    draw, step = ImageDraw.Draw(sheet), look.choice([20, 30, 40, 60])
    if kind == "dip":
        draw.rectangle((0, look.randint(110, 190), 240, 240), fill=ink)
    elif kind == "dots":
        for row, y in enumerate(range(step // 2, 240, step)):
            for x in range(step // 2 * (1 + row % 2), 240, step):
                draw.ellipse((x - step // 5, y - step // 5, x + step // 5, y + step // 5), fill=ink)
    elif kind == "rings":
        top = look.randint(20, 90)
        draw.rectangle((0, top, 240, top + step), fill=ink)
        draw.rectangle((0, top + 2 * step, 240, top + 2 * step + 8), fill=ink)
    if kind in ("bands", "checks"):
        for y in range(0, 240, step):
            draw.rectangle((0, y, 240, y + step // 3), fill=ink)
    if kind in ("stripes", "checks"):
        for x in range(0, 240, step):
            draw.rectangle((x, 0, x + step // 3, 240), fill=(ink + 255) // 2 if kind == "checks" else ink)
    return sheet


def mug(scene: Scene, colour: str, look: Random, x: float, foot: float, height: float) -> None:
    tall = height * look.uniform(0.62, 0.98)
    half = height * look.uniform(0.27, 0.40)
    waist = half * look.uniform(0.74, 1.0)
    scene.shadow(x + half * 0.3, foot, half * 1.35, half * 0.24)
    side = look.choice([-1, 1])
    hx, hy, reach = x + side * half * 0.96, foot - tall * 0.52, half * look.uniform(0.40, 0.58)
    loop = [
        (hx + side * reach * math.sin(a), hy - tall * 0.28 * math.cos(a)) for a in (math.pi * i / 20 for i in range(21))
    ]
    scene.stroke(loop, height * 0.060, tone(colour, -0.28))
    scene.stroke([(px - 0.004, py - 0.006) for px, py in loop], height * 0.034, tone(colour, 0.05))
    body = scene.lathe(x, foot, tall, [(0, waist * 0.9), (0.08, waist), (0.7, half), (1, half)])
    scene.solid(body, colour, texture=pattern(look))
    _mouth(scene, x, foot - tall, half, colour, inside="#f4efe6")


def bowl(scene: Scene, colour: str, look: Random, x: float, foot: float, height: float) -> None:
    half, tall = height * look.uniform(0.50, 0.62), height * look.uniform(0.30, 0.58)
    scene.shadow(x, foot, half * 1.1, half * 0.20)
    curve: list[Point] = [(0, half * look.uniform(0.3, 0.5)), (0.06, half * 0.45), (0.45, half * 0.84), (1, half)]
    scene.solid(scene.lathe(x, foot, tall, curve), colour, texture=pattern(look))
    _mouth(scene, x, foot - tall, half, colour, inside=tone(colour, 0.45))
    if look.random() < 0.5:
        fruit = look.choice(["#c9772b", "#8f3a2f", "#7f8f3c"])
        for i in range(look.randint(2, 4)):
            size = half * 0.24
            ball = scene.ellipse(x + (i - 1.2) * size * 1.5, foot - tall - size * 0.35, size, size)
            scene.solid(ball, fruit)


def vase(scene: Scene, colour: str, look: Random, x: float, foot: float, height: float) -> None:
    tall, belly = height * look.uniform(0.50, 0.78), height * look.uniform(0.16, 0.34)
    neck, place = belly * look.uniform(0.28, 0.7), look.uniform(0.25, 0.6)
    scene.shadow(x + belly * 0.3, foot, belly * 1.4, belly * 0.22)
    _branch(scene, look, x, foot - tall, height * 0.46)
    curve: list[Point] = [(0, belly * 0.62), (place, belly), (0.84, neck), (1, neck * look.uniform(1.0, 1.5))]
    scene.solid(scene.lathe(x, foot, tall, curve), colour, texture=pattern(look))


def candle(scene: Scene, colour: str, look: Random, x: float, foot: float, height: float) -> None:
    count = look.choice([1, 1, 2, 3])
    half = height * look.uniform(0.12, 0.24) / (1 if count == 1 else 1.2)
    for i in range(count):
        cx = x + (i - (count - 1) / 2) * half * 2.5
        tall = height * (look.uniform(0.45, 0.78) - 0.10 * i)
        scene.shadow(cx, foot, half * 1.4, half * 0.26)
        scene.solid(scene.lathe(cx, foot, tall, [(0, half), (1, half)]), tone(colour, 0.12), texture=pattern(look))
        _mouth(scene, cx, foot - tall, half, colour, inside=tone(colour, 0.5))
        top = foot - tall
        scene.stroke([(cx, top), (cx, top - height * 0.05)], 0.006, DARK)
        flame = [(cx, top - height * 0.20), (cx + 0.020, top - height * 0.08), (cx, top - height * 0.04)]
        scene.solid(scene.polygon([*flame, (cx - 0.020, top - height * 0.08)]), "#f7c24a", contrast=0.1)


def lamp(scene: Scene, colour: str, look: Random, x: float, foot: float, height: float) -> None:
    half, shade = height * look.uniform(0.14, 0.28), height * look.uniform(0.28, 0.50)
    stem, drop = height * look.uniform(0.42, 0.72), height * look.uniform(0.28, 0.46)
    scene.shadow(x, foot, half * 1.7, half * 0.32)
    scene.stroke([(x, foot - stem), (x, foot - stem - height * 0.1)], 0.016, BRASS)
    curve: list[Point] = [(0, half * 0.8), (look.uniform(0.2, 0.6), half), (0.95, half * 0.22), (1, half * 0.2)]
    scene.solid(scene.lathe(x, foot, stem, curve), colour, texture=pattern(look))
    top = foot - stem - drop * 0.9
    narrow = shade * look.uniform(0.55, 0.95)
    cloth = scene.polygon([(x - narrow, top), (x + narrow, top), (x + shade, top + drop), (x - shade, top + drop)])
    scene.solid(cloth, "#f3e3c2", light=0.5, contrast=0.2)


def pendant(scene: Scene, colour: str, look: Random, x: float, foot: float, height: float) -> None:
    half, drop = height * look.uniform(0.32, 0.54), height * look.uniform(0.30, 0.55)
    low = foot - height * look.uniform(0.22, 0.4)
    top = low - drop
    scene.stroke([(x, 0.0), (x, top)], 0.008, DARK)
    crown = look.uniform(0.12, 0.5)
    curve: list[Point] = [(0, half), (look.uniform(0.3, 0.6), half * 0.9), (0.92, half * crown), (1, half * 0.12)]
    scene.solid(scene.lathe(x, low, drop, curve), colour, texture=pattern(look))
    scene.solid(scene.ellipse(x, low, half, half * 0.17), "#fdf3d6", contrast=0.06)
    scene.shadow(x, 0.93, half * 0.8, 0.03, 50)


def cushion(scene: Scene, colour: str, look: Random, x: float, foot: float, height: float) -> None:
    half, tilt = height * look.uniform(0.50, 0.58), look.uniform(-0.2, 0.2)
    cy, flat = foot - half * 0.92, look.uniform(0.62, 1.0)
    scene.shadow(x, foot, half * 1.05, half * 0.13)
    edge = []
    for i in range(120):
        a = 2 * math.pi * i / 120
        c, s = math.cos(a), math.sin(a)
        px, py = half * math.copysign(abs(c) ** 0.42, c), half * flat * math.copysign(abs(s) ** 0.42, s)
        pinch = 1 - 0.05 * math.cos(4 * a) ** 2
        edge.append((x + (px * math.cos(tilt) - py * math.sin(tilt)) * pinch, cy + py * pinch + px * math.sin(tilt)))
    scene.solid(scene.polygon(edge), colour, contrast=0.30, texture=pattern(look))
    scene.stroke([*edge, edge[0]], 0.006, tone(colour, -0.30))


def throw(scene: Scene, colour: str, look: Random, x: float, foot: float, height: float) -> None:
    half, layers = height * look.uniform(0.46, 0.62), look.choice([3, 4, 5])
    thick = height * look.uniform(0.42, 0.8) / layers
    scene.shadow(x, foot, half * 1.1, thick * 0.5)
    sheet = pattern(look)
    for i in range(layers):
        low = foot - i * thick
        shift = look.uniform(-0.02, 0.02)
        fold = scene.rounded(x - half + shift, low - thick, x + half + shift, low, thick * 0.46)
        scene.solid(fold, tone(colour, -0.10 if i % 2 else 0.06), texture=sheet)
        scene.stroke([(x - half * 0.9, low), (x + half * 0.92, low)], 0.004, tone(colour, -0.5))
    for i in range(22):
        fx = x - half * 0.9 + half * 1.8 * i / 21
        low = foot - thick * (layers - 1)
        scene.stroke([(fx, low), (fx + look.uniform(-0.006, 0.006), low + thick * 0.6)], 0.006, tone(colour, 0.25))


def stool(scene: Scene, colour: str, look: Random, x: float, foot: float, height: float) -> None:
    half, tall = height * look.uniform(0.30, 0.46), height * look.uniform(0.66, 1.0)
    _legs(scene, look, x, foot, tall, half, look.choice([3, 4]), tone(OAK, -0.12))
    top = foot - tall
    scene.solid(scene.ellipse(x, top + 0.035, half, half * 0.24), tone(colour, -0.18))
    scene.solid(scene.rounded(x - half, top, x + half, top + 0.035, 0.001), tone(colour, -0.18))
    scene.solid(scene.ellipse(x, top, half, half * 0.24), colour, contrast=0.22, texture=pattern(look))


def sidetable(scene: Scene, colour: str, look: Random, x: float, foot: float, height: float) -> None:
    half, tall = height * look.uniform(0.46, 0.62), height * look.uniform(0.60, 0.86)
    _legs(scene, look, x, foot, tall, half * 0.8, look.choice([2, 3, 4]), DARK if look.random() < 0.4 else OAK)
    top = foot - tall
    if look.random() < 0.5:
        scene.solid(scene.rounded(x - half, top - 0.02, x + half, top + 0.045, 0.012), tone(colour, -0.1))
        drawer = scene.rounded(x - half * 0.8, top + 0.05, x + half * 0.8, top + 0.16, 0.008)
        scene.solid(drawer, tone(OAK, 0.1), texture=pattern(look))
        scene.solid(scene.ellipse(x, top + 0.105, 0.014, 0.014), BRASS)
    else:
        scene.solid(scene.ellipse(x, top + 0.022, half, half * 0.19), tone(colour, -0.25))
        scene.solid(scene.ellipse(x, top, half, half * 0.19), colour, contrast=0.2, texture=pattern(look))


def basket(scene: Scene, colour: str, look: Random, x: float, foot: float, height: float) -> None:
    half, tall = height * look.uniform(0.36, 0.52), height * look.uniform(0.46, 0.80)
    lower = half * look.uniform(0.70, 1.0)
    scene.shadow(x, foot, half * 1.15, half * 0.2)
    weave = Image.new("L", (240, 240), 255)
    draw, step = ImageDraw.Draw(weave), look.choice([12, 16, 20, 24])
    for row, y in enumerate(range(0, 240, step)):
        for px in range(-step * (row % 2), 240, step * 2):
            draw.rounded_rectangle((px, y, px + step * 2 - 3, y + step - 3), 4, fill=look.randint(205, 255))
        draw.line((0, y, 240, y), fill=150, width=2)
    for side in (-1, 1):
        arc = [(x + side * half * (0.55 + 0.2 * math.cos(a)), foot - tall - half * 0.34 * math.sin(a)) for a in _half()]
        scene.stroke(arc, 0.020, tone(OAK, -0.3))
    straw = tone(colour, 0.18)
    scene.solid(scene.lathe(x, foot, tall, [(0, lower), (1, half)]), straw, texture=weave)
    _mouth(scene, x, foot - tall, half, straw, inside=tone(straw, -0.55))


def notebook(scene: Scene, colour: str, look: Random, x: float, foot: float, height: float) -> None:
    half, tall = height * look.uniform(0.32, 0.46), height * look.uniform(0.86, 1.1)
    lean = look.uniform(-0.10, 0.10)
    scene.shadow(x, foot, half * 1.2, 0.035)

    def at(u: float, v: float) -> Point:
        return x + half * u + lean * v, foot - tall * v

    scene.solid(scene.polygon([at(-0.9, 0), at(1.07, -0.01), at(1.07, 0.99), at(-0.9, 1)]), "#f1ead9")
    scene.solid(scene.polygon([at(-1, 0), at(1, 0), at(1, 1), at(-1, 1)]), colour, contrast=0.2, texture=pattern(look))
    scene.solid(scene.polygon([at(-1, 0), at(-0.84, 0), at(-0.84, 1), at(-1, 1)]), tone(colour, -0.35))
    band = look.uniform(0.55, 0.85)
    scene.stroke([at(band, 0), at(band, 1)], 0.016, tone(colour, -0.6))
    low = look.uniform(0.5, 0.75)
    if look.random() < 0.7:
        label = [at(-0.55, low), at(0.4, low), at(0.4, low + 0.15), at(-0.55, low + 0.15)]
        scene.solid(scene.polygon(label), "#f7f1e3", contrast=0.08)


def _mouth(scene: Scene, x: float, y: float, half: float, colour: str | Colour, inside: str | Colour) -> None:
    rim = tone(colour, 0.30)
    scene.solid(scene.ellipse(x, y, half, half * 0.17), rim, contrast=0.15)
    scene.solid(scene.ellipse(x, y + 0.004, half * 0.91, half * 0.13), inside, light=0.8)


def _branch(scene: Scene, look: Random, x: float, y: float, length: float) -> None:
    leaf = look.choice(["#6f7f4f", "#8d9b6a", "#b5764f", "#c7a7a0"])
    for _ in range(look.randint(2, 5)):
        angle = look.uniform(-0.75, 0.75)
        end = (x + length * math.sin(angle), y - length * look.uniform(0.55, 1.0) * math.cos(angle))
        scene.stroke([(x, y + 0.02), end], 0.006, tone(leaf, -0.4))
        for i in range(3, 9):
            px, py = x + (end[0] - x) * i / 8, y + (end[1] - y) * i / 8
            side = 0.02 if i % 2 else -0.02
            scene.solid(scene.ellipse(px + side, py, length * 0.07, length * 0.035), leaf)


def _legs(
    scene: Scene, look: Random, x: float, foot: float, tall: float, half: float, count: int, wood: str | Colour
) -> None:
    spread = half * look.uniform(0.85, 1.2)
    scene.shadow(x, foot, spread * 1.2, 0.03)
    for i in range(count):
        share = -1 + 2 * i / (count - 1)
        back = 0.05 if 0 < i < count - 1 else 0
        ends = [(x + share * half * 0.7, foot - tall + 0.02), (x + share * spread, foot - back)]
        scene.stroke(ends, 0.028, tone(wood, -0.25 if back else -0.05))
    if look.random() < 0.6:
        bar = foot - tall * look.uniform(0.25, 0.45)
        scene.stroke([(x - half * 0.85, bar), (x + half * 0.85, bar)], 0.018, tone(wood, -0.2))


def _half() -> list[float]:
    return [math.pi * i / 16 for i in range(17)]


THINGS: dict[str, Thing] = {
    "mug": mug,
    "bowl": bowl,
    "lamp": lamp,
    "pendant": pendant,
    "cushion": cushion,
    "throw": throw,
    "stool": stool,
    "sidetable": sidetable,
    "vase": vase,
    "candle": candle,
    "basket": basket,
    "notebook": notebook,
}
