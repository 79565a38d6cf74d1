"""The table: a defect of the demo shop switched on is found by exactly the expected rows, and a clean shop by none."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from auditor.audit import audit
from auditor.browser.browser_process import BrowserProcess
from auditor.check import load_checks
from auditor.demo import DEFECTS, Defect, serve
from auditor.evidence import Device, Template
from auditor.finding import Verdict
from auditor.progress import Silent
from auditor.replay import replay
from auditor.result import AuditResult
from auditor.run_folder import RunFolder
from auditor.settings import Politeness, ShopSettings, Speed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.asyncio(loop_scope="module"),
]

PANEL = {Template.HOME: 1, Template.CATEGORY: 1, Template.PRODUCT: 1, Template.CART: 1, Template.CONTENT: 1}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[BrowserProcess]:
    """One for all audits of a worker; each has its own contexts, cookies and way out."""
    async with BrowserProcess(proxy=None) as process:
        yield process


async def audited(
    browser: BrowserProcess,
    folder: Path,
    language: str,
    defects: frozenset[str] = frozenset(),
    devices: tuple[Device, ...] = tuple(Device),
    panel: dict[Template, int] | None = None,
    max_pages: int = 120,
) -> AuditResult:
    checks = list(load_checks())
    run = RunFolder.create(folder)
    with serve(language=language, defects=defects) as shop:
        settings = ShopSettings(
            start_url=shop.url,
            allow_private=True,
            depth="pages",
            devices=devices,
            max_pages=max_pages,
            panel=panel or PANEL | {Template.PRODUCT: 3, Template.SEARCH: 1},
            politeness=Politeness(delay_s=0, autothrottle=False, concurrency=8),
            speed=Speed(runs=0),
        )
        await audit(settings, run, checks, Silent(), browser)
        assert shop.orders == 0
    result, outcomes = replay(run, checks)
    assert not [outcome for outcome in outcomes if outcome.verdict is Verdict.CRASHED]
    return result


def panel_for(defect: Defect) -> dict[Template, int]:
    """The home page and the templates that the defect shows on; three products where pictures are compared."""
    shown = {name for name in defect.templates if name in set(Template)}
    panel = {template: count for template, count in PANEL.items() if not defect.templates or template in shown}
    if "IMG-001" in defect.expect:
        panel[Template.PRODUCT] = 3
    return panel | {Template.HOME: 1} | ({Template.SEARCH: 1} if "search" in shown else {})


def rows(result: AuditResult, verdict: Verdict) -> dict[str, str]:
    return {
        finding.row: f"{finding.found} {finding.selector}" for finding in result.findings if finding.verdict is verdict
    }


@pytest.mark.parametrize("language", ["en", "pl", "fa"])
async def test_the_clean_shop_has_no_failed_finding(browser: BrowserProcess, tmp_path: Path, language: str) -> None:
    result = await audited(browser, tmp_path / "run", language)
    assert result.run.ended == "complete", result.run.why
    assert rows(result, Verdict.FAILED) == {}


# Speed on an untimed visit is certain only beyond the poor limit; between the limits it is a doubt.
DOUBTFUL = frozenset({"SPD-001", "SPD-005"})
# Judged on what discovery met of the whole shop; the other rows need a page of each template only.
SHOP_WIDE = frozenset({"NAV-003", "TRU-001", "TRU-002", "TRU-003", "TRU-006"})


# Those that only a journey shows are in test_browse_search.
@pytest.mark.parametrize(
    "defect", [one for one in DEFECTS.values() if one.journey is None], ids=lambda defect: defect.name
)
async def test_a_defect_is_found_by_exactly_its_rows(browser: BrowserProcess, tmp_path: Path, defect: Defect) -> None:
    devices = (Device(defect.device),) if defect.device else (Device.MOBILE,)
    pages = 120 if "NAV-012" in defect.expect else 60 if defect.expect & SHOP_WIDE else 30
    result = await audited(browser, tmp_path / "run", "en", frozenset({defect.name}), devices, panel_for(defect), pages)
    failed = rows(result, Verdict.FAILED)
    doubted = rows(result, Verdict.NEEDS_REVIEW)
    surplus = {row: found for row, found in failed.items() if row not in defect.expect | defect.also}
    assert surplus == {}, "failed beyond what is planted"
    enough = defect.expect if defect.doubtful else DOUBTFUL
    unseen = defect.expect - failed.keys() - (enough & doubted.keys())
    assert not unseen, f"not found; failed {failed}, doubted {doubted}"
