"""Pictures that stand where a product's should be: by their name, by their look, or shared by different products."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from auditor.evidence import Image, PageEvidence, Rendition, Renditions
from auditor.lexicon import Concept, fold, mentions
from auditor.reading.pictures import LEAST_MAIN_PX, is_vector, of_main_picture
from auditor.reading.purchase import PRODUCT_TYPES
from auditor.reading.structured import as_list, items_of_type, text_of

NEAR_BITS = 4
"""Two hashes (64 bits) of one picture saved twice differ by at most so much; of two photographs by about 30."""

FLAT_BYTES, FLAT_SHARE = 5 * 1024, 0.9
LEAST_REAL_PX = 200

_SAYS_NONE = re.compile(
    r"(?:^|[^a-z])no[-_ ]?(?:image|photo|picture|img|pic)(?![a-z])"
    r"|(?:image|photo|picture)[-_ ]?not[-_ ]?(?:found|available)|(?:image|photo)[-_ ]?(?:missing|coming[-_ ]?soon)"
    r"|(?:^|[^a-z])missing[-_ ]?(?:image|photo|pic)|brak[-_ ]?(?:zdj|foto|obraz)|kein[-_ ]?bild|بدون[-_ ]?تصویر",
    re.IGNORECASE,
)
"""Names that say there is none, unlike those of what stands there until a script brings the picture."""

_DATA = ("json-ld", "microdata", "open-graph")

_BY_NAME = re.compile(
    r"(?:^|[^a-z])no[-_ ]?(?:image|photo|picture|img|pic)(?![a-z])|placeholder"
    r"|(?:image|photo|picture)[-_ ]?not[-_ ]?(?:found|available)|(?:image|photo)[-_ ]?(?:missing|coming[-_ ]?soon)"
    r"|(?:^|[^a-z])missing[-_ ]?(?:image|photo|pic)|default[-_ ]?(?:image|product)|product[-_ ]?default"
    r"|brak[-_ ]?(?:zdj|foto|obraz)|kein[-_ ]?bild|بدون[-_ ]?تصویر",
    re.IGNORECASE,
)
_BY_PATH = re.compile(r"/product/placeholder/|/img/p/[a-z]{2}-default-|/p/[a-z]{2}-default-", re.IGNORECASE)
"""Magento keeps its placeholders in such a folder, PrestaShop names its own so."""


_ZOOM = re.compile(r"fotorama|zoom|magni|lightbox|fancybox|photoswipe|pswp|gallery-placeholder", re.IGNORECASE)
_LARGER = ("zoom", "link", "srcset")


@dataclass(frozen=True)
class SharedPicture:
    """Product pages whose main picture looks the same; ``identical`` down to the last byte."""

    pages: tuple[PageEvidence, ...]
    identical: bool


def named_as_placeholder(image: Image, language: str | None = None) -> bool:
    """The file's own name (not its folders, which a shop may call anything) or the alt text says: no picture."""
    path = unquote(urlsplit(image.url).path)
    said = mentions(image.alt, Concept.NO_IMAGE, language) if image.alt and len(image.alt) <= 60 else None
    return bool(_BY_NAME.search(path.rsplit("/", 1)[-1]) or _BY_PATH.search(path) or said)


def main_file(page: PageEvidence) -> Rendition | None:
    return next(iter(of_main_picture(page.renditions)), None) if page.renditions else None


def looks_empty(file: Rendition | None) -> bool:
    """A small file of nearly one colour."""
    return (
        file is not None
        and file.bytes is not None
        and file.bytes < FLAT_BYTES
        and file.flat is not None
        and file.flat > FLAT_SHARE
    )


def offers_another(page: PageEvidence, main: Image) -> bool:
    """Whether the page names a readable picture besides what it shows: a script may not have put it there yet.

    Where the file shown says that there is none, a picture that only the data name is never put there.
    """
    says_none = _SAYS_NONE.search(unquote(urlsplit(main.url).path).rsplit("/", 1)[-1]) is not None
    files = [
        item for item in (page.renditions.items if page.renditions else ()) if not (says_none and item.source in _DATA)
    ]
    shown = {item.sha256 for item in files if item.url == main.url and item.sha256}
    return any(
        item.error is None
        and item.url != main.url
        and max(item.width, item.height) >= LEAST_REAL_PX
        and (item.sha256 is None or item.sha256 not in shown)
        and not _BY_NAME.search(unquote(urlsplit(item.url).path).rsplit("/", 1)[-1])
        for item in files
    )


def absence_is_certain(page: PageEvidence) -> bool:
    """Two witnesses: the page holds no picture of any kind large enough, and names no file of one either."""
    images = page.images.items if page.images else ()
    drawn = any(
        image.region in ("main", "other")
        and (image.kind != "img" or image.loaded)
        and not image.link_url
        and max(image.natural_width, image.natural_height, image.shown_width) >= LEAST_MAIN_PX
        for image in images
    )
    return not drawn and page.renditions is not None and all(item.error is not None for item in page.renditions.items)


def is_broken(image: Image) -> bool:
    """The server says that there is none, or sent what is no picture. Refusals and silence may concern us only."""
    if image.status is None or is_vector(image):
        return False
    return image.status in (400, 404, 410, 500) or (image.status == 200 and image.bytes is not None)


def larger_may_exist(renditions: Renditions, main: Image | None) -> bool:
    """A larger file was named but not read, or a gallery that zooms by script did not show where its files are."""
    first = next((item.of for item in renditions.items if item.of), None)
    mine = [item for item in renditions.items if item.of in (None, first)]
    unread = any(item.error and not item.error.startswith("it answered 4") for item in mine if item.source in _LARGER)
    zooms = main is not None and _ZOOM.search(f"{main.selector} {main.card or ''}") is not None
    return unread or (zooms and not any(item.source in ("zoom", "link") for item in mine))


def shared_pictures(pages: Sequence[PageEvidence]) -> tuple[SharedPicture, ...]:
    """Groups of two pages and more with one picture."""
    groups: list[list[tuple[PageEvidence, Rendition]]] = []
    for page in pages:
        file = main_file(page)
        if file is None:
            continue
        group = next((group for group in groups if _alike(group[0][1], file)), None)
        if group is None:
            groups.append([(page, file)])
        else:
            group.append((page, file))
    return tuple(
        SharedPicture(
            pages=tuple(page for page, _file in group),
            identical=group[0][1].sha256 is not None and len({file.sha256 for _page, file in group}) == 1,
        )
        for group in groups
        if len(group) > 1
    )


def distinct(pages: Sequence[PageEvidence], same: Callable[[PageEvidence, PageEvidence], bool]) -> int:
    """How many different products the pages show."""
    kept: list[PageEvidence] = []
    for page in pages:
        if not any(same(page, other) for other in kept):
            kept.append(page)
    return len(kept)


def same_product(one: PageEvidence, other: PageEvidence) -> bool:
    """Variants of one product, which may share a picture: one path, one stated parent, or nearly the same name."""
    if _path(one) == _path(other) or _parents(one) & _parents(other):
        return True
    first, second = _words(one), _words(other)
    return bool(first and second) and len(first & second) > 0.5 * len(first | second)


def perhaps_same_product(one: PageEvidence, other: PageEvidence) -> bool:
    """Names that share half of their words ("Shirt red" and "Shirt blue"), or of which one is not known."""
    first, second = _words(one), _words(other)
    if same_product(one, other) or not first or not second:
        return True
    return len(first & second) >= 0.5 * min(len(first), len(second))


def _alike(one: Rendition, other: Rendition) -> bool:
    if one.sha256 is not None and one.sha256 == other.sha256:
        return True
    pairs = ((one.dhash, other.dhash), (one.phash, other.phash))
    return all(a and b and (int(a, 16) ^ int(b, 16)).bit_count() <= NEAR_BITS for a, b in pairs)


def _path(page: PageEvidence) -> str:
    """The page's identity; parameters that only choose a variant do not count."""
    return re.sub(r"[?&](?:variant|color|colour|size|attribute_\w+)=[^&]*", "", page.page.key)


def _words(page: PageEvidence) -> frozenset[str]:
    name = next(iter(page.document.h1), "") if page.document else ""
    return frozenset(fold(word) for word in re.findall(r"\w+", name))


def _parents(page: PageEvidence) -> frozenset[str]:
    product = next(items_of_type(page.structured_data, *PRODUCT_TYPES), None) if page.structured_data else None
    if product is None:
        return frozenset()
    stated = [text_of(product.get("productGroupID")), text_of(product.get("inProductGroupWithID"))]
    for parent in as_list(product.get("isVariantOf")):
        if isinstance(parent, dict):
            stated.append(text_of(parent.get("productGroupID")) or text_of(parent.get("@id")) or text_of(parent))
    return frozenset(filter(None, stated))
