"""Which of a page's images are pictures of products, and how large their files are."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

from auditor.evidence import Document, Image, Images, Rendition, Renditions

LEAST_MAIN_PX = 120
"""A product's main picture is at least this wide on a phone; smaller ones are thumbnails, icons and logos."""

LEAST_CARD_PX = 80
SAME_PICTURE_BITS = 10
"""Perceptual hashes (64 bits) of two renditions of one picture differ by at most so much."""

_NEARLY_LARGEST = 0.8
_BROKEN_PX = 100.0
"""What a broken picture counts that keeps no room of its own: more than a related product, less than a real picture."""

_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])", re.IGNORECASE)
_FILE_NAME = re.compile(
    r".*\.(?:jpe?g|png|webp|avif|gif|svg|bmp|tiff?)"
    r"|(?:img|dscn?|image|photo|pxl|screenshot)[-_]?\d{2,}[\w-]*"
    r"|(?=.*\d)[0-9a-f]{12,}|\d{6,}|\d+_[\d_]+",
    re.IGNORECASE,
)


def main_image(images: Images, document: Document) -> Image | None:
    """The product's main picture: the first of the largest in the first two screens. It may be broken.

    Pictures that lead to another page count less, and so do those in repeated boxes: both are mostly other products,
    but some galleries are lists of links. What is both is another product for certain.
    """
    ranked = [(_prominence(image, document), image) for image in images.items if _may_be_main(image, document)]
    largest = max((points for points, _image in ranked), default=0.0)
    return next((image for points, image in ranked if points > 0 and points >= _NEARLY_LARGEST * largest), None)


def gallery_images(images: Images, document: Document) -> tuple[Image, ...]:
    """The main picture, and the others that are shown as large as it is: the slides of its gallery."""
    main = main_image(images, document)
    if main is None:
        return ()
    return (main, *(image for image in images.items if image is not main and _is_slide(image, main, document)))


def card_images(images: Images, document: Document) -> tuple[Image, ...]:
    """Pictures of product cards that a shopper sees. Pictures that are linked to their own file are a gallery's."""
    return tuple(
        image
        for image in images.items
        if image.card
        and image.visible
        and image.kind == "img"
        and image.region in ("main", "other", "aside")
        and min(image.shown_width, image.shown_height) >= LEAST_CARD_PX
        and (image.link_url is None or leads_elsewhere(image, document))
    )


def of_main_picture(renditions: Renditions) -> tuple[Rendition, ...]:
    """Readable files of the main picture: the first readable one, and all that look the same."""
    readable = [item for item in renditions.items if item.error is None and item.width and item.height]
    if not readable:
        return ()
    first = readable[0]
    return tuple(item for item in readable if same_picture(item.phash, first.phash, SAME_PICTURE_BITS))


def same_picture(one: str | None, other: str | None, bits: int) -> bool:
    """Whether two perceptual hashes differ by at most ``bits``; without hashes nothing speaks against it."""
    if one is None or other is None:
        return True
    return (int(one, 16) ^ int(other, 16)).bit_count() <= bits


def file_stem(url: str) -> str:
    """The file's own name without its ending."""
    return unquote(urlsplit(url).path).rsplit("/", 1)[-1].rsplit(".", 1)[0]


def is_file_name(alt: str, url: str = "") -> bool:
    """A camera's or program's name, or the very name of the file where no product would be spelled like it."""
    text = alt.strip()
    joined = len(re.findall(r"[-_]", text)) >= 2 or "_" in text
    return bool(_FILE_NAME.fullmatch(text)) or (joined and " " not in text and text == file_stem(url))


def file_size(image: Image) -> tuple[float, float]:
    """Width and height of the loaded file in its own pixels.

    Browsers divide the natural size by the density of the chosen ``srcset`` entry; the entry itself says the width.
    """
    named = max((one.width or 0 for one in image.candidates if one.url == image.url), default=0)
    width, height = float(image.natural_width), float(image.natural_height)
    return (float(named), height * named / width) if width and named > width else (width, height)


def is_stand_in(image: Image) -> bool:
    """A tiny file blown up until a script puts the real one there: nothing can be said of the real one."""
    tiny = max(image.natural_width, image.natural_height) <= 64 < max(image.shown_width, image.shown_height) / 2
    return tiny and (image.url.startswith("data:") or bool(image.candidates))


def is_vector(image: Image) -> bool:
    path = urlsplit(image.url).path.lower()
    return (
        image.kind == "svg"
        or path.endswith(".svg")
        or "svg" in (image.mime or "")
        or image.url.startswith("data:image/svg")
    )


def leads_elsewhere(image: Image, document: Document) -> bool:
    """Linked to another page, as banners and related products are; a link to its own large file is a zoom."""
    url = image.link_url
    if not url or not url.startswith("http") or _is_file(url):
        return False
    return url.split("#")[0] != document.url.split("#")[0]


def _is_file(url: str | None) -> bool:
    return url is not None and _IMAGE_FILE.search(url) is not None


def worst_first(images: Iterable[Image]) -> Sequence[Image]:
    return sorted(images, key=lambda image: -(image.shown_width * image.shown_height))


def _may_be_main(image: Image, document: Document) -> bool:
    # Some galleries paint the picture as the background of a link to its own file.
    shown = image.kind == "img" or (image.kind == "background" and _is_file(image.link_url))
    in_place = shown and image.region in ("main", "other") and bool(image.url)
    return in_place and (image.box is None or image.box.y < 2 * document.viewport_height)


def _prominence(image: Image, document: Document) -> float:
    """The shorter edge as shown, in CSS pixels: long banners and tall descriptions do not beat a square picture."""
    elsewhere = leads_elsewhere(image, document)
    if image.card and elsewhere:
        return 0.0
    points = min(image.shown_width, image.shown_height)
    large = image.visible and image.shown_width >= LEAST_MAIN_PX and points >= LEAST_CARD_PX
    if not large:
        failed = not image.loaded and (image.visible or (image.status or 0) >= 400)
        points = _BROKEN_PX if failed and not image.card and not elsewhere and not is_vector(image) else 0.0
    return points * (0.5 if image.card else 1.0) * (0.3 if elsewhere else 1.0)


def _is_slide(image: Image, main: Image, document: Document) -> bool:
    alike = abs(image.shown_width - main.shown_width) <= 0.1 * main.shown_width
    shown = image.kind == "img" and image.visible and image.region in ("main", "other")
    return shown and alike and image.shown_height > 0 and not leads_elsewhere(image, document)
