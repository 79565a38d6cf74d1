"""What a report holds against goals and earlier audits: the gaps, and lines over time."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from auditor.check import load_checks
from auditor.evidence import Device, Template
from auditor.finding import Area, Severity
from auditor.operator_file import SettingsFileError
from auditor.result import AuditResult
from auditor.run_folder import RunFolder
from auditor.settings import ShopSettings, Speed, SpeedBudget
from reports.beside import Beside
from reports.gaps import gaps
from reports.goals import FILE, Goal, read_goals
from reports.html import html_report
from reports.language import Language, written_in
from reports.trend_lines import trend_lines
from reports.view import view_of
from tests.factories.results import earlier, run, sample


@pytest.fixture
def audited(tmp_path: Path) -> tuple[AuditResult, RunFolder]:
    return sample(tmp_path / "run", pictures=False)


def test_a_score_is_held_against_its_goal_and_the_last_audit(audited):
    result, _folder = audited
    now = result.scores.overall
    row = gaps([Goal(score=now + 7, text="as the board decided")], result, earlier(result, now - 3))[0]
    assert (row.met, row.wanted, row.before, row.now) == ("no", f"at least {now + 7}", str(now - 3), str(now))
    assert row.missing == "7 points are missing"
    assert row.words == "as the board decided"
    assert gaps([Goal(score=now)], result, None)[0].met == "yes"


def test_a_score_that_could_not_be_given_decides_no_goal(audited):
    result, _folder = audited
    row = gaps([Goal(score=1, area=Area.TRUST)], result, None)[0]
    assert (row.met, row.now) == ("unknown", "")
    assert "too little could be judged" in row.missing


def test_an_untimed_number_decides_no_goal_and_a_timed_one_does(audited):
    result, _folder = audited
    wanted = Goal(metric="lcp", most=2500, template=Template.PRODUCT, device=Device.MOBILE)
    assert gaps([wanted], result, None)[0].met == "unknown"
    timed = tuple(one.model_copy(update={"method": "simulated"}) for one in result.metrics)
    row = gaps([wanted], result.model_copy(update={"metrics": timed}), None)[0]
    assert row.met == "no"
    assert row.missing.endswith("s too much")


def test_silence_reaches_a_goal_only_where_all_was_judged(audited):
    result, _folder = audited
    wanted = Goal(findings=0, area=Area.PRODUCT)
    assert gaps([wanted], result, None)[0].met == "yes"
    partial = result.model_copy(update={"run": run("partial", "The shop stopped answering.")})
    assert gaps([wanted], partial, None)[0].met == "unknown"
    assert gaps([Goal(findings=0, check="navigation/search-missing")], result, None)[0].met == "unknown"
    assert gaps([Goal(findings=0, severity=Severity.CRITICAL)], result, None)[0].met == "no"


def test_a_goal_is_named_in_the_readers_words_and_not_by_the_checks_id(audited):
    result, _folder = audited
    check = result.findings[0].check
    wanted = (Goal(findings=0, check=check), Goal(findings=0, check="none/such"), Goal(findings=0, severity="critical"))
    assert [gap.goal for gap in gaps(wanted, result, None)] == [
        f"Findings: {result.checks[check].title}", "Findings: none/such", "Findings: Critical",
    ]  # fmt: skip


def test_the_example_of_the_documentation_holds_goals_of_every_kind():
    goals = read_goals(Path(__file__).parents[1] / "docs/branding/goals.yaml").goals
    kinds = [[kind for kind in ("score", "metric", "findings") if getattr(goal, kind) is not None] for goal in goals]
    assert kinds == [["score"], ["findings"], ["metric"], ["findings"]]
    assert goals[-1].check in {spec.id for spec in load_checks()}


def test_goals_are_read_from_the_run_folder_and_a_broken_file_is_left_out_with_its_line(audited):
    result, folder = audited
    (folder.path / FILE).write_text("version: 1\ngoals:\n  - {score: 100}\n", encoding="utf-8")
    assert [row.wanted for row in view_of(result, folder).gaps] == ["at least 100"]
    (folder.path / FILE).write_text("version: 1\ngoals:\n  - {score: 100, most: 3}\n", encoding="utf-8")
    with pytest.raises(SettingsFileError, match="line 3"):
        read_goals(folder.path / FILE)
    assert view_of(result, folder).gaps == ()


def test_the_budgets_that_a_run_judged_are_goals(audited):
    result, folder = audited
    budget = SpeedBudget(metric="kib", max=100, template=Template.HOME)
    folder.write_settings(ShopSettings(start_url=result.run.start_url, speed=Speed(budgets=(budget,))))
    row = view_of(result, folder).gaps[0]
    assert (row.wanted, row.met) == ("at most 102 KB", "no")


@pytest.mark.parametrize(
    "wrong",
    [
        {}, {"score": 3, "findings": 1}, {"metric": "lcp"}, {"score": 5, "check": "x"}, {"findings": 1, "device": "mobile"},
        {"metric": "lcp", "most": 3, "area": "speed"}, {"score": 0},
    ],
)  # fmt: skip
def test_a_goal_that_says_two_things_or_none_is_refused(wrong):
    with pytest.raises(ValueError, match=r"goal|metric|score|belong|go with|goes with"):
        Goal.model_validate(wrong)


def test_a_trend_needs_two_runs_and_tells_its_numbers_as_text(audited):
    result, folder = audited
    assert trend_lines((), result) == ()
    lines = trend_lines((earlier(result, 41),), result)
    assert lines[0].title == "Overall score"
    assert [value for _day, value in lines[0].rows] == ["41", str(result.scores.overall)]
    view = view_of(result, folder, Beside(history=(earlier(result, 41),)))
    page = BeautifulSoup(html_report(view, folder.path), "lxml")
    svg = page.select_one("#trend svg")
    assert svg["role"] == "img"
    assert svg["aria-label"] == f"Overall score: from 41 to {result.scores.overall}"
    assert len(svg.select("line")) == 1


def test_no_line_joins_runs_that_were_judged_by_other_checks(audited):
    result, _folder = audited
    older = earlier(result, 41)
    other = older.run.environment.model_copy(update={"checks_digest": "0000"})
    older = older.model_copy(update={"run": older.run.model_copy(update={"environment": other})})
    line = trend_lines((older,), result)[0]
    assert line.broken
    assert "<line" not in line.svg
    assert line.svg.count("<circle") == 2


@pytest.mark.parametrize(("version", "broken"), [("0.2.7", False), ("0.1.9", True)])
def test_no_line_joins_times_that_another_minor_version_measured(audited, version, broken):
    result, _folder = audited
    timed = tuple(one.model_copy(update={"method": "simulated"}) for one in result.metrics)
    result = result.model_copy(update={"metrics": timed})
    older = earlier(result, 41)
    other = older.run.environment.model_copy(update={"auditor": version})
    older = older.model_copy(update={"run": older.run.model_copy(update={"environment": other})})
    points, *others = trend_lines((older,), result)
    assert not points.broken
    assert any(line.broken for line in others) is broken


def test_time_runs_as_the_language_reads(audited):
    result, _folder = audited

    def first_x(code: str) -> float:
        with written_in(Language(code)):
            svg = BeautifulSoup(trend_lines((earlier(result, 41),), result)[0].svg, "lxml")
        return float(str(svg.select("circle")[0]["cx"]))

    assert first_x("en") < 100 < 240 < first_x("fa")
