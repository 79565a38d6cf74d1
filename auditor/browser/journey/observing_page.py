"""What of a page matters to the buyer's checks, told from what the journey sees of it. No browser."""

import re
from collections.abc import Iterable
from typing import Any, Literal

from auditor.evidence import Field
from auditor.evidence.checkout import (
    AddFeedback,
    CartLine,
    Change,
    GuestChoice,
    PageSeen,
    ReviewFacts,
    VariantChoice,
)
from auditor.evidence.sight import Control, FieldSeen, Sight
from auditor.fields import FieldMeaning, type_fields
from auditor.identity import Identity
from auditor.interlock.clickable import Asks
from auditor.interlock.signs import ordering_address, ordering_name
from auditor.journey_ranking.checkout_state import Guest, delivery_choice
from auditor.journey_ranking.marks import QUANTITY, REMOVES, action_of, last_concepts, marks_of
from auditor.journey_ranking.standing import Product, cart_count, groups, names_product, order_button
from auditor.lexicon import Concept, fold, has_currency, mentions
from auditor.reading.checkout_payments import payments_in
from auditor.reading.checkout_sums import delivery_told

_TELLING = (
    Concept.SHIPPING, Concept.PICKUP, Concept.COST_LATER, Concept.TOTAL, Concept.TAX, Concept.FEE,
    Concept.PAYMENT_METHODS, Concept.LOG_IN, Concept.FREE, Concept.LEAD_TIME,
)  # fmt: skip
MOST_LINES = 60
_FRAME = ("header", "nav", "footer")
_WORD = re.compile(r"\w{2,}")


def page_seen(step: int, sight: Sight, marks: Iterable[str], language: str | None) -> PageSeen:
    boxes = [one for one in sight.fields if one.type == "checkbox" and one.filled and one.shown and not one.disabled]
    totals = [one.box.y for one in sight.sums if one.box and mentions(one.label, Concept.TOTAL, language)]
    lines = [line.strip() for line in sight.text.splitlines()]
    telling = [line[:160] for line in lines if 2 < len(line) <= 300 and _tells(line, language)]
    return PageSeen(
        step=step,
        ticks=tuple(one for one in boxes if one.region not in _FRAME)[:20],
        coupons=tuple(one.model_copy(update={"options": ()}) for one in sight.fields if is_coupon(one, language))[:4],
        coupon_opener=any(_opens_coupon(one, language) for one in sight.controls),
        lines=tuple(dict.fromkeys(telling))[:MOST_LINES],
        payments=payments_in([*marks, sight.text]),
        total_y=min(totals, default=None),
    )


def _tells(line: str, language: str | None) -> bool:
    return any(mentions(line, concept, language) for concept in _TELLING)


def is_coupon(field: FieldSeen, language: str | None) -> bool:
    if field.tag not in ("input", "textarea") or field.type in ("checkbox", "radio", "search", "email"):
        return False
    return typed(field, language) == FieldMeaning.COUPON.value


def typed(field: FieldSeen, language: str | None) -> str:
    """What a field asks for, by itself."""
    known = Field(
        selector=field.selector, tag=field.tag, type=field.type, name=field.name, id=field.id, role="", font_px=16.0,
        autocomplete=field.autocomplete, inputmode=field.inputmode, placeholder=field.placeholder, label=field.label,
        required=field.required, disabled=field.disabled, filled=field.filled, box=field.box, visible=field.shown,
        region=field.region, form=field.form,
    )  # fmt: skip
    return type_fields([known], language=language)[0].meaning.value


def _opens_coupon(control: Control, language: str | None) -> bool:
    short = control.visible and control.region not in _FRAME and len(control.name) <= 80
    return short and mentions(control.name, Concept.DISCOUNT_CODE, language) is not None


def add_feedback(
    step: int, before: Sight, after: Sight, changes: Iterable[Change], loaded: bool, after_ms: int | None,
    product: Product, language: str | None,
) -> AddFeedback:  # fmt: skip
    """What confirmed that the cart took ``product``; on another page at its first paint, else at the first of it."""
    shown: dict[str, int | None] = {}
    if "cart" in last_concepts(after.url) and names_product(after.text, product.name):
        shown["cart"] = after_ms
    if loaded:
        live = _fresh(before.outside_text, after.outside_text)
        lines = [
            line for line in _fresh(before.text, after.text)
            if mentions(line, Concept.CART, language) or names_product(line, product.name)
        ]  # fmt: skip
        if live or lines:
            shown["drawer" if live and after.layers else "message"] = after_ms
        if (cart_count(after, language) or 0) > (cart_count(before, language) or 0):
            shown["badge"] = after_ms
    else:
        kinds = {"dialog": "drawer", "layer": "drawer", "live": "message", "header": "badge", "control": "control"}
        for change in changes:
            kind = kinds.get(change.where)
            if kind == "badge" and not any(char.isdigit() for char in fold(change.text)):
                continue
            told = names_product(change.text, product.name) or mentions(change.text, Concept.CART, language)
            if kind is None and not told:
                continue
            if kind in ("control", "drawer", "message") and not _WORD.search(change.text):
                continue
            name = (kind or "message") if change.in_view else "hidden-badge" if kind == "badge" else ""
            if name and name not in shown:
                shown[name] = change.ms
        if not shown and (cart_count(after, language) or 0) > (cart_count(before, language) or 0):
            shown["hidden-badge"] = None
    times = [ms for name, ms in shown.items() if ms is not None and name != "hidden-badge"]
    return AddFeedback.model_validate({"step": step, "shown": tuple(shown), "after_ms": min(times, default=None)})


def _fresh(before: str, after: str) -> list[str]:
    known = {line.strip() for line in before.splitlines()}
    return [line for line in after.splitlines() if line.strip() not in known and _WORD.search(line)]


def variant_choices(sight: Sight, button: Control | None) -> tuple[VariantChoice, ...]:
    """Lists and radio groups of the form that adds to the cart, as they stand."""
    if button is None or button.form is None:
        return ()
    found, radios = [], dict[str, list[FieldSeen]]()
    for field in sight.fields:
        if field.form != button.form or not field.shown or QUANTITY.search(field.name or field.id):
            continue
        if field.tag == "select":
            texts = tuple(one.text for one in field.options if one.value)[:40]
            now = next((one.text for one in field.options if one.selected), "")
            found.append(
                VariantChoice(label=field.label or field.legend, options=texts, chosen=now, selector=field.selector)
            )
        elif field.type == "radio":
            radios.setdefault(field.name, []).append(field)
    for fields in radios.values():
        now = next((one.label or one.value for one in fields if one.filled), "")
        first = fields[0]
        found.append(
            VariantChoice(
                label=first.legend, options=tuple(one.label or one.value for one in fields)[:40], chosen=now,
                selector=first.selector,
            )
        )  # fmt: skip
    return tuple(one for one in found if len(one.options) > 1)[:5]


def cart_line(raw: dict[str, Any], product: Product, language: str | None) -> CartLine:
    name = next((text for text in raw["links"] if names_product(text, product.name)), "") or next(
        iter(raw["links"]), product.name if names_product(raw["text"], product.name) else ""
    )
    value = fold(raw["value"] or "")
    quantity = int(value) if value.isdigit() else _counted(raw["text"])
    takes_out = any(
        REMOVES.search(f"{one['marks']} {one['name']}")
        or mentions(one["name"], Concept.REMOVE, language)
        or not _WORD.search(one["name"] + one["marks"])
        for one in raw["controls"]
    )
    return CartLine(
        selector=raw["selector"], box=raw["box"], name=name[:200], text=raw["text"][:300], picture=raw["picture"],
        quantity=quantity, editable=raw["editable"], amounts=tuple(raw["amounts"]), remove=takes_out,
    )  # fmt: skip


def _counted(text: str) -> int | None:
    found = re.search(r"(?<!\d)(\d{1,2}) ?[×x](?= |$)|(?<=[×x] )(\d{1,2})(?!\d)|(?<=[×x])(\d{1,2})(?!\d)", fold(text))
    return int(next(one for one in found.groups() if one)) if found else None


def guest_choice(step: int, sight: Sight, way: Guest) -> GuestChoice:
    """Where the way on as a guest stands, beside the field for a password."""
    index = way.radio.index if way.radio else way.control.index if way.control else -1
    things: list[Control | FieldSeen] = [*sight.controls, *sight.fields]
    thing = next((one for one in things if one.index == index), None)
    passwords = [one.box.y for one in sight.fields if one.type == "password" and one.shown and one.box]
    box = thing.box if thing else None
    kind: Literal["button", "link", "radio"] = "radio"
    if way.control is not None:
        plain = way.control.tag == "a" and (thing is None or getattr(thing, "contrast", 0.0) < 0.1)
        kind = "link" if plain and (box is None or box.height < 30) else "button"
    return GuestChoice(
        step=step, kind=kind, label=(way.radio.label if way.radio else way.control.name if way.control else "")[:120],
        selector=thing.selector if thing else "", box=box,
        in_view=box is not None and box.y < sight.viewport_height,
        below_login=None if box is None or not passwords else box.y > min(passwords) + 40,
    )  # fmt: skip


def review(step: int, sight: Sight, product: Product, who: Identity, language: str | None) -> ReviewFacts:
    """What the last page shows of the order, read only."""
    text = fold(sight.text)
    values = "\n".join(fold(one.value) for one in sight.fields if one.value)
    said = [fold(one) for one in (who.postcode, who.city, who.street, who.last_name) if one]
    button = order_button(sight, language) or _ordering(sight)
    ways = delivery_choice(sight, language)
    sums = " ".join(one.label for one in sight.sums)
    return ReviewFacts(
        step=step, items=names_product(sight.text, product.name),
        address=sum(one in text or one in values for one in said) >= 2 or _address_beside(sight),
        delivery=bool(ways)
        or mentions(sums, Concept.SHIPPING, language) is not None
        or delivery_told(sight.text.splitlines(), language) == "free",
        payment=bool(groups(sight, Asks.PAYMENT, language)) or bool(payments_in([sight.text])),
        total=mentions(sums, Concept.TOTAL, language) is not None,
        edit=any(_edits(one, language) for one in sight.controls) or _address_beside(sight),
        button=button.name[:120] if button else "", button_selector=button.selector if button else "",
        button_box=button.box if button else None, sure=button is not None and _orders(button, sight),
        later=sight.current_step is not None and sight.current_step < len(sight.steps) - 1,
    )  # fmt: skip


def _address_beside(sight: Sight) -> bool:
    """On one page the address is still in its fields, and is changed there."""
    return sum(one.filled and one.shown and one.type in ("text", "email", "tel") for one in sight.fields) >= 3


def _ordering(sight: Sight) -> Control | None:
    """A button that carries what an order's button carries, whatever it says."""
    return next((one for one in sight.controls if _pressed(one) and _orders(one, sight)), None)


def _pressed(control: Control) -> bool:
    return control.visible and control.region not in _FRAME and not (control.tag == "a" and control.target)


def _orders(control: Control, sight: Sight) -> bool:
    names = " ".join(control.attributes.get(name, "") for name in ("class", "id", "name"))
    action = action_of(control, sight)
    return bool(
        any(ordering_name(name) for name in names.split()) or (action and ordering_address(action, writes=True))
    )


def _edits(control: Control, language: str | None) -> bool:
    if not control.visible or control.region in _FRAME or len(control.name) > 60 or has_currency(control.name):
        return False
    edit = re.search(r"\b(?:edit|change|modify)\b", marks_of(control), re.IGNORECASE)
    return bool(edit) or mentions(control.name, Concept.CHANGE, language) is not None
