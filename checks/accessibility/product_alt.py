"""A11Y-004."""

from auditor.api import (
    Document,
    Images,
    Judgement,
    Links,
    Measure,
    NotApplicable,
    Page,
    Problem,
    Severity,
    Template,
    _,
    check,
)
from auditor.reading.alternatives import told

PASS_SHARE, POOR_SHARE = 0.95, 0.80
"""Our bands."""


@check(
    id="accessibility/product-alt",
    row="A11Y-004",
    severity=Severity.MODERATE,
    templates={Template.HOME, Template.CATEGORY, Template.PRODUCT, Template.SEARCH},
    title=_("Product pictures have no useful text alternative"),
    why=_("A shopper who cannot see the picture, or whose picture has not loaded, learns nothing of the product."),
    fix=_("Give each product picture an alt text that names what it shows; leave it empty only beside the same words."),
    found=_(
        "{count} of {total} product pictures: {missing} without, {file_names} with a file name, {repeated} all alike"
    ),
    source="https://www.w3.org/WAI/WCAG22/Understanding/non-text-content",
    scale="share",
)
def product_alt(
    images: Images, document: Document, links: Links | None, page: Page, *,
    pass_share: float = PASS_SHARE, poor_share: float = POOR_SHARE,
) -> Judgement:  # fmt: skip
    seen = told(images, document, links, page.template)
    if not seen.shown:
        raise NotApplicable("the page shows no picture of a product")
    bad, total = seen.silent, len(seen.shown)
    share = 1 - len(bad) / total
    yield Measure(value=round(share, 4), unit="share", of=total)
    if share < pass_share:
        values = {
            "count": len(bad), "total": total, "missing": len(seen.missing), "file_names": len(seen.named),
            "repeated": len(seen.repeated),
        }  # fmt: skip
        yield Problem(
            selector=bad[0].selector, box=bad[0].box, values=values, middle=share >= poor_share, discriminator="alt"
        )
