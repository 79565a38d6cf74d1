"""Scores: the published curve, weights, coverage, caps."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from auditor.api import Severity, Template
from auditor.check import CheckSpec
from auditor.evidence import Device
from auditor.finding import Area, Outcome, Verdict
from auditor.reading.performance import log_normal_score
from auditor.score import CAP, check_score, score


def spec(check_id: str, severity: Severity = Severity.SERIOUS, row: str = "X-001", **fields) -> CheckSpec:
    whole: dict[str, Any] = {
        "id": check_id, "row": row, "severity": severity, "title": "t", "why": "w", "fix": "f", "found": ("", ""),
        "source": "s", "judge": lambda: iter(()), "templates": frozenset(Template), "devices": frozenset(Device),
        "scale": "binary", "scored": True, "indicative": False, "formerly": (), "scope": "page", "reads": (),
    }  # fmt: skip
    return CheckSpec(**(whole | fields))


def outcome(check: str, value: float | None, template: Template | None = Template.PRODUCT) -> Outcome:
    verdict = Verdict.NOT_RECORDED if value is None else Verdict.PASSED if value == 1 else Verdict.FAILED
    return Outcome(check=check, verdict=verdict, template=template, score=value)


def scored(specs, *outcomes: Outcome):
    result = score(outcomes, {each.id: each for each in specs})
    return result, {area.area: area for area in result.areas}


@pytest.mark.parametrize(("value", "expected"), [(1500, 1.0), (2000, 0.97), (2500, 0.90), (3000, 0.78), (4000, 0.50)])
def test_the_curve_gives_lighthouses_values_for_lcp(value, expected):
    assert log_normal_score(value, 2500, 4000) == pytest.approx(expected, abs=0.008)


@given(some.floats(1, 1e6), some.floats(1, 1e6))
def test_slower_is_never_better(one, other):
    slow, fast = max(one, other), min(one, other)
    assert log_normal_score(slow, 2500, 4000) <= log_normal_score(fast, 2500, 4000)


def test_an_area_is_the_weighted_share_of_what_was_judged():
    specs = [spec("trust/a", Severity.CRITICAL), spec("trust/b", Severity.MINOR)]
    _, areas = scored(specs, outcome("trust/a", 1), outcome("trust/b", 0))
    assert areas[Area.TRUST].score == round(100 * 10 / 11)
    assert areas[Area.TRUST].coverage == 1


def test_too_little_judged_gives_no_number():
    specs = [spec("trust/a", Severity.CRITICAL), spec("trust/b", Severity.SERIOUS)]
    _, areas = scored(specs, outcome("trust/a", None), outcome("trust/b", 1))
    assert areas[Area.TRUST].score is None
    assert areas[Area.TRUST].coverage == pytest.approx(7 / 17, abs=0.001)


def test_a_check_that_does_not_apply_neither_helps_nor_harms():
    specs = [spec("trust/a"), spec("trust/b")]
    skipped = Outcome(check="trust/b", verdict=Verdict.NOT_APPLICABLE)
    _, areas = scored(specs, outcome("trust/a", 1), skipped)
    assert (areas[Area.TRUST].score, areas[Area.TRUST].coverage, areas[Area.TRUST].applicable) == (100, 1, 1)


def test_many_pages_of_one_template_do_not_drown_another():
    many = [outcome("a", 1, Template.HOME) for _ in range(300)]
    assert check_score([*many, outcome("a", 0, Template.CHECKOUT)]) == pytest.approx(1 / 4)


def test_the_overall_needs_half_of_the_weight():
    specs = [spec(f"{area}/a") for area in ("navigation", "speed", "mobile", "imagery", "product")]
    few, _ = scored(specs[:1], outcome("navigation/a", 1))
    most, _ = scored(specs, *(outcome(each.id, 1) for each in specs))
    assert (few.overall, most.overall) == (None, 100)


def test_a_show_stopper_caps_the_overall():
    specs = [spec(f"{area}/a") for area in ("navigation", "speed", "mobile", "imagery", "product")]
    specs.append(spec("product/cart", row="PDP-004"))
    result, _ = scored(specs, *(outcome(each.id, 1) for each in specs[:-1]), outcome("product/cart", 0))
    assert result.capped_by == ("PDP-004",)
    assert result.overall is not None
    assert result.overall <= CAP


def test_unscored_checks_stay_outside():
    result, areas = scored([spec("trust/a"), spec("trust/list", scored=False)], outcome("trust/list", 0))
    assert areas[Area.TRUST].judged == 0
    assert result.overall is None
