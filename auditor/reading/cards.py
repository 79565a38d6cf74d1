"""Cards of products in a list: what each of them tells."""

from dataclasses import dataclass

from auditor.evidence import Box, Document, Image, Images, Layout, Links, PriceSeen, Texts
from auditor.lexicon import has_currency, parse_price
from auditor.reading.addresses import without_fragment
from auditor.reading.pictures import card_images

FAR_PX = 360.0
"""What is further from a picture does not belong to its card."""


@dataclass(frozen=True)
class Card:
    image: Image
    named: bool
    priced: bool


def cards(images: Images, document: Document, links: Links, texts: Texts, layout: Layout | None) -> tuple[Card, ...]:
    """Product cards by their pictures. Names and amounts belong to the card whose picture is nearest."""
    pictures = [image for image in card_images(images, document) if image.box is not None]
    named = {without_fragment(link.url) for link in links.items if link.visible and link.has_text and link.name.strip()}
    priced: set[str] = set()
    for seen in texts.prices:
        if seen.visible and seen.box is not None and _is_amount(seen, document.lang):
            near = _nearest(pictures, seen.box)
            if near is not None:
                priced.add(near.selector)
    told: set[str] = set()
    for run in layout.texts if layout else ():
        if run.visible and run.box is not None and run.chars >= 3 and not has_currency(run.text):
            near = _nearest(pictures, run.box)
            if near is not None:
                told.add(near.selector)
    return tuple(
        Card(
            image=image,
            named=without_fragment(image.link_url or "") in named
            or bool(image.link_text.strip())
            or image.selector in told,
            priced=image.selector in priced,
        )
        for image in pictures
    )


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
