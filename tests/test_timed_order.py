"""The timed lane does one thing at a time: no trace is judged beside a page that is measured."""

from typing import Any

import pytest

from auditor.browser import timed_load, timed_machine
from auditor.browser.browser_process import BrowserProcess
from auditor.browser.loading import load_document
from auditor.browser.session import BrowserSession
from auditor.browser.timed_lane import timed_visits
from auditor.evidence import Page, PageEvidence, Template
from auditor.settings import ShopSettings, Speed
from auditor.speed.engine import TraceEngine
from tests.browser_site import page, serving
from tests.factories import visit


@pytest.mark.browser
@pytest.mark.asyncio
async def test_a_trace_is_judged_while_no_page_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    busy: list[str] = []
    seen: list[tuple[str, ...]] = []
    settles, judges = timed_load.settled, TraceEngine.judge

    async def opened(*given: Any) -> str:
        busy.append("page")
        seen.append(tuple(busy))
        return await load_document(*given)

    async def settled(*given: Any) -> Any:
        found = await settles(*given)
        seen.append(tuple(busy))
        busy.remove("page")
        return found

    async def judged(engine: TraceEngine, *given: Any) -> Any:
        busy.append("judge")
        seen.append(tuple(busy))
        try:
            return await judges(engine, *given)
        finally:
            busy.remove("judge")

    monkeypatch.setattr("auditor.browser.timed_load.load_document", opened)
    monkeypatch.setattr(timed_load, "settled", settled)
    monkeypatch.setattr(TraceEngine, "judge", judged)
    monkeypatch.setattr(timed_machine, "LEAST_SPEED", 0.0)
    async with serving({"/": page("<h1>Blue mug</h1>")}) as site, BrowserProcess(proxy=None) as process:
        shop = ShopSettings(start_url=site.url, allow_private=True, speed=Speed(runs=3, again=False))
        known = PageEvidence(page=Page(url=f"{site.url}/", key="/", template=Template.HOME), visit=visit())
        async with BrowserSession(shop, proxy=None, process=process) as session:
            found = [timed async for timed in timed_visits(session, [known])][-1]
    assert sum(load.traced is not None for load in found.loads) >= 3
    assert seen.count(("judge",)) == sum(load.traced is not None for load in found.loads)
    assert set(seen) == {("page",), ("judge",)}, "never both"
