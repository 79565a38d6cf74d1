"""Reports over several runs: before and after with pictures, a period with what did not run."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from auditor.compare import State, compare
from auditor.finding import Occurrence, Verdict
from auditor.result import AuditResult
from auditor.run_folder import RunFolder, RunFolderError
from reports.before_after import before_after
from reports.beside import Beside
from reports.change_pictures import Side, pair_of
from reports.client_report import client_report, notes_of
from reports.language import Language, written_in
from reports.periods import Period, PeriodError, Unrun, period_part
from tests.factories.journeys import bought
from tests.factories.results import declared, outcomes, run, sample, visits

LATER = datetime(2026, 12, 21, 10, 0, tzinfo=UTC)
REPAIRED = "imagery/main-image-missing"


@pytest.fixture
def two_runs(tmp_path) -> tuple[tuple[AuditResult, RunFolder], RunFolder]:
    """A run in which a picture was repaired and a page's viewport is still missing, and the run before."""
    result, folder = sample(tmp_path / "after")
    before, earlier = sample(tmp_path / "before")
    judged = outcomes(visits(), declared())
    earlier.write_result(before)
    earlier.write_outcomes(judged)
    passed = {"verdict": Verdict.PASSED, "problems": ()}
    now = [one.model_copy(update=passed) if one.check == REPAIRED else one for one in judged]
    folder.write_outcomes(now)
    left = tuple(finding for finding in result.findings if finding.check != REPAIRED)
    result = result.model_copy(update={"findings": left, "run": run(started_at=LATER, id="later")})
    folder.write_result(result)
    return (result, folder), earlier


def compared(two_runs, **more) -> BeautifulSoup:
    (result, folder), earlier = two_runs
    part = before_after(result, folder, earlier)
    return BeautifulSoup(client_report(result, folder, more=(part,), **more).html(), "lxml")


def test_what_was_repaired_is_shown_as_it_was_and_as_it_is(two_runs):
    rows = compared(two_runs).select("#changes .change-row:has(.pair)")
    repaired = next(row for row in rows if "Products have no real picture" in row.text)
    captions = [figure.figcaption.text for figure in repaired.select("figure:has(img)")]
    assert captions == ["Before", "After"]
    sources = [image["src"] for image in repaired.select("img")]
    assert sources[0] != sources[1], "the place is marked in the run that had the problem only"


def test_what_has_no_box_is_shown_by_the_pages_first_view_in_both_runs(two_runs):
    (result, folder), earlier = two_runs
    before = earlier.result()
    bare = [
        finding.model_copy(
            update={"occurrences": tuple(one.model_copy(update={"box": None}) for one in finding.occurrences)}
        )
        for finding in before.findings
    ]
    earlier.write_result(before.model_copy(update={"findings": tuple(bare)}))
    rows = compared(((result, folder), earlier)).select("#changes .change-row:has(.pair)")
    repaired = next(row for row in rows if "Products have no real picture" in row.text)
    assert [figure.figcaption.text for figure in repaired.select("figure:has(img)")] == ["Before", "After"]


def test_what_a_journey_met_is_shown_by_the_same_step_of_the_other_run(two_runs):
    (result, folder), earlier = two_runs
    before = earlier.result()
    compared = compare(before, result, tuple(earlier.outcomes()), tuple(folder.outcomes()))
    (change,) = compared.of(State.FIXED)
    walk, again = bought(folder=earlier.path), bought(folder=folder.path)
    at = next(number for number, step in enumerate(walk.steps) if step.get("picture"))
    met = Occurrence(page_key="/", journey=walk.name, device=walk.device, step=at)
    moved = tuple(
        finding.model_copy(update={"occurrences": (met,)}) if finding.fingerprint == change.fingerprint else finding
        for finding in before.findings
    )
    old = Side.of(before.model_copy(update={"findings": moved, "journeys": (walk,)}), earlier)
    new = Side.of(result.model_copy(update={"journeys": (again,)}), folder)
    then, now = pair_of(change, old, new)
    assert then is not None
    assert now is not None
    assert (then.viewport, now.viewport) == (walk.steps[at]["picture"], again.steps[at]["picture"])
    alone = Side.of(result.model_copy(update={"journeys": ()}), folder)
    assert pair_of(change, old, alone) == (then, None)


def test_counts_of_what_became_of_the_findings_are_those_of_the_comparison(two_runs):
    tiles = {tile.strong.text: int(tile.b.text) for tile in compared(two_runs).select(".changes li")}
    (_result, _folder), earlier = two_runs
    assert tiles == {"Fixed": 1, "Still there": len(earlier.result().findings) - 1}


def test_the_other_runs_folder_stays_as_it_is(two_runs):
    _after, earlier = two_runs
    before = {path: path.stat().st_mtime_ns for path in sorted(earlier.path.rglob("*"))}
    compared(two_runs)
    assert {path: path.stat().st_mtime_ns for path in sorted(earlier.path.rglob("*"))} == before


def test_a_hidden_finding_is_neither_new_nor_still_there(two_runs):
    (result, folder), earlier = two_runs
    notes = folder.path / "notes.md"
    notes.write_text("## Finding: navigation/dead-links\nHide: old campaign\n", encoding="utf-8")
    hidden = client_report(result, folder, notes=notes_of(folder.path))
    part = before_after(hidden.result, folder, earlier)
    assert "dead-links" not in part.markdown()
    assert "answers 404" not in part.markdown()


def test_scores_of_other_checks_are_not_compared(two_runs):
    (result, folder), earlier = two_runs
    environment = result.run.environment.model_copy(update={"checks_digest": "other"})
    changed = result.model_copy(update={"run": result.run.model_copy(update={"environment": environment})})
    folder.write_result(changed)
    page = compared(((changed, folder), earlier))
    assert "not comparable: the checks changed in between" in page.select_one("#changes .numbers").text
    assert "The checks have changed between the runs." in page.select_one("#changes").text


def test_untimed_numbers_are_not_compared(two_runs):
    assert len(compared(two_runs).select("#changes .numbers")) == 1


def test_a_run_without_outcomes_is_told(two_runs):
    (result, folder), earlier = two_runs
    (earlier.path / "outcomes.jsonl").unlink()
    with pytest.raises(RunFolderError, match=r"cannot be compared: .*auditor replay"):
        before_after(result, folder, earlier)


@pytest.mark.parametrize("code", ["pl", "fa"])
def test_before_and_after_is_in_the_language_of_the_report(code, two_runs):
    with written_in(Language(code)):
        page = compared(two_runs).select_one("#changes").text
    for english in ("Before", "After", "Fixed", "Still there", "Change", "about the same"):
        assert english not in page


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", (2026, 1), (2027, 1)),
        ("2026-Q4", (2026, 10), (2027, 1)),
        ("2026-q1", (2026, 1), (2026, 4)),
        ("2026-12", (2026, 12), (2027, 1)),
        ("2026-02", (2026, 2), (2026, 3)),
    ],
)
def test_a_period_is_a_year_a_quarter_or_a_month(text, start, end):
    period = Period.read(text)
    assert period.start == datetime(*start, 1, tzinfo=UTC)
    assert period.end == datetime(*end, 1, tzinfo=UTC)
    assert period.holds(period.start)
    assert not period.holds(period.end)
    assert period.holds(period.end - timedelta(microseconds=1))


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "26", "2026-11-01", "0000", "9999", "Q4", "٢٠٢٦"])
def test_what_is_no_period_is_refused_with_an_example(text):
    with pytest.raises(PeriodError, match="2026-Q4"):
        Period.read(text)


def test_a_period_tells_what_ran_and_what_did_not(two_runs):
    (result, folder), earlier = two_runs
    failed = result.model_copy(update={"run": run(ended="failed", why="Not audited, because x.", started_at=LATER)})
    missed = [
        Unrun(datetime(2026, 12, 1, 6, 30, tzinfo=UTC), "missed", "the server was off"),
        Unrun(datetime(2027, 1, 1, 6, 30, tzinfo=UTC), "missed", "of another period"),
    ]
    part = period_part(Period.read("2026-Q4"), [failed, earlier.result()], missed)
    page = BeautifulSoup(client_report(result, folder, more=(part,)).html(), "lxml")
    rows = [[cell.text for cell in row.select("th, td")] for row in page.select("#period tbody tr")]
    assert [row[0][:11] for row in rows] == ["21 November", "1 December ", "21 December"]
    assert [row[1].split(" ")[0] for row in rows] == ["complete", "missed:", "not"]
    assert rows[0][2].isdecimal()
    assert rows[1][2:] == rows[2][2:] == ["–"] * 5
    assert "the server was off" in rows[1][1]


def test_a_report_over_a_period_draws_how_the_numbers_went(two_runs):
    (result, folder), earlier = two_runs
    report = client_report(result, folder, beside=Beside(history=(earlier.result(),)))
    assert BeautifulSoup(report.html(), "lxml").select("svg.trend")
