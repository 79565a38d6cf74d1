"""The pictures."""

import json
from collections.abc import Callable

from bs4 import Tag

from benchmarks.accuracy.mutation import Edit, alike, defect
from benchmarks.accuracy.pictures import address
from benchmarks.accuracy.remedies import seed_of, show
from benchmarks.accuracy.shop_page import ShopPage

LARGE = "(max-width: 700px) 90vw, 45vw"


def _large(page: ShopPage) -> list[Tag]:
    """The gallery without its thumbnails."""
    found = [one for one in page.gallery if not one.find_parent("li")]
    if not found:
        raise LookupError("the page has no gallery")
    return found


def _recipe(recipe: str, only: int | None = None, widths: tuple[int, ...] = (400, 800, 1600)) -> Edit:
    """Draws the product's own picture otherwise, on every page or on that of one seed only."""

    def edit(page: ShopPage) -> None:
        seed = seed_of(page)
        for picture in _large(page):
            show(picture, 1 if recipe == "empty" else seed, widths, LARGE, recipe)
            link = picture.find_parent("a")
            if link is not None:
                link["href"] = address(1 if recipe == "empty" else seed, widths[-1], recipe)
        for data in page.soup.select('script[type="application/ld+json"]'):
            text = data.get_text()
            if '"image"' in text:
                data.string = text.replace("/plain/", f"/{recipe}/").replace("-1600.webp", f"-{widths[-1]}.webp")

    return edit


def _no_others(page: ShopPage) -> None:
    """Only the main picture is left, and nothing leads to another one."""
    for tag in page.soup.select(".bench-thumbs"):
        tag.decompose()
    for picture in page.gallery[1:]:
        place = picture.find_parent("li") or picture.find_parent(lambda tag: len(tag.select("img")) == 1) or picture
        place.decompose()
    for tag in page.soup.select("a[data-slide]"):
        tag.decompose()


def _small(page: ShopPage) -> None:
    """No file of the main picture is wider than 420 px; the others stay."""
    _recipe("plain", widths=(210, 420))(page)


def _small_on_the_page(page: ShopPage) -> None:
    for picture in _large(page):
        show(picture, seed_of(page), (210, 420), "140px")


def _no_picture(page: ShopPage) -> None:
    for tag in [*page.gallery, *page.soup.select(".bench-thumbs")]:
        tag.decompose()
    for data in page.soup.select('script[type="application/ld+json"]'):
        told = json.loads(data.get_text())
        if told.pop("image", None):
            data.string = json.dumps(told).replace("<", "\\u003c")


def _each_card(change: Callable[[Tag, int], None]) -> Edit:
    def edit(page: ShopPage) -> None:
        pictures = [picture for card in page.cards for picture in card.select("img")]
        if len(pictures) < 4:
            raise LookupError("the list has no pictures")
        for place, picture in enumerate(pictures):
            change(picture, place)

    return edit


def _blurred(picture: Tag, _place: int) -> None:
    picture["src"], picture["srcset"] = address(7, 60), ""
    picture.attrs.pop("srcset")


def _squeezed(picture: Tag, _place: int) -> None:
    picture["style"] = "width:150px!important;height:90px!important;object-fit:fill;max-width:none"


def _cropped(picture: Tag, _place: int) -> None:
    picture["style"] = "width:140px;height:140px;object-fit:cover"


def _uneven(picture: Tag, place: int) -> None:
    width, height = ((120, 160), (150, 100), (140, 140))[place % 3]
    picture["style"] = f"width:{width}px!important;height:{height}px!important;object-fit:cover;max-width:none"


def _alt(value: str | None, *, same: bool = False) -> Callable[[Tag, int], None]:
    def change(picture: Tag, place: int) -> None:
        if value is None:
            picture.attrs.pop("alt", None)
        else:
            picture["alt"] = value if same else value.format(place + 1)

    return change


def _main_alt(value: str | None) -> Edit:
    def edit(page: ShopPage) -> None:
        for picture in [*page.gallery, *page.soup.select(".bench-thumbs img")]:
            _alt(value)(picture, 0)

    return edit


def _broken(page: ShopPage) -> None:
    for picture in _large(page):
        picture["src"] = "/bench-media/plain/gone.webp"
        picture.attrs.pop("srcset", None)
        link = picture.find_parent("a")
        if link is not None:
            link.unwrap()


def _placeholder_name(page: ShopPage) -> None:
    for picture in [*page.gallery, *page.soup.select(".bench-thumbs img")]:
        picture["src"] = "/bench-media/empty/cup-1-800/no-image-available.webp"
        picture.attrs.pop("srcset", None)
        link = picture.find_parent("a")
        if link is not None:
            link.unwrap()


IMAGERY = (
    defect("main-image-broken", "the main picture does not load", "IMG-001", "product", _broken,
           also="IMG-002 IMG-004 IMG-005 A11Y-004 SPD-012 IMG-003 IMG-013"),
    defect("main-image-same-everywhere", "one grey picture on all products", "IMG-001", "product", _recipe("empty"),
           also="IMG-003 IMG-010 IMG-006", every=True, device="mobile"),
    defect("main-image-removed", "no picture at all", "IMG-001", "product",
           _no_picture,
           also="IMG-002 IMG-003 MOB-007 IMG-004 PDP-015"),
    defect("resolution-420", "no file is wider than 420 px", "IMG-002", "product", _small,
           also="IMG-005 IMG-004 IMG-003", device="desktop"),
    alike("resolution-1600-behind-link", "420 px on the page, 1600 px behind the link", "IMG-002", "product",
          _small_on_the_page,
          also="IMG-005", device="desktop"),
    defect("one-picture-each", "one picture for each product", "IMG-003", "product", _no_others,
           also="IMG-013 IMG-004", every=True, device="desktop"),
    defect("cards-blurred", "cards show files of 60 px", "IMG-005", "category home", _each_card(_blurred)),
    defect("cards-squeezed", "cards squeeze their pictures", "IMG-005", "category", _each_card(_squeezed)),
    alike("cards-cropped", "cards crop by object-fit", "IMG-005 IMG-009", "category home", _each_card(_cropped)),
    defect("picture-files-heavy", "files many times larger than needed", "IMG-006", "product",
           _recipe("heavy", widths=(1600,)), also="SPD-008 IMG-005 IMG-007", device="mobile"),
    defect("cards-load-large-files", "cards load pictures of 1600 px", "IMG-006", "category",
           _each_card(lambda picture, place: picture.attrs.update(
               {"src": address(place + 40, 1600), "srcset": "", "sizes": ""})), also="SPD-008", device="mobile"),
    defect("one-picture-out-of-focus", "one main picture is blurred", "IMG-007", "product", _recipe("blurred"),
           device="desktop"),
    defect("one-picture-dark", "one main picture is nearly black", "IMG-008", "product", _recipe("dark"),
           device="desktop", also="IMG-007"),
    alike("one-picture-moody", "one picture is a little darker", "IMG-008 IMG-007", "product", _recipe("moody"),
          device="desktop"),
    defect("cards-of-all-shapes", "pictures of a list in three shapes", "IMG-009", "category home",
           _each_card(_uneven)),
    defect("object-far-away", "the product fills a quarter of its picture", "IMG-010", "product", _recipe("distant"),
           also="IMG-007 IMG-008", device="desktop"),
    alike("object-fills-frame", "the product fills most of its picture", "IMG-010", "product", _recipe("close"),
          also="IMG-007 IMG-008", device="desktop"),
    defect("badge-in-every-picture", "a badge in the corner of every main picture", "IMG-011", "product",
           _recipe("marked"), also="IMG-007 IMG-008 IMG-010", every=True, device="desktop"),
    defect("alt-missing-in-list", "cards without alt", "A11Y-004", "category home", _each_card(_alt(None)),
           also="A11Y-001 NAV-011"),
    defect("alt-file-names", "alt texts are file names", "A11Y-004", "category", _each_card(_alt("IMG_{:04d}.JPG"))),
    defect("alt-all-the-same", "every card says the same", "A11Y-004", "category home",
           _each_card(_alt("product image", same=True))),
    defect("alt-missing-on-product", "the gallery has no alt", "A11Y-004", "product", _main_alt(None),
           also="A11Y-001 IMG-013"),
    alike("alt-empty-beside-name", "cards with an empty alt beside their linked name", "A11Y-004", "category",
          _each_card(_alt("")), shops="evershop", also="A11Y-001 A11Y-002 NAV-011"),
    defect("placeholder-by-name", "the picture is called no-image-available", "IMG-001", "product", _placeholder_name,
           also="IMG-002 IMG-003 IMG-004 IMG-013 IMG-010 IMG-005"),
)  # fmt: skip
