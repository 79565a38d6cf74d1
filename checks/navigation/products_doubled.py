"""NAV-008."""

from auditor.api import Judgement, Measure, NotApplicable, Problem, Severity, ShopEvidence, _, check
from auditor.reading.catalogue import product_pages, twins

GOOD_SHARE, POOR_SHARE = 0.01, 0.05
"""Our bands."""

FEWEST = 5


@check(
    id="navigation/products-doubled",
    row="NAV-008",
    severity=Severity.MODERATE,
    title=_("One product has several addresses and none is canonical"),
    why=_("Search engines split the value of its links over the copies, and may show the wrong one."),
    fix=_("Name one address by rel=canonical on all copies, and link that one."),
    found=_("{twins} of {products} products, such as number {sku}: {url} and {other}"),
    source="https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls",
    scale="share",
)
def products_doubled(shop: ShopEvidence, *, good: float = GOOD_SHARE, poor: float = POOR_SHARE) -> Judgement:
    numbered = [facts for facts in product_pages(shop) if facts.signals.sku and facts.h1]
    if len(numbered) < FEWEST:
        raise NotApplicable(f"{len(numbered)} products state a number of their own")
    found = twins(shop)
    products = len(numbered) - sum(len(one.urls) - 1 for one in found)
    share = len(found) / products
    yield Measure(value=round(share, 4), unit="share", of=products)
    if share > good:
        first = found[0]
        yield Problem(
            values={
                "twins": len(found), "products": products, "sku": first.sku, "url": first.urls[0],
                "other": first.urls[1],
            },
            middle=share <= poor,
            discriminator="twins",
        )  # fmt: skip
