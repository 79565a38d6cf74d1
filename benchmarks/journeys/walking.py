"""One walk of the benchmark: from the shop's home page over the product that discovery found to the payment step."""

import asyncio
import os
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

from auditor.audit import egress_policy
from auditor.browser.journey import walk_buy
from auditor.browser.session import BrowserSession
from auditor.discover.crawl import discover
from auditor.egress import EgressProxy
from auditor.evidence import Device, Discovery, JourneyEvidence, Page, Template
from auditor.evidence.journey import StepIntent
from auditor.market import market
from auditor.panel_pages import pick_panel
from auditor.platforms import detect_shop, platform_named
from auditor.progress import Silent
from auditor.run_folder import RunFolder
from auditor.settings import Politeness, ShopSettings
from benchmarks.journeys.mutating_proxy import mutated
from benchmarks.journeys.record import Key, Walk
from benchmarks.journeys.shops import SHOPS
from benchmarks.journeys.stages import furthest
from benchmarks.journeys.strip import keep_strip

PAGES = 20
DISCOVERY_SECONDS = 120.0


async def walk_all(
    shop_name: str, language: str, wanted: Sequence[Key], done: Callable[[Walk], None], strips: Path | None = None
) -> None:
    """Start a shop once and walk it in every way of ``wanted``. ``strips``: where to put a picture of each walk."""
    shop = SHOPS[shop_name]
    async with shop.running(language) as running:
        for mutation in dict.fromkeys(key.mutation for key in wanted):
            async with mutated(running.url, mutation, shop.add) as url:
                keys = [key for key in wanted if key.mutation == mutation]
                await _walk_mutation(url, keys, running.orders, done, strips)


async def _walk_mutation(
    url: str, keys: Sequence[Key], orders: Callable[[], int], done: Callable[[Walk], None], strips: Path | None
) -> None:
    shop = SHOPS[keys[0].shop]
    settings = ShopSettings(
        start_url=url, allow_private=True, depth="payment", max_pages=PAGES, max_seconds=DISCOVERY_SECONDS,
        politeness=Politeness(delay_s=0, autothrottle=False),
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="journeys-") as place:
        folder = RunFolder.create(Path(place) / "run")
        async with (
            EgressProxy(egress_policy(settings)) as egress,
            BrowserSession(settings, proxy=egress.url) as session,
        ):
            discovery, starts = await _products(session, settings, folder, egress.url)
            found = bool(starts)
            if not found:
                starts = [_product(urljoin(url, path)) for path in shop.given if path]
            for key in keys:
                before = await asyncio.to_thread(orders)
                journey = await walk_buy(
                    session, settings, Device(key.device), folder.path, starts=starts, home_url=discovery.home_url,
                    platform=platform_named(discovery.platform), language=discovery.language,
                    market=market(discovery.home_url, discovery.language, []), platform_facts=key.platform_facts,
                )  # fmt: skip
                gained = await asyncio.to_thread(orders) - before
                if strips is not None:
                    await asyncio.to_thread(keep_strip, strips, f"{key.shop}-{key.language}", folder.path, journey)
                seen = found or (not starts and _opened(journey))
                done(_walk(key, journey, seen, gained, session.version, discovery))


async def _products(
    session: BrowserSession, settings: ShopSettings, folder: RunFolder, proxy: str
) -> tuple[Discovery, Sequence[Page]]:
    discovery = await discover(
        settings, folder.path / "discovery", proxy=proxy, progress=Silent(), render=session.render
    )
    discovery = detect_shop(discovery, folder.facts())
    panel = pick_panel(settings, folder, discovery, None)
    return discovery, [entry.page for entry in panel.pages if entry.page.template is Template.PRODUCT]


def _opened(journey: JourneyEvidence) -> bool:
    """Whether the walker found by itself what can be bought: a shop may sell everything on one page."""
    return any(step.intent is StepIntent.OPEN and step.confirmed for step in journey.steps)


def _product(url: str) -> Page:
    return Page(url=url, key=url, template=Template.PRODUCT)


def _walk(key: Key, journey: JourneyEvidence, found: bool, orders: int, browser: str, discovery: Discovery) -> Walk:
    return Walk(
        **key._asdict(), platform=discovery.platform, reached=furthest(journey) if found else "", ended=journey.ended,
        blocker=journey.blocker.value if journey.blocker else None, note=journey.note, orders=orders,
        own_ms=journey.own_ms, took_ms=journey.took_ms, load=round(os.getloadavg()[0], 1), product_found=found,
        guest=journey.guest, steps=tuple(_told(journey)), shop_version=SHOPS[key.shop].version, browser=browser,
        at=datetime.now(UTC),
    )  # fmt: skip


def _told(journey: JourneyEvidence) -> list[str]:
    told = []
    for step in journey.steps:
        told.append(f"{step.intent.value}{'' if step.confirmed else ' FAILED'}: {step.did}"[:300])
        told += [f"  {one.outcome}: {one.did} {one.note}"[:300] for one in step.attempts if one.outcome != "confirmed"]
        told += [f"  the page says: {error}"[:300] for error in step.errors[:3]]
    return told
