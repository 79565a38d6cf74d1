"""ADS-003."""

from auditor.ads.advertising import ad_parties, shown_advertisements
from auditor.ads.incidents import incident_id
from auditor.ads.loads import approval_of
from auditor.api import Device, Judgement, Measure, NotRecorded, Problem, Severity, ShopEvidence, _, check

PHONE_SHARE = 0.30
"""Better Ads Standards, mobile: more than 30 % of the height of the content."""
DESKTOP_SHARE = 0.50


@check(
    id="injected-ads/advertising-shown",
    row="ADS-003",
    severity=Severity.MODERATE,
    title=_("Advertisements of others stand on the shop's pages"),
    why=_("An advertisement on a shop's page offers the shopper a way out before anything is bought."),
    fix=_("Take the advertisements off the pages where products are sold, or approve the network if you earn by it."),
    shopwide=True,
    found=_("Advertisements of {party} take up {percent} % of the height of the page"),
    source="https://www.betterads.org/mobile-ad-density-higher-than-30/",
)
def advertising_shown(
    shop: ShopEvidence, *, phone_share: float = PHONE_SHARE, desktop_share: float = DESKTOP_SHARE
) -> Judgement:
    approval = approval_of(shop)
    looked = [visit for visit in shop.visits if visit.insertions and visit.document]
    if not looked:
        raise NotRecorded("what appears on the pages was not recorded")
    worst = 0.0
    for visit in looked:
        assert visit.insertions is not None
        assert visit.document is not None
        parties = ad_parties(visit.insertions, approval, shop.filter_lists)
        shown = shown_advertisements(visit.insertions, parties)
        height = sum(piece.box.height for _, piece in shown if piece.box)
        share = min(1.0, height / visit.document.page_height) if visit.document.page_height else 0.0
        worst = max(worst, share)
        if shown:
            most = phone_share if visit.visit.device is Device.MOBILE else desktop_share
            party, first = shown[0]
            yield Problem(
                selector=first.selector,
                values={"party": party, "percent": round(100 * share)},
                middle=share <= most,
                discriminator=incident_id(party),
                box=first.box,
                page_key=visit.page.key,
                owner=party,
            )
    yield Measure(value=round(worst, 3), unit="share")
