"""PDP-015."""

from auditor.api import (
    Certainty,
    Document,
    Judgement,
    Measure,
    Problem,
    Severity,
    StructuredData,
    Template,
    _,
    check,
)
from auditor.reading.listing import ADVISED, advised_of, main_product, missing_of

MIN_ADVISED = 4
"""Of the six properties that merchant listings recommend (row PDP-015)."""


@check(
    id="product/product-markup",
    row="PDP-015",
    severity=Severity.MODERATE,
    templates={Template.PRODUCT},
    title=_("The product is not fully described for search engines"),
    why=_("Search results show the shop's product without price, picture or availability, so fewer shoppers come."),
    fix=_("Add Product data with name, image and an offer with price and currency, and the recommended properties."),
    found=_("The Product data lack {missing}"),
    found_as={
        "absent": _("The page's data describe no Product"),
        "advised": _("The Product data have {advised} of 6 recommended properties"),
    },
    source="https://developers.google.com/search/docs/appearance/structured-data/merchant-listing",
)
def product_markup(document: Document, structured_data: StructuredData, *, min_advised: int = MIN_ADVISED) -> Judgement:
    product = main_product(structured_data, document.h1)
    if product is None:
        broken = bool(structured_data.errors)
        yield Problem(
            values={"missing": "Product", "advised": 0},
            certainty=Certainty.NEEDS_REVIEW if broken else Certainty.CERTAIN,
            discriminator="absent",
        )
        return
    advised = advised_of(product, structured_data)
    yield Measure(value=len(advised), unit="properties", of=len(ADVISED))
    required = missing_of(product)
    missing = required or tuple(name for name in ADVISED if name not in advised)
    if required or len(advised) < min_advised:
        yield Problem(
            values={"missing": ", ".join(missing), "advised": len(advised)},
            middle=not required,
            discriminator="required" if required else "advised",
        )
