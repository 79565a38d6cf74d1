"""Structured data of the demo shop's pages, as schema.org dictionaries."""

from collections.abc import Mapping, Sequence
from typing import Any

from auditor.demo.catalogue import Catalogue, Product

Data = dict[str, Any]

DELIVERY: Mapping[str, tuple[str, str, int]] = {
    "en": ("3.95", "2.50", 60),
    "pl": ("19.95", "12.50", 300),
    "fa": ("190000", "120000", 5_000_000),
}
"""Standard delivery, pick-up point, and the order value that makes standard delivery free, in the shop's currency."""


def amount(value: object, language: str) -> str:
    """``value`` of the shop's currency in the currency of the markup: rial, ten to the toman, for Persian."""
    return f"{float(str(value)) * (10 if language == 'fa' else 1):.2f}"


def organization(catalogue: Catalogue, origin: str) -> Data:
    """Who runs the shop and how to reach them."""
    shop = catalogue.words["shop"]
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": shop["name"],
        "url": f"{origin}/",
        "logo": f"{origin}/media/hero-1-400.jpg",
        "email": shop["email"],
        "telephone": shop["phone"],
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "telephone": shop["phone"],
            "email": shop["email"],
            "url": f"{origin}/contact",
        },
    }


def website(catalogue: Catalogue, origin: str) -> Data:
    """The site and its search."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": catalogue.words["shop"]["name"],
        "url": f"{origin}/",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{origin}/search?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(trail: Sequence[tuple[str, str]], address: Mapping[str, str]) -> Data:
    """``trail`` of names and paths; ``address`` gives the full address of each path."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": i, "name": name, "item": address[path]}
            for i, (name, path) in enumerate(trail, 1)
        ],
    }


def product(catalogue: Catalogue, item: Product, origin: str, address: str) -> Data:
    """A product with its offer, delivery, return policy and rating."""
    words, language = catalogue.words, catalogue.language
    currency, country = words["language"]["currency"], words["language"]["country"]
    stars = [words["reviews"][i]["stars"] for i in item.reviews]
    return {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": item.name,
        "description": " ".join(item.description),
        "url": address,
        "image": [f"{origin}/media/{item.picture}-{n}-1600.jpg" for n in range(1, 5)],
        "sku": item.sku,
        "gtin13": item.gtin,
        "brand": {"@type": "Brand", "name": words["shop"]["name"]},
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": round(sum(stars) / len(stars), 1),
            "reviewCount": len(stars),
        },
        "offers": {
            "@type": "Offer",
            "url": address,
            "price": amount(item.price, language),
            "priceCurrency": currency,
            "availability": f"https://schema.org/{'InStock' if item.stock else 'OutOfStock'}",
            "itemCondition": "https://schema.org/NewCondition",
            "shippingDetails": {
                "@type": "OfferShippingDetails",
                "shippingRate": {
                    "@type": "MonetaryAmount",
                    "value": amount(DELIVERY[language][0], language),
                    "currency": currency,
                },
                "shippingDestination": {"@type": "DefinedRegion", "addressCountry": country},
                "deliveryTime": {
                    "@type": "ShippingDeliveryTime",
                    "handlingTime": {"@type": "QuantitativeValue", "minValue": 0, "maxValue": 1, "unitCode": "DAY"},
                    "transitTime": {"@type": "QuantitativeValue", "minValue": 2, "maxValue": 3, "unitCode": "DAY"},
                },
            },
            "hasMerchantReturnPolicy": {
                "@type": "MerchantReturnPolicy",
                "applicableCountry": country,
                "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
                "merchantReturnDays": 30,
                "returnMethod": "https://schema.org/ReturnByMail",
                "returnFees": "https://schema.org/FreeReturn",
            },
        },
    }
