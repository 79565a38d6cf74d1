"""A shop beside its competitors: what each was judged on, and what cannot be compared. Pure but for the pictures."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from auditor.evidence import Device, Ended, Template
from auditor.finding import Area, Severity, Verdict
from auditor.result import AuditResult, Metric
from auditor.run_folder import RunFolder, RunFolderError
from auditor.trends import COUNTABLE, least_change
from reports.crops import Picture, cut
from reports.finding_view import CardMaker
from reports.journey_words import JOURNEY_ENDINGS, JOURNEYS
from reports.recorded import said
from reports.run_conditions import profiles_of
from reports.shop_lines import Cell, Line, checks_told_apart, ranked
from reports.shop_text import clean, readable
from reports.wording import (
    AREAS,
    DEVICES,
    METRICS,
    PAGES_OF,
    SEVERITIES,
    TEMPLATES,
    _,
    moment,
    number,
    quantity,
)

MOST_SHOPS = 8
MOST_CHECKS = 80
TIMES = ("lcp", "cls", "tbt", "ttfb", "bytes", "requests")
TEMPLATES_SHOWN = (Template.HOME, Template.CATEGORY, Template.PRODUCT)
BUDGET = 700_000
"""Bytes of a shop's pictures, before base64."""


@dataclass(frozen=True)
class ShopColumn:
    """``pages`` were judged; ``why`` says how the run ended. ``pictures``: caption and first view."""

    host: str
    date: str
    ended: str
    why: str
    pages: int
    not_seen: int
    pictures: tuple[tuple[str, Picture], ...]


@dataclass(frozen=True)
class SideBySide:
    """The first shop is the client's. ``behind``: it fails what another passes; ``ahead``: the other way round.
    ``public_only``: every run kept within public pages and robots.txt."""

    shops: tuple[ShopColumn, ...]
    warnings: tuple[str, ...]
    scores: tuple[Line, ...]
    counts: tuple[Line, ...]
    times: tuple[Line, ...]
    journeys: tuple[Line, ...]
    behind: tuple[Line, ...]
    ahead: tuple[Line, ...]
    alike: tuple[Line, ...]
    public_only: bool


def side_by_side(runs: Sequence[tuple[AuditResult, RunFolder]]) -> SideBySide:
    """In the language of the moment; ``runs`` in the order of the columns, the client's shop first."""
    results = [result for result, _folder in runs]
    judged = [result.run.ended != "failed" for result in results]
    alike = len({result.run.environment.checks_digest for result in results}) == 1
    behind, ahead, same = checks_told_apart(results, judged)
    return SideBySide(
        shops=tuple(_column(result, folder) for result, folder in runs),
        warnings=tuple(_warnings(results, alike)),
        scores=tuple(_scores(results, judged, alike)),
        counts=tuple(_counts(results, judged)),
        times=tuple(_times(results)),
        journeys=tuple(_journeys(results)),
        behind=behind[:MOST_CHECKS],
        ahead=ahead[:MOST_CHECKS],
        alike=same[:MOST_CHECKS],
        public_only=all(_kept_public(result, folder) for result, folder in runs),
    )


def _kept_public(result: AuditResult, folder: RunFolder) -> bool:
    try:
        journey = folder.settings().journey
    except RunFolderError:
        return False
    return result.run.depth == "pages" and journey.within_robots


def _column(result: AuditResult, folder: RunFolder) -> ShopColumn:
    maker = CardMaker(result, profiles_of(result, folder))
    wanted = {}
    for template in (Template.HOME, Template.PRODUCT):
        for device in (Device.MOBILE, Device.DESKTOP):
            page = next((one for one in result.pages if (one.template, one.device) == (template, device)), None)
            if page is not None and page.screenshot:
                caption = _("{page}, {device}").format(page=TEMPLATES[template], device=DEVICES[device])
                wanted[caption] = maker.shot(page, small=True)
    pictures = cut(wanted.values(), folder.path, BUDGET, keep=False)
    endings = {"complete": _("Complete audit"), "partial": _("Partial audit"), "failed": _("Not audited")}
    return ShopColumn(
        host=clean(result.run.host, 120),
        date=moment(result.run.started_at),
        ended=endings[result.run.ended],
        why=readable(said(result.run.why), 400),
        pages=len({page.key for page in result.pages if page.ended is Ended.LOADED}),
        not_seen=len(result.not_seen),
        pictures=tuple((caption, pictures[shot]) for caption, shot in wanted.items() if shot in pictures),
    )


def _warnings(results: Sequence[AuditResult], alike: bool) -> Iterator[str]:
    if not alike:
        yield _("The shops were judged by different checks, so scores are not compared. Replay all runs, then compare.")
    if len({result.run.environment.browser for result in results}) > 1:
        yield _("The shops were opened with different browsers, so times are not compared.")
    days = [result.run.started_at for result in results]
    if (max(days) - min(days)).days >= 7:
        yield _("The audits lie {count} days apart: shops change, and so do offers and seasons.").format(
            count=number((max(days) - min(days)).days, 0)
        )
    if len({result.run.depth for result in results}) > 1:
        yield _("The audits went to different depths; what lies behind the cart is known of some shops only.")
    for result in results:
        if any("robots.txt" in request for journey in result.journeys for request in journey.refused_requests):
            yield _("{shop} keeps pages of a journey from crawlers; they were not opened.").format(
                shop=clean(result.run.host, 120)
            )


def _scores(results: Sequence[AuditResult], judged: Sequence[bool], alike: bool) -> Iterator[Line]:
    why = "" if alike else _("other checks")
    overall = [result.scores.overall if fine else None for result, fine in zip(results, judged, strict=True)]
    yield ranked(_("Overall"), overall, lambda value: number(value, 0), why, best=max, least=1)
    for area in Area:
        points = [
            next((row.score for row in result.scores.areas if row.area is area and fine), None)
            for result, fine in zip(results, judged, strict=True)
        ]
        if any(point is not None for point in points):
            yield ranked(AREAS[area], points, lambda value: number(value, 0), why, best=max, least=1)


def _counts(results: Sequence[AuditResult], judged: Sequence[bool]) -> Iterator[Line]:
    """Numbers of problems depend on how much was looked at, so nobody is called best."""
    for severity in Severity:
        found = [
            Counter(one.severity for one in result.findings if one.verdict is Verdict.FAILED)[severity]
            for result in results
        ]
        cells = (Cell(number(count, 0) if fine else _("not judged")) for count, fine in zip(found, judged, strict=True))
        yield Line(SEVERITIES[severity], tuple(cells))


def _times(results: Sequence[AuditResult]) -> Iterator[Line]:
    browsers = {result.run.environment.browser for result in results}
    for device in Device:
        for template in TEMPLATES_SHOWN:
            for name in TIMES:
                found = [_of(result, name, template, device) for result in results]
                if not any(found):
                    continue
                methods = {metric.method for metrics in found for metric in metrics}
                shared = any(metric.shared for metrics in found for metric in metrics)
                why = ""
                if name in COUNTABLE:
                    why = ""
                elif len(browsers) > 1:
                    why = _("another browser")
                elif "untimed" in methods or len(methods) > 1:
                    why = _("not timed alike")
                elif shared:
                    why = _("the machine was busy")
                values = [median(one.median for one in metrics) if metrics else None for metrics in found]
                quantified = partial(quantity, unit=next(metrics for metrics in found if metrics)[0].unit)
                title = _(", ").join((METRICS.get(name, name), PAGES_OF[template], DEVICES[device]))
                least = least_change(name, min(value for value in values if value is not None))
                yield ranked(title, values, quantified, why, best=min, least=least, unknown=_("not measured"))


def _of(result: AuditResult, name: str, template: Template, device: Device) -> list[Metric]:
    keys = {page.key for page in result.pages if page.template is template and page.ended is Ended.LOADED}
    return [one for one in result.metrics if one.name == name and one.device is device and one.page in keys]


def _journeys(results: Sequence[AuditResult]) -> Iterator[Line]:
    for name in ("search", "browse"):
        for device in Device:
            cells = []
            for result in results:
                journey = next((one for one in result.journeys if (one.name, one.device) == (name, device)), None)
                ended = journey.ended if journey else "not_walked"
                mark = {"completed": "passed", "stuck": "failed"}.get(ended, "")
                why = f": {readable(said(journey.why), 160)}" if journey and journey.why and mark != "passed" else ""
                cells.append(Cell(JOURNEY_ENDINGS[ended] + why, mark))
            if any(cell.mark for cell in cells):
                title = _(", ").join((JOURNEYS[name], DEVICES[device]))
                yield Line(title, tuple(cells))
