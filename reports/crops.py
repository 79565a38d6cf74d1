"""Pictures for a report: crops of recorded screenshots, small and within a budget.

Run folders come from other machines and screenshots from strange shops: a picture that is missing, broken, outside the
folder or oversized is left out, never an error.
"""

import base64
import math
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from auditor.evidence import Box, Device

LARGEST = (640, 420)
"""Pixels of a crop in the report at most."""
THUMBNAIL = {Device.MOBILE: (150, 300), Device.DESKTOP: (360, 252)}
LEAST_CONTEXT = {Device.MOBILE: (412, 260), Device.DESKTOP: (620, 380)}
"""CSS pixels of page around a problem, so that one sees where it is."""
MARGIN = 40
MARK = (204, 0, 17)
MAX_PIXELS = 80_000_000
MAX_FILE_BYTES = 40_000_000
BUDGET = 5_400_000
"""Bytes of all pictures before base64: keeps the report under 8 MB."""


@dataclass(frozen=True)
class Shot:
    """A picture wanted: ``box`` of the page outlined in red, or without one the first view as the shopper saw it.

    ``full_page`` has one pixel per CSS pixel; ``viewport`` is in device pixels, ``viewport_width`` CSS pixels wide.
    """

    device: Device
    full_page: str | None
    viewport: str | None
    box: Box | None
    viewport_width: int
    small: bool = False


@dataclass(frozen=True)
class Picture:
    uri: str
    width: int
    height: int


def cut(shots: Iterable[Shot], folder: Path, budget: int = BUDGET) -> dict[Shot, Picture]:
    """Pictures by what was asked for, first ones first until ``budget`` bytes are used; what cannot be cut is absent.

    Shots of one file are cut together, so that a long screenshot is decoded once.
    """
    wanted = list(dict.fromkeys(shots))
    by_file: dict[str, list[Shot]] = {}
    for shot in wanted:
        name = shot.full_page if shot.box is not None and shot.full_page else shot.viewport
        if name:
            by_file.setdefault(name, []).append(shot)
    encoded: dict[Shot, tuple[bytes, tuple[int, int]]] = {}
    for name, group in by_file.items():
        encoded |= _cut_file(_inside(folder, name), group)
    pictures: dict[Shot, Picture] = {}
    for shot in wanted:
        if shot in encoded and len(encoded[shot][0]) <= budget:
            body, (width, height) = encoded[shot]
            budget -= len(body)
            uri = "data:image/webp;base64," + base64.b64encode(body).decode("ascii")
            pictures[shot] = Picture(uri, width, height)
    return pictures


def _inside(folder: Path, name: str) -> Path | None:
    try:
        path = (folder / name).resolve()
        usable = path.is_relative_to(folder.resolve()) and path.is_file() and path.stat().st_size <= MAX_FILE_BYTES
    except (OSError, ValueError):
        return None
    return path if usable else None


def _cut_file(path: Path | None, shots: list[Shot]) -> dict[Shot, tuple[bytes, tuple[int, int]]]:
    if path is None:
        return {}
    try:
        with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as page:
            if page.width * page.height > MAX_PIXELS:
                return {}
            if all(shot.box is None for shot in shots):
                page.draft("RGB", LARGEST)
            whole = page.convert("RGB")
        drawn = {shot: _drawn(whole, shot) for shot in shots}
        return {shot: (_webp(image), image.size) for shot, image in drawn.items() if image is not None}
    except (
        OSError,
        ValueError,
        SyntaxError,
        MemoryError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return {}


def _drawn(whole: Image.Image, shot: Shot) -> Image.Image | None:
    if shot.box is None:
        picture = whole.copy()
        picture.thumbnail(THUMBNAIL[shot.device] if shot.small else LARGEST, Image.Resampling.LANCZOS)
        return picture
    scale = 1.0 if shot.full_page else whole.width / shot.viewport_width
    return _outlined(whole, shot.box, scale, LEAST_CONTEXT[shot.device])


def _outlined(whole: Image.Image, box: Box, scale: float, context: tuple[int, int]) -> Image.Image | None:
    """The box with its surroundings, outlined; None when it is not in the picture."""
    numbers = (box.x, box.y, box.right, box.bottom)
    if not all(math.isfinite(number) for number in numbers):
        return None
    left, top, right, bottom = (number * scale for number in numbers)
    if right < left or bottom < top or left >= whole.width or top >= whole.height or right <= 0 or bottom <= 0:
        return None
    x0, x1 = _span(left, right, MARGIN * scale, context[0] * scale, whole.width)
    tallest = max(context[1] * scale, (x1 - x0) * 0.75)
    y0, y1 = _span(top, bottom, MARGIN * scale, context[1] * scale, whole.height)
    y1 = min(y1, y0 + round(tallest))
    if x1 - x0 < 8 or y1 - y0 < 8:
        return None
    piece = whole.crop((x0, y0, x1, y1))
    ratio = min(1.0, LARGEST[0] / piece.width, LARGEST[1] / piece.height)
    size = (max(1, round(piece.width * ratio)), max(1, round(piece.height * ratio)))
    picture = piece.resize(size, Image.Resampling.LANCZOS)
    frame = [(left - x0) * ratio - 3, (top - y0) * ratio - 3, (right - x0) * ratio + 3, (bottom - y0) * ratio + 3]
    frame = [max(1.0, frame[0]), max(1.0, frame[1]), min(size[0] - 2.0, frame[2]), min(size[1] - 2.0, frame[3])]
    if frame[2] < frame[0] or frame[3] < frame[1]:
        return None
    draw = ImageDraw.Draw(picture)
    draw.rectangle([frame[0] - 1, frame[1] - 1, frame[2] + 1, frame[3] + 1], outline=(255, 255, 255), width=5)
    draw.rectangle(frame, outline=MARK, width=3)
    return picture


def _span(low: float, high: float, margin: float, least: float, limit: int) -> tuple[int, int]:
    """A stretch around ``low``-``high`` of at least ``least``, inside ``0``-``limit``."""
    start, end = low - margin, high + margin
    if end - start < least:
        middle = (low + high) / 2
        start, end = middle - least / 2, middle + least / 2
    start, end = max(0.0, start), min(float(limit), end)
    if end - start < least:
        start, end = (0.0, min(float(limit), least)) if start <= 0 else (max(0.0, limit - least), float(limit))
    return math.floor(start), max(math.floor(start) + 1, math.ceil(end))


def _webp(image: Image.Image) -> bytes:
    body = BytesIO()
    image.save(body, "WEBP", quality=74, method=3)
    return body.getvalue()
