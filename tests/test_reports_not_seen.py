"""What an audit did not see, as its reports say it."""

import pytest
from bs4 import BeautifulSoup

from auditor.result import AuditResult, NotSeen
from auditor.run_folder import RunFolder
from reports.html import html_report
from reports.markdown import markdown_report
from reports.unseen import MOST_REASONS
from reports.view import view_of
from tests.factories.results import sample


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[AuditResult, RunFolder]:
    return sample(tmp_path_factory.mktemp("audited") / "run", pictures=False)


def html_of(result: AuditResult, folder: RunFolder) -> BeautifulSoup:
    return BeautifulSoup(html_report(view_of(result, folder), folder.path), "lxml")


def test_each_kind_of_not_seen_shows_its_first_reason_unopened(audited):
    summary = html_of(*audited).select_one("#not-seen summary")
    assert summary is not None
    assert "2" in summary.text
    assert "The limit of 300 pages was reached." in summary.text


def test_things_that_were_not_seen_for_the_same_reason_stand_together(audited):
    result, folder = audited
    lost = tuple(NotSeen(what=f"/p/{number}", why="it took too long", kind="page") for number in range(7))
    other = NotSeen(what="/p/x", why="it answered 500", kind="page")
    page = html_of(result.model_copy(update={"not_seen": (*lost, other)}), folder)
    group = page.select_one(".unseen")
    assert group.select_one(".count").text == "8"
    told = [(" ".join(row.text.split()), row.find_next_sibling("dd").text) for row in group.select("dt")]
    assert told == [("/p/0; /p/1; /p/2; /p/3 and 3 more", "it took too long"), ("/p/x", "it answered 500")]


def test_many_reasons_are_told_in_part_and_counted_whole(audited):
    result, folder = audited
    lost = tuple(NotSeen(what=f"/p/{number}", why=f"it answered {500 + number}", kind="page") for number in range(40))
    group = html_of(result.model_copy(update={"not_seen": lost}), folder).select_one(".unseen")
    assert group.select_one(".count").text == "40"
    assert len(group.select("dt")) == MOST_REASONS
    assert f"{40 - MOST_REASONS} more are in report.json." in group.text


def test_markdown_names_the_reason_once(audited):
    result, folder = audited
    lost = tuple(NotSeen(what=f"/p/{number}", why="it took too long", kind="page") for number in range(6))
    told = markdown_report(view_of(result.model_copy(update={"not_seen": lost}), folder))
    assert "`/p/0`; `/p/1`; `/p/2`; `/p/3` and 2 more: `it took too long`" in told
    assert told.count("it took too long") == 1
