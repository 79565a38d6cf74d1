"""NAV-011."""

from auditor.api import (
    Certainty,
    Document,
    Images,
    Judgement,
    Layout,
    Links,
    Measure,
    NotApplicable,
    Problem,
    Severity,
    Template,
    Texts,
    _,
    check,
)
from auditor.reading.cards import cards

PASS_SHARE, POOR_SHARE = 0.98, 0.90
"""Our bands."""

FEWEST = 4
MOST_BANNERS = 0.4
"""Where more of the cards have no price, they are banners, categories, or goods whose price is not public."""


@check(
    id="navigation/list-items-bare",
    row="NAV-011",
    severity=Severity.MODERATE,
    templates={Template.CATEGORY, Template.SEARCH},
    title=_("Products in the list lack their name or price"),
    why=_("Shoppers choose in the list; a product without name or price there is opened by few."),
    fix=_("Show picture, name and price on every product of a list."),
    found=_("{count} of {total} products: {nameless} without a name, {unpriced} without a price"),
    source="https://baymard.com/blog/user-perception-of-product-ratings",
    scale="share",
)
def list_items_bare(
    images: Images, document: Document, links: Links, texts: Texts, layout: Layout | None, *,
    pass_share: float = PASS_SHARE, poor_share: float = POOR_SHARE,
) -> Judgement:  # fmt: skip
    shown = cards(images, document, links, texts, layout)
    unpriced = [card for card in shown if not card.priced]
    if len(shown) < FEWEST:
        raise NotApplicable(f"the page shows {len(shown)} products")
    if len(unpriced) > MOST_BANNERS * len(shown):
        raise NotApplicable("most cards have no price: they are no products, or prices are not public here")
    nameless = [card for card in shown if not card.named]
    bare = [card for card in shown if card in unpriced or card in nameless]
    share = 1 - len(bare) / len(shown)
    yield Measure(value=round(share, 4), unit="share", of=len(shown))
    if share < pass_share:
        image = bare[0].image
        yield Problem(
            selector=image.selector,
            box=image.box,
            values={"count": len(bare), "total": len(shown), "nameless": len(nameless), "unpriced": len(unpriced)},
            middle=share >= poor_share,
            certainty=Certainty.CERTAIN if len(bare) > 1 or nameless else Certainty.NEEDS_REVIEW,
            discriminator="name" if nameless else "price",
        )
