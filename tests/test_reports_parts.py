"""The parts of a report for a shop's owner: the page that says all, the map of the way, the roadmap."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from auditor.evidence import Device, Ended, Template
from auditor.finding import Area, OwnerKind, Severity, Verdict
from auditor.result import AuditResult
from auditor.run_folder import RunFolder
from reports.beside import Beside
from reports.fix_effort import KINDS, SIZES, effect_of, estimates, work_of
from reports.goals import Goal, Goals
from reports.html import html_report
from reports.journey_map import journey_map
from reports.language import Language, written_in
from reports.priorities import ranked, roadmap
from reports.sections import NAMES, sections_of
from reports.third_parties import Party, SeenIncident, ThirdParties
from reports.touchpoints import OF_INTENT, Touchpoint
from reports.view import ReportView, view_of
from tests.factories.journeys import bought, stuck
from tests.factories.results import earlier, sample


@pytest.fixture
def audited(tmp_path: Path) -> tuple[AuditResult, RunFolder]:
    return sample(tmp_path / "run", pictures=False)


def page_of(view: ReportView, folder: RunFolder) -> BeautifulSoup:
    return BeautifulSoup(html_report(view, folder.path), "lxml")


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.text.split())


def with_finding(result: AuditResult, check: str, **changes: object) -> AuditResult:
    """The result with one finding of a check changed, the others as they were."""
    found = tuple(one.model_copy(update=changes) if one.check == check else one for one in result.findings)
    return result.model_copy(update={"findings": found})


def test_every_part_has_a_known_name_and_stands_in_the_stated_order(audited):
    result, folder = audited
    older = earlier(result, 50)
    wanted = Goal(score=90)
    view = view_of(
        result.model_copy(update={"journeys": (bought(),)}),
        folder,
        Beside(history=(older,), goals=Goals(version=1, goals=(wanted,))),
    )
    names = [section.name for section in sections_of(view)]
    assert set(names) <= set(NAMES)
    assert names == sorted(names, key=NAMES.index)
    assert {"summary", "map", "gaps", "trend", "roadmap", "glossary", "appendix"} <= set(names)


def test_each_part_is_an_anchor_that_the_contents_lead_to(audited):
    result, folder = audited
    page = page_of(view_of(result, folder), folder)
    led_to = [link["href"].removeprefix("#") for link in page.select("nav a")]
    assert led_to == [section["id"] for section in page.select("main > section")]
    anchors = {tag["id"] for tag in page.select("[id]")}
    assert {link["href"][1:] for link in page.select('a[href^="#"]')} <= anchors


def test_no_heading_leaves_out_a_level(audited):
    result, folder = audited
    view = view_of(result.model_copy(update={"journeys": (bought(),)}), folder)
    levels = [int(tag.name[1]) for tag in page_of(view, folder).find_all(["h1", "h2", "h3", "h4", "h5"])]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_for_the_owner_says_what_to_do_first_what_it_brings_and_what_was_not_seen(audited):
    result, folder = audited
    view = view_of(result, folder)
    brief = page_of(view, folder).select_one("#summary")
    rows = brief.select(".first tbody tr")
    assert [row.find("td").get_text() for row in rows] == ["1", "2", "3", "4", "5"]
    assert "Critical" in words(rows[0])
    assert "Shoppers who meet this look for the product elsewhere" in words(rows[0])
    assert "Up to a day" in words(brief.select_one(".first"))
    assert len(brief.select(".way li")) == 6
    assert "Questions that could not be answered: 1" in words(brief)


def test_critical_problems_come_first_then_the_most_effect_for_the_least_work(audited):
    result, folder = audited
    cards = ranked(view_of(result, folder))
    critical = [card.severity is Severity.CRITICAL for card in cards]
    assert critical == sorted(critical, reverse=True)
    rest = [card for card in cards if card.severity is not Severity.CRITICAL]
    assert rest[0].effect in ("high", "medium")
    assert rest[0].work.size == "hours"


def test_the_roadmap_holds_each_failed_problem_once_in_matrix_and_phases(audited):
    result, folder = audited
    view = view_of(result, folder)
    plan = roadmap(view)
    failed = sorted(card.number for card in view.failed)
    assert sorted(card.number for row in plan.rows for cell in row.cells for card in cell.cards) == failed
    assert sorted(card.number for phase in plan.phases for card in phase.cards) == failed
    page = page_of(view, folder).select_one("#roadmap")
    numbers = {link["href"]: words(link) for link in page.select(".matrix a")}
    assert numbers == {f"#{card.anchor}": str(card.number) for card in view.failed}
    assert all(link["aria-label"].startswith(f"{words(link)}: ") for link in page.select(".matrix a"))


def test_a_number_leads_to_the_same_finding_everywhere(audited):
    result, folder = audited
    page = page_of(view_of(result, folder), folder)
    titles = {card["id"]: words(card.select_one(".title .no")) for card in page.select(".card")}
    for link in page.select(".map .met a, .everywhere .met a"):
        assert words(link.select_one(".no")) == titles[link["href"][1:]]
    assert {link["href"][1:]: words(link) for link in page.select("#appendix td.no a")} == titles


@pytest.mark.parametrize(
    ("severity", "reach", "effect"),
    [
        (Severity.CRITICAL, 0.1, "high"),
        (Severity.SERIOUS, 0.5, "high"),
        (Severity.SERIOUS, 0.4, "medium"),
        (Severity.MODERATE, 1.0, "medium"),
        (Severity.MODERATE, 0.2, "low"),
        (Severity.MINOR, 1.0, "low"),
    ],
)
def test_the_effect_grows_with_harm_and_reach(severity, reach, effect):
    assert effect_of(severity, reach) == effect


def test_the_estimates_name_known_kinds_for_every_area_and_only_checks_there_are():
    from auditor.check import load_checks

    known = estimates()
    assert set(known["areas"]) == {area.value for area in Area}
    kinds = set(known["areas"].values()) | set(known["checks"].values())
    assert kinds <= set(known["kinds"]) == set(KINDS)
    assert {kind["size"] for kind in known["kinds"].values()} <= set(SIZES)
    assert all(kind["because"] for kind in known["kinds"].values())
    assert set(known["checks"]) <= {spec.id for spec in load_checks()}


def test_what_another_company_brought_in_is_taken_out_unless_the_check_knows_better():
    assert work_of("speed/page-heavy", Area.SPEED, OwnerKind.SHOP).kind == "delivery"
    assert work_of("speed/page-heavy", Area.SPEED, OwnerKind.TAG_MANAGER).kind == "removal"
    assert work_of("mobile/menu-broken", Area.MOBILE, OwnerKind.THIRD_PARTY).kind == "theme"


def stop_of(view: ReportView, point: Touchpoint):
    return next(stop for stop in journey_map(view.points, view.failed, view.review).stops if stop.point is point)


def test_the_map_says_of_each_touchpoint_how_it_stands(audited):
    result, folder = audited
    view = view_of(result, folder)
    states = {stop.point: stop.state for stop in journey_map(view.points, view.failed, view.review).stops}
    assert states == {
        "search": "fine", "list": "held", "product": "stopped", "cart": "stopped", "checkout": "unseen",
        "service": "stopped",
    }  # fmt: skip


def test_a_touchpoint_where_only_doubts_were_seen_is_for_a_person(audited):
    result, folder = audited
    kept = tuple(one for one in result.findings if one.verdict is Verdict.NEEDS_REVIEW)
    view = view_of(result.model_copy(update={"findings": kept}), folder)
    assert stop_of(view, Touchpoint.SERVICE).state == "doubt"
    assert stop_of(view, Touchpoint.PRODUCT).state == "fine"


def test_pages_that_were_not_judged_are_not_seen(audited):
    result, folder = audited
    lost = tuple(
        page.model_copy(update={"ended": Ended.BLOCKED}) if page.template is Template.SEARCH else page
        for page in result.pages
    )
    assert stop_of(view_of(result.model_copy(update={"pages": lost}), folder), Touchpoint.SEARCH).state == "unseen"


def test_a_journey_that_got_stuck_is_a_reason_to_look_and_no_verdict(audited):
    result, folder = audited
    view = view_of(result.model_copy(update={"journeys": (stuck(),), "findings": ()}), folder)
    stop = stop_of(view, Touchpoint.CHECKOUT)
    assert stop.state == "doubt"
    assert stop.told == ("The audit did not get on here (desktop): the shop offers no delivery there.",)
    assert stop_of(view, Touchpoint.PRODUCT).state == "fine"


def test_a_finding_of_a_journey_is_met_where_its_step_was(audited):
    result, folder = audited
    finding = next(one for one in result.findings if one.verdict is Verdict.FAILED)
    place = finding.occurrences[0].model_copy(
        update={"journey": "buy", "device": Device.MOBILE, "step": 8, "page_key": ""}
    )
    walked = finding.model_copy(
        update={"template": None, "pages": (), "occurrences": (place,), "check": "checkout/fields-many"}
    )
    view = view_of(result.model_copy(update={"journeys": (bought(),), "findings": (walked,)}), folder)
    assert view.failed[0].touchpoints == (Touchpoint.CHECKOUT,)


def test_the_picture_of_a_touchpoint_is_that_of_the_phones_journey(tmp_path):
    result, folder = sample(tmp_path / "run")
    journeys = (bought(Device.DESKTOP, folder.path), bought(Device.MOBILE, folder.path))
    page = page_of(view_of(result.model_copy(update={"journeys": journeys}), folder), folder)
    pictures = [stop.select_one("img") for stop in page.select(".stop")]
    assert [picture["alt"] for picture in pictures] == [
        "Screenshot: Search, phone", "Screenshot: Product list, phone", "Screenshot: Product, phone",
        "Screenshot: Cart, phone", "Screenshot: Checkout, phone", "Screenshot: Service, phone",
    ]  # fmt: skip


def test_every_step_but_those_done_anywhere_has_a_touchpoint():
    from auditor.evidence.journey import StepIntent

    assert set(StepIntent) - set(OF_INTENT) == {StepIntent.CLOSE_LAYER, StepIntent.OPEN_HOME}


@pytest.mark.parametrize("code", ["en", "fa"])
def test_the_map_runs_as_the_language_does(audited, code):
    result, folder = audited
    with written_in(Language(code)):
        page = page_of(view_of(result, folder), folder)
    assert page.html["dir"] == ("rtl" if code == "fa" else "ltr")
    assert [words(stop.select_one(".nth")) for stop in page.select(".stop")] == ["1", "2", "3", "4", "5", "6"]
    style = page.style.text
    assert '[dir="rtl"] .stop + .stop::before' in style


def test_the_appendix_lists_every_finding_with_its_evidence(audited):
    result, folder = audited
    rows = page_of(view_of(result, folder), folder).select("#appendix tbody tr")
    assert len(rows) == len(result.findings)
    text = " ".join(words(row) for row in rows)
    for finding in result.findings:
        assert finding.fingerprint in text
    assert "pages/" in text
    assert "/evidence.json" in text


def test_outside_companies_are_listed_with_who_brought_them_in_and_whether_they_are_approved(audited):
    result, folder = audited
    row = Party("cdn.example", "<b>Ads Ltd</b>", "advertising", "script", "tags.example", 12, "340", "no", bad=True)
    incident = SeenIncident("I-1", "alert", "<script>x</script> leads away", "2 of 3 loads", "Ask who put it there.")
    words_of = {name: name for name in ("companies", "alerts", "review", "accepted", "none", "do")}
    parties = ThirdParties(
        "9 loads",
        "",
        ("Company", "Owner", "Kinds", "By", "Requests", "KB", "Approved"),
        (row,),
        3,
        (incident,),
        words_of,
    )
    chapter = page_of(replace(view_of(result, folder), parties=parties), folder).select_one("#third-parties")
    cells = [words(cell) for cell in chapter.select(".parties tbody tr > *")]
    assert cells == ["cdn.example", "<b>Ads Ltd</b> (advertising)", "script", "tags.example", "12", "340", "no"]
    assert len(chapter.select(".parties th[scope=col]")) == len(cells)
    assert chapter.select("script") == []
    assert "leads away" in words(chapter.select_one(".incident-alert"))
    assert "and 3 more" in words(chapter)


def test_cards_moved_by_others_keep_the_map_and_the_roadmap_whole(audited):
    result, folder = audited
    view = view_of(result, folder)
    fewer = replace(view, severities=tuple(replace(row, cards=row.cards[:1]) for row in view.severities))
    listed = page_of(fewer, folder)
    shown = {card["id"] for card in listed.select(".card")}
    assert {
        link["href"][1:] for link in listed.select("#map a, #roadmap a, #summary .first a, #appendix td a")
    } <= shown
