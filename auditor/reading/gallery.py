"""The pictures of one product: how many there are, how one chooses among them, and how each of them looks."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from auditor.evidence import Frames, Image, Images, Layout, PageEvidence, Rendition, Renditions, Requests
from auditor.reading.pictures import main_image, of_main_picture, same_picture
from auditor.reading.purchase import products
from auditor.reading.structured import text_of, types_of

FULL = 12
"""So many files were fetched at most: where they are all there, more pictures may exist."""

SAME_BITS = 4
"""Two views of one object look alike; only nearly equal hashes are one picture twice."""

THUMBNAIL_PX = (24.0, 200.0)
_COUNTER = re.compile(r"^\s*\d{1,2}\s*(?:/|of|z|von|de|su|از)\s*(\d{1,2})\s*$")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)$", re.IGNORECASE)
_VIDEO = re.compile(r"youtube|vimeo|wistia|dailymotion|aparat|vidyard|/video")


def distinct_pictures(page: PageEvidence) -> int:
    """How many different pictures (a video is one) a product page offers; at least so many, never fewer than seen."""
    files = page.renditions.items if page.renditions else ()
    kinds: list[Rendition] = []
    for item in files:
        known = item.phash and any(other.phash and same_picture(item.phash, other.phash, SAME_BITS) for other in kinds)
        if item.error is None and not known:
            kinds.append(item)
    # What data name and cannot be read may be the same picture; an element of the gallery is one of its own.
    read = {item.of for item in files if item.error is None}
    unread = len({item.of for item in files if item.of is not None and item.of not in read})
    counted = max((int(found[1]) for found in _counters(page.layout)), default=0)
    linked = len(linked_files(page) - {item.url for item in files})
    return max(len(kinds) + unread + _painted(page) + linked, counted) + _has_video(page.frames, page.requests)


def linked_files(page: PageEvidence) -> frozenset[str]:
    """Files that visible pictures lead to: views outside the element that was taken for the gallery."""
    return frozenset(
        image.link_url
        for image in (page.images.items if page.images else ())
        if image.visible and image.link_url and _PICTURE_FILE.search(urlsplit(image.link_url).path)
    )


def may_have_more(page: PageEvidence) -> bool:
    """Whether more pictures may exist than were fetched."""
    return page.renditions is None or len(page.renditions.items) >= FULL


def is_book(page: PageEvidence) -> bool:
    """Books, music and films are sold by their cover: one picture is the custom of the trade."""
    listed = products(page.structured_data) if page.structured_data else ()
    numbers = (text_of(item.get(name)) for item in listed for name in ("isbn", "gtin13", "gtin", "sku"))
    media = {"Book", "MusicAlbum", "Movie", "VideoGame"}
    books = any(re.match(r"97[89]\d{10}$", number.replace("-", "")) for number in numbers)
    printed = re.search(r"(?<![\w-])(?:ISBN(?:-1[03])?:?\s*)?97[89][- ]?\d(?:[- ]?\d){9}(?!\d)", page_text(page))
    return books or bool(printed) or any(types_of(item) & media for item in listed)


def page_text(page: PageEvidence) -> str:
    return f"{page.texts.main}\n{page.texts.folded}" if page.texts else ""


def gallery_of(images: Images, renditions: Renditions) -> tuple[Image, ...]:
    """The shown elements of the gallery, as its collector named them, main picture first."""
    named = list(dict.fromkeys(item.of for item in renditions.items if item.of))
    by_selector = {image.selector: image for image in images.items}
    return tuple(by_selector[selector] for selector in named if selector in by_selector)


def thumbnails(page: PageEvidence) -> tuple[Image, ...]:
    """Small visible pictures around the main one by which another view is chosen, painted ones included."""
    assert page.images
    assert page.document
    main = main_image(page.images, page.document)
    if main is None or main.box is None:
        return ()
    low, high = THUMBNAIL_PX
    inside = gallery_of(page.images, page.renditions) if page.renditions else ()
    top, bottom = main.box.y - high, main.box.bottom + 1.5 * high
    return tuple(
        image
        for image in page.images.items
        if image is not main
        and image.visible
        and image.box is not None
        and low <= min(image.box.width, image.box.height) <= high
        and max(image.box.width, image.box.height) < 0.75 * max(main.shown_width, main.shown_height)
        and (image in inside or (image.kind != "svg" and image.card is None and top <= image.box.y <= bottom))
        and image.region in ("main", "other")
    )


def stacked(page: PageEvidence) -> tuple[Image, ...]:
    """Other pictures of the gallery that are in view, even in part, without any press."""
    assert page.images
    inside = gallery_of(page.images, page.renditions) if page.renditions else ()
    return tuple(image for image in inside[1:] if image.visible)


def has_arrows(page: PageEvidence) -> bool:
    """Whether something to press lies over the main picture: the arrows of a gallery that a script fills."""
    main = main_image(page.images, page.document) if page.images and page.document else None
    if main is None or main.box is None or page.controls is None:
        return False
    return any(
        button.visible
        and button.box is not None
        and main.box.x - 60 <= button.box.x <= main.box.right + 20
        and main.box.y <= button.box.y <= main.box.bottom
        and button.box.width <= 0.25 * main.box.width
        for button in page.controls.buttons
    )


def shown_ratio(image: Image) -> float:
    """Width to height of what is seen: of the box where the style crops or stretches to it, else of the file."""
    if image.object_fit in ("contain", "scale-down") and image.natural_height:
        return image.natural_width / image.natural_height
    return image.shown_width / image.shown_height


def main_look(page: PageEvidence) -> Rendition | None:
    """The largest readable file of the main picture, which tells most of its look."""
    offered = of_main_picture(page.renditions) if page.renditions else ()
    return max(offered, key=lambda item: max(item.width, item.height), default=None)


def looks(pages: Iterable[PageEvidence]) -> tuple[tuple[PageEvidence, Rendition], ...]:
    """Pages with their main picture, each different picture once."""
    found: dict[str, tuple[PageEvidence, Rendition]] = {}
    for page in pages:
        look = main_look(page)
        if look is not None:
            found.setdefault(look.sha256 or look.url, (page, look))
    return tuple(found.values())


def median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _counters(layout: Layout | None) -> Iterable[re.Match[str]]:
    for run in layout.texts if layout else ():
        if run.visible and run.chars <= 12 and (found := _COUNTER.match(run.text)):
            yield found


def _painted(page: PageEvidence) -> int:
    """Thumbnails that are backgrounds of elements, of which no file was fetched."""
    if page.images is None or page.document is None:
        return 0
    return len({image.url for image in thumbnails(page) if image.kind == "background"})


def _has_video(frames: Frames | None, requests: Requests | None) -> bool:
    framed = any(_VIDEO.search(frame.url.lower()) for frame in (frames.items if frames else ()))
    return framed or any(
        request.type.lower() == "media" or urlsplit(request.url).path.lower().endswith((".mp4", ".m3u8", ".webm"))
        for request in (requests.items if requests else ())
    )
