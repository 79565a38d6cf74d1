"""One load of one page on one device: all in one pass, in an order in which no step disturbs a later one."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab
from pydantic import ValidationError

from auditor.browser.accessibility import run_axe
from auditor.browser.artifacts import ArtifactFolder
from auditor.browser.endings import Loaded, judge_ending
from auditor.browser.isolated_world import LIMITS, SCROLL, WORLD, IsolatedWorld, ScriptFailed, observer_source
from auditor.browser.loading import context_lost, load_document
from auditor.browser.network import QUIET_CAP_SECONDS, QUIET_SECONDS, STATIC_QUIET_SECONDS, NetworkLog, site_of
from auditor.browser.page_log import PageLog, frames_in, frames_section
from auditor.browser.page_pictures import PagePictures
from auditor.browser.page_sections import PageSections
from auditor.browser.reader import ReadingFailed
from auditor.browser.renditions import candidates, read_renditions
from auditor.browser.session import BrowserSession, Shopper, guard_headers
from auditor.browser.unwanted.recorder import UnwantedRecorder
from auditor.browser.vendor_files import VendorFileMissing
from auditor.browser.visit_consent import VisitConsent
from auditor.browser.visit_trials import VisitTrials
from auditor.browser.widths import probe_widths
from auditor.evidence import Ended, Page, StructuredData, Template

COLLECT_SECONDS = 20.0
LOAD_SHARE = 0.6
MAX_NAVIGATIONS = 3


class KeepsNavigating(Exception):
    """The page goes somewhere else by itself again and again."""


class Recording:
    """Fills ``parts`` (sections by name) and ``missing`` step by step: whatever ends it early, the rest is kept."""

    def __init__(self, session: BrowserSession, shopper: Shopper, page: Page, tab: Tab, files: ArtifactFolder) -> None:
        self.session, self.shopper, self.page, self.tab, self.files = session, shopper, page, tab, files
        self.parts: dict[str, Any] = {}
        self.missing: dict[str, str] = {}
        self.sections = PageSections(self.parts, self.missing)
        self.ended, self.note = Ended.TIMED_OUT, "The page did not load in time."
        self.status: int | None = None
        self.final_url: str | None = None
        self.consent = VisitConsent(shopper, session.shop.consent)
        self.cdp: CDPSession
        self.log: NetworkLog
        self.console: PageLog
        self.unwanted: UnwantedRecorder
        self.pictures: PagePictures
        self.frame_id = ""
        self._failure = ""
        self._html = ""

    @contextmanager
    def cost(self, part: str) -> Iterator[None]:
        """Adds the wall time of a part to the session's account, for the benchmark."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.session.costs[part] = self.session.costs.get(part, 0.0) + time.perf_counter() - start

    async def run(self) -> None:
        with self.cost("open tab"):
            await self._prepare()
        with self.cost("load"):
            limit = self.session.shop.page_seconds * LOAD_SHARE
            self._failure = await load_document(self.tab, self.page.url, limit)
        for _navigation in range(MAX_NAVIGATIONS):
            try:
                await self._record()
                return
            except ScriptFailed as problem:
                self.ended, self.note = Ended.TIMED_OUT, f"The page could not be read: {problem}."
                return
            except PlaywrightError as problem:
                if not context_lost(problem) or self.tab.is_closed():
                    raise
        raise KeepsNavigating

    async def _prepare(self) -> None:
        assert self.shopper.context is not None
        self.cdp = await self.shopper.context.new_cdp_session(self.tab)
        self.log, self.console = NetworkLog(self.cdp), PageLog(self.cdp)
        self.unwanted = UnwantedRecorder(self.cdp, self.page.url)
        profile = self.shopper.profile
        self.pictures = PagePictures(self.cdp, self.tab, profile, self.files, self.session.front, self.missing)
        # The browser restores the emulation of the session that takes a picture, so ours has to know it too.
        metrics = {
            "width": profile.width, "height": profile.height, "deviceScaleFactor": profile.dpr, "mobile": profile.touch,
        }  # fmt: skip
        observer = {"source": observer_source(), "worldName": WORLD}
        await asyncio.gather(
            self.cdp.send("Page.enable"),
            self.cdp.send("Network.enable", {"maxTotalBufferSize": 100 * 2**20, "maxResourceBufferSize": 20 * 2**20}),
            # Every page is weighed as a first visit finds it.
            self.cdp.send("Network.setCacheDisabled", {"cacheDisabled": True}),
            self.cdp.send("Emulation.setDeviceMetricsOverride", metrics),
            self.cdp.send("Runtime.enable"),
            self.cdp.send("Log.enable"),
            self.cdp.send("Debugger.enable"),
            self.cdp.send("Debugger.setSkipAllPauses", {"skip": True}),
            self.cdp.send("Page.addScriptToEvaluateOnNewDocument", observer),
        )
        await self.unwanted.start()
        await guard_headers(self.cdp, self.session.shop)

    async def _record(self) -> None:
        with self.cost("settle"):
            await self._settle()
        tree = frames_in((await self.cdp.send("Page.getFrameTree"))["frameTree"])
        self.frame_id = tree[0][0]
        self.parts["frames"] = frames_section(tree)
        world = await IsolatedWorld.of(self.cdp, self.frame_id)
        if self._failure:
            self.ended, self.note = judge_ending(Loaded(self.page.url, failure=self._failure))
            return
        with self.cost("consent"):
            await self._answer_consent(world, tree)
        with self.cost("viewport picture"):
            await self.pictures.viewport()
        with self.cost("slow scroll"):
            await world.call("slowScroll", SCROLL, seconds=COLLECT_SECONDS)
            await self.log.quiet(0.05, 2.0)
        self._keep_logs()
        limits = LIMITS | {"gallery": 10 if self.page.template is Template.PRODUCT else 0}
        with self.cost("collect"):
            raw = await world.call("collectPage", limits, seconds=COLLECT_SECONDS)
        for part, milliseconds in raw["costs"].items():
            self.session.costs[f"collect/{part}"] = self.session.costs.get(f"collect/{part}", 0.0) + milliseconds / 1000
        with self.cost("raw html"):
            await self._raw_html()
        if raw["document"] is None or raw["texts"] is None:
            raise ScriptFailed(raw["failed"].get("document") or raw["failed"].get("texts") or "no answer")
        self._sections(raw)
        self._end(raw)
        if self.ended is not Ended.LOADED:
            await self.pictures.full_page(raw["document"]["page_height"])
            return
        with self.cost("insertions"):
            profile = self.shopper.profile
            await self.unwanted.section(self.parts, self.missing, self._html, (profile.width, profile.height))
        await self._slow_sections(world, raw)

    async def _slow_sections(self, world: IsolatedWorld, raw: dict[str, Any]) -> None:
        trials = VisitTrials(self.tab, self.cdp, world, self.shopper.device, self.parts, self.missing)
        reading = asyncio.ensure_future(self._structured_data(raw["html"]))
        try:
            with self.cost("axe"):
                await self._accessibility(world, raw["elements"])
            with self.cost("full page picture"):
                await self.pictures.full_page(raw["document"]["page_height"])
            with self.cost("trials"):
                await trials.in_place(self.session.front)
            with self.cost("widths"):
                widths = await self._widths(world, raw)
            with self.cost("sections"):
                self.sections.layout(raw, widths)
            with self.cost("structured data (wait)"):
                await reading
            with self.cost("renditions"):
                await self._renditions(raw)
            # Nothing comes after: the page is another one once its pictures were pressed.
            with self.cost("pictures tried"):
                await trials.at_last(self.page.template, self.log, self._html)
        finally:
            reading.cancel()

    async def _settle(self) -> None:
        """Network quiet and fonts ready. A page that asked for nothing after its load event needs no long wait."""
        await self.log.quiet(STATIC_QUIET_SECONDS, QUIET_CAP_SECONDS)
        if self.log.asked_after_load:
            await self.log.quiet(QUIET_SECONDS, QUIET_CAP_SECONDS)

    async def _answer_consent(self, world: IsolatedWorld, tree: list[Any]) -> None:
        await world.call("fontsReady", 2000, seconds=3)
        self.parts["consent"] = await self.consent.answer(self.cdp, world, self.log, self.console, tree)
        shopper = self.shopper
        if shopper.storage is not None and self.consent.settled:
            self.files.write("storage", f"storage.{shopper.device}.json", json.dumps(shopper.storage).encode())

    def _keep_logs(self) -> None:
        with self.cost("sections"):
            fresh = self.consent.settled or self.shopper.consent is None or self.shopper.consent.by == "none"
            requests, self._answers = self.log.snapshot(self.tab.url, "settled" if fresh else "stored")
            self.parts.update(requests=requests, scripts=self.console.scripts(), console=self.console.console())

    async def _raw_html(self) -> None:
        main = self.log.main
        if main is None:
            return
        self.status, self.final_url = main.get("status"), main["url"][:4000]
        try:
            kept = await self.cdp.send("Network.getResponseBody", {"requestId": main["id"]})
        except PlaywrightError:
            self.missing["artifacts.html"] = "the browser did not keep the document; it may be too large"
            return
        self._html = kept["body"] if not kept["base64Encoded"] else ""
        self.files.write_text("html", "response.html.gz", self._html)
        headers = {"url": main["url"], "status": self.status, "headers": main.get("headers", {})}
        self.files.write("headers", "response.json", json.dumps(headers, indent=1).encode())

    def _sections(self, raw: dict[str, Any]) -> None:
        main = self.log.main or {}
        with self.cost("sections"):
            self.sections.collected(
                raw, status=self.status, headers=main.get("headers", {}), redirects=self.log.redirects,
                html_bytes=len(self._html.encode()) if self._html else None, answers=self._answers,
            )  # fmt: skip
            self.files.write_text("dom", "dom.html.gz", raw["html"])

    def _end(self, raw: dict[str, Any]) -> None:
        main, document = self.log.main or {}, raw["document"]
        headers = main.get("headers", {})
        load = Loaded(
            wanted_url=self.page.url, final_url=document["url"], template=self.page.template, status=self.status,
            headers=headers, title=document["title"], text=raw["texts"]["all"], html=self._html,
            content_type=main.get("mime") or "", frame_urls=tuple(frame.url for frame in self.parts["frames"].items),
            has_password=document["has_password"], links=len(raw["links"]),
            same_site=site_of(document["url"]) == site_of(self.page.url),
        )  # fmt: skip
        self.ended, self.note = judge_ending(load)

    async def _structured_data(self, dom: str) -> None:
        reader, url = self.session.reader, self.final_url or self.page.url
        try:
            rendered = StructuredData(**await reader.structured_data(dom, url))
            raw = StructuredData(**await reader.structured_data(self._html, url)) if self._html else rendered
        except (ReadingFailed, ValidationError) as problem:
            self.missing["structured_data"] = str(problem)[:200]
            return
        self.parts["structured_data"] = raw if raw == rendered else raw.model_copy(update={"rendered": rendered})

    async def _accessibility(self, world: IsolatedWorld, elements: int) -> None:
        try:
            self.parts["accessibility"] = await run_axe(world, elements)
        except (ScriptFailed, ValidationError, VendorFileMissing) as problem:
            self.missing["accessibility"] = str(problem)[:200]

    async def _widths(self, world: IsolatedWorld, raw: dict[str, Any]) -> list[dict[str, Any]]:
        try:
            return await probe_widths(self.cdp, world, self.shopper.profile, raw["document"]["viewport_metas"])
        except ScriptFailed as problem:
            self.missing["layout.widths"] = str(problem)
            return []

    async def _renditions(self, raw: dict[str, Any]) -> None:
        if self.page.template is not Template.PRODUCT:
            self.missing["renditions"] = "read on product pages only"
            return
        files = candidates(raw["gallery"], self.parts.get("structured_data"), self.final_url or self.page.url)
        self.parts["renditions"] = await read_renditions(
            self.cdp, self.frame_id, self.log, self.session.reader, self.session.pictures, files
        )
