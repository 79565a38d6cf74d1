"""What a picture looks like, in numbers: sharp or blurred, light or dark, on a plain background or not."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

LOOK_PX = 512
"""Pictures are looked at with this longest edge, about as large as a phone shows them."""

LEAST_PX = 200
EDGE_SHARE = 0.005
LEAST_EDGE = 12.0
PLAIN_STEP = 16
OBJECT_STEP = 18
FAINT = 30.0
FLAT_CORNER = 6.0
RISE = 8.0
LEAST_RISES = 4

WIDE_PX = 31
"""Within so many pixels a blurred outline still rises from one colour to another."""

WIDE_EDGE = 48.0
IN_FOCUS = 0.9
"""Where a tenth of the outlines is sharp, a small thing is in focus before a blurred ground."""

Pixels = NDArray[np.float32]


def look_of(picture: Image.Image) -> dict[str, Any]:
    """Facts of an RGB picture of at most LOOK_PX: see ``Rendition``. Empty for pictures under LEAST_PX."""
    if max(picture.size) < LEAST_PX or min(picture.size) < LEAST_PX // 4:
        return {}
    pixels: Pixels = np.asarray(picture, dtype=np.float32)
    grey: Pixels = np.asarray(picture.convert("L"), dtype=np.float32)
    plain, background = _border(pixels)
    return {
        "sharpness": _sharpness(grey),
        "brightness": round(float(grey.mean()) / 255, 4),
        "highlights": round(float(np.percentile(grey, 95)) / 255, 4),
        "plain": plain,
        "fill": _fill(pixels, background) if plain >= 0.9 else None,
        "corners": _corners(picture.convert("L")),
    }


def _sharpness(grey: Pixels) -> float | None:
    """The share of an edge's contrast that falls on one pixel, at the strongest edges: 1 is a clean step.

    It does not grow with the amount of detail, so that a plain mug and a woven basket compare. Where no edge is a step,
    the slopes of the strongest outlines tell: a strong blur leaves nothing else.
    """
    told = []
    for picture in (grey, grey.T):
        steps = np.abs(picture[:, 4:-3] - picture[:, 3:-4])
        across = np.abs(picture[:, 7:] - picture[:, :-7])
        limit = float(np.quantile(steps, 1 - EDGE_SHARE))
        if limit >= LEAST_EDGE:
            edges = steps >= limit
            told.append(float(np.median(steps[edges] / np.maximum(across[edges], steps[edges]))))
    return round(max(told), 4) if told else _slope(grey)


def _slope(grey: Pixels) -> float | None:
    """The steepest pixel of each strong outline as a share of its contrast within WIDE_PX; None where nothing in the
    picture has an outline."""
    told = []
    for picture in (grey, grey.T):
        if picture.shape[1] <= WIDE_PX:
            continue
        windows = np.lib.stride_tricks.sliding_window_view(picture, WIDE_PX, axis=1)[:, ::4]
        contrast = windows.max(axis=2) - windows.min(axis=2)
        limit = max(WIDE_EDGE, float(np.quantile(contrast, 1 - EDGE_SHARE)))
        outlines = contrast >= limit
        if outlines.mean() >= EDGE_SHARE / 2:
            steepest = np.abs(np.diff(windows[outlines], axis=1)).max(axis=1)
            told.append(float(np.quantile(steepest / contrast[outlines], IN_FOCUS)))
    return round(max(told), 4) if told else None


def _border(pixels: Pixels) -> tuple[float, Pixels]:
    """How much of the frame's outer ring has its commonest colour (0-1), and that colour."""
    ring = max(2, min(pixels.shape[:2]) // 40)
    outer = np.concatenate(
        [part.reshape(-1, 3) for part in (pixels[:ring], pixels[-ring:], pixels[:, :ring], pixels[:, -ring:])]
    )
    colour: Pixels = np.median(outer, axis=0)
    alike = float((np.abs(outer - colour).max(axis=1) <= PLAIN_STEP).mean())
    return round(alike, 4), colour


def _fill(pixels: Pixels, background: Pixels) -> float | None:
    """The object's longest edge as a share of the frame's; None where it hardly differs from its background."""
    away = np.abs(pixels - background).max(axis=2)
    mask = away > OBJECT_STEP
    if not mask.any() or float(away[mask].mean()) < FAINT:
        return None
    rows = np.flatnonzero(mask.mean(axis=1) > 0.005)
    columns = np.flatnonzero(mask.mean(axis=0) > 0.005)
    if not rows.size or not columns.size:
        return None
    height = int(rows[-1] - rows[0] + 1) / pixels.shape[0]
    width = int(columns[-1] - columns[0] + 1) / pixels.shape[1]
    return round(float(max(height, width)), 4)


def _corners(grey: Image.Image) -> tuple[str | None, ...]:
    """A 64-bit hash of the rises in each corner, from top left to bottom right, None where there are hardly any."""
    width, height = grey.width * 28 // 100, grey.height * 18 // 100
    places = ((0, 0), (grey.width - width, 0), (0, grey.height - height), (grey.width - width, grey.height - height))
    return tuple(_hash(grey.crop((x, y, x + width, y + height))) for x, y in places)


def _hash(corner: Image.Image) -> str | None:
    if float(np.asarray(corner, dtype=np.float32).std()) < FLAT_CORNER:
        return None
    small = np.asarray(corner.resize((9, 8), Image.Resampling.LANCZOS), dtype=np.float32)
    # Smaller differences are grain, which is another one in each picture.
    bits = (small[:, 1:] > small[:, :-1] + RISE).flatten()
    if bits.sum() < LEAST_RISES:
        return None
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"
