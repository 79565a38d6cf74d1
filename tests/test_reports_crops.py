"""Pictures cut from screenshots."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from auditor.evidence import Box, Device
from reports.crops import LARGEST, Picture, Shot, cut


def opened(picture: Picture) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(picture.uri.split(",", 1)[1]))).convert("RGB")


def page(folder: Path, name: str, width: int = 1350, height: int = 3000, colour: str = "white") -> str:
    Image.new("RGB", (width, height), colour).save(folder / name)
    return name


def shot(full_page: str | None, box: Box | None, *, viewport: str | None = None, small: bool = False) -> Shot:
    return Shot(Device.DESKTOP, full_page, viewport, box, 1350, small)


def red(image: Image.Image) -> list[tuple[int, int]]:
    return [
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if (pixel := image.getpixel((x, y))) and pixel[0] > 150 and pixel[1] < 110 and pixel[2] < 110  # type: ignore[index]
    ]


def test_the_problem_is_outlined_in_its_surroundings(tmp_path):
    asked = shot(page(tmp_path, "full.png"), Box(x=600, y=1500, width=120, height=40))
    picture = cut([asked], tmp_path)[asked]
    marks = red(opened(picture))
    assert (picture.width, picture.height) == opened(picture).size
    assert picture.width <= LARGEST[0]
    assert picture.height <= LARGEST[1]
    left, right = min(x for x, _ in marks), max(x for x, _ in marks)
    top, bottom = min(y for _, y in marks), max(y for _, y in marks)
    assert 0 < left < right < picture.width
    assert right - left == pytest.approx(120, abs=16)
    assert bottom - top == pytest.approx(40, abs=16)


@pytest.mark.parametrize(
    "box",
    [
        Box(x=0, y=0, width=1350, height=3000),
        Box(x=-40, y=-10, width=60, height=30),
        Box(x=1300, y=2990, width=500, height=500),
        Box(x=10, y=10, width=0, height=0),
        Box(x=0, y=0, width=1e9, height=1e9),
    ],
)
def test_odd_boxes_give_a_picture_of_bounded_size(tmp_path, box):
    asked = shot(page(tmp_path, "full.png"), box)
    picture = cut([asked], tmp_path)[asked]
    assert 0 < picture.width <= LARGEST[0]
    assert 0 < picture.height <= LARGEST[1]


@pytest.mark.parametrize(
    "box",
    [
        Box(x=10, y=9000, width=50, height=50),
        Box(x=5000, y=10, width=50, height=50),
        Box(x=-500, y=10, width=50, height=50),
        Box(x=10, y=10, width=-400, height=50),
        Box(x=float("nan"), y=10, width=50, height=50),
        Box(x=10, y=10, width=float("inf"), height=50),
    ],
)
def test_what_is_not_in_the_picture_gives_none(tmp_path, box):
    asked = shot(page(tmp_path, "full.png"), box)
    assert cut([asked], tmp_path) == {}


def test_a_bad_file_is_left_out_and_the_others_stay(tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    page(tmp_path, "outside.png", height=400)
    (folder / "text.png").write_text("no picture")
    (folder / "cut.png").write_bytes((folder / page(folder, "whole.png", height=500)).read_bytes()[:200])
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    box = Box(x=10, y=10, width=50, height=50)
    names = ["../outside.png", "link.png", str(tmp_path / "outside.png"), "text.png", "cut.png", "gone.png", "a\0b"]
    asked = [shot(name, box) for name in [*names, "whole.png"]]
    assert set(cut(asked, folder)) == {asked[-1]}


def test_a_picture_too_large_to_open_is_left_out(tmp_path):
    asked = shot(page(tmp_path, "bomb.png", 20_000, 5_000), Box(x=1, y=1, width=9, height=9))
    assert cut([asked], tmp_path) == {}


def test_without_a_full_page_the_first_view_is_cut_in_its_own_pixels(tmp_path):
    view = page(tmp_path, "view.png", 2700, 1880)
    asked = shot(None, Box(x=600, y=500, width=100, height=40), viewport=view)
    marks = red(opened(cut([asked], tmp_path)[asked]))
    ratio = LARGEST[0] / (620 * 2)
    assert max(x for x, _ in marks) - min(x for x, _ in marks) == pytest.approx(200 * ratio, abs=16)


def test_pictures_stop_at_the_budget_first_ones_first(tmp_path):
    name = "noise.png"
    Image.effect_noise((1350, 2000), 90).save(tmp_path / name)
    asked = [shot(name, Box(x=500, y=100 + 90 * step, width=80, height=40)) for step in range(12)]
    budget = 200_000
    pictures = cut(asked, tmp_path, budget)
    assert 0 < len(pictures) < len(asked)
    assert next(iter(pictures)) == asked[0]
    assert sum(len(base64.b64decode(picture.uri.split(",", 1)[1])) for picture in pictures.values()) <= budget


def crops(folder: Path) -> dict[str, float]:
    return {path.name: path.stat().st_mtime_ns for path in (folder / "crops").iterdir()}


def test_a_crop_is_kept_and_taken_again(tmp_path, monkeypatch):
    asked = [
        shot(page(tmp_path, "full.png"), Box(x=600, y=1500, width=120, height=40)),
        shot(None, None, viewport=page(tmp_path, "view.png", 2700, 1880), small=True),
    ]
    first = cut(asked, tmp_path)
    before = crops(tmp_path)
    assert len(before) == 2
    monkeypatch.setattr("reports.drawing.draw", None)
    assert cut(asked, tmp_path) == first
    assert crops(tmp_path) == before


def test_another_box_or_another_screenshot_is_cut_anew(tmp_path):
    name = page(tmp_path, "full.png")
    old = shot(name, Box(x=600, y=1500, width=120, height=40))
    new = shot(name, Box(x=600, y=1500, width=220, height=90))
    first = cut([old], tmp_path)[old]
    assert cut([new], tmp_path)[new] != first
    page(tmp_path, "full.png", colour="blue")
    assert opened(cut([old], tmp_path)[old]).getpixel((5, 5)) != opened(first).getpixel((5, 5))
    assert len(crops(tmp_path)) == 1


def test_another_page_of_the_same_run_leaves_the_reports_crops_alone(tmp_path, monkeypatch):
    report = [shot(page(tmp_path, "full.png"), Box(x=600, y=1500, width=120, height=40))]
    incidents = [shot(page(tmp_path, "other.png"), Box(x=60, y=150, width=220, height=90))]
    first = cut(report, tmp_path), cut(incidents, tmp_path, page="incidents")
    monkeypatch.setattr("reports.drawing.draw", None)
    assert (cut(report, tmp_path), cut(incidents, tmp_path, page="incidents")) == first


def test_a_kept_crop_equals_one_cut_beside_others(tmp_path):
    view = page(tmp_path, "view.jpg", 2700, 1880)
    small = shot(None, None, viewport=view, small=True)
    beside = shot(None, Box(x=600, y=500, width=100, height=40), viewport=view)
    assert cut([small], tmp_path)[small] == cut([small, beside], tmp_path / ".")[small]
    for path in (tmp_path / "crops").iterdir():
        path.unlink()
    assert cut([small, beside], tmp_path)[small] == cut([small], tmp_path)[small]


@pytest.mark.parametrize("spoil", [b"", b"<svg/>", None], ids=["empty", "no picture", "cut short"])
def test_a_spoilt_crop_is_cut_anew(tmp_path, spoil):
    asked = shot(page(tmp_path, "full.png"), Box(x=600, y=1500, width=120, height=40))
    first = cut([asked], tmp_path)
    (kept,) = (tmp_path / "crops").iterdir()
    kept.write_bytes(kept.read_bytes()[:-20] if spoil is None else spoil)
    assert cut([asked], tmp_path) == first


def test_no_file_outside_the_folder_is_shown_as_a_kept_crop(tmp_path):
    folder, elsewhere = tmp_path / "run", tmp_path / "elsewhere"
    folder.mkdir()
    asked = shot(page(folder, "full.png"), Box(x=600, y=1500, width=120, height=40))
    first = cut([asked], folder)
    (kept,) = (folder / "crops").iterdir()
    other = BytesIO()
    Image.new("RGB", (90, 60), "blue").save(other, "JPEG")
    (tmp_path / "secret.jpg").write_bytes(other.getvalue())
    kept.unlink()
    kept.symlink_to(tmp_path / "secret.jpg")
    assert cut([asked], folder) == first
    (folder / "crops").rename(elsewhere)
    (elsewhere / kept.name).write_bytes(other.getvalue())
    (folder / "crops").symlink_to(elsewhere)
    assert cut([asked], folder) == first
    assert (elsewhere / kept.name).read_bytes() == other.getvalue()


def test_a_folder_where_nothing_can_be_kept_still_gives_pictures(tmp_path):
    (tmp_path / "crops").write_text("a file where a folder should be")
    asked = shot(page(tmp_path, "full.png"), Box(x=600, y=1500, width=120, height=40))
    assert set(cut([asked], tmp_path)) == {asked}
