"""A shopper's journey through a shop that nobody has seen before; never an order."""

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin, urlsplit

from auditor.browser.interlock import Alarm
from auditor.browser.journey.buying import Buying
from auditor.browser.journey.tours import walk_browse, walk_search
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, JourneyEvidence, Page, Template
from auditor.platforms import Platform
from auditor.progress import Progress, Silent
from auditor.settings import ShopSettings

__all__ = ["WALK_SECONDS", "walk_browse", "walk_buy", "walk_search"]

WALK_SECONDS = 120.0


async def walk_buy(
    session: BrowserSession,
    shop: ShopSettings,
    device: Device,
    run_folder: Path,
    *,
    starts: Sequence[Page],
    home_url: str,
    platform: Platform | None = None,
    language: str | None = None,
    market: str | None = None,
    progress: Progress | None = None,
    seconds: float = WALK_SECONDS,
    platform_facts: bool = True,
    allowed: Callable[[str], bool] = lambda _url: True,
    alarm: Alarm | None = None,
    lists: Sequence[str] = (),
) -> JourneyEvidence:
    """Walk from a product page into the cart and, where the operator authorised it, to the payment step; then empty the
    cart.

    ``starts``: product pages, tried in order until one can be bought, at most four; without any, the home page and
    ``lists`` are looked at for something they sell by themselves. Pictures and sights are written
    below ``run_folder/journeys``. ``seconds`` bounds the walk; ``platform_facts`` False leaves out what is known of
    platforms; ``allowed`` is robots.txt's word on an address, by which pages beyond it are named; ``alarm`` is that of
    all journeys of an audit. Runs in a browser of its own, behind the interlock. Never raises for what the shop does.
    """
    authorised = shop.authorised_by or ("the operator of this machine" if _own_machine(shop) else None)
    depth: Literal["cart", "payment"] = "payment" if shop.depth == "payment" and authorised else "cart"
    wanted = shop.journey
    if wanted.product_url:
        url = urljoin(home_url, wanted.product_url)
        starts = [Page(url=url, key=url, template=Template.PRODUCT), *starts]
    walk = Buying(
        session, shop, device, run_folder, starts=starts, home_url=home_url, platform=platform, language=language,
        market=wanted.country or market, progress=progress or Silent(), depth=depth, authorised_by=authorised,
        seconds=seconds, platform_facts=platform_facts, allowed=allowed, alarm=alarm, lists=lists,
    )  # fmt: skip
    return await walk.walk()


def _own_machine(shop: ShopSettings) -> bool:
    """A shop on loopback, with private addresses allowed, belongs to who audits it."""
    host = urlsplit(shop.start_url).hostname or ""
    try:
        loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
    return loopback and bool(shop.allow_private)
