"""The table: defects of the demo shop switched on are found by exactly the expected rows, and a clean shop by none.

Defects that do not disturb each other are planted together: see ``defect_groups`` and ``benchmarks.planted``.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from auditor.browser import timed_machine
from auditor.browser.browser_process import BrowserProcess
from auditor.browser.capture import visit
from auditor.browser.session import BrowserSession
from auditor.check import load_checks
from auditor.demo import serve
from auditor.demo.catalogue import load as load_catalogue
from auditor.evaluate import judge
from auditor.evidence import AcrossDevices, Device, Page, Template
from auditor.finding import Verdict
from auditor.settings import ShopSettings
from benchmarks.planted.audits import LANGUAGES, audited, groups, planted
from tests.defect_groups import Group

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[BrowserProcess]:
    """One for all audits of a worker; each has its own contexts, cookies and way out."""
    async with BrowserProcess(proxy=None) as process:
        yield process


# They came later, and are planted apart from the groups that were there.
LATER = frozenset(one.name for one in planted() if one.timed or one.name in ("trust-chat-gone", "image-blurred"))
# One language here; `python -m benchmarks.planted` audits every group in each of the three.
TABLE = [
    *groups(one for one in planted() if one.name not in LATER),
    *groups(one for one in planted() if one.name in LATER),
]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_clean_shop_has_no_failed_finding(browser: BrowserProcess, tmp_path: Path, language: str) -> None:
    seen = await audited(browser, tmp_path / "run", language, Group())
    assert seen.ended == ""
    assert seen.failed == {}


@pytest.mark.parametrize("group", TABLE, ids=lambda group: group.name)
async def test_defects_are_found_by_exactly_their_rows(
    browser: BrowserProcess, tmp_path: Path, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timed_machine, "LEAST_SPEED", 0.0)
    seen = await audited(browser, tmp_path / "run", group.language_or("en"), group)
    assert seen.surplus(group) == {}, f"failed beyond what is planted: {group.name}"
    assert not seen.lost(group), f"not found; failed {seen.failed}, doubted {seen.doubted}"


async def test_a_clock_that_restarts_for_each_visitor_is_seen(browser: BrowserProcess, tmp_path: Path) -> None:
    checks = [spec for spec in load_checks() if spec.row == "DRK-001"]
    with serve(language="en", defects={"dark-clock"}) as shop:
        settings = ShopSettings(start_url=shop.url, allow_private=True)
        path = load_catalogue("en").products[0].path
        page = Page(url=shop.url.rstrip("/") + path, key=path, template=Template.PRODUCT)
        async with BrowserSession(settings, proxy=None, process=browser) as session:
            phone = await visit(session, page, Device.MOBILE, tmp_path / "pages" / "phone")
            # The check tells a clock that restarts from one that ends for all only by visits a minute apart.
            await asyncio.sleep(max(0.0, 62 - (datetime.now(UTC) - phone.visit.started_at).total_seconds()))
            desktop = await visit(session, page, Device.DESKTOP, tmp_path / "pages" / "desktop")
    assert [judge(spec, AcrossDevices(mobile=phone, desktop=desktop)).verdict for spec in checks] == [Verdict.FAILED]
