"""Outcomes → area scores with their coverage, and the overall."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from auditor.check import CheckSpec
from auditor.evidence import Frozen, Template
from auditor.finding import Area, Outcome, Verdict

LEAST_COVERAGE = 0.6
"""Under this share of the applicable weight no number is printed."""

CAP = 49
"""The overall at most, while a show-stopper is open."""

SHOW_STOPPERS = frozenset({"PDP-004", "CHK-004", "ADS-004", "ADS-008", "ADS-012", "DRK-005"})
"""Catalogue rows: the cart cannot be filled, checkout cannot be reached, shoppers are sent elsewhere, known-bad
host."""

AREA_WEIGHTS: dict[Area, int] = {
    Area.NAVIGATION: 14,
    Area.SPEED: 14,
    Area.MOBILE: 10,
    Area.IMAGERY: 8,
    Area.PRODUCT: 15,
    Area.CHECKOUT: 20,
    Area.INJECTED_ADS: 6,
    Area.TRUST: 8,
    Area.ACCESSIBILITY: 5,
}
"""Our judgement; dark patterns are a list outside the score."""

TEMPLATE_WEIGHTS: dict[Template, int] = {
    Template.HOME: 1,
    Template.CATEGORY: 2,
    Template.PRODUCT: 3,
    Template.CART: 3,
    Template.CHECKOUT: 3,
}

PROFILE = "2026-11"
"""Version of the weights above. Scores of two profiles never share a trend line."""


class AreaScore(Frozen):
    """``score`` 0-100, None under the least coverage; ``coverage`` 0-1 of the applicable checks' weight."""

    area: Area
    score: int | None
    coverage: float
    judged: int
    applicable: int


class Scores(Frozen):
    """``overall`` is None while less than half of all area weight has a score. ``capped_by``: rows of open
    show-stoppers."""

    profile: str
    areas: tuple[AreaScore, ...]
    overall: int | None
    overall_coverage: float
    capped_by: tuple[str, ...] = ()


def score(outcomes: Iterable[Outcome], checks: Mapping[str, CheckSpec]) -> Scores:
    """Score a run. A check that was judged somewhere counts with its mean over templates; one that was nowhere lowers
    coverage."""
    by_check: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_check[outcome.check].append(outcome)
    areas = []
    capped = []
    for area in AREA_WEIGHTS:
        specs = [spec for spec in checks.values() if spec.area is area and spec.scored]
        if specs:
            areas.append(_area(area, specs, by_check))
    for spec in checks.values():
        if spec.row in SHOW_STOPPERS and any(o.verdict is Verdict.FAILED for o in by_check[spec.id]):
            capped.append(spec.row)
    return _overall(tuple(areas), tuple(sorted(set(capped))))


def _area(area: Area, specs: Sequence[CheckSpec], by_check: Mapping[str, list[Outcome]]) -> AreaScore:
    total = judged_weight = points = 0.0
    judged = applicable = 0
    for spec in specs:
        verdicts = {outcome.verdict for outcome in by_check.get(spec.id, [])}
        if verdicts == {Verdict.NOT_APPLICABLE}:
            continue
        weight = spec.severity.weight
        applicable += 1
        total += weight
        value = check_score(by_check.get(spec.id, []))
        if value is not None:
            judged += 1
            judged_weight += weight
            points += weight * value
    coverage = judged_weight / total if total else 0.0
    number = round(100 * points / judged_weight) if judged_weight and coverage >= LEAST_COVERAGE else None
    return AreaScore(area=area, score=number, coverage=round(coverage, 3), judged=judged, applicable=applicable)


def check_score(outcomes: Iterable[Outcome]) -> float | None:
    """Mean over the pages of a template, then over templates by their weight; None where nothing was judged."""
    by_template: dict[Template | None, list[float]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.score is not None:
            by_template[outcome.template].append(outcome.score)
    if not by_template:
        return None
    weights = {template: TEMPLATE_WEIGHTS.get(template, 1) if template else 1 for template in by_template}
    points = sum(weights[template] * sum(values) / len(values) for template, values in by_template.items())
    return points / sum(weights.values())


def _overall(areas: tuple[AreaScore, ...], capped_by: tuple[str, ...]) -> Scores:
    scored = [(AREA_WEIGHTS[area.area], area.score) for area in areas if area.score is not None]
    weight = sum(w for w, _ in scored)
    coverage = weight / sum(AREA_WEIGHTS.values())
    overall = round(sum(w * value for w, value in scored) / weight) if weight and coverage >= 0.5 else None
    if overall is not None and capped_by:
        overall = min(overall, CAP)
    return Scores(
        profile=PROFILE, areas=areas, overall=overall, overall_coverage=round(coverage, 3), capped_by=capped_by
    )  # fmt: skip
