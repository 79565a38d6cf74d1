"""An audit that is interrupted, killed or loses its browser keeps what it recorded and leaves nothing behind."""

import signal

import pytest

from auditor.evidence import Ended
from tests.hostile_shop import pages
from tests.hostile_shop.audited import LONGEST_S, Audited, Place, Started, start_audit
from tests.hostile_shop.judging import INTERRUPTED, NOTHING_JUDGED, PARTIAL, audit_of_hanging_page, judged
from tests.hostile_shop.server import serving

pytestmark = [pytest.mark.slow, pytest.mark.server, pytest.mark.browser, pytest.mark.timeout(LONGEST_S + 60)]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_in_discovery(where: Place, how: signal.Signals) -> None:
    with serving(pages.many_pages(), pages.slow_page) as shop:
        audit = start_audit(where, shop.url, "--max-pages", "400")
        audit.wait_for("discover")
        shop.wait_until_asked_pages(10)
        audit.process.send_signal(how)
        done = audit.end()
    interrupted(done, where)
    assert done.report.discovery["fetched"] >= 2
    assert done.report.pages == ()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_in_visits(where: Place, how: signal.Signals) -> None:
    with serving(pages.hanging_second_page()) as shop:
        audit = audit_of_hanging_page(where, shop.url)
        audit.wait_for("visit 2/2")
        shop.wait_until_asked("/never.png")
        audit.process.send_signal(how)
        done = audit.end()
    interrupted(done, where)
    assert [page.key for page in done.report.pages] == ["/"]
    assert done.report.outcomes


def interrupted(done: Audited, where: Place) -> None:
    judged(done, where, code=INTERRUPTED)
    assert done.report.run.interrupted
    assert "was interrupted" in done.report.run.why
    assert "was interrupted" in done.said


def test_killed_in_discovery(where: Place) -> None:
    with serving(pages.many_pages(), pages.slow_page) as shop:
        audit = start_audit(where, shop.url, "--max-pages", "400")
        audit.wait_for("discover")
        shop.wait_until_asked_pages(10)
        again = killed_and_replayed(audit, where)
    assert again.code == NOTHING_JUDGED
    assert again.report.discovery["fetched"] >= 2


def test_killed_in_visits(where: Place) -> None:
    with serving(pages.hanging_second_page()) as shop:
        audit = audit_of_hanging_page(where, shop.url)
        audit.wait_for("visit 2/2")
        shop.wait_until_asked("/never.png")
        again = killed_and_replayed(audit, where)
    assert again.code == PARTIAL
    assert [page.key for page in again.report.pages] == ["/"]
    assert again.report.run.ended == "partial"


def killed_and_replayed(audit: Started, where: Place) -> Audited:
    """Kill the auditor alone, look for what it left, and run ``auditor replay`` on its folder."""
    family = audit.descendants()
    assert any("python" in process.name() or "node" in process.name() for process in family)
    audit.process.kill()
    killed = audit.end()
    assert killed.code == -signal.SIGKILL
    assert where.left(family) == []
    again = Started(where, "replay", str(killed.folder), folder=killed.folder).end()
    assert "ended from outside" in again.said
    judged(again, where, code=again.code)
    return again


def test_killed_browser_is_started_again(where: Place) -> None:
    with serving(pages.hanging_second_page() | {"/never.png": pages.after_the_first}) as shop:
        audit = audit_of_hanging_page(where, shop.url)
        audit.wait_for("visit 2/2")
        shop.wait_until_asked("/never.png")
        audit.browser().kill()
        done = audit.end()
    judged(done, where)
    assert "The browser died and is started again." in done.said
    assert {page.key: page.ended for page in done.report.pages} == {"/": Ended.LOADED, "/stuck": Ended.LOADED}
