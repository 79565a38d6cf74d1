"""What became of a finding between two runs; nothing is called fixed that was not looked at."""

import json
from collections.abc import Iterable

import pytest
from click.testing import CliRunner

from auditor.cli import cli
from auditor.compare import Comparison, State, compare
from auditor.evidence import Device, Template
from auditor.finding import Certainty, Outcome, Problem, Verdict
from auditor.fold import fold
from auditor.result import AuditResult
from auditor.score import score
from reports import write_reports
from tests.factories.results import declared, run, sample

CHECK = "product/price-unclear"


def outcome(verdict: Verdict = Verdict.PASSED, page: str = "/p/a", check: str = CHECK, **fields: object) -> Outcome:
    problems = fields.pop("problems", (Problem(selector=".price"),) if verdict is Verdict.FAILED else ())
    made = {
        "check": check, "verdict": verdict, "template": Template.PRODUCT, "device": Device.MOBILE, "page_key": page,
        "problems": problems, "score": {"passed": 1.0, "failed": 0.0}.get(verdict.value),
    }  # fmt: skip
    return Outcome.model_validate(made | fields)


def compared(before: Iterable[Outcome], after: Iterable[Outcome]) -> Comparison:
    return compare(_result(before, "one"), _result(after, "two"), before, after)


def _result(outcomes: Iterable[Outcome], name: str) -> AuditResult:
    findings = fold(outcomes, declared())
    scores = score(outcomes, declared())
    return AuditResult(
        run=run(id=name), pages=(), findings=findings, outcomes={}, checks={}, journeys=(), metrics=(), scores=scores,
        not_seen=(), discovery={},
    )  # fmt: skip


def only(comparison: Comparison) -> tuple[State, str]:
    (change,) = comparison.changes
    return change.state, change.because


FAILED, PASSED = outcome(Verdict.FAILED), outcome()


def test_a_finding_that_stayed_is_still_there():
    assert only(compared([FAILED], [FAILED])) == (State.STILL, "")


def test_a_finding_where_the_check_passed_before_is_new():
    assert only(compared([PASSED], [FAILED])) == (State.NEW, "")


def test_a_finding_of_a_new_check_says_that_it_may_be_old():
    assert only(compared([outcome(check="trust/phone-missing")], [FAILED])) == (
        State.NEW, "the check is new, the shop may have had this before",
    )  # fmt: skip


def test_a_finding_on_a_page_that_was_not_looked_at_before_says_so():
    assert only(compared([outcome(page="/p/other")], [FAILED])) == (State.NEW, "it was not looked at before")


def test_fixed_needs_a_pass_at_every_former_place():
    twice = [FAILED, outcome(Verdict.FAILED, "/p/b")]
    assert only(compared(twice, [PASSED, outcome(page="/p/b")])) == (State.FIXED, "")
    assert only(compared(twice, [PASSED])) == (State.UNJUDGED, "/p/b was not looked at again")


@pytest.mark.parametrize(
    ("after", "why"),
    [
        ([], "the check was not asked"),
        ([outcome(Verdict.NOT_RECORDED, note="texts: the page never answered")], "texts: the page never answered"),
        ([outcome(Verdict.NOT_APPLICABLE)], "the check's answer there is not applicable"),
        ([outcome(device=Device.DESKTOP)], "/p/a was not looked at again"),
    ],
)
def test_what_was_not_judged_again_is_not_fixed(after, why):
    assert only(compared([FAILED], after)) == (State.UNJUDGED, why)


def test_a_problem_that_changed_its_shape_is_not_fixed():
    other = outcome(Verdict.FAILED, problems=(Problem(selector=".sum"),))
    states = {change.state: change.because for change in compared([FAILED], [other]).changes}
    assert states == {State.NEW: "", State.UNJUDGED: "the check still fails there, in another way"}


def test_a_journeys_finding_is_compared_with_the_same_journey():
    failed = outcome(Verdict.FAILED, template=None, page_key=None, journey="buy")
    passed = outcome(template=None, page_key=None, journey="buy")
    assert only(compared([failed], [passed])) == (State.FIXED, "")
    searched = outcome(template=None, page_key=None, journey="search")
    assert only(compared([failed], [searched])) == (State.UNJUDGED, "buy was not looked at again")


def test_a_doubt_that_is_gone_is_fixed_too():
    doubt = Problem(selector=".price", certainty=Certainty.NEEDS_REVIEW)
    assert only(compared([outcome(Verdict.NEEDS_REVIEW, problems=(doubt,))], [PASSED])) == (State.FIXED, "")


def test_the_command_line_compares_two_folders_and_warns(tmp_path):
    result, folder = sample(tmp_path / "one", pictures=False)
    write_reports(result, folder)
    folder.write_outcomes([FAILED])
    runner = CliRunner()
    shown = runner.invoke(cli, ["diff", str(folder.path), str(folder.path)])
    assert shown.exit_code == 0
    assert f"0 new, {len(result.findings)} still there, 0 fixed" in shown.output
    told = json.loads(runner.invoke(cli, ["diff", str(folder.path), str(folder.path), "--format", "json"]).output)
    assert {change["state"] for change in told["changes"]} == {"still"}
    refused = runner.invoke(cli, ["diff", str(folder.path), str(tmp_path)])
    assert refused.exit_code == 2
    assert "is no run folder" in refused.output


def test_a_run_that_was_never_judged_is_refused_with_the_remedy(tmp_path):
    result, folder = sample(tmp_path / "one", pictures=False)
    write_reports(result, folder)
    (folder.path / "outcomes.jsonl").unlink(missing_ok=True)
    refused = CliRunner().invoke(cli, ["diff", str(folder.path), str(folder.path)])
    assert refused.exit_code == 2
    assert "auditor replay" in refused.output


def test_runs_that_are_hard_to_compare_are_named():
    one, two = _result([FAILED], "one"), _result([FAILED], "two")
    other = two.model_copy(
        update={"run": run(id="two", ended="partial", why="It was stopped.", depth="cart", host="b.example")}
    )
    warnings = compare(one, other, [], []).warnings
    assert any("two hosts" in line for line in warnings)
    assert any("different depths" in line for line in warnings)
    assert any(line == "Run two is partial: It was stopped." for line in warnings)
    assert compare(one, two, [], []).warnings == ()
