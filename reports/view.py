"""What any report shows, and in which order. Pure but for the device profiles and settings read from the run folder."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.evidence import Device, ShopEvidence
from auditor.finding import Area, Finding, Severity, Verdict
from auditor.result import AuditResult, Run
from auditor.run_folder import RunFolder, RunFolderError
from auditor.score import AreaScore
from auditor.settings import ShopSettings
from reports.appendix import FindingRow, finding_rows
from reports.beside import ALONE, Beside
from reports.finding_view import Card, CardMaker
from reports.gaps import Gap, gaps
from reports.goals import goals_of
from reports.imagery import ImagerySheet, imagery_sheet
from reports.journeys import WalkedJourney, walked, was_walked
from reports.map_facts import PointFacts, map_facts
from reports.recorded import said
from reports.run_conditions import conditions, profiles_of
from reports.shop_text import clean, readable, shown_address
from reports.shots import Shot
from reports.speed import SCORE_PROFILES, TimedPage, profile_of, timed_pages
from reports.tables import JourneyRow, MetricRow, PanelPage, PassedCheck, journeys, metric_rows, panel, passed
from reports.third_parties import ThirdParties, evidence_of, third_parties
from reports.touchpoints import Touchpoint
from reports.trend_lines import TrendLine, trend_lines
from reports.unseen import NotSeenGroup, not_seen_groups
from reports.wording import AREAS, DEVICES, SEVERITIES, SEVERITY_MEANINGS, _, listed, moment


@dataclass(frozen=True)
class AreaRow:
    area: Area
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
    """``headline`` says in three words how the run ended; ``why`` in a sentence. ``first``: anchors of the cards that a
    consultant wants to be done first. ``areas`` is empty without scores."""

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
    points: Mapping[Touchpoint, PointFacts] = field(default_factory=dict)
    rows: tuple[FindingRow, ...] = ()
    parties: ThirdParties = field(default_factory=ThirdParties)
    gaps: tuple[Gap, ...] = ()
    trends: tuple[TrendLine, ...] = ()
    first: tuple[str, ...] = ()

    @property
    def failed_run(self) -> bool:
        return self.run.ended == "failed"

    @property
    def failed(self) -> tuple[Card, ...]:
        return tuple(card for row in self.severities for card in row.cards)

    @property
    def findings(self) -> int:
        return sum(row.findings for row in self.severities)

    @property
    def to_review(self) -> int:
        return sum(card.findings for card in self.review)


def view_of(
    result: AuditResult, folder: RunFolder, beside: Beside = ALONE, shop: ShopEvidence | None = None
) -> ReportView:
    """:param folder: where the result's screenshots and settings are; missing ones are no error.
    :param shop: what the folder holds, where it has been read already.
    """
    run = result.run
    profiles = profiles_of(result, folder)
    maker = CardMaker(result, profiles)
    failed = [finding for finding in result.findings if finding.verdict is Verdict.FAILED]
    doubtful = [finding for finding in result.findings if finding.verdict is Verdict.NEEDS_REVIEW]
    judged = run.ended != "failed"
    profile = profile_of(folder)
    wanted = beside.goals.goals if beside.goals else goals_of(folder.path, _settings(folder))
    return ReportView(
        run=run,
        run_id=clean(run.id),
        shop=clean(run.host, 120),
        start_url=shown_address(run.start_url),
        date=moment(run.started_at),
        devices=listed([DEVICES[device] for device in Device if any(page.device is device for page in result.pages)]),
        headline=_headline(run),
        why=readable(said(run.why), 600),
        not_seen=tuple(not_seen_groups(result)),
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
        points=map_facts(result, folder, maker) if judged else {},
        rows=finding_rows(result),
        parties=third_parties(shop or evidence_of(folder)) if judged else ThirdParties(),
        gaps=gaps(wanted, result, beside.last) if judged else (),
        trends=trend_lines(beside.history, result) if judged else (),
    )


def _settings(folder: RunFolder) -> ShopSettings | None:
    try:
        return folder.settings()
    except RunFolderError:
        return None


def _headline(run: Run) -> str:
    if run.ended == "failed":
        return _("Not audited")
    if run.ended == "partial":
        return _("Partial audit")
    return _("Complete audit")


def _area(area: AreaScore) -> AreaRow:
    return AreaRow(area.area, AREAS[area.area], area.score, round(100 * area.coverage), area.judged, area.applicable)


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
