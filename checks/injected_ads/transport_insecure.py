"""ADS-012."""

from auditor.ads.transport import insecure, is_private
from auditor.api import Judgement, NotApplicable, NotRecorded, Problem, Severity, ShopEvidence, _, check


@check(
    id="injected-ads/transport-insecure",
    row="ADS-012",
    severity=Severity.CRITICAL,
    title=_("Pages or files come over a connection that anybody can change"),
    why=_("Whoever stands between the shop and the shopper can put in advertisements or read what is typed."),
    fix=_("Serve every page, file and form over https, and send visitors of http there."),
    shopwide=True,
    found=_("The page is served without https"),
    found_as={
        "active": _("The page asks for scripts, styles or frames without https: {what}"),
        "form": _("A form of the page sends what is typed without https"),
        "passive": _("The page asks for pictures or sound without https: {what}"),
    },
    source="https://developer.chrome.com/docs/lighthouse/pwa/is-on-https",
)
def transport_insecure(shop: ShopEvidence) -> Judgement:
    if is_private(shop.home_url):
        raise NotApplicable("the shop runs on this machine or in a private network")
    looked = [visit for visit in shop.visits if visit.insertions or visit.controls]
    if not looked:
        raise NotRecorded("no page was recorded")
    for visit in looked:
        for kind, what in insecure(visit):
            yield Problem(values={"what": what}, middle=kind == "passive", discriminator=kind, page_key=visit.page.key)
