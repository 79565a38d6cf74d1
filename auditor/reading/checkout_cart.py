"""The lines of a cart: which is the product that was put in, and what a line lacks."""

import re

from auditor.evidence import CartLine, JourneyEvidence
from auditor.lexicon import Concept, digits_folded, fold, mentions, parse_price

_WORD = re.compile(r"\w{2,}")
_ONE_PIECE = re.compile(r"(?<![\w.,-])1(?![\w.,%-])")


def is_chosen(line: CartLine, name: str) -> bool:
    """Whether a line is about the product ``name``: most of its words are there."""
    words = set(_WORD.findall(fold(name)))
    said = fold(f"{line.name} {line.text}")
    return bool(words) and (fold(name) in said or sum(word in said for word in words) >= 0.75 * len(words))


def chosen_line(lines: tuple[CartLine, ...], journey: JourneyEvidence) -> CartLine | None:
    """The cart's line of the product; None too where the one that was read is the whole cart, sums and all."""
    line = next((line for line in lines if is_chosen(line, journey.product_name)), None)
    return None if line is None or _is_whole_cart(line, journey.language) else line


def _is_whole_cart(line: CartLine, language: str | None) -> bool:
    sums = (Concept.TOTAL, Concept.SUBTOTAL)
    return bool(mentions(line.text, Concept.CHECKOUT, language)) and any(
        mentions(line.text, concept, language) for concept in sums
    )


def chosen_variants(journey: JourneyEvidence) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What was chosen of each choice, and what else could have been; amounts and stock notes are cut off."""
    choices = journey.checkout.variants if journey.checkout else ()
    return tuple(
        (_bare(one.chosen), tuple(_bare(other) for other in one.options if other != one.chosen))
        for one in choices
        if one.chosen and _bare(one.chosen)
    )


def _bare(option: str) -> str:
    return re.split(r"\s[–—(+-]\s?|\(", option)[0].strip()


def says(text: str, option: str) -> bool:
    """Whether a line's text names an option as words of their own; folded Persian and Arabic have no spaces."""
    wanted = fold(option)
    if re.search("[\u0600-\u06ff]", wanted):
        return wanted in fold(text)
    return bool(wanted) and re.search(rf"(?<![^\W_]){re.escape(wanted)}(?![^\W_])", fold(text)) is not None


def costs(line: CartLine) -> bool | None:
    """Whether a line has a price above nothing; None where none can be read."""
    read = [money.amount for one in line.amounts if (money := parse_price(one))]
    return any(amount > 0 for amount in read) if read else None


def says_one_piece(line: CartLine) -> bool:
    """Whether the number of pieces stands in the line as text, as between the buttons of a stepper: one was put in."""
    rest = line.text.replace(line.name, " ")
    for amount in line.amounts:
        rest = rest.replace(amount, " ")
    return _ONE_PIECE.search(digits_folded(rest)) is not None
