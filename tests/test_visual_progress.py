"""The Speed Index of frames whose answer can be told by hand."""

import io

import pytest
from PIL import Image, ImageDraw

from auditor.speed.visual_progress import speed_index


def frame(filled: float) -> bytes:
    """A white phone screen of which the upper part is dark blue."""
    picture = Image.new("RGB", (240, 480), "white")
    if filled:
        ImageDraw.Draw(picture).rectangle([0, 0, 240, round(480 * filled)], fill="#103060")
    body = io.BytesIO()
    picture.save(body, "JPEG", quality=95)
    return body.getvalue()


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ([(0, 0.0), (1000, 1.0)], 1000),
        ([(1000, 1.0)], 1000),
        ([(0, 0.0), (500, 0.5), (1000, 1.0)], 750),
        ([(0, 0.0), (500, 0.5), (1000, 1.0), (9000, 1.0)], 750),
        ([(-400, 1.0), (0, 0.0), (1000, 1.0)], 1000),
    ],
)
def test_the_speed_index_is_the_time_that_the_screen_was_empty(
    frames: list[tuple[float, float]], expected: float
) -> None:
    assert speed_index([(at, frame(filled)) for at, filled in frames]) == pytest.approx(expected, rel=0.03)


def test_a_page_that_stays_white_is_complete_with_its_first_frame() -> None:
    assert speed_index([(200, frame(0)), (900, frame(0))]) == 200


@pytest.mark.parametrize("frames", [[], [(10, b"no picture")], [(10, frame(1)[:60])]])
def test_without_readable_frames_there_is_none(frames: list[tuple[float, bytes]]) -> None:
    assert speed_index(frames) is None
