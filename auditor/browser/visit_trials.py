"""What is tried during one visit, and why something of it was not."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from playwright.async_api import CDPSession
from playwright.async_api import Page as Tab
from pydantic import ValidationError

from auditor.browser.activity import claims, read_activity
from auditor.browser.isolated_world import IsolatedWorld, ScriptFailed
from auditor.browser.network import NetworkLog
from auditor.browser.page_trials import probe_focus, probe_spacing, try_pictures
from auditor.evidence import Activity, Device, Template
from auditor.reading.visits import language_read


class VisitTrials:
    """Fills those sections of ``parts`` that take a trial. Only ``at_last`` changes the page."""

    def __init__(
        self,
        tab: Tab,
        cdp: CDPSession,
        world: IsolatedWorld,
        device: Device,
        parts: dict[str, Any],
        missing: dict[str, str],
    ) -> None:
        self._tab, self._cdp, self._world, self._device = tab, cdp, world, device
        self._parts, self._missing = parts, missing

    async def in_place(self, front: asyncio.Lock) -> None:
        """Focus and text spacing. ``front`` is held while a picture is taken."""
        if self._device is Device.DESKTOP:
            await self._keep("focus_stops", probe_focus(self._tab, self._cdp, self._world, front))
        else:
            self._missing["focus_stops"] = "tried on the desktop only"
        await self._keep("spacing", probe_spacing(self._world))

    async def at_last(self, template: Template, log: NetworkLog, html: str) -> None:
        """Where numbers on other shoppers come from, then the pictures, which are pressed."""
        language = language_read(self._parts.get("document"), self._parts.get("texts"))
        found = claims(self._parts["layout"].texts if "layout" in self._parts else (), language)
        self._parts["activity"] = Activity()
        if found:
            requests = self._parts["requests"].items
            reading = read_activity(found, self._cdp, self._world, log, html, requests)
            await self._keep("activity", reading)
        if self._device is Device.DESKTOP and template is Template.PRODUCT:
            await self._keep("trials", try_pictures(self._tab, self._world, language))
        else:
            self._missing["trials"] = "tried on product pages on the desktop only"

    async def _keep(self, name: str, trying: Awaitable[object]) -> None:
        try:
            self._parts[name] = await trying
        except (ScriptFailed, ValidationError, KeyError, TypeError) as problem:
            self._missing[name] = f"the page could not be tried: {str(problem)[:200]}"
