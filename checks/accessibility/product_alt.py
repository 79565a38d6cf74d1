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
from auditor.reading.alternatives import alike, described, is_missing
from auditor.reading.pictures import card_images, gallery_images, is_file_name

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
    gallery = described(gallery_images(images, document)) if page.template is Template.PRODUCT else ()
    cards = tuple(image for image in described(card_images(images, document)) if image not in gallery)
    shown = (*gallery, *cards)
    if not shown:
        raise NotApplicable("the page shows no picture of a product")
    missing = [image for image in shown if is_missing(image, gallery, links)]
    named = [image for image in shown if image.alt and is_file_name(image.alt, image.url)]
    repeated = [image for image in alike(cards, gallery, links) if image not in named]
    bad = [image for image in shown if image in missing or image in named or image in repeated]
    share = 1 - len(bad) / len(shown)
    yield Measure(value=round(share, 4), unit="share", of=len(shown))
    if share < pass_share:
        values = {
            "count": len(bad), "total": len(shown), "missing": len(missing), "file_names": len(named),
            "repeated": len(repeated),
        }  # fmt: skip
        yield Problem(
            selector=bad[0].selector, box=bad[0].box, values=values, middle=share >= poor_share, discriminator="alt"
        )
