"""What is measured of a picture's look: pictures are drawn here and spoiled in one way each."""

import pytest
from PIL import Image, ImageDraw, ImageFilter

from auditor.browser.picture_look import look_of


def drawn(fill: float = 0.8, background: str = "white", size: int = 512) -> Image.Image:
    """A dark shape of ``fill`` of the frame on a plain background."""
    picture = Image.new("RGB", (size, size), background)
    edge = round(size * (1 - fill) / 2)
    ImageDraw.Draw(picture).ellipse((edge, edge, size - edge, size - edge), fill="#345", outline="black", width=6)
    return picture


def woven(size: int = 512) -> Image.Image:
    picture = drawn(size=size)
    pencil = ImageDraw.Draw(picture)
    for at in range(0, size, 16):
        pencil.line((at, 0, at, size), fill="#876", width=4)
    return picture


@pytest.mark.parametrize("make", [drawn, woven])
def test_a_blurred_picture_is_less_sharp_whatever_it_shows(make):
    sharp = look_of(make())["sharpness"]
    blurred = look_of(make().filter(ImageFilter.GaussianBlur(5)))["sharpness"]
    assert sharp is not None
    assert blurred is None or blurred < 0.5 * sharp


@pytest.mark.parametrize("make", [drawn, woven])
def test_the_strongest_blur_is_measured_too(make):
    """Where no edge is a step any more, the slopes tell."""
    softly, strongly = (look_of(make().filter(ImageFilter.GaussianBlur(radius)))["sharpness"] for radius in (5, 12))
    assert strongly < softly


def test_a_small_thing_in_focus_before_a_blurred_ground_is_sharp():
    ground = woven().filter(ImageFilter.GaussianBlur(14))
    ImageDraw.Draw(ground).ellipse((240, 240, 270, 270), fill="white", outline="black", width=3)
    assert look_of(ground)["sharpness"] > 0.4


def test_a_picture_without_outlines_has_no_sharpness():
    assert look_of(Image.linear_gradient("L").resize((512, 512)).convert("RGB"))["sharpness"] is None


def test_detail_does_not_make_a_picture_sharper():
    assert look_of(woven())["sharpness"] == pytest.approx(look_of(drawn())["sharpness"], abs=0.3)


def test_a_dark_picture_has_dark_highlights():
    dark = look_of(drawn().point(lambda value: value // 4))
    assert dark["highlights"] < 0.3 < 0.9 < look_of(drawn())["highlights"]


@pytest.mark.parametrize("fill", [0.3, 0.5, 0.9])
def test_the_share_of_the_frame_is_measured_on_a_plain_background(fill):
    look = look_of(drawn(fill, "#eee"))
    assert look["plain"] == 1.0
    assert look["fill"] == pytest.approx(fill, abs=0.03)


def test_a_faint_thing_on_its_background_is_not_measured():
    faint = Image.new("RGB", (512, 512), "#ffffff")
    ImageDraw.Draw(faint).rectangle((200, 200, 300, 300), fill="#f4f4f4")
    assert look_of(faint)["fill"] is None


def test_a_scene_has_no_plain_background():
    scene = Image.effect_noise((512, 512), 90).convert("RGB")
    look = look_of(scene)
    assert look["plain"] < 0.9
    assert look["fill"] is None


def test_a_badge_gives_two_pictures_the_same_corner_and_leaves_the_others_flat():
    corners = []
    for fill in (0.3, 0.5):
        picture = drawn(fill)
        pencil = ImageDraw.Draw(picture)
        pencil.rectangle((12, 12, 120, 60), fill="#c00")
        pencil.line((20, 20, 110, 50), fill="white", width=8)
        corners.append(look_of(picture)["corners"])
    assert corners[0][0] == corners[1][0] is not None
    assert corners[0][1:] == (None, None, None)


def test_thumbnails_are_not_looked_at():
    assert look_of(drawn(size=120)) == {}
