"""The buy box of a product page: the button that puts the product into the cart, and what is said of stock."""

import re
from collections.abc import Mapping
from typing import Any

from auditor.evidence import Box, Button, Controls, Document, Layout, StructuredData
from auditor.lexicon import Concept, mentions
from auditor.reading.structured import as_list, items_of_type, plain, text_of, types_of

_ADDS = re.compile(
    r"add[-_]?to[-_]?(?:cart|basket|bag)|addtocart|addtobasket|button-cart\b|product-form__submit|data-button-action=add-to-cart"
    r"|/cart/add|koszyk|btn-buy|buy-?button|projector_button_basket"
)
_STOCK_MARK = re.compile(
    r"stock|availab|inventory|delivery-?time|lead-?time|dostepn|lieferzeit|verfugbar|mojood|magazyn"
)
NEAR_PX = 300
STATES = (Concept.IN_STOCK, Concept.OUT_OF_STOCK, Concept.PREORDER, Concept.LEAD_TIME, Concept.NOTIFY_ME)
PRODUCT_TYPES = ("Product", "ProductGroup", "IndividualProduct", "ProductModel", "SomeProducts", "Vehicle", "Car")


def buy_button(controls: Controls, document: Document, language: str | None = None) -> Button | None:
    """The add-to-cart button of the main part: by platform attributes, then by words in ``language`` or the page's."""
    spoken = language or document.lang
    shown = [b for b in controls.buttons if b.visible and b.region not in ("header", "nav", "footer", "dialog")]
    marked = [b for b in shown if _ADDS.search(_marks(b))]
    worded = [
        b for b in shown
        if len(b.name) <= 60
        and any(mentions(b.name or b.text, c, spoken) for c in (Concept.ADD_TO_CART, Concept.BUY_NOW))
    ]  # fmt: skip
    both = [b for b in marked if b in worded]
    return next(iter(both or worded or marked), None)


def stock_texts(
    layout: Layout | None, document: Document, near: Box | None = None, *, marked: bool = False
) -> tuple[str, ...]:
    """Short visible texts by which a product's stock may be told: of the first two screens, or ``near`` the buy button.

    ``marked``: of elements that a theme made for stock. Texts for screen readers, in a box of a pixel, are left out.
    """
    low = 2 * document.viewport_height
    return tuple(
        run.text
        for run in (layout.texts if layout else ())
        if run.visible
        and run.chars <= 120
        and (not marked or _STOCK_MARK.search(run.selector.lower()))
        and run.region not in ("header", "nav", "footer", "dialog")
        and run.box is not None
        and min(run.box.width, run.box.height) > 3
        and (abs(run.box.y - near.y) <= NEAR_PX if near else run.box.y < low)
    )


def stock_marked(layout: Layout | None, document: Document) -> bool:
    """Whether an element that a theme made for stock holds a visible text, in whatever language."""
    return any(
        run.visible and run.region not in ("header", "nav", "footer") and _STOCK_MARK.search(run.selector.lower())
        for run in (layout.texts if layout else ())
    )


def states_told(texts: tuple[str, ...], language: str | None) -> frozenset[Concept]:
    return frozenset(concept for concept in STATES if any(mentions(text, concept, language) for text in texts))


def products(data: StructuredData) -> tuple[dict[str, Any], ...]:
    """All Product items of the page's data, in document order."""
    return tuple(items_of_type(data, *PRODUCT_TYPES))


def offers_of(product: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """Offers of a product and of its variants; an AggregateOffer with its own inner offers."""
    found = []
    for offer in as_list(product.get("offers")):
        if isinstance(offer, Mapping):
            properties = plain(offer)
            found += [
                properties,
                *(plain(inner) for inner in as_list(properties.get("offers")) if isinstance(inner, Mapping)),
            ]
    for variant in as_list(product.get("hasVariant")):
        if isinstance(variant, Mapping) and types_of(variant):
            found += offers_of(plain(variant))
    return tuple(found)


def availability_of(offers: tuple[dict[str, Any], ...]) -> frozenset[str]:
    """Names such as ``InStock``, without the vocabulary's address."""
    said = (text_of(offer.get("availability")) for offer in offers)
    return frozenset(name.rstrip("/").rsplit("/", 1)[-1] for name in said if name)


def _marks(button: Button) -> str:
    pairs = [value if name in ("class", "id", "name", "href", "formaction", "onclick") else f"{name}={value}"
             for name, value in button.attributes.items()]  # fmt: skip
    return " ".join([button.selector, *pairs]).lower()
