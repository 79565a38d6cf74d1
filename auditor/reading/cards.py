"""Cards of products in a list: what each of them tells."""

from collections import Counter
from dataclasses import dataclass

from auditor.evidence import Box, Document, Image, Images, Layout, Links, PriceSeen, Texts
from auditor.lexicon import fold, has_currency, parse_price
from auditor.reading.addresses import without_fragment
from auditor.reading.pictures import card_images

FAR_PX = 360.0
"""What is further from a picture does not belong to its card."""


LEAST_REPEATED = 4
REPEATED_SHARE = 0.6


@dataclass(frozen=True)
class Card:
    image: Image
    named: bool
    priced: bool


def cards(images: Images, document: Document, links: Links, texts: Texts, layout: Layout | None) -> tuple[Card, ...]:
    """Product cards by their pictures. Names and amounts belong to the card whose picture is nearest."""
    pictures = [image for image in card_images(images, document) if image.box is not None]
    said: dict[str, set[str]] = {picture.selector: {picture.link_text} for picture in pictures}
    named = [(without_fragment(link.url), link.name) for link in links.items if link.visible and link.has_text]
    for picture in pictures:
        target = without_fragment(picture.link_url or "")
        said[picture.selector] |= {name for url, name in named if url == target}
    priced: set[str] = set()
    for seen in texts.prices:
        if seen.visible and seen.box is not None and _is_amount(seen, document.lang):
            near = _nearest(pictures, seen.box)
            if near is not None:
                priced.add(near.selector)
    for run in layout.texts if layout else ():
        if run.visible and run.box is not None and run.chars >= 3 and not has_currency(run.text):
            near = _nearest(pictures, run.box)
            if near is not None:
                said[near.selector].add(run.text)
    keys = {selector: {key for text in found if (key := _key(text))} for selector, found in said.items()}
    common = Counter(key for found in keys.values() for key in found)
    # What most cards say is a button or the state of the stock, not a name.
    repeated = {key for key, count in common.items() if count >= max(LEAST_REPEATED, REPEATED_SHARE * len(keys))}
    return tuple(
        Card(image=image, named=bool(keys[image.selector] - repeated), priced=image.selector in priced)
        for image in pictures
    )


def _key(text: str) -> str:
    """A text as it is compared between cards: without an amount of money that stands in it."""
    if not has_currency(text):
        return fold(text).strip()
    rest = (word for word in text.split() if not has_currency(word) and not any(map(str.isdigit, word)))
    return fold(" ".join(rest)).strip()


def _is_amount(seen: PriceSeen, language: str | None) -> bool:
    money = parse_price(seen.text, language)
    return money is not None and money.amount > 0


def _nearest(pictures: list[Image], box: Box) -> Image | None:
    """Below or beside: names and prices seldom stand above their picture, so that way counts double."""
    ranked = [(_distance(image.box, box), image) for image in pictures if image.box is not None]
    distance, image = min(ranked, key=lambda one: one[0], default=(FAR_PX, None))
    return image if distance < FAR_PX else None


def _distance(picture: Box, box: Box) -> float:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    sideways = max(picture.x - x, 0.0, x - picture.right)
    upwards, downwards = max(picture.y - y, 0.0), max(y - picture.bottom, 0.0)
    return float((sideways**2 + (2 * upwards + downwards) ** 2) ** 0.5)
