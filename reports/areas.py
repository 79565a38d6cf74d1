"""The chapters of a report: one for each area that was judged, with its score and its findings."""

from dataclasses import dataclass

from auditor.finding import Area
from reports.finding_view import Card
from reports.view import ReportView
from reports.wording import AREAS

MOST_CARDS = 60
"""Of one chapter; failed and doubtful ones apart."""


@dataclass(frozen=True)
class Chapter:
    """``failed`` worst first, ``review`` for a person to decide, ``more`` left out. ``coverage`` in percent; None where
    the area is not scored, ``score`` also where too little of it could be judged."""

    area: Area
    name: str
    score: int | None
    coverage: int | None
    failed: tuple[Card, ...]
    review: tuple[Card, ...]
    more: int
    passed: int


def chapters(view: ReportView) -> tuple[Chapter, ...]:
    """Of every area, in the order of ``Area``, that has a finding, a check that passed, or a share in the score."""
    made = (_chapter(area, view) for area in Area)
    return tuple(
        chapter
        for chapter in made
        if chapter.failed or chapter.review or chapter.passed or chapter.coverage is not None
        or _shown_beside(view, chapter.area)
    )  # fmt: skip


def _chapter(area: Area, view: ReportView) -> Chapter:
    row = next((row for row in view.areas if row.area is area), None)
    failed = tuple(card for card in view.failed if card.area_of is area)
    review = tuple(card for card in view.review if card.area_of is area)
    return Chapter(
        area=area,
        name=AREAS[area],
        score=row.score if row else None,
        coverage=row.coverage if row else None,
        failed=failed[:MOST_CARDS],
        review=review[:MOST_CARDS],
        more=sum(card.findings for card in (*failed[MOST_CARDS:], *review[MOST_CARDS:])),
        passed=sum(one.area_of is area for one in view.passed),
    )


def _shown_beside(view: ReportView, area: Area) -> bool:
    """Whether a part of the report that follows the area's chapter has something to show."""
    beside: dict[Area, object] = {
        Area.SPEED: view.timed or view.trends,
        Area.IMAGERY: view.imagery.products or view.imagery.listed,
        Area.CHECKOUT: view.walked or view.journeys,
        Area.INJECTED_ADS: view.parties.power,
    }
    return bool(beside.get(area))
