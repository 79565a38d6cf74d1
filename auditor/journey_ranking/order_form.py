"""Pages that sell several things by one form: a number for each of them, and one button that puts all into the cart."""

import re
from typing import NamedTuple

from auditor.evidence.journey import StepIntent
from auditor.evidence.sight import FieldSeen, Sight, Sum
from auditor.interlock.clickable import Asks
from auditor.journey_ranking.intents import rank
from auditor.journey_ranking.marks import QUANTITY
from auditor.journey_ranking.standing import kind_of
from auditor.lexicon import Concept, fold, mentions

_ROW_PX = 90
_LETTERS = re.compile(r"[^\W\d_]{2}")


class Row(NamedTuple):
    """Something that the form sells and nobody asked for yet. ``name`` and ``price`` as its row shows them, "" where it
    shows none; ``number``: the least that can be ordered of it."""

    field: FieldSeen
    name: str
    price: str
    number: str


def order_rows(sight: Sight, language: str | None = None, platform: str | None = None) -> tuple[Row, ...]:
    """What can be asked for in the form of the button that adds to the cart, as long as all its numbers are zero.

    Nothing where one of them is more than zero: then pressing the button is enough.
    """
    able = tuple(one.model_copy(update={"disabled": False}) for one in sight.controls)
    ranking = rank(StepIntent.ADD_TO_CART, sight.model_copy(update={"controls": able}), language, platform)
    button = next((one for one in able if ranking and one.index == ranking[0].index), None)
    if button is None:
        return ()
    numbers = [
        field for field in sight.fields
        if field.form == button.form and field.region not in ("header", "nav", "footer") and _counts(field, language)
    ]  # fmt: skip
    if any(_now(field) not in ("", "0") for field in numbers):
        return ()
    shown = [field for field in numbers if field.shown and not field.disabled and field.box]
    rows = (Row(field, *_row(field, sight, language), _least(field)) for field in shown)
    return tuple(row for row in rows if row.number)


def _counts(field: FieldSeen, language: str | None) -> bool:
    if field.tag == "select":
        values = [option.value for option in field.options]
        return "0" in values and all(value == "" or value.isdigit() for value in values)
    if field.type not in ("number", "text", "tel"):
        return False
    named = QUANTITY.search(field.name) or QUANTITY.search(field.id) or kind_of(field, language) is Asks.QUANTITY
    return field.type == "number" or bool(named)


def _now(field: FieldSeen) -> str:
    if field.tag == "select":
        return next((option.value for option in field.options if option.selected), "")
    return fold(field.value).strip()


def _least(field: FieldSeen) -> str:
    if field.tag == "select":
        able = (option.value for option in field.options if not option.disabled)
        return next((value for value in able if value not in ("", "0")), "")
    return str(max(1, field.least or 1))


def _row(field: FieldSeen, sight: Sight, language: str | None) -> tuple[str, str]:
    near = [one for one in sight.sums if not one.struck and _gap(field, one) < _ROW_PX]
    beside = min(near, key=lambda one: _gap(field, one), default=None)
    price = beside.text if beside else ""
    named = _LETTERS.search(field.label) and not _only_number(field.label, language)
    return (field.label if named else beside.label if beside else "")[:120], price


def _only_number(label: str, language: str | None) -> bool:
    said = mentions(label, Concept.QUANTITY, language)
    return said is not None and len(fold(label)) <= len(said) + 4


def _gap(field: FieldSeen, one: Sum) -> float:
    if field.box is None or one.box is None:
        return float("inf")
    return abs(field.box.y + field.box.height / 2 - one.box.y - one.box.height / 2)
