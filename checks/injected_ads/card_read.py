"""ADS-002, for what happens to a card number."""

from auditor.ads.findings import CARD, alerts
from auditor.ads.loads import loads_of
from auditor.api import Judgement, NotApplicable, NotRecorded, Severity, ShopEvidence, _, check


@check(
    id="injected-ads/card-read",
    row="ADS-002",
    severity=Severity.CRITICAL,
    title=_("Card numbers are read by someone without leave"),
    why=_("A script that copies card numbers costs your customers their money and you their trust."),
    fix=_(
        "Take the payment page offline until the script that the chain names is gone, and tell your payment provider."
    ),
    shopwide=True,
    found=_("{what}, seen in {shown} of {loads} loads"),
    source="https://www.pcisecuritystandards.org/document_library/",
)
def card_read(shop: ShopEvidence) -> Judgement:
    loads = loads_of(shop)
    cards = [card for load in loads for card in load.insertions.cards]
    if loads and not cards:
        raise NotApplicable("no card field of the shop itself was seen on the pages")
    found = list(alerts(shop, CARD))
    if not found and not any(card.typed for card in cards):
        raise NotRecorded("no card number was typed: that needs `ownership: confirmed`")
    yield from found
