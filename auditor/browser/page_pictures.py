"""The pictures of one visit, as files."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.browser.artifacts import ArtifactFolder
from auditor.browser.loading import context_lost
from auditor.browser.screenshots import MAX_HEIGHT, full_page_picture, viewport_picture
from auditor.evidence import DeviceProfile

PICTURE_SECONDS = 12.0


class PagePictures:
    """Takes pictures of a tab while it is in front (``front`` is held meanwhile) and writes them to ``files``; what
    could not be had is said in ``missing``."""

    def __init__(
        self,
        cdp: CDPSession,
        tab: Tab,
        profile: DeviceProfile,
        files: ArtifactFolder,
        front: asyncio.Lock,
        missing: dict[str, str],
    ) -> None:
        self._cdp, self._tab, self._profile = cdp, tab, profile
        self._files, self._front, self._missing = files, front, missing

    async def viewport(self) -> None:
        """What the shopper sees first. The page has to be scrolled to its top."""
        profile = self._profile
        taking = partial(viewport_picture, self._cdp, profile.width, profile.height)
        await self._take("viewport", "viewport.jpg", taking)

    async def full_page(self, height: float) -> None:
        """The whole page of ``height`` CSS pixels."""
        if height > MAX_HEIGHT:
            self._missing["artifacts.full_page"] = f"the picture shows the first {MAX_HEIGHT:,} of {height:.0f} pixels"
        profile = self._profile
        taking = partial(full_page_picture, self._cdp, profile.width, height, profile.dpr)
        await self._take("full_page", "page.jpg", taking)

    async def _take(self, kind: str, name: str, taking: Callable[[], Awaitable[bytes]]) -> None:
        try:
            async with self._front, asyncio.timeout(PICTURE_SECONDS):
                # A tab in the background may have a surface of another size: one picture in five came out tiled.
                await self._cdp.send("Page.bringToFront")
                self._files.write(kind, name, await taking())
        except (TimeoutError, PlaywrightError) as problem:
            if isinstance(problem, PlaywrightError) and (self._tab.is_closed() or context_lost(problem)):
                raise
            self._missing[f"artifacts.{kind}"] = "the picture could not be taken"
