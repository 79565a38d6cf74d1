"""What is kept the same from visit to visit: the pages' clock, zone and locale, and what strangers send."""

import base64
import contextlib
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Request, Route
from playwright.async_api import Error as PlaywrightError

from auditor.interlock.site import site_of
from auditor.settings import ShopSettings

_CLOCK = Path(__file__).with_name("pinned_clock.js")
_ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
_DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
"""A picture of one transparent point."""
_NOTHING: dict[str, tuple[str, bytes]] = {
    "script": ("application/javascript", b""),
    "stylesheet": ("text/css", b""),
    "document": ("text/html", b"<!doctype html><title></title>"),
    "image": ("image/gif", _DOT),
}


def pinned_options(shop: ShopSettings) -> dict[str, Any]:
    """Options of a new browser context."""
    locale = shop.language or shop.pinned.locale
    return {
        "reduced_motion": "reduce",
        **({"locale": locale} if locale else {}),
        **({"timezone_id": shop.pinned.zone} if shop.pinned.zone else {}),
    }


async def pin(context: BrowserContext, shop: ShopSettings) -> None:
    """Call before the first page of ``context`` is opened."""
    pinned = shop.pinned
    if pinned.clock is not None:
        begins = str(round(pinned.clock.timestamp() * 1000))
        await context.add_init_script(_CLOCK.read_text("utf-8").replace("BEGINS", begins, 2))
    if pinned.third_parties == "stubbed":
        await context.route(foreign(shop.start_url, pinned.keep), _stub)


def foreign(start_url: str, keep: tuple[str, ...]) -> re.Pattern[str]:
    """Addresses outside the shop's own site and the domains of ``keep``."""
    own = {site_of(start_url), urlsplit(start_url).hostname or "", *(domain.lower().strip(".") for domain in keep)}
    domains = "|".join(re.escape(domain) for domain in sorted(own) if domain)
    return re.compile(rf"^https?://(?!(?:[^/@?#]*\.)?(?:{domains})(?::\d+)?(?:[/?#]|$))")


async def _stub(route: Route) -> None:
    """An answer without content. A page that leads elsewhere as a whole does lead there: that has to be seen."""
    with contextlib.suppress(PlaywrightError):
        if _leaves(route.request):
            await route.fallback()
            return
        kind, body = _NOTHING.get(route.request.resource_type, ("", b""))
        if kind:
            await route.fulfill(status=200, content_type=kind, body=body, headers=_ANYWHERE)
        else:
            await route.fulfill(status=204, headers=_ANYWHERE)


def _leaves(request: Request) -> bool:
    if not request.is_navigation_request():
        return False
    try:
        return request.frame.parent_frame is None
    except PlaywrightError:
        # The frame of a tab's first page is not there yet.
        return True
