"""ADS-011."""

from auditor.ads.findings import CLOAKED, alerts
from auditor.api import Judgement, Severity, ShopEvidence, _, check


@check(
    id="injected-ads/shown-to-some",
    row="ADS-011",
    severity=Severity.SERIOUS,
    title=_("Some visitors get scripts of a stranger"),
    why=_("What is shown to phones or to visitors from search only is often hidden from the owner on purpose."),
    fix=_("Open the page as those visitors do, and compare what your server and your tags send them."),
    shopwide=True,
    found=_("{what}, seen in {shown} of {loads} loads"),
    source="https://sansec.io/research/polyfill-supply-chain-attack",
)
def shown_to_some(shop: ShopEvidence) -> Judgement:
    yield from alerts(shop, CLOAKED)
