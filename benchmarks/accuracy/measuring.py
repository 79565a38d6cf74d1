"""Visits to a shop's pages as one mutation makes them, and what the checks say of them."""

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from zlib import crc32

from bs4 import BeautifulSoup

from auditor.audit import egress_policy
from auditor.browser.browser_process import BrowserProcess
from auditor.browser.capture import visit
from auditor.browser.session import BrowserSession
from auditor.check import CheckSpec
from auditor.discover.crawl import discover
from auditor.egress import EgressProxy
from auditor.evidence import Device, Ended, Page, PageEvidence, Panel, PanelPage, ShopEvidence
from auditor.finding import Outcome
from auditor.market import market
from auditor.progress import Silent
from auditor.replay import shop_evidence
from auditor.run_folder import RunFolder
from auditor.settings import Politeness, ShopSettings
from benchmarks.accuracy.mutation import Mutation
from benchmarks.accuracy.proxy import COOKIE, HEALTHY, MutatingProxy
from benchmarks.accuracy.shop_page import ShopPage
from benchmarks.accuracy.shops import TEMPLATES, Shop
from benchmarks.accuracy.trial import outcomes_of

PAGES = 400
FEWER_PAGES = 50
"""When a mutation is crawled."""
COMPARED = frozenset({"MOB-007", "IMG-013", "DRK-003", "TRU-003"})
"""Rows that look at both devices."""
MOST_PAGES = int(os.environ.get("ACCURACY_PAGES", "2"))
"""Of those that a mutation changes, where it does not ask for all; in this order."""
FIRST = ("product", "category", "home", "content", "cart", "search")
PARALLEL = int(os.environ.get("ACCURACY_VISITS", "2"))


@dataclass(frozen=True)
class Measured:
    """``visits`` are the new ones only; ``evidence`` is the whole shop with them in the place of the old ones."""

    visits: tuple[PageEvidence, ...]
    evidence: ShopEvidence
    browser: str


@dataclass
class Bench:
    """A shop behind its proxy, and how it is when nothing is planted. ``keep``: what trials recorded stays there."""

    shop: Shop
    proxy: MutatingProxy
    process: BrowserProcess
    folder: Path
    base: ShopEvidence | None = None
    before: tuple[Outcome, ...] = ()
    keep: Path | None = None

    def settings(self, state: str, pages: int) -> ShopSettings:
        return ShopSettings.model_validate(
            {
                "start_url": urljoin(self.proxy.url, self.shop.pages[0][1]), "allow_private": True, "max_pages": pages,
                "politeness": Politeness(delay_s=0, autothrottle=False, concurrency=PARALLEL, obey_robots=False),
                "access": {"cookies": {COOKIE: state}},
            }
        )  # fmt: skip

    async def prepare(self, checks: Sequence[CheckSpec]) -> None:
        """Read the healthy shop once, or take what an earlier run kept, and judge it."""
        folder = self.folder / "base"
        if not (folder / "done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            await self._record(RunFolder.create(folder), HEALTHY, self.pages(), tuple(Device))
            (folder / "done").touch()
        self.base = shop_evidence(RunFolder(folder), RunFolder(folder).settings())
        self.before = outcomes_of(self.base, self.base.visits, checks)

    async def measure(self, mutation: Mutation) -> Measured:
        """:raises LookupError: when the page lacks what the mutation spoils."""
        assert self.base is not None
        pages = self.pages(mutation)
        devices = _devices(mutation)
        with tempfile.TemporaryDirectory(prefix="accuracy-") as place:
            folder = RunFolder.create(Path(place) / "run")
            found = await self._record(folder, mutation.name, pages, devices, crawl=mutation.crawl)
            told = shop_evidence(folder, folder.settings()) if mutation.crawl else self.base
            if self.keep is not None:
                kept_at = self.keep / self.shop.name / mutation.name
                shutil.rmtree(kept_at, ignore_errors=True)
                shutil.copytree(folder.path, kept_at)
        new = {(one.page.key, one.visit.device): one for one in found}
        # What is wrong everywhere is seen on the visited device only: the other one still shows the healthy shop.
        base = [one for one in self.base.visits if not mutation.every or one.visit.device in devices]
        kept = [new.pop((one.page.key, one.visit.device), one) for one in base]
        visits = (*kept, *new.values())
        evidence = told.model_copy(update={"visits": visits, "market": market(told.home_url, told.language, visits)})
        return Measured(tuple(found), evidence, self.process.version)

    def pages(self, mutation: Mutation | None = None) -> list[Page]:
        """The panel, or those of its pages that ``mutation`` changes."""
        chosen: list[Page] = []
        seen: set[str] = set()
        panel = self.shop.pages
        if mutation is not None:
            panel = tuple(sorted(panel, key=lambda page: FIRST.index(page[0])))
        for kind, path in panel:
            if mutation is not None and (kind not in mutation.kinds or (kind in seen and not mutation.every)):
                continue
            if mutation is not None and not mutation.every and len(chosen) == MOST_PAGES:
                break
            seen.add(kind)
            parts = urlsplit(path)
            key = (parts.path.rstrip("/") or "/") + (f"?{parts.query}" if parts.query else "")
            chosen.append(Page(url=urljoin(self.proxy.url, path), key=key, template=TEMPLATES[kind], depth=2))
        return chosen

    async def _record(
        self, folder: RunFolder, state: str, pages: Sequence[Page], devices: Sequence[Device], *, crawl: bool = True
    ) -> list[PageEvidence]:
        settings = self.settings(state, PAGES if state == HEALTHY else FEWER_PAGES)
        folder.write_settings(settings)
        found: list[PageEvidence] = []
        session = BrowserSession(settings, proxy=None, process=self.process)
        try:
            if crawl:
                async with EgressProxy(egress_policy(settings)) as egress:
                    discovery = await discover(settings, folder.path / "discovery", proxy=egress.url,
                                               progress=Silent())  # fmt: skip
                folder.write("discovery.json", discovery)
                folder.write("panel.json", Panel(pages=tuple(PanelPage(page=p, reason="bench") for p in pages)))
            waiting = [(page, device) for page in pages for device in devices][::-1]

            async def worker() -> None:
                while waiting:
                    page, device = waiting.pop()
                    place = folder.path / "pages" / f"{len(waiting)}.{device}"
                    seen = await visit(session, page, device, place)
                    if seen.visit.ended is not Ended.LOADED:
                        raise LookupError(f"{page.url}: {seen.visit.ended} {seen.visit.note}")
                    folder.write_visit(seen)
                    found.append(seen)

            await asyncio.gather(*(worker() for _ in range(PARALLEL)))
        finally:
            await session.close()
        return found


def _devices(mutation: Mutation) -> tuple[Device, ...]:
    """Both where a row compares them; else that of the mutation, or one by its name, so that both have their turn."""
    if mutation.device:
        return (Device(mutation.device),)
    return tuple(Device) if mutation.rows & COMPARED else (tuple(Device)[crc32(mutation.name.encode()) % 2],)


@asynccontextmanager
async def bench(
    shop: Shop,
    mutations: Sequence[Mutation],
    checks: Sequence[CheckSpec],
    out: Path,
    url: str = "",
    keep: Path | None = None,
) -> AsyncIterator[Bench]:
    """The shop started (or the one at ``url``), its proxy at the port of the earlier run if there was one, and a
    browser."""
    folder = out / shop.name
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "port.json"
    port = json.loads(note.read_text()) if note.exists() else 0
    async with _running(shop, url) as upstream:
        proxy = MutatingProxy(shop, upstream, {mutation.name: mutation for mutation in mutations}, out / "media")
        async with proxy.serving(port), BrowserProcess(proxy=None) as process:
            note.write_text(json.dumps(int(proxy.own.rpartition(":")[2])))
            proxy.others = await _others(proxy)
            ready = Bench(shop, proxy, process, folder, keep=keep)
            await ready.prepare(checks)
            yield ready


@asynccontextmanager
async def _running(shop: Shop, url: str) -> AsyncIterator[str]:
    if url:
        yield url
        return
    block = shop.start()
    storefront = await asyncio.to_thread(block.__enter__)
    try:
        yield storefront.url
    finally:
        await asyncio.to_thread(block.__exit__, None, None, None)


async def _others(proxy: MutatingProxy) -> tuple[tuple[str, str, str, str], ...]:
    """Four products of the first category: path, name, price, picture."""
    path = next(path for kind, path in proxy.shop.pages if kind == "category")
    async with proxy.client.get(urljoin(proxy.url, path)) as answer:
        page = ShopPage(await answer.text(), "category", path)
    found = []
    for card in page.cards[:4]:
        soup = BeautifulSoup(str(card), "html.parser")
        link, picture = soup.select_one("a[href]"), soup.select_one("img")
        price = next(ShopPage(f"<h1></h1>{card}", "category", path).prices(), None)
        if link is not None and picture is not None and price is not None:
            href = urlsplit(str(link["href"])).path
            found.append((href, str(picture.get("alt", "")), price.get_text(strip=True), str(picture.get("src", ""))))
    return tuple(found)
