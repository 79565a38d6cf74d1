"""Walks of a buyer from a product to the payment step, as evidence, with what was noted beside the way."""

from datetime import UTC, datetime
from typing import Any

from auditor.evidence import (
    CheckoutFacts,
    FieldSeen,
    FieldUse,
    JourneyEvidence,
    Ranked,
    ScorePart,
    Step,
    StepIntent,
    Sum,
)
from tests.factories.pages import at, box

NAME = "Arc lamp"
FIELDS: tuple[tuple[str, str, str, str], ...] = (
    ("email", "E-mail", "email", "email"), ("first_name", "First name", "text", "given-name"),
    ("last_name", "Last name", "text", "family-name"), ("address_line1", "Street", "text", "street-address"),
    ("postcode", "Postcode", "text", "postal-code"), ("city", "City", "text", "address-level2"),
    ("phone", "Phone", "tel", "tel"),
)  # fmt: skip
"""Meaning, label, type and autofill token."""


def asked(
    meaning: str, label: str = "", type: str = "text", autocomplete: str = "", action: str = "filled", **seen: Any
) -> FieldUse:
    """A field of the checkout that was filled in."""
    field = {
        "index": len(meaning), "selector": f"#{meaning}", "tag": "input", "type": type, "name": meaning, "label": label,
        "autocomplete": autocomplete, "required": True,
    }  # fmt: skip
    typed = 8 if action == "filled" else 0
    return FieldUse.model_validate(
        {"field": FieldSeen.model_validate(field | seen), "meaning": meaning, "action": action, "typed": typed}
    )


def sum_row(label: str, text: str) -> Sum:
    return Sum(label=label, text=text)


def step(intent: str, path: str = "/cart", **fields: Any) -> Step:
    made = {"intent": StepIntent(intent), "did": intent.replace("_", " "), "reached": at(path), "waited_ms": 400}
    return Step.model_validate(made | {"clicks": 1, "new_page": True} | fields)


def pressed(name: str, score: float = 0.8, parts: tuple[str, ...] = ("words", "attributes"), **fields: Any) -> Ranked:
    """A control that was a candidate."""
    shares = tuple(ScorePart.model_validate({"name": part, "value": 0.3, "why": f"its {part}"}) for part in parts)
    made = {"index": 1, "selector": "form button", "name": name, "tag": "button", "score": score, "parts": shares}
    return Ranked.model_validate(made | fields)


def cart_line(name: str = NAME, **fields: Any) -> dict[str, Any]:
    return {
        "selector": "ul.lines > li", "name": name, "text": f"{name} Sand £24.00 Remove", "picture": True, "quantity": 1,
        "editable": True, "amounts": ["£24.00"], "remove": True,
    } | fields  # fmt: skip


def page_seen(step: int, *lines: str, **fields: Any) -> dict[str, Any]:
    return {"step": step, "lines": list(lines)} | fields


def form_label(label: str, placed: str = "outside", **fields: Any) -> dict[str, Any]:
    return {"selector": f"#{label.lower()[:5]}", "label": label, "placed": placed, "filled": True} | fields


CART_SUMS = (sum_row("Subtotal", "£24.00"), sum_row("Delivery", "£4.00"), sum_row("Total", "£28.00"))


def buy(
    *, upto: str = "reach_payment", uses: tuple[FieldUse, ...] | None = None, cart_sums: tuple[Sum, ...] = CART_SUMS,
    last_sums: tuple[Sum, ...] = CART_SUMS, facts: dict[str, Any] | None = None, steps: dict[str, dict[str, Any]] | None = None,
    **fields: Any,
) -> JourneyEvidence:  # fmt: skip
    """A guest's walk without fault. ``upto``: the last intent that was confirmed; ``steps`` changes single steps, by
    intent; ``facts`` is what was noted."""
    filled = uses if uses is not None else tuple(asked(*one) for one in FIELDS)
    plan = [
        step("open", "/lamps/arc-lamp"),
        step("add_to_cart", "/lamps/arc-lamp"),
        step("open_cart", "/cart", sums=cart_sums),
        step("start_checkout", "/checkout"),
        step("fill_address", "/checkout/delivery", fields=filled),
        step("choose_delivery", "/checkout/payment"),
        step("reach_payment", "/checkout/payment", sums=last_sums, clicks=0, new_page=False),
    ]
    last = next(place for place, one in enumerate(plan) if one.intent == upto)
    changed = [one.model_copy(update=(steps or {}).get(one.intent.value, {})) for one in plan[: last + 1]]
    extra = [
        step(name, **change) for name, change in (steps or {}).items() if all(one.intent != name for one in changed)
    ]
    made: dict[str, Any] = {
        "device": "mobile", "depth": "payment", "started_at": datetime(2026, 11, 21, 10, tzinfo=UTC), "language": "en",
        "steps": tuple(changed) + tuple(extra), "ended": "completed", "product_url": at("/lamps/arc-lamp"),
        "product_name": NAME, "product_price": "£24.00", "products_tried": (at("/lamps/arc-lamp"),), "guest": "only-way",
        "checkout": CheckoutFacts.model_validate({"market": "GB", "country": "GB"} | (facts or {})),
    }  # fmt: skip
    return JourneyEvidence.model_validate(made | fields)


__all__ = ["asked", "box", "buy", "cart_line", "form_label", "page_seen", "pressed", "step", "sum_row"]
