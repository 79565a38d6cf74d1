"""The journeys of an audit: which are walked, and what they are told of the shop."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any

from auditor.browser.interlock import Alarm
from auditor.browser.journey import walk_browse, walk_buy, walk_search
from auditor.browser.journey.together import Beside, at_once, walk_together
from auditor.browser.session import BrowserSession
from auditor.classify import classified
from auditor.crawler_rules import allowed_by_robots
from auditor.evidence import (
    Blocker,
    Device,
    Discovery,
    Ended,
    JourneyEvidence,
    JourneyName,
    PageEvidence,
    Panel,
    Template,
)
from auditor.market import market
from auditor.platforms import platform_named
from auditor.progress import Progress
from auditor.queries import asks_alone, catalogue_of, lists_or_home
from auditor.run_folder import RunFolder
from auditor.settings import ShopSettings
from auditor.user_agent import user_agent


async def walk_shop(
    browser: BrowserSession,
    shop: ShopSettings,
    folder: RunFolder,
    panel: Panel,
    discovery: Discovery,
    visits: list[PageEvidence],
    progress: Progress,
    beside: Beside | None = None,
) -> None:
    """The journeys that are asked for, on each device: search, browse, and a guest's from the panel's product pages;
    never an order. The sign of an order ends them all, and what goes on beside them.
    """
    names = [name for name in dict.fromkeys(shop.journey.walk) if name != "buy" or shop.depth != "pages"]
    progress.stage("walk")
    pages = classified(folder.facts(), shop, home_url=discovery.home_url)
    language, home_url, platform = discovery.language, discovery.home_url, platform_named(discovery.platform)
    catalogue = catalogue_of(pages, visits, language, whole_shop=discovery.ended == "complete")
    starts = [entry.page for entry in panel.pages if entry.page.template is Template.PRODUCT]
    sold_in, allowed = market(home_url, language, visits), allowed_by_robots(discovery, user_agent(shop))
    lists = lists_or_home(pages, visits)
    walks: dict[JourneyName, Callable[..., Awaitable[JourneyEvidence]]] = {
        "search": partial(walk_search, catalogue=catalogue),
        "browse": partial(walk_browse, lists=lists),
        "buy": partial(walk_buy, starts=starts, market=sold_in, lists=lists),
    }

    async def walk(name: JourneyName, device: Device, alarm: Alarm, shared: int) -> JourneyEvidence:
        more: dict[str, Any] = {} if name == "buy" else {"shared": shared}
        if name == "search" and whole is None:
            more["part"] = (shop.devices.index(device), len(shop.devices))
        return await walks[name](
            browser, shop, device, folder.path, home_url=home_url, platform=platform, language=language,
            progress=progress, allowed=allowed, alarm=alarm, **more,
        )  # fmt: skip

    async def take(
        names: Sequence[JourneyName], devices: Sequence[Device], beside: Beside | None = None
    ) -> list[JourneyEvidence]:
        taken = []
        async with aclosing(walk_together(walk, names, devices, most, beside)) as walked:
            async for evidence in walked:
                folder.write_journey(evidence)
                progress.step(f"{evidence.journey}: {evidence.ended} ({evidence.device})")
                taken.append(evidence)
        return taken

    whole: Device | None = None
    most = 1 if _turned_away(discovery, visits) else at_once(shop.politeness, discovery.crawl_delay_s)
    walked = await take(names, shop.devices, beside)
    whole = asks_alone((one for one in walked if one.journey == "search"), shop.devices)
    if whole is not None and all(one.blocker is not Blocker.TRIPPED for one in walked):
        await take(["search"], [whole])


def _turned_away(discovery: Discovery, visits: list[PageEvidence]) -> bool:
    """Whether the shop found that it was asked too much, or too much by robots."""
    return bool(discovery.statuses.get("429")) or any(one.visit.ended is Ended.BLOCKED for one in visits)
