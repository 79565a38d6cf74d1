"""Where a journey stands, told from what it sees: a cart that holds the product, a wall, the payment step."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from auditor.evidence.journey import StepIntent
from auditor.evidence.sight import Control, FieldSeen, Sight
from auditor.interlock.clickable import Asks
from auditor.interlock.clickable import Field as JudgedField
from auditor.interlock.filling import asks_for
from auditor.interlock.signs import is_payment_host
from auditor.journey_ranking.intents import rank
from auditor.journey_ranking.marks import CART, REMOVES, counts_pieces, last_concepts, marks_of, removing_form
from auditor.lexicon import Concept, fold, mentions, parse_price

_CAPTCHA_FRAME = re.compile(
    r"recaptcha/api2/bframe|hcaptcha\.com|challenges\.cloudflare\.com|turnstile|geetest|arkoselabs", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_ADDRESS = (Asks.ADDRESS, Asks.CONTACT)


class Product(NamedTuple):
    """What was to be bought: its name and price as the product page shows them; "" for what it does not show."""

    name: str
    price: str


def product_of(sight: Sight, language: str | None = None, platform: str | None = None) -> Product:
    """By structured data, else the h1; the price is the largest near the button that adds it."""
    h1 = next(iter(sight.h1), "")
    known = next((name for name in sight.product_names if not h1 or _shares(name, h1)), "")
    buttons = rank(StepIntent.ADD_TO_CART, sight, language, platform)
    at = next((control.box for control in sight.controls if buttons and control.index == buttons[0].index), None)
    sums = [one for one in sight.sums if one.box and not one.struck and len(one.text) <= 30]
    near = [
        one for one in sums if at and one.box and abs(one.box.y - at.y) < 800 and one.box.y <= at.bottom + 150
    ] or sums[:3]
    nearest = max(near, key=lambda one: (one.font_px, -(one.box.y if one.box else 0.0)), default=None)
    return Product(h1 or known, nearest.text if nearest else "")


def _shares(one: str, other: str) -> bool:
    first, second = set(_WORD.findall(fold(one))), set(_WORD.findall(fold(other)))
    return bool(first & second)


def names_product(text: str, name: str) -> bool:
    """Whether a text names the product: its name as a whole, or most of its words close together."""
    wanted, said = fold(name), fold(text)
    if not wanted:
        return False
    if wanted in said:
        return True
    words = [word for word in _WORD.findall(wanted) if len(word) > 1]
    present = [word for word in words if word in said]
    return len(words) >= 2 and len(present) >= 0.75 * len(words)


def cart_count(sight: Sight, language: str | None = None) -> int | None:
    """The number on the cart's badge in the header, or None where none is shown."""
    for control in sight.controls:
        if (
            control.region not in ("header", "nav", "other", "main")
            or not control.visible
            or control.box is None
            or control.box.y > 400
        ):
            continue
        about = (
            "cart" in last_concepts(control.target)
            or CART.search(marks_of(control))
            or mentions(control.name, Concept.CART, language)
        )
        if about and (count := _count_in(control.name)) is not None:
            return count
    return None


def _count_in(name: str) -> int | None:
    """A whole number in a label that is no part of an amount of money."""
    found = re.findall(r"(?<![\d.,:])\d{1,3}(?![\d.,:]*\d)", fold(name))
    money = parse_price(name)
    plain = [int(one) for one in found if money is None or str(int(money.amount)) != one]
    return plain[0] if plain else None


def holds(sight: Sight, product: Product, language: str | None = None) -> tuple[str, ...]:
    """What shows that this page is a cart that holds the product; nothing when it does not."""
    if not names_product(sight.text + "\n" + sight.outside_text, product.name):
        return ()
    signs = [f"the page names “{product.name[:80]}”"]
    if (
        product.price
        and (wanted := parse_price(product.price))
        and any(_same(one.text, wanted.amount) for one in sight.sums)
    ):
        signs.append(f"it shows the price {product.price}")
    if any(field.shown and counts_pieces(field) for field in sight.fields):
        signs.append("a quantity can be changed")
    if any(
        control.visible and (removes(control, language) or removing_form(control, sight)) for control in sight.controls
    ):
        signs.append("it can be removed")
    if "cart" in last_concepts(sight.url):
        signs.append("its address is that of a cart")
    if rank(StepIntent.START_CHECKOUT, sight, language):
        signs.append("it leads to a checkout")
    return tuple(signs)


def removes(control: Control, language: str | None) -> bool:
    """Whether a control takes something out of a cart, by its marks or its words."""
    said = REMOVES.search(f"{marks_of(control)} {control.name[:40]} {control.target}")
    return bool(said) or (len(control.name) <= 80 and mentions(control.name, Concept.REMOVE, language) is not None)


def _same(text: str, amount: object) -> bool:
    found = parse_price(text)
    return found is not None and found.amount == amount


def kind_of(field: FieldSeen, language: str | None) -> Asks:
    """What a field asks for, as the interlock reads it."""
    words = " ".join(
        (
            field.id,
            field.name,
            field.value if field.type in ("radio", "checkbox") else "",
            field.label,
            field.placeholder,
            field.legend,
        )
    )
    return asks_for(
        JudgedField(type=field.type, name=field.name, words=words, autocomplete=field.autocomplete), language
    )


def buyer_fields(sight: Sight, language: str | None) -> tuple[FieldSeen, ...]:
    """Visible fields that ask for contact or address, outside the header, the footer and layers about newsletters."""
    return tuple(
        field
        for field in sight.fields
        if field.shown
        and not field.disabled
        and field.region not in ("header", "nav", "footer")
        and field.type not in ("search", "radio", "checkbox", "file")
        and kind_of(field, language) in _ADDRESS
    )


def groups(sight: Sight, kind: Asks, language: str | None) -> dict[str, tuple[FieldSeen, ...]]:
    """Visible radio groups that ask for ``kind``, by name. One option is a group too: many shops have one way."""
    found: dict[str, list[FieldSeen]] = {}
    for field in sight.fields:
        if field.type == "radio" and field.shown:
            found.setdefault(field.name or field.legend, []).append(field)
    return {
        name: tuple(fields)
        for name, fields in found.items()
        if any(kind_of(field, language) is kind for field in fields)
    }


_PAYING = re.compile(r"pay(?:ment)?[-_ ]?(?:method|option|type|mode|provider)", re.IGNORECASE)


def payment_signs(sight: Sight, language: str | None) -> tuple[str, ...]:
    """What shows that a page is the payment step. Two are enough."""
    signs = []
    legends: tuple[str, ...] = ()
    if found := groups(sight, Asks.PAYMENT, language):
        signs.append(f"ways of paying can be chosen ({sum(len(fields) for fields in found.values())})")
        legends = tuple(fields[0].legend for fields in found.values())
        if name := next(filter(_PAYING.search, found), None):
            signs.append(f"their fields are named “{name[:40]}”")
    if any(field.shown and kind_of(field, language) is Asks.CARD for field in sight.fields):
        signs.append("a card can be entered")
    if any(is_payment_host(urlsplit(frame).hostname or "") for frame in sight.frames):
        signs.append("a payment provider's frame is shown")
    spoken = next(
        (
            text
            for text in (*sight.headings, *legends)
            if mentions(text, Concept.PAYMENT_METHODS, language) or mentions(text, Concept.PAY, language)
        ),
        None,
    )
    if spoken:
        signs.append(f"a heading says “{spoken[:60]}”")
    if any(_last_button(control, language) for control in sight.controls):
        signs.append("an order button is shown")
    if any(field.shown and kind_of(field, language) is Asks.TERMS for field in sight.fields):
        signs.append("terms are to be agreed to")
    if sight.current_step is not None and sight.current_step < len(sight.steps):
        step = sight.steps[sight.current_step]
        if mentions(step, Concept.PAYMENT_METHODS, language) or mentions(step, Concept.PAY, language):
            signs.append(f"the step is called “{step[:60]}”")
    if any(
        re.search(r"payment|paiement|platnosc|zahlung|pago|pagamento|betaling|platba|odeme|pardakht", part)
        for part in (urlsplit(sight.url).path.lower(),)
    ):
        signs.append("the address is that of a payment step")
    return tuple(signs)


def _last_button(control: Control, language: str | None) -> bool:
    if not control.visible or control.region in ("header", "nav", "footer") or (control.tag == "a" and control.target):
        return False
    return bool(
        len(control.name) <= 80
        and (mentions(control.name, Concept.PLACE_ORDER, language) or mentions(control.name, Concept.PAY, language))
    )


def order_button(sight: Sight, language: str | None) -> Control | None:
    return next((control for control in sight.controls if _last_button(control, language)), None)


def has_password(sight: Sight) -> bool:
    return any(
        field.type == "password" and field.shown and field.region not in ("header", "nav", "footer")
        for field in sight.fields
    )


def shows_captcha(sight: Sight) -> bool:
    return any(_CAPTCHA_FRAME.search(frame) for frame in sight.frames)


def complaint(sight: Sight, words: Iterable[str] = ()) -> tuple[str, ...]:
    """Messages that the page ties to fields, and alerts."""
    said = [f"{field.label or field.name}: {field.error}" for field in sight.fields if field.invalid and field.shown]
    return tuple(dict.fromkeys([*said, *words]))[:10]
