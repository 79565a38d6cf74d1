"""Draws the pictures of a report: a stretch of a screenshot with the problem outlined in red, or a small first view."""

import math
from io import BytesIO

from PIL import Image, ImageDraw

from auditor.evidence import Box, Device
from reports.shots import LARGEST, Crop, Shot

THUMBNAIL = {Device.MOBILE: (150, 300), Device.DESKTOP: (360, 252)}
LEAST_CONTEXT = {Device.MOBILE: (412, 260), Device.DESKTOP: (620, 380)}
"""CSS pixels of page around a problem, so that one sees where it is."""
TILE = (280, 280)
MARGIN = 40
MARK = (204, 0, 17)
SMALLER = Image.Resampling.HAMMING
"""Half the work of Lanczos, and as sharp where a picture becomes a little smaller."""
MAX_PIXELS = 80_000_000
QUALITY = 76
UNREADABLE = (
    OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
"""What Pillow raises for a picture that is none, or a trap."""


def draw(screenshot: bytes, shots: list[Shot]) -> dict[Shot, Crop]:
    """Crops of one screenshot, each independent of the others asked for; one whose box is not in it is absent, and all
    are when it cannot be read."""
    views = [shot for shot in shots if shot.box is None]
    boxed = [(shot, shot.box) for shot in shots if shot.box is not None]
    try:
        drawn = {shot: _view(screenshot, THUMBNAIL[shot.device] if shot.small else LARGEST) for shot in views}
        if boxed:
            whole = _coloured(_opened(screenshot))
            drawn |= {shot: _exact(whole, box) for shot, box in boxed if shot.exact}
            drawn |= {
                shot: _outlined(
                    whole,
                    box,
                    1.0 if shot.full_page else whole.width / shot.viewport_width,
                    LEAST_CONTEXT[shot.device],
                    marked=shot.marked,
                )
                for shot, box in boxed
                if not shot.exact
            }
        return {shot: Crop(_jpeg(image), *image.size) for shot, image in drawn.items() if image is not None}
    except UNREADABLE:
        return {}


def _opened(screenshot: bytes) -> Image.Image:
    page = Image.open(BytesIO(screenshot), formats=("JPEG", "PNG", "WEBP"))
    if page.width * page.height > MAX_PIXELS:
        raise ValueError(f"{page.width} x {page.height} pixels are more than {MAX_PIXELS}")
    return page


def _view(screenshot: bytes, most: tuple[int, int]) -> Image.Image | None:
    page = _opened(screenshot)
    ratio = min(1.0, most[0] / page.width, most[1] / page.height)
    size = (max(1, round(page.width * ratio)), max(1, round(page.height * ratio)))
    # JPEG is decoded at the fraction of its size that is still large enough.
    page.draft("RGB", size)
    return _coloured(page).resize(size, SMALLER, reducing_gap=2.0)


def _coloured(page: Image.Image) -> Image.Image:
    return page if page.mode == "RGB" else page.convert("RGB")


def _outlined(
    whole: Image.Image, box: Box, scale: float, context: tuple[int, int], *, marked: bool
) -> Image.Image | None:
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
    picture = piece.resize(size, SMALLER)
    if not marked:
        return picture
    frame = [(left - x0) * ratio - 3, (top - y0) * ratio - 3, (right - x0) * ratio + 3, (bottom - y0) * ratio + 3]
    frame = [max(1.0, frame[0]), max(1.0, frame[1]), min(size[0] - 2.0, frame[2]), min(size[1] - 2.0, frame[3])]
    if frame[2] < frame[0] or frame[3] < frame[1]:
        return None
    pen = ImageDraw.Draw(picture)
    pen.rectangle([frame[0] - 1, frame[1] - 1, frame[2] + 1, frame[3] + 1], outline=(255, 255, 255), width=5)
    pen.rectangle(frame, outline=MARK, width=3)
    return picture


def _exact(whole: Image.Image, box: Box) -> Image.Image | None:
    """What lies in the box of a picture with one pixel per CSS pixel, small."""
    if not all(math.isfinite(number) for number in (box.x, box.y, box.right, box.bottom)):
        return None
    x0, y0 = max(0, round(box.x)), max(0, round(box.y))
    x1, y1 = min(whole.width, round(box.right)), min(whole.height, round(box.bottom))
    if x1 - x0 < 8 or y1 - y0 < 8:
        return None
    piece = whole.crop((x0, y0, x1, y1))
    piece.thumbnail(TILE, SMALLER)
    return piece


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


def as_jpeg(picture: bytes) -> bytes:
    """A small picture once more; b"" where it cannot be read."""
    try:
        return _jpeg(_coloured(_opened(picture)))
    except UNREADABLE:
        return b""


def _jpeg(image: Image.Image) -> bytes:
    """A browser that prints puts JPEG into the PDF as it is; anything else it unpacks and packs again without loss."""
    body = BytesIO()
    image.save(body, "JPEG", quality=QUALITY, subsampling="4:2:0")
    return body.getvalue()
