"""Runs that have little, far too much or strange words in them still give a whole report."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from auditor.evidence import Ended, Page, Panel, PanelPage, Template
from auditor.finding import Verdict
from auditor.result import AuditResult
from auditor.run_folder import RunFolder
from reports.areas import MOST_CARDS
from reports.html import html_report
from reports.language import Language, languages, written_in
from reports.view import view_of
from tests.factories.journeys import bought
from tests.factories.results import run, sample

LONG = "Krzesło " * 375
MIXED = "Chair صندلی ergonomic ‏(XL)‏ چرم 100% «Pro» – ₪ 45"
EMOJI = "🛒👩‍👩‍👧‍👦🇮🇷 Sale 🔥🔥🔥 %s {count} 🧿"


@pytest.fixture
def audited(tmp_path: Path) -> tuple[AuditResult, RunFolder]:
    return sample(tmp_path / "run", pictures=False)


def page_of(result: AuditResult, folder: RunFolder, code: str = "en") -> BeautifulSoup:
    with written_in(Language(code)):
        return BeautifulSoup(html_report(view_of(result, folder), folder.path), "lxml")


def whole(page: BeautifulSoup) -> None:
    """No part without its heading and something under it, and no link that leads nowhere."""
    for section in page.select("main > section"):
        assert section.h2.text.strip(), section["id"]
        assert section.text.replace(section.h2.text, "", 1).strip(), section["id"]
    anchors = {tag["id"] for tag in page.select("[id]")}
    assert {link["href"][1:] for link in page.select('a[href^="#"]')} <= anchors
    assert len(anchors) == len(page.select("[id]"))


@pytest.mark.parametrize("code", languages())
def test_a_partial_run_says_so_first_and_scores_only_what_it_saw(audited, code):
    result, folder = audited
    result = result.model_copy(update={"run": run("partial", "Part of the shop was not reached.")})
    page = page_of(result, folder, code)
    whole(page)
    assert "partial" in page.select_one(".masthead")["class"]
    assert page.select_one("#summary")


def test_a_run_that_ended_before_its_first_page_says_only_that(audited):
    result, folder = audited
    nothing = {"pages": (), "findings": (), "outcomes": {}, "checks": {}, "journeys": (), "metrics": ()}
    failed = result.model_copy(update={**nothing, "run": run("failed", "The shop did not answer.")})
    page = page_of(failed, folder)
    whole(page)
    names = {section["id"] for section in page.select("main > section")}
    assert names == {"not-seen", "conditions", "glossary"}


def test_without_journeys_the_map_shows_pages_and_no_effort(audited):
    result, folder = audited
    page = page_of(result.model_copy(update={"journeys": ()}), folder)
    whole(page)
    stops = page.select(".stop")
    assert len(stops) == 6
    assert all("Effort was not recorded." in stop.text for stop in stops)
    assert not page.select("#journeys")


def test_the_way_to_service_is_counted_in_clicks_from_the_home_page(audited):
    result, folder = audited
    page = Page(url=f"{result.run.start_url}help", key="/help", template=Template.CONTENT, depth=2)
    panel = Panel(pages=(PanelPage(page=page, reason="the only one"),))
    (folder.path / "panel.json").write_text(panel.model_dump_json(), encoding="utf-8")
    stop = page_of(result, folder).select(".stop")[-1]
    assert "on a phone, from the home page" in stop.text
    told = {row.dt.text: row.dd.text for row in stop.select("dl div")}
    assert told["Clicks"] == "2"


def test_a_journey_whose_evidence_is_gone_or_broken_has_no_effort_on_the_map(audited):
    result, folder = audited
    broken = folder.path / "journeys" / "buy.mobile" / "evidence.json"
    broken.parent.mkdir(parents=True)
    broken.write_text("{", encoding="utf-8")
    page = page_of(result.model_copy(update={"journeys": (bought(),)}), folder)
    whole(page)
    assert page.select(".stop dl") == []


def test_without_screenshots_every_picture_has_a_place_that_says_so(audited):
    result, folder = audited
    page = page_of(result, folder)
    assert page.select("img") == []
    assert len(page.select(".stop .nopicture")) == 6


def test_one_page_on_one_device_is_enough(audited):
    result, folder = audited
    home = tuple(page for page in result.pages if page.key == "/")[:1]
    found = tuple(one for one in result.findings if one.pages == ("/",))
    page = page_of(result.model_copy(update={"pages": home, "findings": found, "journeys": (), "metrics": ()}), folder)
    whole(page)
    states = [stop["class"][1] for stop in page.select(".stop")]
    assert states.count("state-unseen") >= 4


def test_pages_of_which_none_could_be_judged_give_no_praise(audited):
    result, folder = audited
    lost = tuple(page.model_copy(update={"ended": Ended.TIMED_OUT}) for page in result.pages)
    bare = result.model_copy(update={"pages": lost, "findings": (), "outcomes": {}, "checks": {}})
    page = page_of(bare, folder)
    whole(page)
    assert {stop["class"][1] for stop in page.select(".stop")} == {"state-unseen"}


def test_five_thousand_findings_are_counted_whole_and_shown_in_part(audited):
    result, folder = audited
    model = next(one for one in result.findings if one.verdict is Verdict.FAILED and one.area == "mobile")
    many = tuple(
        model.model_copy(update={"check": f"mobile/check-{number % 400}", "fingerprint": f"{number:016x}"})
        for number in range(5000)
    )
    page = page_of(result.model_copy(update={"findings": many}), folder)
    whole(page)
    assert "5,000" in page.select_one("#summary .counts").text
    assert len(page.select(".card")) == MOST_CARDS
    rows = page.select("#appendix tbody tr")
    assert len(rows) == 500
    assert "4,500 more findings" in page.select_one("#appendix").text
    assert len(str(page)) < 8_000_000


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("text", [LONG, MIXED, EMOJI, "x" * 3000])
def test_strange_titles_stay_in_their_place_in_every_language(audited, text, code):
    result, folder = audited
    findings = tuple(
        one.model_copy(update={"found": f"{text} is seen", "selector": text, "values": {"text": text}})
        for one in result.findings
    )
    walked = bought(product=text, why=text, steps=tuple(step | {"did": text} for step in bought().steps))
    pages = tuple(page.model_copy(update={"reason": text, "because": (text,)}) for page in result.pages)
    page = page_of(
        result.model_copy(update={"findings": findings, "journeys": (walked,), "pages": pages}), folder, code
    )
    whole(page)
    assert max(len(part) for part in page.main.find_all(string=True)) < 1300
    assert len(str(page)) < 3_000_000


def test_a_mixed_title_is_isolated_from_the_direction_around_it(audited):
    result, folder = audited
    found = tuple(one.model_copy(update={"found": MIXED, "values": {"text": MIXED}}) for one in result.findings)
    page = page_of(result.model_copy(update={"findings": found}), folder, "fa")
    seen = [tag for tag in page.select("#appendix bdi") if "Chair" in tag.text]
    assert len(seen) == len(found)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.text)


def test_what_the_proxy_refused_is_told_in_words_and_what_is_unknown_as_it_is(audited):
    result, folder = audited
    refused = ("shop.example: bad-response", "shop.example: some-new-reason", "no reason")
    told = view_of(result.model_copy(update={"run": run(refused_addresses=refused)}), folder).conditions
    assert dict(told)["Refused addresses"] == (
        "shop.example (the answer broke off or was no HTTP), shop.example: some-new-reason and no reason"
    )
