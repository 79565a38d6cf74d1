"""Pages, visits and documents of a shop that does not exist."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from auditor.evidence import Box, Device, DeviceProfile, Document, Page, Template, Visit

SHOP = "https://shop.example/"
PATHS = {
    Template.HOME: "/",
    Template.CATEGORY: "/lamps",
    Template.PRODUCT: "/lamps/arc-lamp",
    Template.SEARCH: "/search?q=lamp",
    Template.CART: "/cart",
    Template.CHECKOUT: "/checkout",
    Template.ACCOUNT: "/account",
    Template.CONTENT: "/pages/about",
    Template.OTHER: "/other",
}
PROFILES = {
    Device.MOBILE: DeviceProfile(device=Device.MOBILE, width=390, height=844, dpr=3, user_agent="phone", touch=True),
    Device.DESKTOP: DeviceProfile(
        device=Device.DESKTOP, width=1366, height=768, dpr=1, user_agent="desktop", touch=False
    ),
}
TOPS = {"header": 20.0, "nav": 60.0, "breadcrumb": 110.0, "main": 200.0, "footer": 2400.0}


def at(url: str) -> str:
    """The absolute address of a path of the shop."""
    return urljoin(SHOP, url)


def box(x: float = 16, y: float = 200, width: float = 120, height: float = 24) -> Box:
    return Box(x=x, y=y, width=width, height=height)


def page(template: str = "product", url: str | None = None, **fields: Any) -> Page:
    where = at(url or PATHS[Template(template)])
    parts = urlsplit(where)
    key = parts.path + (f"?{parts.query}" if parts.query else "")
    return Page.model_validate({"url": where, "key": key, "template": template} | fields)


def visit(device: str = "mobile", **fields: Any) -> Visit:
    return Visit.model_validate(
        {
            "id": f"v1-{device}",
            "device": device,
            "ended": "loaded",
            "started_at": datetime(2025, 1, 1, tzinfo=UTC),
            "took_ms": 1200,
            "profile": PROFILES[Device(device)],
        }
        | fields
    )


def document(device: str = "mobile", **fields: Any) -> Document:
    profile = PROFILES[Device(device)]
    return Document.model_validate(
        {
            "url": SHOP,
            "status": 200,
            "title": "Arc lamp - Shop",
            "lang": "en",
            "direction": "ltr",
            "viewport_metas": ("width=device-width, initial-scale=1",),
            "page_width": profile.width,
            "page_height": 2600,
            "viewport_width": profile.width,
            "viewport_height": profile.height,
            "dpr": profile.dpr,
            "text_chars": 1800,
            "element_count": 600,
        }
        | fields
    )
