"""Two runs of a shop side by side: what is fixed, new, still there, with a picture of each state; scores and times."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import median

from auditor.compare import Change, Comparison, State, compare
from auditor.evidence import Device, Template
from auditor.finding import Area, Outcome
from auditor.result import AuditResult, Metric
from auditor.run_folder import RunFolder, RunFolderError
from auditor.trends import least_change
from reports.change_pictures import Side, pair_of
from reports.changes import HEADINGS, changes_markdown
from reports.crops import Picture, cut
from reports.more import More
from reports.reach import Looked, reach
from reports.recorded import said
from reports.sections import Section
from reports.shop_text import readable
from reports.wording import (
    AREAS,
    DEVICES,
    METRICS,
    PAGES_OF,
    SEVERITIES,
    _,
    moment,
    number,
    quantity,
)

MOST_PICTURED = 12
"""Changes that have pictures; the first that can be shown."""
MOST_LISTED = 60
BUDGET = 1_500_000
"""Bytes of all pictures here, before base64."""
TIMES = ("lcp", "cls", "tbt", "ttfb", "bytes")


@dataclass(frozen=True)
class ChangeRow:
    """``before`` and ``after`` are pictures of the place in the two runs, where there are any."""

    title: str
    found: str
    where: str
    severity: str
    severity_name: str
    because: str
    before: Picture | None = None
    after: Picture | None = None


@dataclass(frozen=True)
class ChangeGroup:
    heading: str
    state: State
    count: int
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class NumberRow:
    """``direction``: better, worse, steady; "" where the two are not comparable, ``because`` says why."""

    name: str
    before: str
    after: str
    direction: str
    because: str = ""


@dataclass(frozen=True)
class BeforeAfter:
    before: str
    after: str
    warnings: tuple[str, ...]
    groups: tuple[ChangeGroup, ...]
    scores: tuple[NumberRow, ...]
    times: tuple[NumberRow, ...]


def before_after(result: AuditResult, folder: RunFolder, earlier: RunFolder) -> More:
    """What became of the findings of ``earlier`` in the run of ``result``, as a part of its report.

    :raises RunFolderError: when one of the two runs cannot be read.
    """
    old = Side.of(earlier.result(), earlier)
    new = Side.of(result, folder)
    # Findings that the consultant hid are neither new nor fixed: they are not spoken of.
    spoken = set(new.findings) | (set(old.findings) - {one.fingerprint for one in folder.result().findings})
    compared = compare(old.result, folder.result(), _outcomes(earlier), _outcomes(folder))
    comparison = compared.model_copy(
        update={"changes": tuple(one for one in compared.changes if one.fingerprint in spoken)}
    )
    changed = (*comparison.of(State.FIXED), *comparison.of(State.NEW))
    pairs = ((change.fingerprint, pair_of(change, old, new)) for change in changed)
    shots = dict(islice((found for found in pairs if any(found[1])), MOST_PICTURED))
    then = cut((one for one, _two in shots.values() if one), earlier.path, BUDGET // 2, keep=False)
    now = cut((two for _one, two in shots.values() if two), folder.path, BUDGET // 2, keep=False)
    pictures = {
        name: (then.get(one) if one else None, now.get(two) if two else None) for name, (one, two) in shots.items()
    }

    def sections() -> tuple[Section, ...]:
        about = BeforeAfter(
            before=moment(old.result.run.started_at),
            after=moment(new.result.run.started_at),
            warnings=tuple(readable(said(warning), 600) for warning in comparison.warnings),
            groups=tuple(_groups(comparison, old, new, pictures)),
            scores=tuple(_scores(old.result, new.result)),
            times=tuple(_times(old.result, new.result)),
        )
        return (Section("changes", _("Before and after"), "before_after.html", about),)

    return More(sections, lambda: changes_markdown(comparison))


def _outcomes(folder: RunFolder) -> tuple[Outcome, ...]:
    try:
        return tuple(folder.outcomes())
    except RunFolderError as error:
        raise RunFolderError(f"{folder.path} cannot be compared: {error}") from None


def _groups(
    comparison: Comparison, old: Side, new: Side, pictures: dict[str, tuple[Picture | None, Picture | None]]
) -> Iterator[ChangeGroup]:
    for state in (State.FIXED, State.NEW, State.STILL, State.UNJUDGED):
        changes = comparison.of(state)
        if changes:
            side = old if state in (State.FIXED, State.UNJUDGED) else new
            rows = tuple(_row(change, side, pictures.get(change.fingerprint)) for change in changes[:MOST_LISTED])
            yield ChangeGroup(HEADINGS[state], state, len(changes), rows)


def _row(change: Change, side: Side, pictures: tuple[Picture | None, Picture | None] | None) -> ChangeRow:
    texts = side.result.checks.get(change.check)
    finding = side.findings.get(change.fingerprint)
    before, after = pictures or (None, None)
    return ChangeRow(
        title=_(texts.title) if texts else change.check,
        found=readable(said(change.found)),
        where=reach(finding, Looked(side.result.pages)) if finding else "",
        severity=change.severity,
        severity_name=SEVERITIES[change.severity],
        because=readable(said(change.because), 300),
        before=before,
        after=after,
    )


def _scores(old: AuditResult, new: AuditResult) -> Iterator[NumberRow]:
    alike = old.run.environment.checks_digest == new.run.environment.checks_digest
    why = "" if alike else _("the checks changed in between")
    yield _points(_("Overall"), old.scores.overall, new.scores.overall, why)
    before = {row.area: row.score for row in old.scores.areas}
    for row in new.scores.areas:
        yield _points(AREAS[Area(row.area)], before.get(row.area), row.score, why)


def _points(name: str, old: int | None, new: int | None, why: str) -> NumberRow:
    shown = [_("insufficient evidence") if value is None else number(value, 0) for value in (old, new)]
    if old is None or new is None or why:
        return NumberRow(name, shown[0], shown[1], "", why)
    return NumberRow(name, shown[0], shown[1], "better" if new > old else "worse" if new < old else "steady")


def _times(old: AuditResult, new: AuditResult) -> Iterator[NumberRow]:
    """Medians over the pages that both runs timed in the same way."""
    before, after = _by_key(old), _by_key(new)
    same = old.run.environment.browser == new.run.environment.browser
    templates = {page.key: page.template for page in new.pages}
    for name in TIMES:
        for device in Device:
            for template in (Template.HOME, Template.CATEGORY, Template.PRODUCT):
                keys = [
                    key for key in before.keys() & after.keys()
                    if key[1] is device and key[2] == name and templates.get(key[0]) is template
                    and before[key].method == after[key].method != "untimed"
                ]  # fmt: skip
                if not keys:
                    continue
                then = median(before[key].median for key in keys)
                now = median(after[key].median for key in keys)
                busy = any(before[key].shared or after[key].shared for key in keys)
                why = _("another browser") if not same else _("the machine was busy") if busy else ""
                unit = after[keys[0]].unit
                title = _(", ").join((METRICS.get(name, name), PAGES_OF[template], DEVICES[device]))
                yield NumberRow(title, quantity(then, unit), quantity(now, unit), _direction(name, then, now, why), why)


def _by_key(result: AuditResult) -> dict[tuple[str, Device, str], Metric]:
    return {(metric.page, metric.device, metric.name): metric for metric in result.metrics}


def _direction(name: str, then: float, now: float, why: str) -> str:
    if why:
        return ""
    if abs(now - then) < least_change(name, then):
        return "steady"
    return "worse" if now > then else "better"
