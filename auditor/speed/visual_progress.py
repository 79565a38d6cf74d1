"""Speed Index: how late, on average, the first screen filled up, from the frames of a trace."""

import io
from collections.abc import Sequence

from PIL import Image, ImageChops

WHITE = 249
"""Pixels with all channels at or above it count as empty, as in WebPageTest's and Lighthouse's visual progress."""

LONGEST = 160
"""Frames are looked at this small, in pixels: enough for a histogram."""

Histogram = list[int]


def speed_index(frames: Sequence[tuple[float, bytes]]) -> float | None:
    """The area above the curve of visual progress, in ms. ``frames``: milliseconds since the start and a JPEG each.

    Progress is how much of the way from the empty screen to the last frame a frame's colours have come. None without
    a frame, or where one cannot be read.
    """
    try:
        seen = [(at, _histogram_of(body)) for at, body in frames if at >= 0]
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    if not seen:
        return None
    target = seen[-1][1]
    index, before, progress = 0.0, 0.0, 0.0
    for at, shown in seen:
        index += (1 - progress) * (at - before)
        before = at
        progress = overlap(shown, target)
    return round(index, 1)


def overlap(shown: Histogram, target: Histogram) -> float:
    """0-1: how much of ``target``'s colours is there; 1 where it is empty."""
    total = sum(target)
    return sum(map(min, shown, target)) / total if total else 1.0


def histogram(shown: Image.Image) -> Histogram:
    """Of red, green and blue, 256 each, over the pixels that are not empty."""
    darkest = ImageChops.darker(ImageChops.darker(*shown.split()[:2]), shown.split()[2])
    return shown.histogram(darkest.point([255 if value < WHITE else 0 for value in range(256)]))


def _histogram_of(body: bytes) -> Histogram:
    with Image.open(io.BytesIO(body), formats=("JPEG",)) as picture:
        picture.draft("RGB", (LONGEST, LONGEST))
        picture.thumbnail((LONGEST, LONGEST))
        return histogram(picture.convert("RGB"))
