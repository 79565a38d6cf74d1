"""The pipeline: discover → classify → sample → visit → walk → time → run folder."""

import asyncio
from contextlib import aclosing, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from urllib.parse import urlsplit

from auditor.ads.advertising import hosts_met
from auditor.ads.approval import Approval
from auditor.ads.filter_lists import default_folder, labels_of
from auditor.ads.parties import party_of
from auditor.browser.browser_process import BrowserProcess
from auditor.browser.capture import visit_panel
from auditor.browser.finder import BrowserNotFound
from auditor.browser.session import BrowserSession
from auditor.browser.timed_lane import timed_visits
from auditor.browser.unwanted.vantages import load_name, look_from_vantages
from auditor.check import CheckSpec
from auditor.discover.crawl import discover
from auditor.egress import EgressPolicy, EgressProxy, parse_resolve
from auditor.environment import environment
from auditor.evidence import Discovery, Ended, PageEvidence, Panel
from auditor.panel_pages import pick_panel, with_previous_panel
from auditor.platforms import detect_shop
from auditor.progress import Progress, Within
from auditor.result import Environment, Run, RunEnded
from auditor.run_folder import BASELINE, RunFolder
from auditor.settings import ShopSettings
from auditor.walks import walk_shop

_KILLED = "The audit was ended from outside before it was done; what it recorded is kept."
_BROWSERS_OWN = frozenset({"update.googleapis.com", "accounts.google.com", "content-autofill.googleapis.com"})
"""Chromium asks for these by itself, whatever the page."""

_UNPRIVILEGED = frozenset(range(1024, 65536))


@dataclass
class _Course:
    """How far an audit got. Written to the run folder whenever it changes."""

    shop: ShopSettings
    folder: RunFolder
    environment: Environment
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    stages: dict[str, int] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    judged: bool = False
    _since: float = field(default_factory=monotonic)

    def passed(self, stage: str) -> None:
        self.stages[stage] = round((monotonic() - self._since) * 1000)
        self._since = monotonic()

    def write(self, ended: RunEnded, why: str, *, interrupted: bool = False, best_effort: bool = False) -> Run:
        host = urlsplit(self.shop.start_url).netloc.rsplit("@", 1)[-1]
        run = Run(
            id=f"{host}-{self.started_at:%Y%m%dT%H%M%SZ}", host=host, start_url=self.shop.start_url,
            started_at=self.started_at, ended_at=datetime.now(UTC), ended=ended, why=why, interrupted=interrupted,
            depth=self.shop.depth, authorised_by=self.shop.authorised_by, environment=self.environment,
            stages=dict(self.stages), refused_addresses=self.refused,
        )  # fmt: skip
        with suppress(OSError) if best_effort else nullcontext():
            self.folder.write_run(run)
        return run

    def broke_off(self, why: str) -> Run:
        """On a full disk the sentence may not fit into the run folder either: the caller gets it in any case."""
        return self.write("partial" if self.judged else "failed", why, best_effort=True)


async def audit(
    shop: ShopSettings,
    folder: RunFolder,
    checks: list[CheckSpec],
    progress: Progress,
    browser: BrowserProcess | None = None,
) -> Run:
    """Audit a shop into ``folder``. What was recorded stays there, however it ends; ``auditor.replay`` judges it.

    ``browser`` is one that runs already, for several audits in a row; without it the audit starts and ends its own.

    :raises BrowserNotFound: when this machine has no browser.
    """
    course = _Course(shop, folder, environment(shop, checks))
    try:
        folder.write_settings(shop)
        if shop.ads.baseline is not None:
            folder.write_bytes(BASELINE, shop.ads.baseline.read_bytes())
        course.write("failed", _KILLED)
        async with asyncio.timeout(shop.audit_seconds):
            return await _audit(shop, folder, progress, course, browser)
    except TimeoutError:
        return course.write("partial", f"The audit was stopped after {shop.audit_seconds:.0f} s, its time limit.")
    except asyncio.CancelledError:
        why = "The audit was interrupted; what was recorded until then is kept."
        course.write("partial", why, interrupted=True, best_effort=True)
        raise
    except OSError as error:
        return course.broke_off(
            f"The run folder could not be written ({error.strerror or error}). What was recorded until then is kept: "
            "make room, or choose another --out, and audit again."
        )
    except BrowserNotFound as error:
        course.broke_off(str(error))
        raise
    except Exception as error:
        course.broke_off(f"The audit broke ({type(error).__name__}: {error}). What was recorded until then is kept.")
        raise


async def _audit(
    shop: ShopSettings, folder: RunFolder, progress: Progress, course: _Course, process: BrowserProcess | None
) -> Run:
    async with (
        EgressProxy(egress_policy(shop)) as egress,
        BrowserSession(shop, proxy=egress.url, progress=progress, process=process) as browser,
    ):
        course.environment = course.environment.model_copy(
            update={"browser": browser.version, "browser_source": browser.source}
        )
        progress.stage("discover", shop.max_pages)
        asked, previous = with_previous_panel(shop)
        discovery = await discover(
            asked, folder.path / "discovery", proxy=egress.url, progress=progress, render=browser.render
        )
        discovery = detect_shop(discovery, folder.facts())
        folder.write("discovery.json", discovery)
        course.passed("discover")
        panel = pick_panel(shop, folder, discovery, previous)
        folder.write("panel.json", panel)
        course.passed("sample")
        visits: list[PageEvidence] = []
        pages = [entry.page for entry in panel.pages]
        async for visit in visit_panel(browser, pages, shop.devices, folder.path, progress):
            folder.write_visit(visit)
            visits.append(visit)
            if visit.visit.ended is Ended.LOADED and not course.judged:
                course.judged = True
                course.write("partial", _KILLED)
        course.passed("visit")
        look = partial(_look, browser, folder, discovery, visits) if shop.ads.pages and visits else None
        if (shop.depth != "pages" or shop.journey.within_robots) and visits:
            beside = partial(look, Within(progress, "look")) if look else None
            await walk_shop(browser, shop, folder, panel, discovery, visits, progress, beside)
            course.passed("walk")
        elif look:
            await look(progress)
            course.passed("look")
        if shop.speed.runs:
            async with aclosing(timed_visits(browser, visits, progress, folder.path)) as measured:
                async for timed in measured:
                    folder.write_timed(timed)
            course.passed("time")
        refused = (one for one in egress.log.refusals if one.host not in _BROWSERS_OWN)
        course.refused = tuple(dict.fromkeys(f"{one.host}: {one.reason}" for one in refused))
    ended, why = how_it_ended(discovery, panel, visits)
    return course.write(ended, why)


async def _look(
    browser: BrowserSession,
    folder: RunFolder,
    discovery: Discovery,
    visits: list[PageEvidence],
    progress: Progress,
    slots: asyncio.Semaphore | None = None,
) -> None:
    """The same pages as other kinds of shopper meet them."""
    own = {party_of(browser.shop.start_url), party_of(discovery.home_url)}
    approval = Approval(own, folder.baseline(), datetime.now(UTC).date())
    async with aclosing(look_from_vantages(browser, visits, folder.path, approval, progress, slots)) as loads:
        async for load in loads:
            folder.write_vantage(load, load_name(load.page, load.device, load.via or load.vantage, load.attempt))
    kept = (*(visit.insertions for visit in visits), *(load.insertions for load in folder.vantages()))
    hosts = {host for seen in kept if seen for host in hosts_met(seen)}
    lists = browser.shop.ads.lists or default_folder()
    folder.write_filter_lists(await asyncio.to_thread(labels_of, hosts, lists, approval.today))


def egress_policy(shop: ShopSettings) -> EgressPolicy:
    """A shop on a private address may have its files on any port there; a public one on the web's and its own."""
    port = urlsplit(shop.start_url).port
    return EgressPolicy(
        allow_private=shop.allow_private,
        resolve=tuple(parse_resolve(entry) for entry in shop.resolve),
        extra_ports=frozenset({port} if port else ()) | (_UNPRIVILEGED if shop.allow_private else frozenset()),
    )


def how_it_ended(discovery: Discovery, panel: Panel, visits: list[PageEvidence]) -> tuple[RunEnded, str]:
    """A broken crawl must look neither like a broken shop nor like a healthy one."""
    loaded = [visit for visit in visits if visit.visit.ended is Ended.LOADED]
    if not loaded:
        notes = [visit.visit.note for visit in visits if visit.visit.note]
        return "failed", f"Not audited, because {_because(discovery.why if not notes else notes[0])}"
    wanted = {(visit.page.template, visit.visit.device) for visit in visits}
    lost = wanted - {(visit.page.template, visit.visit.device) for visit in loaded}
    if lost or panel.lost:
        names = ", ".join([*panel.lost, *sorted(f"{template} on {device}" for template, device in lost)])
        return "partial", f"No page could be judged of: {names}."
    if discovery.ended in ("failed", "blocked"):
        return "partial", discovery.why
    pages = len({visit.page.key for visit in loaded})
    return "complete", f"{len(loaded)} visits to {pages} pages were judged, {discovery.fetched} pages were discovered."


def _because(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() or sentence[1:2] == " " else sentence
