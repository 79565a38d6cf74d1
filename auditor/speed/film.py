"""How the screen filled up: a few frames of a trace, and the first view at 2.6 s against the settled one."""

import io
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from auditor.evidence import FilmFrame, FirstView, SpeedMethod, TracedRun
from auditor.speed.visual_progress import Histogram, histogram, overlap

MOST_FRAMES = 8
CHANGED = 0.005
"""Share of the screen whose colours must have changed for another frame of the film."""

LONGEST = 240
"""Pixels of a frame's longer side; a desktop's screen is wider than high, and a phone's 120 wide."""

QUALITY = 60
FIRST_VIEW_MS = 2600.0
"""When, of still pictures of home pages, the eye has landed on the part that makes the impression (Sheng and Dahal
2012). Not a limit for loading."""

LIKENESS_WIDTH = 128
WINDOW = 8
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
"""The structural similarity index's two constants, with its usual factors (Wang et al. 2004)."""

Frames = Sequence[tuple[float, bytes]]


@dataclass(frozen=True)
class Film:
    """``frames``: ms since the navigation, and a WebP of at most LONGEST pixels a side."""

    frames: tuple[tuple[float, bytes], ...]
    first_view: FirstView | None
    steady_view: FirstView | None = None


NO_FILM = Film((), None)


@dataclass(frozen=True)
class FilmPlace:
    """Where pictures of a load go: ``folder`` is the run folder, ``stem`` what their names in it begin with."""

    folder: Path
    stem: str

    def write(self, film: Film) -> tuple[FilmFrame, ...]:
        """:raises OSError: when they cannot be written."""
        written = []
        for at, body in film.frames:
            name = f"{self.stem}-{round(at):05d}.webp"
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
            written.append(FilmFrame(at_ms=at, picture=name))
        return tuple(written)


def film_of(frames: Frames, run: TracedRun, method: SpeedMethod) -> Film:
    """:param frames: milliseconds since the navigation and a JPEG each, in order; broken ones give an empty film."""
    try:
        shown = [(at, _opened(body)) for at, body in frames if at >= 0]
        if not shown:
            return NO_FILM
        histograms = [histogram(picture) for _at, picture in shown]
        kept = _telling(histograms)
        view = _first_view(shown, histograms, screen_time(FIRST_VIEW_MS, run, method))
        steady = _paints(run, "steady_") if method == "simulated" else None
        steady_view = _first_view(shown, histograms, _between(FIRST_VIEW_MS, run, *steady)) if steady else None
        pictures = tuple((round(shown[place][0], 1), _packed(shown[place][1])) for place in kept)
        return Film(pictures, view, steady_view)
    except (OSError, ValueError, Image.DecompressionBombError):
        return NO_FILM


def screen_time(at_ms: float, run: TracedRun, method: SpeedMethod) -> float:
    """The time of this load that stands for ``at_ms``. Of a simulated device the two paints are known: in between
    time runs evenly, after the later one as it did before it."""
    paints = _paints(run) if method == "simulated" else None
    return at_ms if paints is None else _between(at_ms, run, *paints)


def _paints(run: TracedRun, kind: str = "") -> tuple[float, float] | None:
    if run.simulated is None or not {"fcp", "lcp"} <= run.observed.keys():
        return None
    fcp, lcp = (getattr(run.simulated, f"{kind}{name}_ms") for name in ("fcp", "lcp"))
    return None if fcp is None or lcp is None else (fcp, lcp)


def _between(at_ms: float, run: TracedRun, fcp: float, lcp: float) -> float:
    observed = run.observed
    first = (fcp, observed["fcp"])
    last = (max(lcp, fcp), max(observed["lcp"], observed["fcp"]))
    if at_ms <= first[0]:
        return at_ms * first[1] / first[0] if first[0] else at_ms
    if at_ms <= last[0] and last[0] > first[0]:
        return first[1] + (at_ms - first[0]) * (last[1] - first[1]) / (last[0] - first[0])
    return at_ms * last[1] / last[0] if last[0] else at_ms


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Mean structural similarity of two pictures in grey, over windows side by side: 1 is equal."""
    height = max(WINDOW, round(LIKENESS_WIDTH * one.height / one.width))
    size = (LIKENESS_WIDTH, height)
    left, right = (picture.convert("L").resize(size, Image.Resampling.BOX).tobytes() for picture in (one, other))
    values = [
        _window_likeness(_window(left, x, y), _window(right, x, y))
        for y in range(0, height - WINDOW + 1, WINDOW)
        for x in range(0, LIKENESS_WIDTH, WINDOW)
    ]
    return sum(values) / len(values)


def _window(grey: bytes, x: int, y: int) -> bytes:
    return b"".join(grey[row * LIKENESS_WIDTH + x : row * LIKENESS_WIDTH + x + WINDOW] for row in range(y, y + WINDOW))


def _window_likeness(one: bytes, other: bytes) -> float:
    count = len(one)
    mean, other_mean = sum(one) / count, sum(other) / count
    variance = sum(value * value for value in one) / count - mean * mean
    other_variance = sum(value * value for value in other) / count - other_mean * other_mean
    together = sum(a * b for a, b in zip(one, other, strict=True)) / count - mean * other_mean
    light = (2 * mean * other_mean + _C1) / (mean**2 + other_mean**2 + _C1)
    return light * (2 * together + _C2) / (variance + other_variance + _C2)


def _first_view(shown: Sequence[tuple[float, Image.Image]], histograms: Sequence[Histogram], at: float) -> FirstView:
    settled, target = shown[-1][1], histograms[-1]
    place = bisect_right([time for time, _picture in shown], at) - 1
    if place < 0:
        view = Image.new("RGB", settled.size, "white")
        complete = overlap(histogram(view), target)
    else:
        view, complete = shown[place][1], overlap(histograms[place], target)
    return FirstView(at_ms=round(at, 1), likeness=round(likeness(view, settled), 3), complete=round(complete, 3))


def _telling(histograms: Sequence[Histogram]) -> list[int]:
    """Places of the frames that differ from the one before them; of too many the first, the last and even steps."""
    places = [0]
    for place in range(1, len(histograms)):
        now, before = histograms[place], histograms[places[-1]]
        if min(overlap(now, before), overlap(before, now)) < 1 - CHANGED:
            places.append(place)
    if len(places) <= MOST_FRAMES:
        return places
    step = (len(places) - 1) / (MOST_FRAMES - 1)
    return [places[round(turn * step)] for turn in range(MOST_FRAMES)]


def _opened(body: bytes) -> Image.Image:
    with Image.open(io.BytesIO(body), formats=("JPEG",)) as picture:
        picture.draft("RGB", (2 * LONGEST, 2 * LONGEST))
        picture.thumbnail((LONGEST, LONGEST))
        return picture.convert("RGB")


def _packed(picture: Image.Image) -> bytes:
    body = io.BytesIO()
    picture.save(body, "WEBP", quality=QUALITY)
    return body.getvalue()
