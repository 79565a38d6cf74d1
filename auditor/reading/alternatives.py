"""What the text alternatives of product pictures tell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from auditor.evidence import Image, Links
from auditor.lexicon import fold

SAME_FOR_ALL, SAME_SHARE = 3, 0.5
"""One text on at least so many products, and on more than this share of them."""


def described(images: Iterable[Image]) -> tuple[Image, ...]:
    """Pictures that must be told of. Not those taken out on purpose, as carousels do with their copies."""
    return tuple(
        image for image in images if not image.hidden_from_assistive and image.role not in ("presentation", "none")
    )


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
