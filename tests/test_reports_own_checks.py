"""The report is held against the checks that it reports of."""

from pathlib import Path

import pytest

from auditor.browser.capture import visit
from auditor.browser.session import BrowserSession
from auditor.check import load_checks
from auditor.evaluate import evaluate
from auditor.evidence import Device, Ended, Page, Template
from auditor.finding import Area, Verdict
from auditor.settings import ShopSettings
from reports.html import html_report
from reports.language import Language, written_in
from reports.view import view_of
from tests.browser_site import serving
from tests.factories.journeys import bought, stuck
from tests.factories.records import shop_evidence
from tests.factories.results import sample

pytestmark = pytest.mark.browser
ABOUT_THE_PAGE = (Area.ACCESSIBILITY, Area.MOBILE)


@pytest.mark.parametrize(("code", "device"), [("en", Device.DESKTOP)])
async def test_the_report_passes_our_own_checks(code: str, device: Device, tmp_path: Path):
    result, folder = sample(tmp_path / "run")
    result = result.model_copy(update={"journeys": (bought(folder=folder.path), stuck(folder=folder.path))})
    with written_in(Language(code)):
        html = html_report(view_of(result, folder), folder.path)
    async with serving({"/report": html}) as site:
        settings = ShopSettings(start_url=site.url, allow_private=True, page_seconds=90)
        async with BrowserSession(settings, proxy=None) as session:
            page = Page(url=f"{site.url}/report", key="/report", template=Template.CONTENT)
            seen = await visit(session, page, device, tmp_path / "visits" / "pages" / "report")
    assert seen.visit.ended is Ended.LOADED, seen.visit.note
    checks = [spec for spec in load_checks() if Area(spec.id.partition("/")[0]) in ABOUT_THE_PAGE]
    outcomes = evaluate(shop_evidence([seen], language=code), checks)
    judged = [one for one in outcomes if one.template is Template.CONTENT]
    assert {one.check for one in judged if one.verdict is Verdict.PASSED} >= {"accessibility/language-wrong"}
    assert [
        (one.check, [(problem.selector, problem.values) for problem in one.problems[:4]])
        for one in judged
        if one.verdict is Verdict.FAILED
    ] == []
