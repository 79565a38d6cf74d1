"""The dashboard in a real browser: no error on its console, nothing to complain of for axe, whole on a phone."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, sync_playwright

from auditor.browser.finder import find_chromium
from auditor.browser.vendor_files import vendor_file
from auditor.store import history
from auditor.web.serving import Dashboard
from tests.web_place import PASSWORD, Web, filled, finding_in, web

__all__ = ["filled", "web"]
pytestmark = pytest.mark.browser
ARGUMENTS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-quic",
]  # fmt: skip


@contextmanager
def served(web: Web) -> Iterator[str]:
    dashboard = Dashboard(web.site, "127.0.0.1", 0)
    thread = threading.Thread(target=lambda: asyncio.run(dashboard.serve()))
    thread.start()
    try:
        yield dashboard.url.rstrip("/")
    finally:
        dashboard.stop()
        thread.join()
        dashboard.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium().path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def tab(chromium, width: int, **options: object) -> Iterator[Page]:
    # axe is brought in from outside: the page's own policy would refuse it, as it should.
    context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    context.close()


def addresses(web: Web) -> list[str]:
    with web.store.begin() as connection:
        number = history.series_of(connection, "demo")[0].id
        finding = history.open_findings(connection, "demo")[0].fingerprint
    audits = web.audits
    return [
        "/", "/shops/demo", f"/shops/demo/findings/{finding}", f"/shops/demo/series/{number}", f"/audits/{audits[2]}",
        f"/compare?before={audits[1]}&after={audits[2]}", "/schedules", "/account", "/nothing",
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "width"), [("en", 1350), ("pl", 412), ("fa", 412)])
def test_no_page_has_a_fault_that_axe_sees_an_error_or_a_sideways_scroll(web, chromium, language, width):
    with served(web) as url, tab(chromium, width, bypass_csp=True) as page:
        for address in addresses(web):
            page.goto(f"{url}{address}{'&' if '?' in address else '?'}lang={language}", wait_until="networkidle")
            assert [said for said in page.said if "404" not in said] == [], address
            page.said.clear()
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, address
            page.add_script_tag(path=str(vendor_file("axe.min.js")))
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
            told = [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]
            assert told == [], address


def test_its_own_policy_lets_all_of_it_work(web, chromium):
    with served(web) as url, tab(chromium, 1350) as page:
        with web.store.begin() as connection:
            number = next(row.id for row in history.series_of(connection, "demo") if row.page == "/p/a")
        page.goto(f"{url}/shops/demo/series/{number}")
        page.wait_for_selector(".uplot canvas")
        assert page.said == []


def test_without_a_script_the_same_can_be_read_and_done(web, chromium):
    with served(web) as url, tab(chromium, 412, java_script_enabled=False) as page:
        page.goto(f"{url}/shops/demo")
        assert page.locator("svg.chart circle").count() == 1
        page.goto(url + finding_in(page.content()))
        page.get_by_label("Who decides").fill("Anna")
        page.get_by_label("Why", exact=True).fill("as agreed")
        page.get_by_role("button", name="Accept it").click()
        page.locator(".state.accepted").wait_for()


def test_a_run_that_is_asked_for_tells_its_progress_by_itself(web, chromium):
    from auditor.store import RunState, runs

    with served(web) as url, tab(chromium, 412) as page:
        page.goto(f"{url}/shops/demo")
        page.get_by_role("button", name="Audit now").click()
        page.wait_for_selector("text=Queued")
        with web.store.begin() as connection:
            claim = runs.claim(connection, "w", web.site.now())
            assert claim is not None
        page.wait_for_selector("text=Running")
        with web.store.begin() as connection:
            runs.finish(connection, claim, RunState.FAILED, web.site.now(), why="no shop", folder=None, exit_code=3)
        page.wait_for_selector("text=no shop")
        assert page.said == []


def test_keys_alone_reach_the_content_the_login_and_back(web, chromium):
    web.user()
    with served(web) as url, tab(chromium, 1350) as page:
        page.goto(f"{url}/shops/demo")
        page.get_by_label("Name").fill("anna")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("svg.chart")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
        page.keyboard.press("Enter")
        assert page.url.endswith("#main")
