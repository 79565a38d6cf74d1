"""What any report shows, and in which order. Pure but for the device profiles and settings read from the run folder."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.evidence import Device
from auditor.finding import Finding, Severity, Verdict
from auditor.result import AuditResult, NotSeen, Run
from auditor.run_folder import RunFolder
from auditor.score import AreaScore
from reports.finding_view import Card, CardMaker
from reports.imagery import ImagerySheet, imagery_sheet
from reports.journeys import WalkedJourney, walked, was_walked
from reports.recorded import said
from reports.run_conditions import conditions, profiles_of
from reports.shop_text import clean, readable, shown_address
from reports.shots import Shot
from reports.speed import SCORE_PROFILES, TimedPage, profile_of, timed_pages
from reports.tables import JourneyRow, MetricRow, PanelPage, PassedCheck, journeys, metric_rows, panel, passed
from reports.wording import AREAS, DEVICES, NOT_SEEN_KINDS, SEVERITIES, SEVERITY_MEANINGS, _, listed, moment

MOST_NOT_SEEN = 60
"""Entries of one kind that are listed; the rest is counted."""


@dataclass(frozen=True)
class NotSeenGroup:
    title: str
    count: int
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AreaRow:
    name: str
    score: int | None
    coverage: int
    judged: int
    applicable: int


@dataclass(frozen=True)
class SeverityRow:
    severity: Severity
    name: str
    meaning: str
    findings: int
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class ReportView:
    """``headline`` says in three words how the run ended; ``why`` in a sentence. ``areas`` is empty without scores."""

    run: Run
    run_id: str
    shop: str
    start_url: str
    date: str
    devices: str
    headline: str
    why: str
    not_seen: tuple[NotSeenGroup, ...]
    overall: int | None
    overall_coverage: int
    capped_by: tuple[str, ...]
    areas: tuple[AreaRow, ...]
    severities: tuple[SeverityRow, ...]
    review: tuple[Card, ...]
    panel: tuple[PanelPage, ...]
    thumbnails: dict[str, Shot]
    metrics: tuple[MetricRow, ...]
    journeys: tuple[JourneyRow, ...]
    walked: tuple[WalkedJourney, ...]
    conditions: tuple[tuple[str, str], ...]
    passed: tuple[PassedCheck, ...]
    timed: tuple[TimedPage, ...] = ()
    score_profile: str = ""
    imagery: ImagerySheet = field(default_factory=ImagerySheet)

    @property
    def failed_run(self) -> bool:
        return self.run.ended == "failed"

    @property
    def findings(self) -> int:
        return sum(row.findings for row in self.severities)

    @property
    def to_review(self) -> int:
        return sum(card.findings for card in self.review)


def view_of(result: AuditResult, folder: RunFolder) -> ReportView:
    """:param folder: where the result's screenshots and settings are; missing ones are no error."""
    run = result.run
    profiles = profiles_of(result, folder)
    maker = CardMaker(result, profiles)
    failed = [finding for finding in result.findings if finding.verdict is Verdict.FAILED]
    doubtful = [finding for finding in result.findings if finding.verdict is Verdict.NEEDS_REVIEW]
    judged = run.ended != "failed"
    profile = profile_of(folder)
    return ReportView(
        run=run,
        run_id=clean(run.id),
        shop=clean(run.host, 120),
        start_url=shown_address(run.start_url),
        date=moment(run.started_at),
        devices=listed([DEVICES[device] for device in Device if any(page.device is device for page in result.pages)]),
        headline=_headline(run),
        why=readable(said(run.why), 600),
        not_seen=tuple(_not_seen(result)),
        overall=result.scores.overall if judged else None,
        overall_coverage=round(100 * result.scores.overall_coverage),
        capped_by=result.scores.capped_by,
        areas=tuple(_area(area) for area in result.scores.areas) if judged else (),
        severities=_severities(failed, maker),
        review=maker.cards(doubtful),
        panel=panel(result.pages),
        thumbnails={page.visit: maker.shot(page, small=True) for page in result.pages if page.screenshot},
        metrics=metric_rows(result.metrics, result.pages),
        journeys=journeys(journey for journey in result.journeys if not was_walked(journey)),
        walked=walked(result.journeys),
        conditions=conditions(result, folder, profiles),
        passed=passed(result) if judged else (),
        timed=timed_pages(result, folder, profile),
        score_profile=SCORE_PROFILES[profile],
        imagery=imagery_sheet(result, folder),
    )


def _headline(run: Run) -> str:
    if run.ended == "failed":
        return _("Not audited")
    if run.ended == "partial":
        return _("Partial audit")
    return _("Complete audit")


def _not_seen(result: AuditResult) -> Iterable[NotSeenGroup]:
    by_kind: dict[str, list[NotSeen]] = {}
    for entry in result.not_seen:
        by_kind.setdefault(entry.kind, []).append(entry)
    for kind, title in NOT_SEEN_KINDS.items():
        entries = by_kind.get(kind, [])
        if entries:
            shown = tuple((_named(entry, result), readable(said(entry.why))) for entry in entries[:MOST_NOT_SEEN])
            yield NotSeenGroup(title, len(entries), shown)


def _named(entry: NotSeen, result: AuditResult) -> str:
    texts = result.checks.get(entry.what) if entry.kind == "check" else None
    return f"{_(texts.title)} ({texts.id})" if texts else readable(said(entry.what))


def _area(area: AreaScore) -> AreaRow:
    return AreaRow(AREAS[area.area], area.score, round(100 * area.coverage), area.judged, area.applicable)


def _severities(failed: list[Finding], maker: CardMaker) -> tuple[SeverityRow, ...]:
    counts = Counter(finding.severity for finding in failed)
    return tuple(
        SeverityRow(
            severity,
            SEVERITIES[severity],
            SEVERITY_MEANINGS[severity],
            counts[severity],
            maker.cards(finding for finding in failed if finding.severity is severity),
        )
        for severity in Severity
    )
