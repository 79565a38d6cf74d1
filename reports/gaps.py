"""Gap analysis: what was wanted, what is there, what was there at the last audit, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from auditor.finding import Area, Severity, Verdict
from auditor.result import AuditResult, Metric
from auditor.score import LEAST_COVERAGE
from reports.goals import Goal
from reports.language import Words, _, _n, number
from reports.shop_text import clean
from reports.wording import AREAS, METRICS, ON_DEVICES, PAGES_OF, SEVERITIES, quantity

Met = Literal["yes", "no", "unknown"]
MET = Words[Met]({"yes": _("reached"), "no": _("missed"), "unknown": _("cannot be said")})


@dataclass(frozen=True)
class Gap:
    """A row: ``now`` and ``before`` as text, "" where there is no such number. ``missing`` is what is left to do."""

    goal: str
    words: str
    wanted: str
    before: str
    now: str
    met: Met
    met_name: str
    missing: str


@dataclass(frozen=True)
class _Found:
    """A number of a run; ``sure`` False: it cannot decide the goal, and ``why`` says what keeps it from that."""

    value: float | None
    sure: bool = True
    why: str = ""


def gaps(goals: Iterable[Goal], result: AuditResult, before: AuditResult | None) -> tuple[Gap, ...]:
    """In the order of the goals."""
    return tuple(_gap(goal, result, before) for goal in goals)


def _gap(goal: Goal, result: AuditResult, before: AuditResult | None) -> Gap:
    now, then = _found(goal, result), _found(goal, before) if before else _Found(None)
    met = _met(goal, now)
    return Gap(
        goal=_named(goal, result),
        words=clean(goal.text or "", 200),
        wanted=_wanted(goal),
        before=_shown(goal, then.value),
        now=_shown(goal, now.value),
        met=met,
        met_name=MET[met],
        missing=_missing(goal, now, met),
    )


def _found(goal: Goal, result: AuditResult) -> _Found:
    if goal.score is not None:
        return _score(goal, result)
    if goal.metric is not None:
        return _metric(goal, result)
    return _findings(goal, result)


def _score(goal: Goal, result: AuditResult) -> _Found:
    if goal.area is None:
        value = result.scores.overall
    else:
        value = next((row.score for row in result.scores.areas if row.area is goal.area), None)
    return _Found(value) if value is not None else _Found(None, False, _("too little could be judged for a score"))


def _metric(goal: Goal, result: AuditResult) -> _Found:
    pages = {page.key for page in result.pages if goal.template in (None, page.template)}
    there = [one for one in result.metrics if one.name == goal.metric and one.page in pages]
    there = [one for one in there if goal.device in (None, one.device)]
    if not there:
        return _Found(None, False, _("it was not measured"))
    worst = max(there, key=_value)
    if worst.method == "untimed" and worst.unit in ("ms", "score"):
        return _Found(_value(worst), False, _("measured on a shared machine, so only a hint"))
    return _Found(_value(worst))


def _value(metric: Metric) -> float:
    return max((metric.median, *metric.states))


def _findings(goal: Goal, result: AuditResult) -> _Found:
    ladder = list(Severity)
    count = sum(
        finding.verdict is Verdict.FAILED
        and goal.area in (None, finding.area)
        and (goal.severity is None or ladder.index(finding.severity) <= ladder.index(goal.severity))
        and (goal.check is None or fnmatchcase(finding.check, goal.check))
        for finding in result.findings
    )
    if count > (goal.findings or 0) or _judged(goal, result):
        return _Found(count)
    return _Found(count, False, _("not all of it could be judged"))


def _judged(goal: Goal, result: AuditResult) -> bool:
    """Whether silence means that nothing is there: what is missing in the evidence is no pass."""
    if result.run.ended != "complete":
        return False
    if goal.check is not None:
        asked = [counts for check, counts in result.outcomes.items() if fnmatchcase(check, goal.check)]
        lost = (Verdict.NOT_RECORDED, Verdict.CRASHED)
        return bool(asked) and not any(counts.get(verdict) for counts in asked for verdict in lost)
    areas = [row for row in result.scores.areas if goal.area in (None, row.area)]
    if goal.area is Area.DARK_PATTERNS:
        return True
    return bool(areas) and all(row.coverage >= LEAST_COVERAGE for row in areas)


def _met(goal: Goal, now: _Found) -> Met:
    if now.value is None or not now.sure:
        return "unknown"
    if goal.score is not None:
        return "yes" if now.value >= goal.score else "no"
    return "yes" if now.value <= _limit(goal) else "no"


def _limit(goal: Goal) -> float:
    return goal.most if goal.most is not None else float(goal.findings or 0)


def _severities(least: Severity) -> str:
    name = SEVERITIES[least]
    return name if least is Severity.CRITICAL else _("{severity} and worse").format(severity=name)


def _named(goal: Goal, result: AuditResult) -> str:
    if goal.score is not None:
        if goal.area is None:
            return _("Overall score")
        return _("Score of the chapter “{area}”").format(area=AREAS[goal.area])
    if goal.metric is not None:
        parts = [METRICS[goal.metric], *([PAGES_OF[goal.template]] if goal.template else [])]
        parts += [ON_DEVICES[goal.device]] if goal.device else []
        return _(", ").join(parts)
    if goal.check is not None:
        texts = result.checks.get(goal.check)
        return _("Findings: {of}").format(of=_(texts.title) if texts else clean(goal.check, 80))
    of = [_severities(goal.severity)] if goal.severity else []
    of += [AREAS[goal.area]] if goal.area else []
    return _("Findings: {of}").format(of=_(", ").join(of)) if of else _("All findings")


def _wanted(goal: Goal) -> str:
    if goal.score is not None:
        return _("at least {value}").format(value=number(goal.score, 0))
    return _("at most {value}").format(value=_shown(goal, _limit(goal)))


def _shown(goal: Goal, value: float | None) -> str:
    if value is None:
        return ""
    if goal.metric is None:
        return number(value, 0)
    unit = {"cls": "score", "bytes": "bytes", "requests": "count"}.get(goal.metric, "ms")
    return quantity(value, unit)


def _missing(goal: Goal, now: _Found, met: Met) -> str:
    if met == "unknown" or now.value is None:
        return now.why
    if met == "yes":
        return ""
    if goal.score is not None:
        points = round(goal.score - now.value)
        return _n("{count} point is missing", "{count} points are missing", points).format(count=number(points, 0))
    if goal.metric is not None:
        return _("{value} too much").format(value=_shown(goal, now.value - _limit(goal)))
    over = round(now.value - _limit(goal))
    return _n("{count} finding too many", "{count} findings too many", over).format(count=number(over, 0))
