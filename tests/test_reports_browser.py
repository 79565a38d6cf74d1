"""The HTML report as a browser shows it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Request, async_playwright

from auditor.browser.finder import find_chromium
from auditor.browser.vendor_files import vendor_file
from reports.beside import Beside
from reports.goals import Goal, Goals
from reports.html import html_report
from reports.language import Language, written_in
from reports.view import view_of
from tests.factories.journeys import bought, stuck
from tests.factories.results import sample
from tests.test_reports import hostile

pytestmark = pytest.mark.browser

VECTORS = (
    '"><script>window.ran=1</script><img src="http://127.0.0.1:9/x" onerror="window.ran=1"><svg onload="window.ran=1">'
    '<a href="javascript:window.ran=1">x</a><link rel=stylesheet href="http://127.0.0.1:9/x.css">'
)


async def test_nothing_runs_and_nothing_is_fetched(tmp_path: Path):
    result, folder = sample(tmp_path / "run", pictures=False)
    hostile_file = tmp_path / "hostile.html"
    hostile_file.write_text(html_report(view_of(hostile(result, VECTORS), folder), folder.path), encoding="utf-8")
    unescaped = tmp_path / "unescaped.html"
    broken_into = hostile_file.read_text(encoding="utf-8").replace("<main>", f"<main>{VECTORS[2:]}")
    unescaped.write_text(broken_into, encoding="utf-8")
    for file in (hostile_file, unescaped):
        ran, asked, _widths = await opened(file)
        assert ran is None
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


async def test_the_page_fits_a_phone_and_a_small_phone(tmp_path: Path):
    result, folder = sample(tmp_path / "run")
    file = tmp_path / "report.html"
    file.write_text(html_report(view_of(result, folder), folder.path), encoding="utf-8")
    _ran, _asked, widths = await opened(file)
    assert widths == {1350: 1350, 412: 412, 320: 320}


@pytest.mark.parametrize("code", ["en", "fa"])
async def test_axe_has_nothing_to_complain_of(tmp_path: Path, code: str):
    result, folder = sample(tmp_path / "run")
    result = result.model_copy(update={"journeys": (bought(folder=folder.path), stuck(folder=folder.path))})
    older = result.model_copy(
        update={"run": result.run.model_copy(update={"started_at": datetime(2026, 11, 1, tzinfo=UTC)})}
    )
    goals = Goals(version=1, goals=(Goal(score=99), Goal(metric="lcp", most=100)))
    file = tmp_path / "report.html"
    with written_in(Language(code)):
        view = view_of(result, folder, Beside(history=(older,), goals=goals))
        file.write_text(html_report(view, folder.path), encoding="utf-8")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_chromium().path, args=["--no-sandbox", "--disable-background-networking"]
        )
        try:
            # axe is brought in from outside: the page's own policy would refuse it, as it should.
            page = await browser.new_page(bypass_csp=True)
            await page.goto(file.as_uri())
            await page.add_script_tag(path=vendor_file("axe.min.js"))
            found = (await page.evaluate("axe.run(document, {resultTypes: ['violations']})"))["violations"]
        finally:
            await browser.close()
    assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found] == []


async def opened(file: Path) -> tuple[object, list[str], dict[int, int]]:
    """What a script left behind, the addresses that the policy let through, the page's width at three viewports."""
    asked: list[Request] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_chromium().path, args=["--no-sandbox", "--disable-background-networking"]
        )
        try:
            page = await browser.new_page()
            page.on("request", lambda request: asked.append(request))
            await page.goto(file.as_uri())
            widths = {}
            for width in (1350, 412, 320):
                await page.set_viewport_size({"width": width, "height": 900})
                widths[width] = await page.evaluate("document.documentElement.scrollWidth")
            let_through = [request.url for request in asked if request.failure != "csp"]
            return await page.evaluate("window.ran ?? null"), let_through, widths
        finally:
            await browser.close()
