"""ADS-008."""

from auditor.ads.findings import SENT_ELSEWHERE, alerts
from auditor.api import Judgement, Severity, ShopEvidence, _, check


@check(
    id="injected-ads/sent-elsewhere",
    row="ADS-008",
    severity=Severity.CRITICAL,
    title=_("Visitors are sent to another site"),
    why=_("Whoever is sent away before choosing a product does not buy here."),
    fix=_("Follow the chain of scripts to whoever does it, and take that tag or plug-in out."),
    shopwide=True,
    found=_("{what}, seen in {shown} of {loads} loads"),
    source="https://research.google/pubs/ad-injection-at-scale-assessing-deceptive-advertisement-modifications/",
)
def sent_elsewhere(shop: ShopEvidence) -> Judgement:
    yield from alerts(shop, SENT_ELSEWHERE)
