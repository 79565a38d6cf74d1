"""ADS-009."""

from auditor.ads.findings import HIJACKED, alerts
from auditor.api import Judgement, Severity, ShopEvidence, _, check


@check(
    id="injected-ads/links-hijacked",
    row="ADS-009",
    severity=Severity.CRITICAL,
    title=_("Links or the buy button lead somewhere else"),
    why=_("The shopper presses what your page shows and lands at another seller."),
    fix=_("Take out the script that the chain names, and look at what let it in."),
    shopwide=True,
    found=_("{what}, seen in {shown} of {loads} loads"),
    source="https://research.google/pubs/ad-injection-at-scale-assessing-deceptive-advertisement-modifications/",
)
def links_hijacked(shop: ShopEvidence) -> Judgement:
    yield from alerts(shop, HIJACKED, pressed=True)
