"""The amounts of a cart or of a checkout's page, told apart by the words of their rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.evidence import Step, Sum
from auditor.lexicon import Concept, has_currency, mentions, parse_price

SENTENCE = 40
_ORDER = (Concept.COST_LATER, Concept.SUBTOTAL, Concept.TOTAL, Concept.SHIPPING, Concept.FEE, Concept.TAX)
ROUNDING = Decimal("0.005")
"""Share of the total that rounding and the display of tax may make (row CHK-014)."""


@dataclass
class Sums:
    """Amounts by what their rows say; ``rows`` are all of them with their labels. None for what is not there."""

    goods: Decimal | None = None
    delivery: Decimal | None = None
    tax: Decimal | None = None
    total: Decimal | None = None
    rows: list[tuple[str, Decimal]] = field(default_factory=list)

    def tolerance(self) -> Decimal:
        return max(Decimal("0.02"), (self.total or Decimal(0)) * ROUNDING)


def sums_of(step: Step, language: str | None) -> Sums:
    """The last amount of a kind counts: sums stand below what they add up."""
    found = Sums()
    for one in step.sums:
        money = None if one.struck or len(one.text) > SENTENCE else parse_price(one.text, language)
        if money is None:
            continue
        found.rows.append((one.label, money.amount))
        kind = kind_of(one, language)
        if kind is Concept.SUBTOTAL:
            found.goods = money.amount
        elif kind is Concept.TOTAL:
            found.total = max(money.amount, found.total or Decimal(0))
        elif kind is Concept.SHIPPING:
            found.delivery = money.amount
        elif kind is Concept.TAX:
            found.tax = money.amount
    return found


def kind_of(one: Sum, language: str | None) -> Concept | None:
    """ "Total with VAT" is a total, "delivery total" is not."""
    if len(one.label) > 60:
        return None
    found = [concept for concept in _ORDER if mentions(one.label, concept, language)]
    if Concept.TOTAL in found and Concept.SHIPPING in found and Concept.SUBTOTAL not in found:
        return Concept.SHIPPING if len(one.label) < 20 else None
    return found[0] if found else None


def delivery_told(lines: Iterable[str], language: str | None) -> str:
    """What a page's lines say of the cost of delivery: ``free``, ``amount``, ``later``, ``named`` or ``""``.

    “Free from 50 up” is an amount, but says nothing where another line says what this order's delivery costs.
    """
    listed = list(lines)
    found: set[str] = set()
    for at, line in enumerate(listed):
        if mentions(line, Concept.COST_LATER, language):
            return "later"
        if not mentions(line, Concept.SHIPPING, language):
            continue
        beside = " ".join(listed[at : at + 2]) if len(line) < 40 else line
        free = mentions(beside, Concept.FREE, language) is not None
        if has_currency(beside) and parse_price(beside[:300]):
            found.add("from" if free else "amount")
        else:
            found.add("free" if free else "named")
    told = next((one for one in ("amount", "free", "from", "named") if one in found), "")
    return "amount" if told == "from" else told
