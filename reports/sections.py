"""The parts of a report in their order, each with a name by which it can be moved, left out or commented."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from auditor.finding import Area
from reports.appendix import appendix
from reports.areas import chapters
from reports.glossary import METHOD, terms
from reports.journey_map import journey_map
from reports.owner_summary import summary
from reports.priorities import roadmap
from reports.view import ReportView
from reports.wording import _

NAMES = (
    "summary", "map", "not-seen", "scores", "findings", "area-navigation", "area-speed", "speed", "trend",
    "area-mobile", "area-imagery", "imagery", "area-product", "area-checkout", "journeys", "area-injected-ads",
    "third-parties", "area-trust", "area-accessibility", "area-dark-patterns", "gaps", "roadmap", "panel", "metrics",
    "passed", "conditions", "glossary", "appendix",
)  # fmt: skip
"""All parts, in their order. A report has those that have something to show."""


NO_NOTE = Markup("")


@dataclass(frozen=True)
class Section:
    """``name`` is its anchor and the same in every language, ``title`` its heading. ``template`` shows ``about`` and
    the view. ``note`` is HTML that stands under the heading, and is trusted: its maker has escaped it."""

    name: str
    title: str
    template: str
    about: object = None
    note: Markup = NO_NOTE


def sections_of(view: ReportView) -> tuple[Section, ...]:
    """Those of ``NAMES`` that have something to show, in the order of the report."""
    return tuple(_sections(view))


def _sections(view: ReportView) -> Iterator[Section]:
    judged = not view.failed_run
    if judged:
        yield Section("summary", _("The audit on one page"), "summary.html", summary(view))
        stops = journey_map(view.points, view.failed, view.review)
        yield Section("map", _("The shopper's way, step by step"), "map.html", stops)
    yield Section("not-seen", _("What this audit did not see"), "not_seen.html")
    if judged:
        yield Section("scores", _("Scores"), "scores.html")
    if view.findings:
        yield Section("findings", _("All problems at a glance"), "problems.html")
    for chapter in chapters(view):
        yield Section(f"area-{chapter.area}", chapter.name, "area.html", chapter)
        yield from _FOLLOWING.get(chapter.area, _nothing)(view)
    yield from _closing(view)


def _closing(view: ReportView) -> Iterator[Section]:
    if view.gaps:
        yield Section("gaps", _("Goals and gaps"), "gaps.html")
    if view.findings and not view.failed_run:
        yield Section("roadmap", _("Roadmap"), "roadmap.html", roadmap(view))
    if view.panel:
        yield Section("panel", _("Pages that were looked at"), "panel.html")
    if view.metrics:
        yield Section("metrics", _("Measurements"), "metrics.html")
    if view.passed:
        yield Section("passed", _("What passed"), "passed.html")
    yield Section("conditions", _("Method and conditions"), "conditions.html", tuple(METHOD.values()))
    yield Section("glossary", _("Glossary"), "glossary.html", terms())
    if view.rows:
        listed = appendix(view.rows, (*view.failed, *view.review))
        yield Section("appendix", _("Appendix: every finding and its evidence"), "appendix.html", listed)


def _nothing(_view: ReportView) -> Iterator[Section]:
    yield from ()


def _speed(view: ReportView) -> Iterator[Section]:
    if view.timed:
        yield Section("speed", _("Page speed, page by page"), "speed.html")
    if view.trends:
        yield Section("trend", _("Over time"), "trend.html")


def _pictures(view: ReportView) -> Iterator[Section]:
    if view.imagery.products or view.imagery.listed:
        yield Section("imagery", _("Product pictures"), "imagery.html")


def _walks(view: ReportView) -> Iterator[Section]:
    if view.journeys or view.walked:
        yield Section("journeys", _("Journeys"), "journeys.html")


def _outsiders(view: ReportView) -> Iterator[Section]:
    if view.parties.power:
        yield Section("third-parties", _("Third parties and unwanted content"), "third_parties.html")


_FOLLOWING: dict[Area, Callable[[ReportView], Iterator[Section]]] = {
    Area.SPEED: _speed,
    Area.IMAGERY: _pictures,
    Area.CHECKOUT: _walks,
    Area.INJECTED_ADS: _outsiders,
}
