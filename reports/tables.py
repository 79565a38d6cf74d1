"""The tables of a report: panel, metrics, journeys and what passed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.evidence import Device, Ended, Template
from auditor.finding import Area, Verdict
from auditor.result import AuditResult, Journey, Metric, PageResult
from reports.journey_words import JOURNEY_ENDINGS, JOURNEYS
from reports.language import Words
from reports.recorded import said
from reports.shop_text import clean, readable, shown_address
from reports.wording import (
    AREAS,
    DEVICES,
    ENDINGS,
    TEMPLATES,
    VERDICTS,
    _,
    listed,
    quantity,
)

METHODS = Words[str](
    {"untimed": _("untimed"), "simulated": _("simulated"), "observed": _("observed"), "applied": _("applied")}
)
NO_BREAK = "\u00a0"
"""Between a number and its unit: a narrow cell breaks before the bracket."""

METRIC_COLUMNS = ("performance", "ttfb", "fcp", "lcp", "cls", "tbt", "inp", "si", "bytes", "requests")


@dataclass(frozen=True)
class PanelVisit:
    visit: str
    device: Device
    device_name: str


@dataclass(frozen=True)
class Ending:
    """How visits of a page ended, on the devices where they ended alike."""

    devices: str
    ended: str
    judged: bool
    note: str


@dataclass(frozen=True)
class PanelPage:
    """A page of the panel: ``because`` says why it has its template, ``reason`` why it was picked."""

    key: str
    url: str
    template: str
    because: str
    reason: str
    visits: tuple[PanelVisit, ...]
    endings: tuple[Ending, ...]


@dataclass(frozen=True)
class MetricRow:
    """``values`` by metric name, each a median with its unit and, over several loads, its spread; the medians of both
    where the page has two states. ``method`` is that of the largest contentful paint, ``timed`` whether there were
    timed loads at all, ``shared`` whether others used the machine meanwhile."""

    page: str
    template: str
    device: str
    values: dict[str, str]
    loads: int
    method: str
    timed: bool
    shared: bool


@dataclass(frozen=True)
class JourneyRow:
    name: str
    devices: str
    ended: str
    detail: str


@dataclass(frozen=True)
class PassedCheck:
    area: str
    area_of: Area
    title: str
    check: str
    row: str
    counts: str


def panel(pages: Iterable[PageResult]) -> tuple[PanelPage, ...]:
    by_key: dict[str, list[PageResult]] = {}
    for page in sorted(pages, key=lambda page: list(Device).index(page.device)):
        by_key.setdefault(page.key, []).append(page)
    return tuple(
        PanelPage(
            key=shown_address(key),
            url=visits[0].url,
            template=TEMPLATES[visits[0].template],
            because=readable(_("; ").join(said(sign) for sign in visits[0].because), 300),
            reason=readable(said(visits[0].reason), 200),
            visits=tuple(PanelVisit(visit.visit, visit.device, DEVICES[visit.device]) for visit in visits),
            endings=tuple(_endings(visits)),
        )
        for key, visits in by_key.items()
    )


def _endings(visits: Iterable[PageResult]) -> Iterator[Ending]:
    groups: dict[tuple[Ended, str], list[str]] = {}
    for visit in visits:
        judged = visit.ended is Ended.LOADED
        groups.setdefault((visit.ended, "" if judged else clean(said(visit.note))), []).append(DEVICES[visit.device])
    for (ended, note), devices in groups.items():
        yield Ending(listed(devices), ENDINGS[ended], ended is Ended.LOADED, note)


def metric_rows(metrics: Iterable[Metric], pages: Iterable[PageResult]) -> tuple[MetricRow, ...]:
    templates: dict[str, Template] = {page.key: page.template for page in pages}
    rows: dict[tuple[str, Device], list[Metric]] = {}
    for metric in metrics:
        rows.setdefault((metric.page, metric.device), []).append(metric)
    return tuple(
        MetricRow(
            page=shown_address(page, 120),
            template=TEMPLATES[templates.get(page, Template.OTHER)],
            device=DEVICES[device],
            values={metric.name: _value(metric) for metric in group},
            loads=max(len(metric.samples) for metric in group),
            method=METHODS.get(method := _method(group), method),
            timed=method != "untimed",
            shared=any(metric.shared for metric in group),
        )
        for (page, device), group in rows.items()
    )


def _method(group: list[Metric]) -> str:
    """Of what was timed if anything was; a page may also have numbers of its untimed visit."""
    methods = {metric.name: metric.method for metric in group}
    timed = [method for method in methods.values() if method != "untimed"]
    return methods.get("lcp") or (timed[0] if timed else "untimed")


def columns(rows: Iterable[MetricRow]) -> tuple[str, ...]:
    """The metrics that were measured anywhere."""
    measured = {name for row in rows for name in row.values}
    return tuple(name for name in METRIC_COLUMNS if name in measured)


def _value(metric: Metric) -> str:
    if metric.states:
        quick, slow = (quantity(state, metric.unit).replace(" ", NO_BREAK) for state in metric.states)
        return _("{quick} or {slow}").format(quick=quick, slow=slow)
    value = quantity(metric.median, metric.unit).replace(" ", NO_BREAK)
    if len(metric.samples) < 2:
        return value
    spread = quantity(metric.spread, metric.unit).replace(" ", NO_BREAK)
    return _("{value} ({spread})").format(value=value, spread=spread)


def journeys(walked: Iterable[Journey]) -> tuple[JourneyRow, ...]:
    """Journeys that ended alike on several devices share a row."""
    groups: dict[tuple[str, str, str], list[Device]] = {}
    for journey in walked:
        stuck = _("stuck at {step}: {blocker}").format(step=journey.stuck_at, blocker=journey.blocker or "?")
        detail = said(journey.why) or (stuck if journey.stuck_at else journey.reached or "")
        groups.setdefault((journey.name, journey.ended, clean(detail)), []).append(journey.device)
    return tuple(
        JourneyRow(JOURNEYS[name], listed([DEVICES[each] for each in devices]), JOURNEY_ENDINGS[ended], detail)
        for (name, ended, detail), devices in groups.items()
    )


def passed(result: AuditResult) -> tuple[PassedCheck, ...]:
    """Checks that passed wherever they were judged, by area; the counts name what was not judged too."""
    kept = []
    for check, counts in result.outcomes.items():
        bad = counts.get(Verdict.FAILED, 0) + counts.get(Verdict.NEEDS_REVIEW, 0) + counts.get(Verdict.CRASHED, 0)
        texts = result.checks.get(check)
        if counts.get(Verdict.PASSED) and not bad and texts:
            kept.append((list(Area).index(Area(texts.area)), texts, counts))
    kept.sort(key=lambda each: (each[0], each[1].row))
    return tuple(
        PassedCheck(AREAS[Area(texts.area)], Area(texts.area), _(texts.title), texts.id, texts.row, _counts(counts))
        for _order, texts, counts in kept
    )


def _counts(counts: dict[str, int]) -> str:
    return _(", ").join(VERDICTS.of(verdict, counts[verdict]) for verdict in Verdict if counts.get(verdict))
