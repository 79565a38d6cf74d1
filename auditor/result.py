"""The result of a run as the world reads it: ``report.json`` and the source of every other report."""

import typing
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from statistics import median
from typing import Any, Literal

from auditor.check import CheckSpec
from auditor.evidence import Device, Ended, Frozen, PageEvidence, ShopEvidence, Template
from auditor.finding import Finding, Outcome
from auditor.incident_result import IncidentResult, LookedFor
from auditor.reading.performance import PerformanceProfile, performance
from auditor.reading.repeated import MetricName, interquartile, repeated
from auditor.score import Scores

RESULT_VERSION = 1
"""``schema_version`` of report.json. Adding a field keeps it; anything else is a major version of the auditor."""

RunEnded = Literal["complete", "partial", "failed"]


class Environment(Frozen):
    """What the run was made with: numbers of two environments are not compared. ``browser_source``: "headless shell"
    for a browser without windows."""

    auditor: str
    browser: str
    browser_source: str = ""
    python: str
    system: str
    cores: int
    checks_digest: str
    settings_digest: str
    score_profile: str


class Run(Frozen):
    """``run.json``. ``why`` is a sentence that says how it ended; ``stages`` in milliseconds.

    ``authorised_by`` is who allowed a journey past robots.txt or to the payment step.
    """

    id: str
    host: str
    start_url: str
    started_at: datetime
    ended_at: datetime
    ended: RunEnded
    why: str
    interrupted: bool = False
    trigger: Literal["manual", "schedule", "gate"] = "manual"
    release: str | None = None
    depth: str = "pages"
    authorised_by: str | None = None
    environment: Environment
    stages: dict[str, int] = {}
    refused_addresses: tuple[str, ...] = ()


class PageResult(Frozen):
    """One visit of the panel."""

    url: str
    key: str
    template: Template
    because: tuple[str, ...]
    reason: str
    device: Device
    ended: Ended
    note: str = ""
    visit: str
    screenshot: str | None = None
    full_page: str | None = None


class Metric(Frozen):
    """``spread`` is the interquartile range of ``samples``; 0 for a single one. ``method``: ``untimed`` is indicative
    only; ``simulated`` is Lighthouse's slow phone or desktop, ``observed`` this machine, alone. ``states``: a page with
    two of them has these medians. ``shared``: other programs used much of the machine meanwhile."""

    page: str
    device: Device
    name: Literal["ttfb", "fcp", "lcp", "cls", "tbt", "inp", "si", "bytes", "requests", "performance"]
    unit: Literal["ms", "score", "bytes", "count", "points"]
    median: float
    spread: float
    samples: tuple[float, ...]
    method: Literal["untimed", "simulated", "observed", "applied"]
    states: tuple[float, ...] = ()
    shared: bool = False


class Journey(Frozen):
    """A guest's journey. Not walked at depth ``pages``.

    ``traces`` is what may remain in the shop, ``beyond_robots`` the addresses that robots.txt keeps from crawlers and
    that an authorised journey passed. ``cleaned_up``: the cart was emptied; None when nothing was ever in it.
    """

    name: Literal["search", "browse", "buy"]
    device: Device
    ended: Literal["completed", "stuck", "forbidden", "not_walked"]
    reached: str | None = None
    stuck_at: str | None = None
    blocker: str | None = None
    steps: tuple[dict[str, Any], ...] = ()
    effort: dict[str, float] = {}
    refused_requests: tuple[str, ...] = ()
    why: str = ""
    product: str = ""
    cleaned_up: bool | None = None
    traces: tuple[str, ...] = ()
    beyond_robots: tuple[str, ...] = ()
    guest: str = ""
    one_page: bool = False


class NotSeen(Frozen):
    """Something that the report does not speak about, and why."""

    what: str
    why: str
    kind: Literal["page", "template", "section", "check", "journey", "discovery", "device", "language"]
    count: int = 1


class CheckTexts(Frozen):
    """What a check says of itself; kept in the result so that a report needs no registry."""

    id: str
    row: str
    area: str
    severity: str
    title: str
    why: str
    fix: str
    source: str
    indicative: bool


class AuditResult(Frozen):
    schema_version: int = RESULT_VERSION
    run: Run
    pages: tuple[PageResult, ...]
    findings: tuple[Finding, ...]
    outcomes: dict[str, dict[str, int]]
    checks: dict[str, CheckTexts]
    journeys: tuple[Journey, ...]
    metrics: tuple[Metric, ...]
    scores: Scores
    not_seen: tuple[NotSeen, ...]
    discovery: dict[str, Any]
    incidents: tuple[IncidentResult, ...] = ()
    looked_for: LookedFor | None = None


def metrics(visits: Iterable[PageEvidence], profile: PerformanceProfile = "web-vitals") -> tuple[Metric, ...]:
    """Lab numbers of every page and device: those of its timed loads, else of the untimed one."""
    visits = tuple(visits)
    timed = tuple(metric for visit in visits if visit.visit.ended is Ended.LOADED for metric in _timed(visit, profile))
    known = {(metric.page, metric.device, metric.name) for metric in timed}
    samples: dict[tuple[str, Device, str, str, str], list[float]] = defaultdict(list)
    for visit in visits:
        if visit.visit.ended is not Ended.LOADED:
            continue
        for name, unit, value in _measured(visit):
            if (visit.page.key, visit.visit.device, name) in known:
                continue
            method = "untimed" if visit.visit.mode == "untimed" else "applied"
            samples[visit.page.key, visit.visit.device, name, unit, method].append(value)
    return timed + tuple(
        Metric.model_validate(
            {
                "page": page,
                "device": device,
                "name": name,
                "unit": unit,
                "median": median(values),
                "spread": interquartile(tuple(values)),
                "samples": values,
                "method": method,
            }
        )
        for (page, device, name, unit, method), values in samples.items()
    )  # fmt: skip


def _measured(visit: PageEvidence) -> Iterable[tuple[str, str, float]]:
    if visit.timing:
        timing = visit.timing
        named = {"ttfb": timing.ttfb_ms, "fcp": timing.fcp_ms, "lcp": timing.lcp_ms, "tbt": timing.tbt_ms}
        named["inp"] = timing.inp_ms
        yield from ((name, "ms", round(value, 1)) for name, value in named.items() if value is not None)
        if timing.cls is not None:
            yield "cls", "score", round(timing.cls, 4)
    if visit.requests and not visit.requests.truncated:
        own = [request for request in visit.requests.items if not request.after_load or request.transferred_bytes]
        yield "bytes", "bytes", float(sum(request.transferred_bytes or 0 for request in own))
        yield "requests", "count", float(len(own))


def _timed(visit: PageEvidence, profile: PerformanceProfile) -> Iterable[Metric]:
    for name in typing.get_args(MetricName):
        found = repeated(visit.timed, name)
        if found is not None:
            unit: Literal["ms", "score"] = "score" if name == "cls" else "ms"
            yield Metric(
                page=visit.page.key, device=visit.visit.device, name=name, unit=unit, median=found.median,
                spread=found.spread, samples=found.samples, method=found.method, states=found.states,
                shared=found.shared,
            )  # fmt: skip
    scored, lcp = performance(visit.timed, profile), repeated(visit.timed, "lcp")
    if scored is not None and lcp is not None:
        yield Metric(
            page=visit.page.key, device=visit.visit.device, name="performance", unit="points", median=scored.median,
            spread=scored.spread, samples=scored.samples, method=lcp.method,
        )  # fmt: skip


def outcome_counts(outcomes: Iterable[Outcome]) -> dict[str, dict[str, int]]:
    """``{check: {verdict: count}}``"""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        counts[outcome.check][outcome.verdict] += 1
    return {check: dict(sorted(verdicts.items())) for check, verdicts in sorted(counts.items())}


def page_results(shop: ShopEvidence) -> tuple[PageResult, ...]:
    reasons = {entry.page.key: entry.reason for entry in shop.panel.pages}
    return tuple(
        PageResult(
            url=visit.page.url,
            key=visit.page.key,
            template=visit.page.template,
            because=visit.page.because,
            reason=reasons.get(visit.page.key, ""),
            device=visit.visit.device,
            ended=visit.visit.ended,
            note=visit.visit.note,
            visit=visit.visit.id,
            screenshot=_path(visit, "viewport"),
            full_page=_path(visit, "full_page"),
        )
        for visit in shop.visits
    )


def _path(visit: PageEvidence, name: str) -> str | None:
    artifact = visit.visit.artifacts.get(name)
    return artifact.path if artifact else None


def check_texts(checks: Mapping[str, CheckSpec], used: Iterable[str]) -> dict[str, CheckTexts]:
    return {
        check_id: CheckTexts(
            id=spec.id, row=spec.row, area=spec.area, severity=spec.severity, title=spec.title, why=spec.why,
            fix=spec.fix, source=spec.source, indicative=spec.indicative,
        )
        for check_id in sorted(used)
        if (spec := checks.get(check_id)) is not None
    }  # fmt: skip
