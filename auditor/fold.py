"""One problem, one finding: problems of all pages and devices folded by their fingerprint."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from auditor.check import CheckSpec
from auditor.evidence import Device, Template
from auditor.finding import (
    Certainty,
    Finding,
    Occurrence,
    Outcome,
    Problem,
    Severity,
    Value,
    Verdict,
    fingerprint,
)

_Sighting = tuple[Outcome, Problem]
_Place = tuple[str | None, Device | None, str | None]


def fold(outcomes: Iterable[Outcome], checks: Mapping[str, CheckSpec]) -> tuple[Finding, ...]:
    """Findings of a run, worst first: by severity × reach × certainty, then by catalogue row."""
    judged: dict[tuple[str, Template | None], set[_Place]] = defaultdict(set)
    groups: dict[str, list[_Sighting]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.score is not None or outcome.problems:
            judged[outcome.check, outcome.template].add(_place(outcome))
            judged[outcome.check, None].add(_place(outcome))
        for problem in outcome.problems:
            identity = _identity(outcome, problem, checks.get(outcome.check))
            groups[identity].append((outcome, problem))
    findings = [
        _finding(identity, sightings, checks[sightings[0][0].check], judged)
        for identity, sightings in groups.items()
        if sightings[0][0].check in checks
    ]
    return tuple(sorted(findings, key=_rank))


def _place(outcome: Outcome) -> _Place:
    return outcome.page_key, outcome.device, outcome.journey


def _identity(outcome: Outcome, problem: Problem, spec: CheckSpec | None) -> str:
    """A discriminator stands for the selector, which then only shows where; a shop-wide problem has no template."""
    template = None if spec and spec.shopwide else outcome.template
    selector = None if problem.discriminator else problem.selector
    return fingerprint(outcome.check, template, selector, problem.discriminator)


def found_sentence(spec: CheckSpec, values: Mapping[str, Value], count: int, discriminator: str = "") -> str:
    """The check's ``found`` sentence with its numbers, in English; one of ``found_as`` only where its numbers are all
    there."""
    shown = {"count": count} | {name: _plain(value) for name, value in values.items()}
    for one, many in (spec.found_as.get(discriminator.partition(":")[0], spec.found), spec.found):
        form = one if shown["count"] == 1 else many
        try:
            return form.format(**shown)
        except (KeyError, IndexError, ValueError):
            continue
    return form


def _plain(value: Value) -> Value:
    if isinstance(value, float):
        return int(value) if value == int(value) else round(value, 2)
    return value


def _finding(
    identity: str,
    sightings: list[_Sighting],
    spec: CheckSpec,
    judged: Mapping[tuple[str, Template | None], set[_Place]],
) -> Finding:
    certain = [s for s in sightings if s[1].certainty is Certainty.CERTAIN]
    counted = certain or sightings
    outcome, worst = min(counted, key=lambda s: list(Severity).index(severity_of(spec, s[1])))
    occurrences = _occurrences(sightings)
    pages = tuple(dict.fromkeys(o.page_key for o in occurrences))
    devices = tuple(device for device in Device if any(o.device is device for o in occurrences))
    most = max(o.count for o in occurrences)
    template = None if spec.shopwide else outcome.template
    total = len(judged[spec.id, template]) or 1
    seen = len({_place(outcome) for outcome, _problem in sightings})
    values = dict(worst.values)
    count = values.get("count", most)
    said_by = "timed" if worst.timed else worst.discriminator
    return Finding(
        check=spec.id,
        row=spec.row,
        area=spec.area,
        severity=severity_of(spec, worst),
        verdict=Verdict.FAILED if certain else Verdict.NEEDS_REVIEW,
        certainty=Certainty.CERTAIN if certain else Certainty.NEEDS_REVIEW,
        template=template,
        devices=devices,
        pages=pages,
        selector=worst.selector,
        found=found_sentence(spec, values, int(count) if isinstance(count, int | float) else most, said_by),
        values=values,
        fingerprint=identity,
        owner=worst.owner,
        indicative=spec.indicative and not worst.timed,
        reach=min(1.0, seen / total),
        occurrences=occurrences,
    )


def severity_of(spec: CheckSpec, problem: Problem) -> Severity:
    own = problem.severity or spec.severity
    return own.milder if problem.middle else own


def _occurrences(sightings: list[_Sighting]) -> tuple[Occurrence, ...]:
    places: dict[tuple[str, Device | None, str | None], list[_Sighting]] = defaultdict(list)
    for outcome, problem in sightings:
        places[problem.page_key or outcome.page_key or "", outcome.device, outcome.journey].append((outcome, problem))
    return tuple(
        Occurrence(
            page_key=key,
            device=device,
            visit=found[0][0].visit,
            journey=found[0][0].journey,
            step=found[0][1].step,
            selector=found[0][1].selector,
            box=found[0][1].box,
            values=found[0][1].values,
            count=len(found),
        )
        for (key, device, _journey), found in places.items()
    )


def _rank(finding: Finding) -> tuple[float, str, str]:
    sure = 1.0 if finding.certainty is Certainty.CERTAIN else 0.3
    return (-finding.severity.weight * (0.5 + 0.5 * finding.reach) * sure, finding.row, finding.fingerprint)
