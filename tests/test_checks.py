"""Every check on saved evidence: what it must find, and what it must leave alone."""

import re
import string
from pathlib import Path

import pytest

from auditor.check import CheckSpec, load_checks
from auditor.evaluate import judge
from tests.factories.cases import check_of, limits_of, read_case, saved, summary, verdict_of

CHECKS = {spec.id: spec for spec in load_checks()}
CASES = saved()
NEVER_FAILS = frozenset({"dark-patterns/decline-shames"})
"""Words alone make a tone suspected; a person decides."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{check_of(case)}/{case.stem}")
def test_a_check_says_of_saved_evidence_what_was_agreed(case: Path) -> None:
    spec = CHECKS[check_of(case)]
    evidence, expected = read_case(case, spec)
    outcome = judge(spec, evidence, limits_of(case))
    assert outcome.verdict.value == verdict_of(case), outcome
    assert summary(outcome) == expected


@pytest.mark.parametrize("spec", CHECKS.values(), ids=lambda spec: spec.id)
def test_every_check_has_a_failing_and_a_passing_case(spec: CheckSpec) -> None:
    verdicts = {verdict_of(case) for case in CASES if check_of(case) == spec.id}
    assert {"needs_review" if spec.id in NEVER_FAILS else "failed", "passed"} <= verdicts


@pytest.mark.parametrize("spec", CHECKS.values(), ids=lambda spec: spec.id)
def test_the_texts_of_a_check_have_the_agreed_form(spec: CheckSpec) -> None:
    assert len(spec.title) < 70
    assert spec.title[0].isupper()
    assert not spec.title.endswith(".")
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)", spec.why)) <= 2
    assert spec.why.endswith(".")
    assert spec.fix.endswith(".")
    assert not re.match(r"(?:You|It|The|There|This|We)\b", spec.fix), "the fix begins with a verb in the imperative"
    assert not any(form.endswith(".") for form in spec.found)
    assert spec.source.startswith("https://") or re.match(r"[A-Z][\w .,-]+ \d", spec.source), "an address or a standard"


@pytest.mark.parametrize("spec", CHECKS.values(), ids=lambda spec: spec.id)
def test_the_found_sentence_can_be_filled_from_every_problem(spec: CheckSpec) -> None:
    named = {name for form in spec.found for _, name, _, _ in string.Formatter().parse(form) if name} - {"count"}
    for case in (case for case in CASES if check_of(case) == spec.id):
        for problem in judge(spec, read_case(case, spec)[0], limits_of(case)).problems:
            assert named <= set(problem.values), case.name
