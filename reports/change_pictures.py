"""The place of a finding in two runs of a shop, as pictures of the same thing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.compare import Change, State
from auditor.evidence import Device
from auditor.finding import Area, Finding, Occurrence
from auditor.result import AuditResult, Journey, PageResult
from auditor.run_folder import RunFolder
from reports.finding_view import CardMaker
from reports.run_conditions import profiles_of
from reports.shots import Shot

Pair = tuple[Shot | None, Shot | None]


@dataclass(frozen=True)
class Side:
    """One of the two runs; ``findings`` by fingerprint."""

    result: AuditResult
    folder: RunFolder
    findings: dict[str, Finding]
    maker: CardMaker

    @classmethod
    def of(cls, result: AuditResult, folder: RunFolder) -> "Side":
        maker = CardMaker(result, profiles_of(result, folder))
        return cls(result, folder, {one.fingerprint: one for one in result.findings}, maker)


def pair_of(change: Change, old: Side, new: Side) -> Pair:
    """Before and after: where it was found it is marked, in the other run the same stretch of the page, or the same
    step of the journey, is shown as it is. A place without a box is shown by the page's first view."""
    here, there = (new, old) if change.state is State.NEW else (old, new)
    finding = here.findings.get(change.fingerprint)
    pairs = list(_pairs(finding, here, there)) if finding else []
    found, other = next((pair for pair in pairs if all(pair)), pairs[0] if pairs else (None, None))
    return (other, found) if change.state is State.NEW else (found, other)


def _pairs(finding: Finding, here: Side, there: Side) -> Iterator[Pair]:
    """Of every occurrence that can be shown, those with a box first: here, and there."""
    for one in sorted(finding.occurrences, key=lambda one: one.box is None):
        if one.journey is not None:
            if (shot := _step_shot(one, here)) is not None:
                twin = _same_step(one, here, there)
                other = _step_shot(twin, there) if twin else None
                yield shot, replace(other, marked=False) if other else None
            continue
        page = _page(here.result, one.page_key, one.device)
        if page is None or (one.box is None and (finding.area is Area.SPEED or not page.screenshot)):
            continue
        there_too = _page(there.result, one.page_key, page.device)
        plain = there.maker.shot(there_too, one.box, marked=False) if there_too else None
        yield here.maker.shot(page, one.box), plain


def _page(result: AuditResult, key: str | None, device: Device | None) -> PageResult | None:
    return next((page for page in result.pages if page.key == key and device in (None, page.device)), None)


def _step_shot(one: Occurrence, side: Side) -> Shot | None:
    walked = side.maker.step_shot(one, one.device) if one.device else None
    return walked[0] if walked else None


def _same_step(one: Occurrence, here: Side, there: Side) -> Occurrence | None:
    """The step with the same intent, tried as often before, in the other run's journey."""
    mine, other = _journey(one, here.result), _journey(one, there.result)
    if mine is None or other is None or one.step is None or not 0 <= one.step < len(mine.steps):
        return None
    intent = mine.steps[one.step].get("intent")
    before = sum(step.get("intent") == intent for step in mine.steps[: one.step])
    same = [at for at, step in enumerate(other.steps) if step.get("intent") == intent]
    return one.model_copy(update={"step": same[before]}) if before < len(same) else None


def _journey(one: Occurrence, result: AuditResult) -> Journey | None:
    return next((each for each in result.journeys if (each.name, each.device) == (one.journey, one.device)), None)
