"""Pages that sell several things, each by a button of its own and without a page of its own."""

from collections.abc import Sequence

from auditor.evidence.journey import StepIntent
from auditor.evidence.sight import Sight
from auditor.journey_ranking.intents import rank
from auditor.journey_ranking.standing import Product
from auditor.lexicon import fold, parse_price

FEWEST = 2
LONGEST = 120


def sold_from_list(sight: Sight, language: str | None = None, platform: str | None = None) -> Product | None:
    """What the best button that adds to the cart sells, where others beside it say the same; None where none does, or
    where the product's name is not told from the text between it and the button before.
    """
    ranking = rank(StepIntent.ADD_TO_CART, sight, language, platform)
    if not ranking:
        return None
    said = fold(ranking[0].name)
    alike = [one.index for one in sight.controls if one.visible and fold(one.name) == said]
    entries = _entries([line.strip() for line in sight.text.splitlines() if line.strip()], said)
    if len(alike) < FEWEST or len(entries) != len(alike):
        return None
    place = alike.index(ranking[0].index)
    headings = {fold(one) for one in sight.headings} - {fold(one) for one in sight.h1}
    name = _name(entries, place, headings)
    return Product(name, _price(entries[place], sight)) if name else None


def _entries(lines: Sequence[str], button: str) -> list[list[str]]:
    """The lines before each button, up to the button before it."""
    found: list[list[str]] = []
    entry: list[str] = []
    for line in lines:
        if fold(line) == button:
            found.append(entry)
            entry = []
        else:
            entry.append(line)
    return found


def _name(entries: Sequence[Sequence[str]], place: int, headings: set[str]) -> str:
    # Before the first button stands the whole page; the goods that follow tell how long an entry is.
    entry = entries[0][-len(entries[1]) :] if place == 0 else entries[place]
    headed = [line for line in entry if fold(line) in headings]
    words = (line for line in entry if sum(map(str.isalpha, line)) > 1 and not parse_price(line))
    return next(iter((*headed, *words)), "")[:LONGEST]


def _price(entry: Sequence[str], sight: Sight) -> str:
    amounts = (one.text for one in sight.sums if not one.struck and len(one.text) <= 30)
    return next((text for text in amounts if any(text in line for line in entry[-8:])), "")
