"""NAV-004."""

from auditor.api import Judgement, Measure, NotRecorded, Problem, Severity, ShopEvidence, _, check
from auditor.reading.catalogue import percentile, products, seen_share

GOOD_CLICKS, POOR_CLICKS = 4, 6
"""Our bands. There is no rule of three clicks (Nielsen Norman Group); this counts what a crawler can reach."""

LEAST_COVERAGE = 0.6
FEWEST = 10


@check(
    id="navigation/products-deep",
    row="NAV-004",
    severity=Severity.MINOR,
    title=_("Some products lie many clicks from the home page"),
    why=_("What takes many clicks is seldom seen, by shoppers and by search engines."),
    fix=_("Link deep categories from the menu, and let lists lead on by larger pages."),
    found=_(
        "One product in twenty takes {p95} clicks or more; half of them take {median} or fewer ({products} products)"
    ),
    source="https://www.nngroup.com/articles/3-click-rule/",
    scale="curve",
    scored=False,
)
def products_deep(shop: ShopEvidence, *, good: int = GOOD_CLICKS, poor: int = POOR_CLICKS) -> Judgement:
    depths = [facts.depth for facts in products(shop) if facts.depth is not None]
    if seen_share(shop) < LEAST_COVERAGE or len(depths) < FEWEST:
        raise NotRecorded("too little of the shop was explored to tell how deep its products lie")
    p95 = percentile(depths, 0.95)
    yield Measure(value=p95, unit="clicks", of=len(depths))
    if p95 > good:
        values = {"p95": p95, "median": percentile(depths, 0.5), "products": len(depths)}
        yield Problem(values=values, middle=p95 < poor, discriminator="depth")
