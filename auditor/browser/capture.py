"""Opens pages in a browser and records what is there."""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.browser.artifacts import ArtifactFolder, folder_name
from auditor.browser.browser_process import BrowserDied, quietly
from auditor.browser.loading import NeverLoaded
from auditor.browser.recording import KeepsNavigating, Recording
from auditor.browser.session import BrowserSession
from auditor.browser.visit_order import VisitOrder
from auditor.check import SECTIONS
from auditor.evidence import Device, Ended, Page, PageEvidence, Visit
from auditor.progress import Progress, Silent
from auditor.reading import pressure

PARALLEL = 3
MAX_ATTEMPTS = 2
CLOSE_SECONDS = 2.0
_LATER = "timed loads are made after all visits"


async def visit(
    session: BrowserSession,
    page: Page,
    device: Device,
    folder: Path,
    *,
    run_folder: Path | None = None,
    attempt: int = 1,
) -> PageEvidence:
    """Open one page on one device and record it in one load.

    Artifacts are written to ``folder``; their paths are relative to ``run_folder`` (default: two levels above).
    Never raises for what the page or the browser does: the evidence says how the visit ended.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    files = ArtifactFolder(folder, run_folder or folder.parent.parent)
    shopper = None
    recording = None
    tab: Tab | None = None
    ended, note = Ended.BROWSER_DIED, "The browser ended during the visit."
    try:
        shopper = await session.shopper(device)
        assert shopper.context is not None
        tab = await shopper.context.new_page()
        tab.on("popup", _close_popup)
        recording = Recording(session, shopper, page, tab, files)
        await _bounded(recording, tab, session.shop.page_seconds)
        ended, note = recording.ended, recording.note
    except BrowserDied as problem:
        note = str(problem)
    except NeverLoaded as problem:
        ended, note = Ended.TIMED_OUT, str(problem)
    except KeepsNavigating:
        ended, note = Ended.TIMED_OUT, "The page keeps going somewhere else by itself."
    except TimeoutError:
        ended, note = Ended.TIMED_OUT, f"The visit was not done after {session.shop.page_seconds:g} s."
        if recording is not None and recording.ended is Ended.LOADED:
            ended, note = Ended.LOADED, ""
            recording.missing["late"] = f"not recorded within {session.shop.page_seconds:g} s"
    except PlaywrightError as problem:
        if tab is not None and not tab.is_closed() and session.alive():
            ended, note = Ended.TIMED_OUT, f"The browser could not read the page ({_first_line(problem)})."
    finally:
        if tab is not None:
            with recording.cost("close tab") if recording else contextlib.nullcontext():
                await quietly(tab.close(), CLOSE_SECONDS)
    parts = recording.parts if recording else {}
    missing = dict(recording.missing) if recording else {}
    reason = missing.get("late", "it could not be recorded")
    if ended is not Ended.LOADED:
        reason = f"the visit ended in {ended}"
    for section in SECTIONS.values():
        if section not in parts:
            missing.setdefault(section, _LATER if section == "timed" and ended is Ended.LOADED else reason)
    profile = shopper.profile if shopper else session.profile(device)
    return PageEvidence(
        page=page,
        visit=Visit(
            id=folder.name, device=device, ended=ended, note=note, started_at=started,
            took_ms=round((time.monotonic() - clock) * 1000), attempt=attempt, host_load=_load_per_core(),
            status=recording.status if recording else None,
            final_url=recording.final_url if recording else None, browser_version=session.version, profile=profile,
            artifacts=files.written,
        ),
        missing=missing,
        **parts,
    )  # fmt: skip


def _load_per_core() -> float | None:
    try:
        return round(os.getloadavg()[0] / (os.cpu_count() or 1), 2)
    except (AttributeError, OSError):
        return None


async def _bounded(recording: Recording, tab: Tab, seconds: float) -> None:
    """Run the recording until it ends, its time is over, or its page crashes."""
    crashed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def end(_tab: Tab) -> None:
        if not crashed.done():
            crashed.set_result(None)

    for event in ("crash", "close"):
        tab.on(event, end)
    running = asyncio.ensure_future(recording.run())
    try:
        async with asyncio.timeout(seconds):
            await asyncio.wait({running, crashed}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                raise BrowserDied("The browser's process for this page ended during the visit.")
            await running
    finally:
        crashed.cancel()
        if not running.done():
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await running


def _first_line(problem: PlaywrightError) -> str:
    return problem.message.splitlines()[0][:160]


def _close_popup(popup: Tab) -> None:
    task = asyncio.ensure_future(quietly(popup.close(), CLOSE_SECONDS))
    _CLOSING.add(task)
    task.add_done_callback(_CLOSING.discard)


_CLOSING: set[asyncio.Task[None]] = set()


async def visit_panel(
    session: BrowserSession,
    pages: Sequence[Page],
    devices: Sequence[Device],
    run_folder: Path,
    progress: Progress | None = None,
) -> AsyncIterator[PageEvidence]:
    """Visit every page on every device, PARALLEL at once, and yield each as it is finished.

    The first page answers the consent dialog on each device, before the others open. A page during which the browser
    died is visited once more. A page on which a clock runs down is visited on the other device a minute later. Closing
    the iterator ends the visits under way.
    """
    progress = progress or Silent()
    progress.stage("visit", len(pages) * len(devices))
    done: asyncio.Queue[PageEvidence] = asyncio.Queue()
    order = VisitOrder((page, device) for page in pages[1:] for device in devices)

    async def one(page: Page, device: Device) -> None:
        started = time.monotonic()
        folder = run_folder / "pages" / folder_name(page, device)
        for attempt in range(1, MAX_ATTEMPTS + 1):
            progress.step(f"{page.key} ({device})")
            evidence = await visit(session, page, device, folder, run_folder=run_folder, attempt=attempt)
            if evidence.visit.ended is not Ended.BROWSER_DIED:
                break
        done.put_nowait(evidence)
        language = evidence.document.lang if evidence.document else None
        order.finished(page, started, clock=len(devices) > 1 and pressure.clock(evidence, language) is not None)

    async def worker() -> None:
        while (turn := order.take(time.monotonic())) is not None:
            if isinstance(turn, float):
                await asyncio.sleep(turn)
            else:
                await one(*turn)

    async def all_visits() -> None:
        if not pages:
            return
        await asyncio.gather(*(one(pages[0], device) for device in devices))
        await asyncio.gather(*(worker() for _ in range(PARALLEL)))

    running = asyncio.ensure_future(all_visits())
    try:
        for _visit in range(len(pages) * len(devices)):
            getting = asyncio.ensure_future(done.get())
            await asyncio.wait({getting, running}, return_when=asyncio.FIRST_COMPLETED)
            if not getting.done() and running.done():
                getting.cancel()
                await running
            yield await getting
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
