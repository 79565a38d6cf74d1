"""Walks of the buyer in tests, all of a module beside one browser."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from auditor.browser.browser_process import BrowserProcess
from auditor.browser.journey import walk_buy
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, JourneyEvidence, Page, Template
from auditor.settings import ShopSettings

_running: list[BrowserProcess] = []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walking_browser() -> AsyncIterator[None]:
    """One for all walks of a module; each walk starts another beside it, which serves nothing else."""
    async with BrowserProcess(proxy=None) as process:
        _running.append(process)
        yield
    _running.clear()


async def walk(
    url: str, *starts: str, folder: Path, device: Device = Device.DESKTOP, depth: str = "payment", language: str = "en",
    settings: dict[str, Any] | None = None, lists: tuple[str, ...] = (),
) -> JourneyEvidence:  # fmt: skip
    facts = {"start_url": url, "allow_private": True, "depth": depth, "journey": settings or {}}
    shop = ShopSettings.model_validate(facts)
    pages = [Page(url=start, key=start, template=Template.PRODUCT) for start in starts]
    async with BrowserSession(shop, proxy=None, process=_running[0]) as session:
        return await walk_buy(session, shop, device, folder, starts=pages, home_url=url, language=language, lists=lists)
