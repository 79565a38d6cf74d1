"""NAV-020."""

from auditor.api import (
    Certainty,
    Controls,
    Document,
    Images,
    Judgement,
    Layout,
    Links,
    NotApplicable,
    Problem,
    Severity,
    Template,
    Texts,
    _,
    check,
)
from auditor.reading.facets import filter_parts, names_filters, next_links, stated_total
from auditor.reading.pictures import card_images
from auditor.reading.visits import language_read, understood

MANY = 30
"""A list of this many products cannot be looked through (row NAV-020)."""


@check(
    id="navigation/filters-missing",
    row="NAV-020",
    severity=Severity.SERIOUS,
    templates={Template.CATEGORY},
    title=_("A long list of products cannot be filtered"),
    why=_("Without filters a shopper has to look at everything to find what fits, and few do."),
    fix=_("Offer filters for price and for the properties by which these products differ."),
    found=_("{products} products, and nothing to filter them by"),
    source="https://baymard.com/blog/current-state-product-list-and-filtering",
)
def filters_missing(
    document: Document, controls: Controls, links: Links, texts: Texts, images: Images, layout: Layout | None, *,
    many: int = MANY,
) -> Judgement:  # fmt: skip
    language = language_read(document, texts)
    shown = len({image.link_url for image in card_images(images, document)})
    pages = len(next_links(links, document, language))
    told = stated_total(texts)
    total = told if told is not None and told >= shown else shown * (2 if pages else 1)
    if total <= many:
        raise NotApplicable(f"the list has about {total} products")
    parts, named = filter_parts(controls, links, document), names_filters(controls, layout, links, language)
    if parts:
        return
    doubt = named or (told is None and shown <= many) or not understood(language)
    if named and any(button.visible for button in controls.buttons if button.region in ("main", "aside", "other")):
        return
    yield Problem(
        values={"products": total},
        certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
        discriminator="filters",
    )
