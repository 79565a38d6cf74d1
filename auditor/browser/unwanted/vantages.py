"""Looks at a few pages again as other kinds of shopper: from a search engine, a second time, with consent given."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from auditor.ads.approval import Approval
from auditor.ads.loads import Seen
from auditor.ads.vantage_signs import unsure_differences
from auditor.browser.artifacts import ArtifactFolder, folder_name
from auditor.browser.browser_process import BrowserDied, leaving_through
from auditor.browser.session import BrowserSession
from auditor.browser.unwanted.visiting import NotLoaded, Wish, look
from auditor.evidence import Device, Ended, Page, PageEvidence, Template, VantageLoad, VantageName
from auditor.progress import Progress
from auditor.settings import ShopSettings

PARALLEL = 2
MOST_CONFIRMED = 4
_ORDER = (Template.PRODUCT, Template.HOME, Template.CATEGORY, Template.CART, Template.CHECKOUT)


@dataclass(frozen=True)
class Plan:
    """One load to be made. ``whole``: let time pass and press; else only open and look."""

    page: Page
    device: Device
    vantage: VantageName
    whole: bool
    attempt: int = 1
    via: str = ""


def plans(shop: ShopSettings, visits: Sequence[PageEvidence]) -> list[Plan]:
    """What to look at: of ``shop.ads.pages`` templates a page each, everything from the direct vantage and one light
    load from each other; the product page first."""
    pages: dict[Template, Page] = {}
    for visit in visits:
        if visit.visit.ended is Ended.LOADED and visit.page.template in _ORDER:
            pages.setdefault(visit.page.template, visit.page)
    chosen = [pages[template] for template in _ORDER if template in pages][: shop.ads.pages]
    found = [Plan(page, device, "direct", whole=True) for page in chosen for device in shop.devices]
    device = Device.DESKTOP if Device.DESKTOP in shop.devices else shop.devices[0]
    for page in chosen[:1]:
        others = (one for one in shop.ads.vantages if one != "direct")
        found += [
            Plan(page, device, one, whole=False) for one in others if one != "plain" or shop.ownership == "confirmed"
        ]
        found += [
            Plan(page, device, "direct", whole=False, attempt=attempt, via=name)
            for name in shop.ads.proxies for attempt in (1, 2)
        ]  # fmt: skip
    return found


async def look_from_vantages(
    session: BrowserSession,
    visits: Sequence[PageEvidence],
    folder: Path,
    approval: Approval,
    progress: Progress,
    slots: asyncio.Semaphore | None = None,
) -> AsyncGenerator[VantageLoad, None]:
    """Make the planned loads, and again those that would show a difference once only. Pictures go to ``folder``.

    :param slots: each load takes one of them; None where nothing else goes on.
    """
    shop = session.shop
    waiting = plans(shop, visits)
    progress.stage("look", len(waiting))
    seen: list[Seen] = []
    async for load in _made(session, waiting, folder, progress, slots):
        if load.insertions is not None:
            seen.append(Seen(load.page, load.device, load.vantage, load.insertions, looked=True, via=load.via))
        yield load
    by_key = {plan.page.key: plan.page for plan in waiting}
    again = [
        Plan(by_key[key], device, vantage, whole=False, attempt=attempt)
        for key, device, vantage in unsure_differences(seen, approval)[:MOST_CONFIRMED]
        for attempt in (2, 3)
    ]
    async for load in _made(session, again, folder, progress, slots):
        yield load


async def _made(
    session: BrowserSession,
    waiting: Sequence[Plan],
    folder: Path,
    progress: Progress,
    slots: asyncio.Semaphore | None,
) -> AsyncGenerator[VantageLoad, None]:
    gate = asyncio.Semaphore(PARALLEL)

    async def one(plan: Plan) -> VantageLoad:
        async with gate, slots or nullcontext():
            progress.step(f"{plan.page.key} ({plan.device}, {plan.via or plan.vantage})")
            return await _load(session, plan, folder)

    running = [asyncio.ensure_future(one(plan)) for plan in waiting]
    try:
        for done in asyncio.as_completed(running):
            yield await done
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _load(session: BrowserSession, plan: Plan, folder: Path) -> VantageLoad:
    shop = session.shop
    facts: dict[str, Any] = {"page": plan.page, "device": plan.device, "vantage": plan.vantage, "attempt": plan.attempt,
                             "via": plan.via}  # fmt: skip
    # Who came from a search engine, or again, is often the only one whose presses are turned round.
    press = plan.whole or (plan.vantage in ("search", "returning") and plan.attempt == 1)
    wish = Wish(plan.page, plan.vantage, late=plan.whole, press=press, picture=True)
    wish = replace(wish, type_card=plan.whole and shop.ownership == "confirmed")
    options: dict[str, Any] = {"service_workers": "allow"}
    if plan.vantage == "plain":
        options["user_agent"] = session.profile(plan.device).user_agent.split(" storefront-auditor/")[0]
    if plan.via:
        options["proxy"] = leaving_through(shop.ads.proxies[plan.via])
    try:
        async with session.visitor(plan.device, **options) as context:
            if plan.vantage == "returning":
                await look(context, shop, Wish(plan.page, late=False, press=False))
            insertions = await look(context, shop, wish)
    except (NotLoaded, BrowserDied) as problem:
        return VantageLoad(**facts, note=str(problem))
    picture = None
    if wish.taken:
        files = ArtifactFolder(folder / "vantages", folder)
        name = load_name(plan.page, plan.device, plan.via or plan.vantage, plan.attempt)
        files.write("look", f"{name}.jpg", wish.taken[0])
        picture = files.written["look"].path
    return VantageLoad(**facts, insertions=insertions, picture=picture)


def load_name(page: Page, device: Device, vantage: str, attempt: int) -> str:
    """The name of a load's files in the run folder."""
    return f"{folder_name(page, device)}.{vantage}.{attempt}"
