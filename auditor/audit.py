"""The pipeline: discover → classify → sample → visit → run folder."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from urllib.parse import urlsplit

from auditor.browser.capture import visit_panel
from auditor.browser.session import BrowserSession
from auditor.check import CheckSpec
from auditor.classify import classified
from auditor.discover import discover
from auditor.egress import EgressPolicy, EgressProxy, parse_resolve
from auditor.environment import environment
from auditor.evidence import Discovery, Ended, PageEvidence, Panel
from auditor.platforms import detect_shop
from auditor.progress import Progress
from auditor.result import Environment, Run, RunEnded
from auditor.run_folder import RunFolder
from auditor.sample import choose_panel
from auditor.settings import ShopSettings


@dataclass
class _Course:
    """How far an audit got. Written to the run folder whenever it changes."""

    shop: ShopSettings
    folder: RunFolder
    environment: Environment
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    stages: dict[str, int] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    _since: float = field(default_factory=monotonic)

    def passed(self, stage: str) -> None:
        self.stages[stage] = round((monotonic() - self._since) * 1000)
        self._since = monotonic()

    def write(self, ended: RunEnded, why: str, *, interrupted: bool = False) -> Run:
        host = urlsplit(self.shop.start_url).netloc.rsplit("@", 1)[-1]
        run = Run(
            id=f"{host}-{self.started_at:%Y%m%dT%H%M%SZ}", host=host, start_url=self.shop.start_url,
            started_at=self.started_at, ended_at=datetime.now(UTC), ended=ended, why=why, interrupted=interrupted,
            depth=self.shop.depth, authorised_by=self.shop.authorised_by, environment=self.environment,
            stages=dict(self.stages), refused_addresses=self.refused,
        )  # fmt: skip
        self.folder.write_run(run)
        return run


async def audit(shop: ShopSettings, folder: RunFolder, checks: list[CheckSpec], progress: Progress) -> Run:
    """Audit a shop into ``folder``. What was recorded stays there, however it ends; ``auditor.replay`` judges it.

    :raises BrowserNotFound: when this machine has no browser.
    """
    course = _Course(shop, folder, environment(shop, checks))
    folder.write_settings(shop)
    course.write("failed", "The audit was ended from outside before it was done; what it recorded is kept.")
    try:
        async with asyncio.timeout(shop.audit_seconds):
            return await _audit(shop, folder, progress, course)
    except TimeoutError:
        return course.write("partial", f"The audit was stopped after {shop.audit_seconds:.0f} s, its time limit.")
    except asyncio.CancelledError:
        course.write("partial", "The audit was interrupted; what was recorded until then is kept.", interrupted=True)
        raise
    except OSError as error:
        return course.write("failed", f"The run folder could not be written: {error.strerror or error}.")


async def _audit(shop: ShopSettings, folder: RunFolder, progress: Progress, course: _Course) -> Run:
    async with EgressProxy(egress_policy(shop)) as egress, BrowserSession(shop, proxy=egress.url) as browser:
        course.environment = course.environment.model_copy(update={"browser": browser.version})
        progress.stage("discover", shop.max_pages)
        discovery = await discover(
            shop, folder.path / "discovery", proxy=egress.url, progress=progress, render=browser.render
        )
        discovery = detect_shop(discovery, folder.facts())
        folder.write("discovery.json", discovery)
        course.passed("discover")
        panel = pick_panel(shop, folder, discovery)
        folder.write("panel.json", panel)
        course.passed("sample")
        progress.stage("visit", len(panel.pages) * len(shop.devices))
        visits: list[PageEvidence] = []
        pages = [entry.page for entry in panel.pages]
        async for visit in visit_panel(browser, pages, shop.devices, folder.path, progress):
            folder.write_visit(visit)
            visits.append(visit)
        course.passed("visit")
        course.refused = tuple(dict.fromkeys(f"{refusal.host}: {refusal.reason}" for refusal in egress.log.refusals))
    ended, why = how_it_ended(discovery, panel, visits)
    return course.write(ended, why)


def pick_panel(shop: ShopSettings, folder: RunFolder, discovery: Discovery) -> Panel:
    """The panel of this run; that of the previous one is kept as far as its pages are alive."""
    if discovery.ended == "unreachable":
        return Panel(short={"home": discovery.why})
    previous = None
    if shop.previous_panel is not None and shop.previous_panel.is_file():
        previous = Panel.model_validate_json(shop.previous_panel.read_bytes())
    pages = classified(folder.facts(), shop, home_url=discovery.home_url)
    return choose_panel(pages, shop, previous=previous, home_url=discovery.home_url)


def egress_policy(shop: ShopSettings) -> EgressPolicy:
    port = urlsplit(shop.start_url).port
    return EgressPolicy(
        allow_private=shop.allow_private,
        resolve=tuple(parse_resolve(entry) for entry in shop.resolve),
        extra_ports=frozenset({port} if port else ()),
    )


def how_it_ended(discovery: Discovery, panel: Panel, visits: list[PageEvidence]) -> tuple[RunEnded, str]:
    """A broken crawl must look neither like a broken shop nor like a healthy one."""
    loaded = [visit for visit in visits if visit.visit.ended is Ended.LOADED]
    if not loaded:
        notes = [visit.visit.note for visit in visits if visit.visit.note]
        return "failed", f"Not audited, because {_because(discovery.why if not notes else notes[0])}"
    wanted = {(visit.page.template, visit.visit.device) for visit in visits}
    lost = wanted - {(visit.page.template, visit.visit.device) for visit in loaded}
    if lost:
        names = ", ".join(sorted(f"{template} on {device}" for template, device in lost))
        return "partial", f"No page could be judged of: {names}."
    if discovery.ended in ("failed", "blocked"):
        return "partial", discovery.why
    pages = len({visit.page.key for visit in loaded})
    return "complete", f"{len(loaded)} visits to {pages} pages were judged, {discovery.fetched} pages were discovered."


def _because(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence
