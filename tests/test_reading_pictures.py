"""Which image of a page is the product's, and what its file and its name tell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.evidence import Candidate, Image, Images
from auditor.reading.fit import needed_pixels, wasted_bytes
from auditor.reading.pictures import card_images, file_size, gallery_images, is_file_name, main_image
from auditor.reading.placeholders import named_as_placeholder
from tests.factories import at, box, document, image

pixels = st.integers(1, 4000)
shown = st.floats(1, 2000)
pictures = st.builds(
    image,
    natural_width=pixels,
    natural_height=pixels,
    shown_width=shown,
    shown_height=shown,
    object_fit=st.sampled_from(["fill", "cover", "contain", "scale-down", "none"]),
    mime=st.sampled_from(["image/jpeg", "image/png", "image/webp"]),
    visible=st.booleans(),
)


def related(n: int, **fields: object) -> Image:
    where = {"card": ".related li", "link_url": at(f"/p/{n}"), "box": box(y=900)}
    return image(f"/media/rel-{n}.jpg", **{"shown_width": 170, "shown_height": 170} | where | fields)


def main_url(*images: Image) -> str | None:
    found = main_image(Images(items=images), document(url=at("/p/arc-lamp")))
    return found.url if found else None


def test_the_main_picture_of_a_carousel_is_its_first_slide() -> None:
    slides = [image(f"/media/{n}.jpg", card=".slides li") for n in range(4)]
    assert main_url(image("/media/logo.png", region="header"), *slides, related(1)) == at("/media/0.jpg")


def test_neither_a_wide_banner_nor_a_tall_description_nor_thumbnails_win() -> None:
    banner = image("/media/banner.jpg", shown_width=390, shown_height=90)
    thumbs = [image(f"/media/t{n}.jpg", shown_width=64, shown_height=64) for n in range(4)]
    description = image("/media/description.jpg", shown_width=390, shown_height=1500, box=box(y=1200))
    assert main_url(banner, *thumbs, image("/media/main.jpg"), description) == at("/media/main.jpg")


def test_a_gallery_of_links_to_files_is_no_list_of_cards() -> None:
    slides = [image(f"/m/{n}.jpg", card=".gallery div", link_url=at(f"/m/{n}-full.jpg")) for n in range(3)]
    whole = Images(items=(*slides, related(7)))
    page = document(url=at("/p/arc-lamp"))
    assert [one.url for one in gallery_images(whole, page)] == [one.url for one in slides]
    assert [one.url for one in card_images(whole, page)] == [at("/media/rel-7.jpg")]


def test_a_background_that_is_linked_to_its_own_file_is_the_picture_and_a_hero_is_not() -> None:
    painted = image("/m/1.jpg", kind="background", link_url=at("/m/1-full.jpg"))
    assert main_url(painted) == at("/m/1.jpg")
    assert main_url(image("/m/hero.jpg", kind="background", link_url=at("/sale"))) is None
    assert main_url(image("/m/hero.jpg", kind="background")) is None


def test_related_products_do_not_stand_in_for_a_missing_picture() -> None:
    assert main_url(related(1), related(2)) is None
    lost = image("/media/lost.jpg", loaded=False, status=404, shown_width=0, shown_height=0, visible=False)
    assert main_url(lost, related(1)) == at("/media/lost.jpg")


def test_the_size_of_a_file_is_the_chosen_entry_of_srcset() -> None:
    entry = Candidate(url=at("/m-800.jpg"), width=800)
    assert file_size(image("/m-800.jpg", natural_width=400, natural_height=300, candidates=(entry,))) == (800, 600)
    assert file_size(image("/m.jpg", natural_width=400, natural_height=300, candidates=(entry,))) == (400, 300)


@settings(max_examples=40, deadline=None)
@given(pictures, st.floats(1, 4))
def test_no_more_pixels_are_needed_than_there_are(picture: Image, dpr: float) -> None:
    have = picture.natural_width * picture.natural_height
    assert 0 < needed_pixels(picture, dpr) <= have * 1.000001


@settings(max_examples=40, deadline=None)
@given(pictures, st.integers(0, 5_000_000), st.floats(1, 4))
def test_no_more_is_wasted_than_was_sent(picture: Image, size: int, dpr: float) -> None:
    assert 0 <= wasted_bytes(picture, size, needed_pixels(picture, dpr)) <= size


@pytest.mark.parametrize("alt", ["IMG_20.JPG", "dsc01234", "lamp.webp", "1f0a9c3b7e21", "20240131_10", "photo-12"])
def test_file_names(alt: str) -> None:
    assert is_file_name(alt)


@pytest.mark.parametrize("alt", ["Arc lamp", "501", "42115", "T-shirt", "Image 12 of 15: lamp", "چراغ", "łóżko 160"])
def test_names_of_products_are_no_file_names(alt: str) -> None:
    assert not is_file_name(alt, at("/media/t-shirt.jpg"))


@pytest.mark.parametrize(
    "path",
    [
        "/no_image.png",
        "/nophoto-300.jpg",
        "/woocommerce-placeholder-600x600.png",
        "/media/catalog/product/placeholder/default/image.jpg",
        "/img/p/en-default-home_default.jpg",
        "/media/image_not_found.jpg",
        "/r/img/ProductDefault.gif",
        "/brak-zdjecia.png",
    ],
)
def test_placeholders_of_known_platforms(path: str) -> None:
    assert named_as_placeholder(image(path))


@pytest.mark.parametrize("path", ["/pianoimage.jpg", "/casinopic.jpg", "/placeholders-of-old/chair.jpg", "/nopal.jpg"])
def test_names_that_only_look_like_placeholders(path: str) -> None:
    assert not named_as_placeholder(image(path, alt="Grand piano"))
