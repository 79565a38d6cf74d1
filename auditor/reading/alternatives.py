"""What the text alternatives of product pictures tell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.evidence import Document, Image, Images, Links, Template
from auditor.lexicon import fold
from auditor.reading.pictures import card_images, gallery_images, is_file_name, leads_elsewhere

SEEN_PX = 24.0
"""Smaller pictures without alt are marks of counters, which nobody is told of."""

JUDGED = frozenset({Template.HOME, Template.CATEGORY, Template.PRODUCT, Template.SEARCH})
"""Where the text alternatives of products are judged (row A11Y-004)."""

SAME_FOR_ALL, SAME_SHARE = 3, 0.5
"""One text on at least so many products, and on more than this share of them."""


@dataclass(frozen=True)
class Told:
    """Product pictures of a page; of them those without a text, with the name of a file, and with a text for all."""

    shown: tuple[Image, ...]
    missing: tuple[Image, ...]
    named: tuple[Image, ...]
    repeated: tuple[Image, ...]

    @property
    def silent(self) -> tuple[Image, ...]:
        """Each once, in the order of the page."""
        return tuple(one for one in self.shown if one in self.missing or one in self.named or one in self.repeated)


def told(images: Images, document: Document, links: Links | None, template: Template) -> Told:
    gallery = described(gallery_images(images, document)) if template is Template.PRODUCT else ()
    cards = tuple(image for image in described(card_images(images, document)) if image not in gallery)
    shown = (*gallery, *cards)
    named = tuple(image for image in shown if image.alt and is_file_name(image.alt, image.url))
    return Told(
        shown,
        tuple(image for image in shown if is_missing(image, gallery, links)),
        named,
        tuple(image for image in alike(cards, gallery, links) if image not in named),
    )


def described(images: Iterable[Image]) -> tuple[Image, ...]:
    """Pictures that must be told of. Not those taken out on purpose, as carousels do with their copies."""
    return tuple(
        image
        for image in images
        if image.kind != "background" and not image.hidden_from_assistive and image.role not in ("presentation", "none")
    )


def other_pictures(images: Images | None, document: Document | None, template: Template) -> frozenset[str]:
    """Selectors of the pictures in view that are no product's: neither in a list nor among those of the page's own."""
    if images is None or document is None:
        return frozenset()
    listed = card_images(images, document) if template in JUDGED else ()
    return frozenset(
        image.selector
        for image in images.items
        if image.visible
        and min(image.shown_width, image.shown_height) >= SEEN_PX
        and image not in listed
        and not (template is Template.PRODUCT and _of_this_product(image, document))
    )


def _of_this_product(image: Image, document: Document) -> bool:
    placed = image.box is not None and image.box.y < 2 * document.viewport_height
    return placed and image.region in ("main", "other") and not leads_elsewhere(image, document)


def is_missing(image: Image, gallery: Sequence[Image], links: Links | None) -> bool:
    """No alt at all; or an empty one where nothing else tells of the product.

    Beside a link of the same address with a text, an empty alt is right; so it is on the further pictures of a gallery.
    """
    if image.alt is None:
        return True
    if image.alt.strip():
        return False
    if image in gallery:
        return not any((other.alt or "").strip() for other in gallery) and image is gallery[0]
    return bool(image.link_url) and not image.link_text.strip() and not _names(image, links)


def alike(cards: Sequence[Image], gallery: Sequence[Image], links: Links | None) -> tuple[Image, ...]:
    """Pictures of different products with one and the same alt, which names none of them."""
    own = {fold(image.alt or "") for image in gallery}
    told = [image for image in cards if image.alt and image.alt.strip()]
    products: dict[str, set[str]] = defaultdict(set)
    for image in told:
        products[fold(image.alt or "")].add(image.link_url or image.url)
    every = len(set().union(*products.values())) if products else 0
    return tuple(
        image
        for image in told
        if SAME_FOR_ALL <= len(products[fold(image.alt or "")]) > SAME_SHARE * every
        and not (fold(image.alt or "") in own and not image.link_url)
        and fold(image.alt or "") not in _names(image, links)
    )


def _names(image: Image, links: Links | None) -> frozenset[str]:
    """Names of the links with text to where the picture leads."""
    address = (image.link_url or "").split("#")[0]
    return frozenset(
        fold(link.name)
        for link in (links.items if links else ())
        if address and link.has_text and link.name.strip() and link.url.split("#")[0] == address
    )
