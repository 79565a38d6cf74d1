"""Two runs of a shop: which findings are new, which stayed, which are fixed, and of which nothing can be said."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Protocol

from auditor.evidence import Frozen, Template
from auditor.finding import Area, Finding, Occurrence, Outcome, Severity, Verdict
from auditor.result import AuditResult


class State(StrEnum):
    NEW = "new"
    STILL = "still"
    FIXED = "fixed"
    UNJUDGED = "unjudged"


class Placed(Protocol):
    """What must be known of a finding to say whether it is fixed: of its occurrences only the places."""

    @property
    def check(self) -> str: ...
    @property
    def template(self) -> Template | None: ...
    @property
    def occurrences(self) -> tuple[Occurrence, ...]: ...


class Change(Frozen):
    """What became of one finding. ``because`` says it where it is not evident: a check that is new, a page that was
    not looked at."""

    state: State
    fingerprint: str
    check: str
    row: str
    area: Area
    severity: Severity
    verdict: Verdict
    found: str
    because: str = ""


class Comparison(Frozen):
    """``before`` and ``after`` are run ids; ``warnings`` say what makes the two runs hard to compare."""

    before: str
    after: str
    warnings: tuple[str, ...]
    changes: tuple[Change, ...]

    def of(self, state: State) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.state is state)


def compare(
    before: AuditResult, after: AuditResult, outcomes_before: Iterable[Outcome], outcomes_after: Iterable[Outcome]
) -> Comparison:
    """Compare two runs of one shop.

    ``fixed`` needs a pass of the same check at every former place of the finding; else it is ``unjudged``. A finding
    that was not there before is ``new``, and says so where the check or the place was not judged then.
    """
    old = {finding.fingerprint: finding for finding in before.findings}
    new = {finding.fingerprint: finding for finding in after.findings}
    judged_before, judged_after = by_check(outcomes_before), by_check(outcomes_after)
    changes = [
        _change(State.STILL, finding) if name in old else _change(State.NEW, finding, why_new(finding, judged_before))
        for name, finding in new.items()
    ]
    for name, finding in old.items():
        if name not in new:
            why = why_unjudged(finding, judged_after.get(finding.check, ()))
            changes.append(_change(State.UNJUDGED if why else State.FIXED, finding, why))
    order = list(State)
    return Comparison(
        before=before.run.id,
        after=after.run.id,
        warnings=tuple(_warnings(before, after)),
        changes=tuple(sorted(changes, key=lambda c: (order.index(c.state), -c.severity.weight, c.row, c.fingerprint))),
    )


def by_check(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault(outcome.check, []).append(outcome)
    return found


def why_new(finding: Placed, before: Mapping[str, list[Outcome]]) -> str:
    """Why the shop may have had it before; "" when the check passed at its place."""
    if finding.check not in before:
        return "the check is new, the shop may have had this before"
    places = [outcome for outcome in before[finding.check] if outcome.score is not None or outcome.problems]
    if not any(_is_at(outcome, finding, one) for outcome in places for one in finding.occurrences):
        return "it was not looked at before"
    return ""


def why_unjudged(finding: Placed, after: Iterable[Outcome]) -> str:
    """Why it cannot be called fixed; "" when it can."""
    outcomes = list(after)
    if not outcomes:
        return "the check was not asked"
    for one in finding.occurrences:
        there = [outcome for outcome in outcomes if _is_at(outcome, finding, one)]
        if not there:
            return f"{one.page_key or one.journey or 'the place'} was not looked at again"
        unclear = next((outcome for outcome in there if outcome.verdict is not Verdict.PASSED), None)
        if unclear is not None:
            if unclear.verdict is Verdict.FAILED:
                return "the check still fails there, in another way"
            return unclear.note or f"the check's answer there is {unclear.verdict.value.replace('_', ' ')}"
    return ""


def _is_at(outcome: Outcome, finding: Placed, one: Occurrence) -> bool:
    return (
        outcome.page_key in (None, one.page_key)
        and outcome.device in (None, one.device)
        and outcome.journey == one.journey
        and (finding.template is None or outcome.template in (None, finding.template))
    )


def _change(state: State, finding: Finding, because: str = "") -> Change:
    return Change(
        state=state, fingerprint=finding.fingerprint, check=finding.check, row=finding.row, area=finding.area,
        severity=finding.severity, verdict=finding.verdict, found=finding.found, because=because,
    )  # fmt: skip


def _warnings(before: AuditResult, after: AuditResult) -> Iterable[str]:
    one, two = before.run, after.run
    if one.host != two.host:
        yield f"The runs are of two hosts: {one.host} and {two.host}."
    if one.started_at > two.started_at:
        yield "The first run is younger than the second: were they given in the wrong order?"
    if one.environment.checks_digest != two.environment.checks_digest:
        yield "The checks have changed between the runs. Replay the older one to compare like with like."
    if one.environment.settings_digest != two.environment.settings_digest:
        yield "The runs were asked for with different settings."
    if one.depth != two.depth:
        yield f"The runs went to different depths: {one.depth} and {two.depth}."
    for run in (one, two):
        if run.ended != "complete":
            yield f"Run {run.id} is {run.ended}: {run.why}"
