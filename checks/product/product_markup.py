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
from auditor.reading.listing import ADVISED, advised_of, main_product, missing_of, unreadable_of

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
        "broken": _("The page's data describe no Product that can be read: {error}"),
        "unreadable": _("The Product data state the price as “{price}” and its currency as “{currency}”"),
        "advised": _("The Product data have {advised} of 6 recommended properties"),
    },
    source="https://developers.google.com/search/docs/appearance/structured-data/merchant-listing",
)
def product_markup(document: Document, structured_data: StructuredData, *, min_advised: int = MIN_ADVISED) -> Judgement:
    product = main_product(structured_data, document.h1)
    if product is None:
        broken = [error for error in structured_data.errors if error.startswith("JSON-LD")]
        unread = len(broken) < len(structured_data.errors)
        values: dict[str, str | int] = {"missing": "Product", "advised": 0}
        yield Problem(
            values=values | ({"error": broken[0][:120]} if broken else {}),
            certainty=Certainty.NEEDS_REVIEW if unread else Certainty.CERTAIN,
            discriminator="broken" if broken else "absent",
        )
        return
    advised = advised_of(product, structured_data)
    yield Measure(value=len(advised), unit="properties", of=len(ADVISED))
    required = missing_of(product)
    missing = required or tuple(name for name in ADVISED if name not in advised)
    if not required and (written := unreadable_of(product)):
        price, currency = (one.strip()[:40] for one in written)
        yield Problem(
            values={"missing": "-", "advised": len(advised), "price": price, "currency": currency},
            middle=True,
            discriminator="unreadable",
        )
    if required or len(advised) < min_advised:
        yield Problem(
            values={"missing": ", ".join(missing), "advised": len(advised)},
            middle=not required,
            discriminator="required" if required else "advised",
        )
