"""A reduced price: the one that is asked now beside one that is crossed out."""

from dataclasses import dataclass

from auditor.evidence import PageEvidence, PriceSeen
from auditor.lexicon.money import parse_price
from auditor.reading.prices import current_prices, main_prices
from auditor.reading.purchase import buy_button

NEAR_PX = 220.0


@dataclass(frozen=True)
class Reduction:
    price: PriceSeen
    was: PriceSeen


def announced(visit: PageEvidence, language: str | None) -> Reduction | None:
    """The product's own price with a higher one crossed out near it; prices of other products are not looked at."""
    if visit.texts is None or visit.document is None or visit.controls is None:
        return None
    button = buy_button(visit.controls, visit.document, language)
    place = button.box if button else None
    prices = main_prices(current_prices(visit.texts, visit.document, place), visit.document, place)
    struck = [seen for seen in visit.texts.prices if seen.struck and seen.visible and not seen.link_url and seen.box]
    for price in prices:
        for was in struck:
            money = parse_price(was.text, visit.document.lang)
            box, own = was.box, price.seen.box
            if money is None or box is None or own is None or money.amount <= price.amount:
                continue
            if abs(box.y - own.y) <= NEAR_PX and abs(box.x - own.x) <= 2 * NEAR_PX:
                return Reduction(price.seen, was)
    return None
