"""The parts of a page's evidence: links, pictures, prices, controls, structured data."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from auditor.evidence import (
    Button,
    Controls,
    Field,
    Form,
    Image,
    Layout,
    Link,
    PriceSeen,
    Rendition,
    Request,
    StructuredData,
    Target,
    TextRun,
    Texts,
    Timing,
    Trail,
    TrailItem,
)
from tests.factories.pages import SHOP, TOPS, at, box


def link(name: str, url: str = "/lamps", **fields: Any) -> Link:
    region = fields.get("region", "main")
    return Link.model_validate(
        {
            "url": at(url),
            "href": url,
            "name": name,
            "selector": f"{region} a",
            "box": box(y=TOPS.get(region, 200.0)),
            "visible": True,
            "region": region,
            "same_site": urlsplit(at(url)).hostname == urlsplit(SHOP).hostname,
        }
        | fields
    )


def image(url: str = "/media/arc-lamp.jpg", **fields: Any) -> Image:
    """A loaded 1600 x 1600 picture, shown at 358 x 358."""
    shown = {"shown_width": fields.pop("shown_width", 358), "shown_height": fields.pop("shown_height", 358)}
    return Image.model_validate(
        {
            "selector": "main img",
            "url": at(url),
            "alt": "Arc lamp",
            "region": "main",
            "box": box(y=200, width=shown["shown_width"], height=shown["shown_height"]),
            "visible": True,
            "loaded": True,
            "natural_width": 1600,
            "natural_height": 1600,
            "bytes": 90_000,
            "mime": "image/jpeg",
            "status": 200,
        }
        | shown
        | fields
    )


def rendition(url: str = "/media/arc-lamp.jpg", **fields: Any) -> Rendition:
    return Rendition.model_validate(
        {"url": at(url), "of": at(url), "source": "current", "width": 1600, "height": 1600, "bytes": 90_000} | fields
    )


def price(text: str, **fields: Any) -> PriceSeen:
    """A price near the title of a product page."""
    return PriceSeen.model_validate(
        {
            "text": text,
            "selector": "main .price",
            "box": box(y=360),
            "font_px": 22,
            "font_weight": 600,
            "struck": False,
            "visible": True,
            "region": "main",
        }
        | fields
    )


def trail(*items: str | tuple[str, str], **fields: Any) -> Trail:
    """A breadcrumb: ``trail(("Home", "/"), ("Lamps", "/lamps"), "Arc lamp")``."""
    made = [
        TrailItem(text=item) if isinstance(item, str) else TrailItem(text=item[0], url=at(item[1])) for item in items
    ]
    return Trail.model_validate(
        {
            "selector": "nav.breadcrumb",
            "detectors": ("aria", "class"),
            "items": made,
            "visible": True,
            "box": box(y=110),
        }
        | fields
    )


def texts(all: str = "", prices: Sequence[PriceSeen] = (), trails: Sequence[Trail] = (), **fields: Any) -> Texts:
    return Texts.model_validate({"all": all, "main": all, "prices": tuple(prices), "trails": tuple(trails)} | fields)


def text_run(text: str, **fields: Any) -> TextRun:
    return TextRun.model_validate(
        {
            "selector": "main p",
            "tag": "p",
            "text": text[:200],
            "chars": len(text),
            "font_px": 16,
            "font_weight": 400,
            "box": box(),
            "visible": True,
            "region": "main",
            "direction": "ltr",
            "align": "start",
        }
        | fields
    )


def button(name: str, **fields: Any) -> Button:
    region = fields.get("region", "main")
    return Button.model_validate(
        {
            "selector": f"{region} button",
            "tag": "button",
            "text": name,
            "name": name,
            "disabled": False,
            "box": box(y=TOPS.get(region, 200.0) + 260 if region == "main" else TOPS.get(region, 200.0), height=48),
            "visible": True,
            "region": region,
            "font_px": 16,
        }
        | fields
    )


def field(type: str = "text", name: str = "", **fields: Any) -> Field:
    region = fields.get("region", "main")
    return Field.model_validate(
        {
            "selector": f"{region} input",
            "tag": "input",
            "type": type,
            "name": name,
            "id": "",
            "autocomplete": "",
            "inputmode": "",
            "placeholder": "",
            "label": "",
            "required": False,
            "disabled": False,
            "filled": False,
            "font_px": 16,
            "box": box(y=TOPS.get(region, 200.0), width=240, height=40),
            "visible": True,
            "region": region,
        }
        | fields
    )


def form(action: str = "/search", **fields: Any) -> Form:
    return Form.model_validate(
        {
            "selector": "form",
            "action": at(action),
            "method": "get",
            "role": "",
            "id": "",
            "classes": "",
            "region": "main",
        }
        | fields
    )


def controls(buttons: Sequence[Button] = (), fields: Sequence[Field] = (), forms: Sequence[Form] = ()) -> Controls:
    return Controls(buttons=tuple(buttons), fields=tuple(fields), forms=tuple(forms))


def target(name: str, **fields: Any) -> Target:
    return Target.model_validate(
        {
            "selector": "main button",
            "tag": "button",
            "role": "button",
            "name": name,
            "box": box(width=120, height=44),
            "inline": False,
            "native": False,
            "hit": True,
            "disabled": False,
            "region": "main",
        }
        | fields
    )


def request(url: str, **fields: Any) -> Request:
    return Request.model_validate(
        {"url": at(url), "method": "GET", "type": "document", "status": 200, "transferred_bytes": 1000} | fields
    )


def layout(texts: Iterable[TextRun] = (), **fields: Any) -> Layout:
    return Layout.model_validate({"texts": tuple(texts), "pinned_share": 0.0} | fields)


def timing(**fields: Any) -> Timing:
    """A quick page."""
    quick = {"ttfb_ms": 120, "fcp_ms": 700, "lcp_ms": 1400, "cls": 0.01, "tbt_ms": 40, "load_ms": 1500}
    return Timing.model_validate(quick | fields)


def structured_data(*json_ld: dict[str, Any], **fields: Any) -> StructuredData:
    return StructuredData.model_validate({"json_ld": json_ld} | fields)


def product_data(**properties: Any) -> dict[str, Any]:
    """A JSON-LD Product that has all a merchant listing needs; ``None`` takes a property away."""
    whole: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": "Arc lamp",
        "image": at("/media/arc-lamp.jpg"),
        "brand": {"@type": "Brand", "name": "Lumen"},
        "sku": "ARC-1",
        "aggregateRating": {"@type": "AggregateRating", "ratingValue": 4.5, "reviewCount": 12},
        "offers": {
            "@type": "Offer",
            "price": "49.90",
            "priceCurrency": "EUR",
            "availability": "https://schema.org/InStock",
        },
    }
    return {name: value for name, value in (whole | properties).items() if value is not None}
