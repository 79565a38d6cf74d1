"""The audit on one page, for the shop's owner: what customers meet, what to do first, what was not seen."""

import re
from dataclasses import dataclass

from auditor.finding import Severity
from reports.finding_view import Card
from reports.journey_map import Stop, journey_map
from reports.language import _, _n, number
from reports.priorities import first_things
from reports.view import ReportView

LONGEST = 190
"""Characters of a sentence of the page."""


@dataclass(frozen=True)
class FirstThing:
    """``gain`` says which harm to shoppers its repair ends, ``effort`` how long it takes, ``work`` of what kind."""

    card: Card
    gain: str
    effort: str
    work: str


@dataclass(frozen=True)
class Summary:
    """``stops`` are the touchpoints with their states, ``opening`` how the shop stands in a sentence."""

    opening: str
    stops: tuple[Stop, ...]
    first: tuple[FirstThing, ...]
    left: int


def summary(view: ReportView) -> Summary:
    things = first_things(view)
    return Summary(
        opening=_opening(view, led=bool(things) and things[0].severity is Severity.CRITICAL),
        stops=journey_map(view.points, view.failed, view.review).stops,
        first=tuple(_thing(card, view) for card in things),
        left=max(0, len(view.failed) - len(things)),
    )


def _thing(card: Card, view: ReportView) -> FirstThing:
    meaning = next(row.meaning for row in view.severities if row.severity is card.severity)
    return FirstThing(card, _sentence(card.why) or meaning, card.work.size_name, card.work.kind_name)


def _sentence(text: str) -> str:
    """The first sentence of what a check says of the harm; "" where it is too long for the page."""
    first = re.split(r"(?<=[.!?؟])\s+(?=[^\Wa-ząćęłńóśźż\d])", text, maxsplit=1)[0]
    return first if len(first) <= LONGEST else ""


def _opening(view: ReportView, *, led: bool) -> str:
    """
    :param led: a critical problem comes first, and not what a consultant named.
    """
    worst = {row.severity: row.findings for row in view.severities}
    stops, holds = worst.get(Severity.CRITICAL, 0), worst.get(Severity.SERIOUS, 0)
    if stops and not led:
        return _n(
            "{count} problem is likely to make shoppers give up.",
            "{count} problems are likely to make shoppers give up.",
            stops,
        ).format(count=number(stops, 0))
    if stops:
        return _n(
            "{count} problem is likely to make shoppers give up. It comes first.",
            "{count} problems are likely to make shoppers give up. They come first.",
            stops,
        ).format(count=number(stops, 0))
    if holds:
        return _n(
            "Nothing was found that stops shoppers; {count} problem holds many of them up.",
            "Nothing was found that stops shoppers; {count} problems hold many of them up.",
            holds,
        ).format(count=number(holds, 0))
    if view.findings:
        return _("Nothing was found that stops shoppers or holds many of them up. What was found is smaller.")
    return _("Nothing failed of what could be judged.")
