"""ADS-005."""

from auditor.ads.findings import INJECTED, alerts
from auditor.api import Judgement, Severity, ShopEvidence, _, check


@check(
    id="injected-ads/element-injected",
    row="ADS-005",
    severity=Severity.CRITICAL,
    title=_("Something on the page was put there by a stranger"),
    why=_("Advertisements and hidden frames of others take shoppers, their trust or your commission."),
    fix=_("Find out with the chain of scripts who brought it in; pause that tag, or approve it if you want it."),
    shopwide=True,
    found=_("{what}, seen in {shown} of {loads} loads"),
    source="https://arxiv.org/abs/1811.00919",
)
def element_injected(shop: ShopEvidence) -> Judgement:
    yield from alerts(shop, INJECTED)
