"""ADS-006."""

from auditor.ads.in_the_way import layers_in_the_way
from auditor.api import Certainty, Judgement, Measure, Problem, Severity, ShopEvidence, _, check

MOST_SHARE = 0.3
"""Better Ads Standards: a pop-up or prestitial that covers more than this part of the screen."""


@check(
    id="injected-ads/overlay-on-entry",
    row="ADS-006",
    severity=Severity.SERIOUS,
    title=_("Something covers the page before the shopper has seen it"),
    why=_("Shoppers who came for a product have to get rid of an offer first, and some leave instead."),
    fix=_("Show the offer after the shopper has looked around, in a corner, or as a part of the page."),
    shopwide=True,
    found=_("A layer covers {percent} % of the screen as soon as the page is there"),
    found_as={
        "late": _("A layer covers {percent} % of the screen some time after the page is there"),
        "question": _("A layer with a question that may be needed covers {percent} % of the screen"),
    },
    source="https://developers.google.com/search/docs/appearance/avoid-intrusive-interstitials",
)
def overlay_on_entry(shop: ShopEvidence, *, most_share: float = MOST_SHARE) -> Judgement:
    found = layers_in_the_way(shop, most_share)
    yield Measure(value=max((one.piece.share for one in found), default=0.0), unit="share")
    for one in found:
        needed = one.piece.late or one.asked_for
        name = "question" if one.asked_for else "late" if one.piece.late else ""
        yield Problem(
            selector=one.piece.selector,
            values={"percent": round(100 * one.piece.share)},
            certainty=Certainty.NEEDS_REVIEW if one.asked_for else Certainty.CERTAIN,
            middle=needed and not one.asked_for,
            discriminator=name,
            box=one.piece.box,
            page_key=one.page_key,
        )
