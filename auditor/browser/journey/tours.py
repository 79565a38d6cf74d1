"""The journeys that only look: search and browse."""

from collections.abc import Callable, Sequence
from pathlib import Path

from auditor.browser.interlock import Alarm
from auditor.browser.journey.browsing import Browsing
from auditor.browser.journey.looking_around import LookingAround
from auditor.browser.journey.searching import Searching
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, JourneyEvidence, QueryKind
from auditor.platforms import Platform
from auditor.progress import Progress, Silent
from auditor.queries import Catalogue
from auditor.settings import ShopSettings

LOOK_AROUND_SECONDS = 60.0
MOST_PAUSE = 1.0


async def walk_search(
    session: BrowserSession,
    shop: ShopSettings,
    device: Device,
    run_folder: Path,
    *,
    catalogue: Catalogue,
    home_url: str,
    platform: Platform | None = None,
    language: str | None = None,
    progress: Progress | None = None,
    seconds: float = LOOK_AROUND_SECONDS,
    allowed: Callable[[str], bool] = lambda _url: True,
    alarm: Alarm | None = None,
    shared: int = 1,
    kinds: frozenset[QueryKind] | None = None,
    part: tuple[int, int] = (0, 1),
) -> JourneyEvidence:
    """Ask the shop's search for its own goods, as they are called, misspelt and respelt, and for what does not exist.

    Pictures are written below ``run_folder/journeys``; ``seconds`` bounds the walk: what did not fit into it is not
    asked. ``kinds``: only such queries. ``part``: this device's place among those that share the queries, and how many
    they are. Runs in a browser of its own, behind the interlock. ``shared``: how many journeys go on at the same time;
    with more of them than processors each may take as much longer. ``alarm`` is that of all. Never raises for what the
    shop does.
    """
    around = LookingAround(
        session, shop, device, run_folder, home_url=home_url, platform=platform, language=language,
        progress=progress or Silent(), seconds=seconds, allowed=allowed, alarm=alarm, shared=shared,
    )  # fmt: skip
    return await around.walk(Searching(catalogue, min(shop.politeness.delay_s, MOST_PAUSE), kinds, part))


async def walk_browse(
    session: BrowserSession,
    shop: ShopSettings,
    device: Device,
    run_folder: Path,
    *,
    lists: Sequence[str],
    home_url: str,
    platform: Platform | None = None,
    language: str | None = None,
    progress: Progress | None = None,
    seconds: float = LOOK_AROUND_SECONDS,
    allowed: Callable[[str], bool] = lambda _url: True,
    alarm: Alarm | None = None,
    shared: int = 1,
) -> JourneyEvidence:
    """Go from the menu to a product list, filter it, sort it by price, open a product and come back.

    ``lists``: addresses of category pages, the best first; the rest is as for ``walk_search``.
    """
    around = LookingAround(
        session, shop, device, run_folder, home_url=home_url, platform=platform, language=language,
        progress=progress or Silent(), seconds=seconds, allowed=allowed, alarm=alarm, shared=shared,
    )  # fmt: skip
    return await around.walk(Browsing(lists))
