"""What a merchant listing needs of a product's structured data."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from auditor.evidence import StructuredData
from auditor.lexicon import fold
from auditor.lexicon.money import parse_price
from auditor.reading.purchase import availability_of, offers_of, products
from auditor.reading.structured import as_list, items_of_type, plain, text_of

ADVISED = ("availability", "brand", "gtin/mpn/sku", "shippingDetails", "hasMerchantReturnPolicy", "aggregateRating")
"""Recommended for merchant listings (row PDP-015)."""
_NUMBER = re.compile(r"\s*[0-9]+(?:[.,][0-9]+)?\s*")
_CODE = re.compile(r"\s*[A-Za-z]{3}\s*")
_NUMBERS = ("gtin", "gtin8", "gtin12", "gtin13", "gtin14", "isbn", "mpn", "sku", "productID")


def main_product(data: StructuredData, headings: Sequence[str]) -> dict[str, Any] | None:
    """The page's own product among related ones: named as the heading says, else the first with an offer.

    Descriptions of one product in several places (JSON-LD and microdata) count together.
    """
    listed = products(data)
    titles = {fold(heading).strip() for heading in headings}
    own = [item for item in listed if _names(item, titles)]
    ranked = own or [item for item in listed if offers_of(item)] or list(listed)
    if not ranked:
        return None
    whole: dict[str, Any] = {}
    for item in reversed(own or ranked[:1]):
        whole |= {name: value for name, value in item.items() if value not in (None, "", [])}
    return whole


def _names(item: Mapping[str, Any], titles: set[str]) -> bool:
    """Headings add a colour to the name, or leave it out."""
    name = fold(text_of(item.get("name"))).strip()
    return bool(name) and any(title and (title in name or name in title) for title in titles)


def missing_of(product: Mapping[str, Any]) -> tuple[str, ...]:
    """Required properties that are not there, in Google's names."""
    offers = offers_of(product)
    lacks = {
        "name": not text_of(product.get("name")),
        "image": not _has_image(product),
        "offers.price": not any(_amount(offer) > 0 for offer in offers),
        "offers.priceCurrency": not any(_in_offer(offer, "priceCurrency") for offer in offers),
    }
    return tuple(name for name, missing in lacks.items() if missing)


def unreadable_of(product: Mapping[str, Any]) -> tuple[str, str] | None:
    """Price and currency as the offers state them, where no offer has a plain number and a code of three letters."""
    stated = [
        (
            next((said for name in ("price", "lowPrice") if (said := _in_offer(offer, name))), ""),
            _in_offer(offer, "priceCurrency"),
        )
        for offer in offers_of(product)
    ]
    whole = [(price, currency) for price, currency in stated if price and currency]
    if not whole or any(_NUMBER.fullmatch(price) and _CODE.fullmatch(currency) for price, currency in whole):
        return None
    return whole[0]


def stated_amounts(data: StructuredData, headings: Sequence[str]) -> frozenset[Decimal]:
    """What the page's own product costs by its data, in each offer."""
    product = main_product(data, headings)
    return frozenset(amount for offer in offers_of(product or {}) if (amount := _amount(offer)) > 0)


def advised_of(product: Mapping[str, Any], data: StructuredData) -> tuple[str, ...]:
    """Recommended properties that are there; shipping and returns may be stated once for the organisation."""
    offers = offers_of(product)
    sources = [product, *offers, *_variants(product)]
    organisations = list(items_of_type(data, "Organization", "OnlineStore", "Store", "OnlineBusiness", "LocalBusiness"))
    has = {
        "availability": bool(availability_of(offers)),
        "brand": any(source.get("brand") for source in sources),
        "gtin/mpn/sku": any(text_of(source.get(name)) for source in sources for name in _NUMBERS),
        "shippingDetails": any(source.get("shippingDetails") for source in sources)
        or any(item.get("hasShippingService") for item in organisations),
        "hasMerchantReturnPolicy": any(item.get("hasMerchantReturnPolicy") for item in (*sources, *organisations)),
        "aggregateRating": bool(product.get("aggregateRating")),
    }
    return tuple(name for name in ADVISED if has[name])


def _variants(product: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [plain(variant) for variant in as_list(product.get("hasVariant")) if isinstance(variant, Mapping)]


def _has_image(product: Mapping[str, Any]) -> bool:
    for image in as_list(product.get("image")) + [variant.get("image") for variant in _variants(product)]:
        inner = plain(image) if isinstance(image, Mapping) else {}
        found = (
            text_of(image) or text_of(inner.get("url")) or text_of(inner.get("contentUrl")) or text_of(inner.get("@id"))
        )
        if found:
            return True
    return False


def _in_offer(offer: Mapping[str, Any], name: str) -> str:
    """A property of the offer or of its price specifications."""
    own = text_of(offer.get(name))
    inner = (plain(spec) for spec in as_list(offer.get("priceSpecification")) if isinstance(spec, Mapping))
    return own or next((said for spec in inner if (said := text_of(spec.get(name)))), "")


def _amount(offer: Mapping[str, Any]) -> Decimal:
    for name in ("price", "lowPrice"):
        written = _in_offer(offer, name)
        try:
            amount = Decimal(written)
            return amount if amount.is_finite() else Decimal(0)
        except InvalidOperation:
            money = parse_price(written, None) if written else None
            if money is not None:
                return money.amount
    return Decimal(0)
