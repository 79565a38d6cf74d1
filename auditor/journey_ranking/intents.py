"""Which control means what the shopper wants next. Pure: a stored sight is ranked again with the same result."""

from collections.abc import Callable

from auditor.evidence.journey import Ranked, Step, StepIntent
from auditor.evidence.sight import Sight
from auditor.journey_ranking import marks
from auditor.journey_ranking.cart_controls import add_to_cart, empty_cart, open_cart
from auditor.journey_ranking.checkout_controls import advance, choose_guest, start_checkout
from auditor.journey_ranking.marks import marks_of
from auditor.journey_ranking.scoring import Tally, ordered
from auditor.journey_ranking.view import View, possible, word
from auditor.lexicon import Concept

__all__ = ["advance", "rank", "rerank"]


def rank(
    intent: StepIntent, sight: Sight, language: str | None = None, platform: str | None = None
) -> tuple[Ranked, ...]:
    """The candidates for an intent, best first."""
    score = _SCORES[intent]
    view = View(sight, language, platform)
    tallies = (score(Tally(control), view) for control in sight.controls if possible(control))
    return ordered(tally.ranked() for tally in tallies if tally is not None)


def _close_layer(tally: Tally, view: View) -> Tally | None:
    control = tally.control
    if control.layer is None:
        return None
    word(tally, view, 0.5, Concept.CLOSE, Concept.CONSENT_REJECT, Concept.CONTINUE_SHOPPING)
    if found := marks.CLOSES.search(f"{marks_of(control)} {control.attributes.get('aria-label', '')}"):
        tally.add("attributes", 0.3, f"its attributes say {found[0]}")
    if control.name.strip() in ("×", "✕", "✖", "x", "X", "╳"):
        tally.add("words", 0.4, "it shows a cross")
    box = control.box
    if box and box.width <= 60 and box.height <= 60:
        tally.add("look", 0.1, "it is small, as crosses are")
    if control.target and control.tag == "a":
        tally.add("against", -0.4, "it leads to another page")
    return tally


_SCORES: dict[StepIntent, Callable[[Tally, View], Tally | None]] = {
    StepIntent.ADD_TO_CART: add_to_cart,
    StepIntent.OPEN_CART: open_cart,
    StepIntent.START_CHECKOUT: start_checkout,
    StepIntent.CHOOSE_GUEST: choose_guest,
    StepIntent.CLOSE_LAYER: _close_layer,
    StepIntent.EMPTY_CART: empty_cart,
}


def rerank(step: Step, sight: Sight, language: str | None = None, platform: str | None = None) -> tuple[Ranked, ...]:
    """The ranking of a stored step, made again from its stored sight."""
    if step.intent in _SCORES:
        return rank(step.intent, sight, language, platform)
    touched = (use.field.index for use in step.fields if use.action in ("filled", "chosen", "prefilled"))
    return advance(sight, touched, language, platform)
