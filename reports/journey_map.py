"""The journey map: what a shopper meets from search to service, what it costs, and what stands in the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from auditor.finding import Severity
from reports.finding_view import Card
from reports.language import Counted, Words, _, forms
from reports.map_facts import PointFacts
from reports.shots import Shot
from reports.touchpoints import TOUCHPOINTS, Touchpoint

State = Literal["stopped", "held", "flaws", "doubt", "fine", "unseen"]
STATES = Words[State](
    {
        "stopped": _("Stops shoppers"),
        "held": _("Holds shoppers up"),
        "flaws": _("Small flaws"),
        "doubt": _("A person should look"),
        "fine": _("Nothing found wanting"),
        "unseen": _("Was not seen"),
    }
)
_HIDDEN = Counted[str]({"more": forms("{count} more problem", "{count} more problems")})
MOST_CARDS = 5
"""Problems of a touchpoint that are named on the map."""


@dataclass(frozen=True)
class Stop:
    """One touchpoint. ``effort``: label and value; ``cards`` failed, worst first; ``review`` counts what is in doubt;
    ``told`` holds sentences about how the audit got on there."""

    point: Touchpoint
    name: str
    state: State
    state_name: str
    shot: Shot | None
    picture_of: str
    effort: tuple[tuple[str, str], ...]
    effort_of: str
    told: tuple[str, ...]
    cards: tuple[Card, ...]
    more: str
    review: int


@dataclass(frozen=True)
class JourneyMap:
    """``everywhere``: what shoppers meet on every page, or before they search: the home page, the menu, the scripts."""

    stops: tuple[Stop, ...]
    everywhere: tuple[Card, ...]


def journey_map(facts: Mapping[Touchpoint, PointFacts], failed: Iterable[Card], review: Iterable[Card]) -> JourneyMap:
    """All touchpoints, also those that were not seen."""
    failed, review = tuple(failed), tuple(review)
    stops = tuple(_stop(point, facts.get(point, PointFacts()), failed, review) for point in Touchpoint)
    return JourneyMap(stops, tuple(card for card in failed if not card.touchpoints))


def _stop(point: Touchpoint, facts: PointFacts, failed: Iterable[Card], review: Iterable[Card]) -> Stop:
    met = (card for card in failed if point in card.touchpoints)
    # What is met here only says more about the place than what is met everywhere.
    cards = tuple(sorted(met, key=lambda card: (-card.severity.weight, len(card.touchpoints), card.number)))
    doubtful = sum(point in card.touchpoints for card in review)
    state = _state(facts, cards, doubtful)
    hidden = len(cards) - MOST_CARDS
    return Stop(
        point=point,
        name=TOUCHPOINTS[point],
        state=state,
        state_name=STATES[state],
        shot=facts.shot,
        picture_of=facts.picture_of,
        effort=facts.effort,
        effort_of=facts.effort_of,
        told=facts.told,
        cards=cards[:MOST_CARDS],
        more=_HIDDEN.of("more", hidden) if hidden > 0 else "",
        review=doubtful,
    )


def _state(facts: PointFacts, cards: tuple[Card, ...], doubtful: int) -> State:
    """A journey that got stuck is a reason to look, not a proof: the shop may only have been too much for us."""
    worst = min((list(Severity).index(card.severity) for card in cards), default=None)
    if worst is not None:
        return ("stopped", "held", "held", "flaws")[worst]
    if doubtful or facts.stuck:
        return "doubt"
    return "fine" if facts.seen else "unseen"
