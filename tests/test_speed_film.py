"""Films of loads: which frames are kept, and how like the settled one a first view is."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from auditor.evidence import Simulated, TracedRun
from auditor.speed.film import LONGEST, MOST_FRAMES, NO_FILM, FilmPlace, film_of, likeness, screen_time

RUN = TracedRun(url="https://shop.example/", observed={"fcp": 400.0, "lcp": 800.0})
SIMULATED = RUN.model_copy(update={"simulated": Simulated(fcp_ms=2000, lcp_ms=4000, tbt_ms=0, tti_ms=4000)})


def screen(filled: float, *, colour: str = "#103060") -> Image.Image:
    picture = Image.new("RGB", (320, 640), "white")
    draw = ImageDraw.Draw(picture)
    for row in range(0, round(640 * filled), 40):
        draw.rectangle([20, row, 300, row + 24], fill=colour)
    return picture


def jpeg(picture: Image.Image) -> bytes:
    body = io.BytesIO()
    picture.save(body, "JPEG", quality=90)
    return body.getvalue()


def frames(*filled: tuple[float, float]) -> list[tuple[float, bytes]]:
    return [(at, jpeg(screen(share))) for at, share in filled]


def test_only_frames_that_changed_are_kept() -> None:
    film = film_of(frames((0, 0), (100, 0), (400, 0.5), (450, 0.5), (800, 1), (3000, 1)), RUN, "observed")
    assert [at for at, _body in film.frames] == [0, 400, 800]
    for _at, body in film.frames:
        with Image.open(io.BytesIO(body)) as picture:
            assert max(picture.size) <= LONGEST


def test_of_very_many_the_first_and_the_last_are_among_the_kept() -> None:
    film = film_of(frames(*((at * 100, at / 40) for at in range(41))), RUN, "observed")
    assert len(film.frames) == MOST_FRAMES
    assert (film.frames[0][0], film.frames[-1][0]) == (0, 3800), "nothing is drawn after that"


def test_the_first_view_is_what_was_there_after_2600_ms() -> None:
    early = film_of(frames((0, 0), (500, 1), (9000, 1)), RUN, "observed").first_view
    late = film_of(frames((0, 0), (2000, 0.3), (5000, 1)), RUN, "observed").first_view
    empty = film_of(frames((4000, 1)), RUN, "observed").first_view
    assert early is not None
    assert late is not None
    assert empty is not None
    assert (early.likeness, early.complete) == (1, 1)
    assert late.likeness < 0.8
    assert late.complete == pytest.approx(0.3, abs=0.1)
    assert empty.complete == 0


def test_time_of_a_simulated_device_is_that_of_its_paints() -> None:
    assert screen_time(2600, RUN, "observed") == 2600
    assert screen_time(2600, RUN, "simulated") == 2600, "nothing was simulated"
    assert screen_time(1000, SIMULATED, "simulated") == pytest.approx(200)
    assert screen_time(3000, SIMULATED, "simulated") == pytest.approx(600)
    assert screen_time(8000, SIMULATED, "simulated") == pytest.approx(1600)
    view = film_of(frames((400, 0.5), (800, 1)), SIMULATED, "simulated").first_view
    assert view is not None
    assert view.at_ms == pytest.approx(520)
    assert view.complete < 0.7


def test_likeness_is_1_for_equal_pictures_and_low_for_others() -> None:
    assert likeness(screen(1), screen(1)) == pytest.approx(1)
    assert likeness(screen(1), screen(0)) < 0.6
    assert likeness(screen(0.9), screen(1)) > likeness(screen(0.3), screen(1))


@pytest.mark.parametrize("broken", [[], [(0.0, b"nothing")], [(0.0, jpeg(screen(1))[:200])], [(-5.0, jpeg(screen(1)))]])
def test_broken_frames_make_no_film(broken: list[tuple[float, bytes]]) -> None:
    assert film_of(broken, RUN, "observed") == NO_FILM


def test_pictures_are_written_below_the_run_folder(tmp_path: Path) -> None:
    film = film_of(frames((0, 0), (400, 1)), RUN, "observed")
    written = FilmPlace(tmp_path, "pages/home.mobile/film-1").write(film)
    assert [frame.picture for frame in written] == [f"pages/home.mobile/film-1-{at:05d}.webp" for at in (0, 400)]
    assert all((tmp_path / frame.picture).stat().st_size < 20_000 for frame in written)
