"""What to do first: problems by what their repair brings and by how much work it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.finding import Severity
from reports.finding_view import Card
from reports.fix_effort import EFFECT_NAMES, EFFECTS, SIZE_NAMES, SIZES, Effect, Size
from reports.language import Words, _
from reports.view import ReportView

FIRST = 5
MOST_IN_CELL = 14
_EFFECT = {"high": 6.0, "medium": 3.0, "low": 1.0}
_WORK = {"hours": 1.0, "days": 2.0, "weeks": 4.0}
"""What each size counts, so that a great effect for weeks of work comes after a great one for a day. Our proposal."""

PHASES = Words[str](
    {
        "now": _("Now: much for little"),
        "next": _("Next: plan it in"),
        "later": _("Later: a project of its own"),
        "along": _("Along the way"),
    }
)
_PHASE: dict[tuple[Effect, Size], str] = {
    ("high", "hours"): "now", ("high", "days"): "next", ("high", "weeks"): "later",
    ("medium", "hours"): "now", ("medium", "days"): "next", ("medium", "weeks"): "later",
    ("low", "hours"): "along", ("low", "days"): "along", ("low", "weeks"): "along",
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """Problems of one effect and one size of work; ``more`` are counted only."""

    size: Size
    phase: str
    cards: tuple[Card, ...]
    more: int


@dataclass(frozen=True)
class EffectRow:
    effect: Effect
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Phase:
    name: str
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Roadmap:
    """``rows`` by effect, their cells by size of work; ``phases`` hold the same problems in the order to do them."""

    sizes: tuple[str, ...]
    rows: tuple[EffectRow, ...]
    phases: tuple[Phase, ...]


def ranked(view: ReportView) -> tuple[Card, ...]:
    """All that failed: what a consultant named, critical ones, then the most effect for the least work."""
    named = {anchor: place for place, anchor in enumerate(view.first)}
    cards = (card for row in view.severities for card in row.cards)
    return tuple(sorted(cards, key=lambda card: (named.get(card.anchor, len(named)), *_order(card))))


def first_things(view: ReportView) -> tuple[Card, ...]:
    return ranked(view)[:FIRST]


def roadmap(view: ReportView) -> Roadmap:
    cards = ranked(view)
    return Roadmap(
        sizes=tuple(SIZE_NAMES[size] for size in SIZES),
        rows=tuple(
            EffectRow(effect, EFFECT_NAMES[effect], tuple(_cell(cards, effect, size) for size in SIZES))
            for effect in EFFECTS
        ),
        phases=tuple(
            Phase(name, PHASES[name], found)
            for name in PHASES
            if (found := tuple(card for card in cards if _PHASE[card.effect, card.work.size] == name))
        ),
    )


def _cell(cards: Iterable[Card], effect: Effect, size: Size) -> Cell:
    here = [card for card in cards if card.effect == effect and card.work.size == size]
    return Cell(size, _PHASE[effect, size], tuple(here[:MOST_IN_CELL]), max(0, len(here) - MOST_IN_CELL))


def _order(card: Card) -> tuple[bool, float, int, float, int]:
    worth = _EFFECT[card.effect] / _WORK[card.work.size]
    return (card.severity is not Severity.CRITICAL, -worth, -card.severity.weight, -card.reach, card.number)
