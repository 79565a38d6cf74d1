"""NAV-005."""

from auditor.api import (
    Certainty,
    Judgement,
    Measure,
    NotApplicable,
    NotRecorded,
    Problem,
    Severity,
    ShopEvidence,
    _,
    check,
)
from auditor.reading.catalogue import indexable, products

GOOD_SHARE, POOR_SHARE = 0.01, 0.05
"""Our bands: products in the sitemap that no page links to."""

FEWEST = 10
FEW = 20
"""In a shop with fewer products one that is linked from nowhere may be left out on purpose, such as a voucher."""


@check(
    id="navigation/products-orphaned",
    row="NAV-005",
    severity=Severity.MODERATE,
    title=_("Products in the sitemap are linked from nowhere"),
    why=_("A product that no list and no menu leads to is found by nobody who browses the shop."),
    fix=_("Put the products into a category, or take them out of the sitemap when they are not sold any more."),
    found=_("{orphans} of {products} products, such as {url}"),
    source="https://developers.google.com/search/docs/specialty/ecommerce/help-google-understand-your-ecommerce-site-structure",
    scale="share",
)
def products_orphaned(shop: ShopEvidence, *, good: float = GOOD_SHARE, poor: float = POOR_SHARE) -> Judgement:
    if not shop.discovery.sitemap_urls:
        raise NotApplicable("the shop has no sitemap that was read")
    if shop.discovery.ended != "complete":
        raise NotRecorded("the shop was not explored to its end, so that links may be where nobody looked")
    known = [facts for facts in products(shop) if indexable(facts)]
    if len(known) < FEWEST:
        raise NotApplicable(f"{len(known)} products were found")
    orphans = [facts for facts in known if facts.in_sitemap and facts.depth is None]
    share = len(orphans) / len(known)
    yield Measure(value=round(share, 4), unit="share", of=len(known))
    if share > good:
        # Lists that go on by script, and pages that were left out on purpose, may link what looks unlinked.
        alone = len(orphans) == 1 and len(known) < FEW
        doubt = alone or share > 0.5 or shop.discovery.skipped.get("robots", 0) > 0
        yield Problem(
            values={"orphans": len(orphans), "products": len(known), "url": orphans[0].key},
            middle=share <= poor,
            certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
            page_key=orphans[0].key,
            discriminator="orphans",
        )
