"""Journeys side by side: which go on at once, what ends them, and that the evidence of all is complete and in order."""

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from auditor.browser.browser_process import BrowserProcess
from auditor.browser.interlock import Alarm, Trip
from auditor.browser.journey.looking_around import LookingAround
from auditor.browser.journey.together import at_once, walk_together
from auditor.browser.session import BrowserSession
from auditor.evidence import Blocker, Device, JourneyEvidence, JourneyName, Sight, StepIntent
from auditor.progress import Silent
from auditor.run_folder import RunFolder
from auditor.settings import Politeness, ShopSettings
from tests.loopback import answered

NAMES: tuple[JourneyName, ...] = ("search", "browse", "buy")
BOTH = (Device.MOBILE, Device.DESKTOP)
PAGE = """<!doctype html><html lang="en"><title>{title}</title><h1>{title}</h1><p>Copper lanterns, £20.00</p>{more}"""
ORDERED = "<script>fetch('https://analytics.example/g/collect?en=purchase', {method: 'POST'}).catch(() => 0)</script>"


def recorded(name: JourneyName, device: Device) -> JourneyEvidence:
    return JourneyEvidence(
        journey=name, device=device, depth="cart", started_at=datetime.now(UTC), ended="completed"
    )  # fmt: skip


class Walks:
    """Journeys that end when they are told to; notes which were under way together."""

    def __init__(self) -> None:
        self.under_way: list[str] = []
        self.together: list[tuple[str, ...]] = []
        self.shared: dict[str, int] = {}
        self.ended: list[str] = []
        self.alarm = Alarm()

    async def __call__(self, name: JourneyName, device: Device, alarm: Alarm, shared: int) -> JourneyEvidence:
        said = f"{name} {device}"
        self.alarm, self.shared[said] = alarm, shared
        self.under_way.append(said)
        try:
            # Whatever begins at once has begun after a round of the loop.
            await asyncio.sleep(0)
            self.together.append(tuple(self.under_way))
            await asyncio.sleep(0)
            return recorded(name, device)
        finally:
            self.under_way.remove(said)
            self.ended.append(said)


async def test_journeys_that_look_go_side_by_side_and_those_that_buy_alone() -> None:
    walks = Walks()
    evidence = [one async for one in walk_together(walks, NAMES, BOTH, 2)]
    assert sorted((one.journey, one.device) for one in evidence) == sorted((n, d) for n in NAMES for d in BOTH)
    assert ("search mobile", "search desktop") in walks.together
    assert max(len(at_a_time) for at_a_time in walks.together) == 2
    buying = [at_a_time for at_a_time in walks.together if any(one.startswith("buy") for one in at_a_time)]
    assert buying == [("buy mobile",), ("buy desktop",)]
    assert walks.shared == {f"{name} {device}": 1 if name == "buy" else 2 for name in NAMES for device in BOTH}


async def test_the_settings_order_of_journeys_is_kept() -> None:
    walks = Walks()
    assert [one.journey async for one in walk_together(walks, ("buy", "search"), BOTH, 4)] == ["buy"] * 2 + [
        "search"
    ] * 2


async def test_no_journey_begins_after_the_sign_of_an_order() -> None:
    walks = Walks()
    async with aclosing(walk_together(walks, NAMES, BOTH, 2)) as walked:
        async for _evidence in walked:
            walks.alarm.ring(Trip(sign="the page reports “purchase”", address="https://shop.example/"))
    assert walks.ended == ["search mobile", "search desktop"]


async def looked(walks: Walks, slots: asyncio.Semaphore, pages: int) -> None:
    """Opens ``pages`` pages at once as far as there are slots, and notes what was under way beside each."""

    async def opened(number: int) -> None:
        async with slots:
            walks.under_way.append(f"page {number}")
            await asyncio.sleep(0)
            walks.together.append(tuple(walks.under_way))
            walks.under_way.remove(f"page {number}")
            walks.ended.append(f"page {number}")

    await asyncio.gather(*(opened(number) for number in range(pages)))


async def test_pages_beside_take_the_room_that_journeys_leave_and_are_over_before_one_buys() -> None:
    walks = Walks()
    beside = partial(looked, walks, pages=5)
    evidence = [one async for one in walk_together(walks, NAMES, BOTH, 3, beside)]
    assert len(evidence) == 6
    assert walks.ended[0] == "search mobile", "journeys first"
    assert [one for one in walks.ended if one.startswith("buy")] == walks.ended[-2:]
    assert max(len(at_a_time) for at_a_time in walks.together) == 3
    assert any("page" in "".join(one) and "browse" in "".join(one) for one in walks.together)


@pytest.mark.parametrize("names", [(), ("buy",)])
async def test_where_no_journey_only_looks_the_pages_are_opened_first(names: tuple[JourneyName, ...]) -> None:
    walks = Walks()
    _ = [one async for one in walk_together(walks, names, BOTH, 3, partial(looked, walks, pages=2))]
    assert walks.ended == ["page 0", "page 1", *(f"{name} {device}" for name in names for device in BOTH)]


async def test_what_goes_on_beside_journeys_ends_with_the_sign_of_an_order_and_tells_what_broke_it() -> None:
    walks, stopped = Walks(), list[str]()

    async def endless(_slots: asyncio.Semaphore) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.append("beside")

    async with aclosing(walk_together(walks, ("search",), BOTH, 2, endless)) as walked:
        async for _evidence in walked:
            walks.alarm.ring(Trip(sign="the page reports “purchase”", address="https://shop.example/"))
    assert stopped == ["beside"]

    async def breaking(_slots: asyncio.Semaphore) -> None:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space left"):
        _ = [one async for one in walk_together(walks, NAMES, BOTH, 2, breaking)]


async def test_journeys_under_way_are_ended_with_whoever_asked_for_them() -> None:
    begun, ended = asyncio.Event(), list[Device]()

    async def endless(name: JourneyName, device: Device, _alarm: Alarm, _shared: int) -> JourneyEvidence:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            ended.append(device)
        return recorded(name, device)

    async def audit() -> None:
        async with aclosing(walk_together(endless, NAMES, BOTH, 2)) as walked:
            async for _evidence in walked:
                pass

    running = asyncio.ensure_future(audit())
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert ended == list(BOTH)


async def test_a_journey_that_breaks_ends_the_others_and_says_why() -> None:
    ended: list[Device] = []

    async def breaking(_name: JourneyName, device: Device, _alarm: Alarm, _shared: int) -> JourneyEvidence:
        try:
            if device is Device.DESKTOP:
                raise OSError("No space left on device")
            await asyncio.Event().wait()
        finally:
            ended.append(device)
        raise AssertionError

    with pytest.raises(OSError, match="No space left"):
        _ = [one async for one in walk_together(breaking, NAMES, BOTH, 2)]
    assert sorted(ended) == sorted(BOTH)


@pytest.mark.parametrize(
    ("polite", "crawl_delay_s", "processors", "wanted"),
    [
        (Politeness(), None, 8, 3),
        (Politeness(), None, 1, 2),
        (Politeness(concurrency=1), None, 8, 1),
        (Politeness(delay_s=0), None, 8, 3),
        (Politeness(delay_s=0.5), None, 8, 2),
        (Politeness(delay_s=5), None, 8, 1),
        (Politeness(), 2.0, 8, 1),
    ],
)
def test_a_shop_that_asks_for_a_slow_pace_is_walked_one_journey_at_a_time(
    polite: Politeness, crawl_delay_s: float | None, processors: int, wanted: int
) -> None:
    assert at_once(polite, crawl_delay_s, processors) == wanted


class Glance:
    """Looks at one more page than the home page."""

    name: JourneyName = "browse"

    async def go(self, around: LookingAround, sight: Sight) -> None:
        draft = around.record.begin(StepIntent.OPEN_LIST, sight)
        await around.tab.open(f"{around.home_url}next")
        await around.record.write(draft, "Opened the next page", await around.tab.look())

    def facts(self) -> dict[str, Any]:
        return {}


async def glanced(url: str, folder: RunFolder) -> None:
    """Both devices at once."""
    shop = ShopSettings(start_url=url, allow_private=True)
    async with BrowserProcess(proxy=None) as process, BrowserSession(shop, proxy=None, process=process) as session:

        async def walk(_name: JourneyName, device: Device, alarm: Alarm, shared: int) -> JourneyEvidence:
            around = LookingAround(
                session, shop, device, folder.path, home_url=url, platform=None, language="en", progress=Silent(),
                seconds=30.0, allowed=lambda _url: True, alarm=alarm, shared=shared,
            )  # fmt: skip
            return await around.walk(Glance())

        async for evidence in walk_together(walk, ("browse",), BOTH, 2):
            folder.write_journey(evidence)


@pytest.mark.browser
async def test_the_evidence_of_both_devices_is_complete_and_in_order(tmp_path: Path) -> None:
    both, meeting = asyncio.Barrier(2), list[str]()

    async def answer(request: web.Request) -> web.Response:
        if request.path == "/next":
            # Neither is answered before the other one asks: they are under way together.
            await both.wait()
            meeting.append(request.headers["User-Agent"])
        return web.Response(text=PAGE.format(title=request.path, more=""), content_type="text/html")

    folder = RunFolder.create(tmp_path / "run")
    async with answered(answer, handler_cancellation=True) as origin:
        await glanced(f"{origin}/", folder)
    assert sorted("Mobile" in agent for agent in meeting) == [False, True]
    journeys = tuple(folder.journeys())
    assert [one.device for one in journeys] == [Device.DESKTOP, Device.MOBILE]
    for journey in journeys:
        assert (journey.ended, journey.note, journey.shared) == ("completed", "", 2)
        assert [step.intent for step in journey.steps] == [StepIntent.OPEN_HOME, StepIntent.OPEN_LIST]
        pictures = [step.picture.path for step in journey.steps if step.picture]
        assert len(pictures) == 2
        assert all(f"browse.{journey.device}" in path and (folder.path / path).is_file() for path in pictures)


@pytest.mark.browser
async def test_the_sign_of_an_order_on_one_device_ends_the_walk_on_the_other_at_once(tmp_path: Path) -> None:
    waiting, asked = asyncio.Event(), list[str]()

    async def answer(request: web.Request) -> web.Response:
        more = ""
        asked.append(request.path)
        if request.path == "/next" and "Mobile" not in request.headers["User-Agent"]:
            waiting.set()
            await asyncio.Event().wait()
        if request.path == "/next":
            await waiting.wait()
            more = ORDERED
        return web.Response(text=PAGE.format(title=request.path, more=more), content_type="text/html")

    folder = RunFolder.create(tmp_path / "run")
    async with answered(answer, handler_cancellation=True) as origin:
        await glanced(f"{origin}/", folder)
    desktop, mobile = folder.journeys()
    assert (mobile.ended, mobile.blocker) == ("forbidden", Blocker.TRIPPED)
    assert mobile.order_sign == "the page reports a purchase to analytics"
    assert (desktop.ended, desktop.blocker, desktop.order_sign) == ("forbidden", Blocker.TRIPPED, "")
    assert "another one" in desktop.note
    assert [step.intent for step in desktop.steps] == [StepIntent.OPEN_HOME], "what it saw until then is kept"
    assert sorted(path for path in asked if path != "/favicon.ico") == ["/", "/", "/next", "/next"]
