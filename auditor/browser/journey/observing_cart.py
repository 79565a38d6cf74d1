"""Trying the cart: one piece more, the page loaded again, and back to one piece."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.observing import Observer
from auditor.browser.journey.shop_tab import ShopTab
from auditor.browser.journey.tab_view import CannotLook, Effort
from auditor.evidence.checkout import CartChange, CartLine
from auditor.evidence.sight import Control, FieldSeen, Sight
from auditor.journey_ranking.marks import REMOVES, action_of, counts_pieces, last_concepts, marks_of
from auditor.lexicon import Concept, mentions, parse_price

NEEDED_SECONDS = 45.0
FOLLOW_SECONDS = 5.0
"""How long a shop may take to follow a change (row CHK-003)."""
SHORT = 40
_UPDATES = re.compile(r"update|refresh|recalc|aktual|przelicz|apply-?qty|change-?qty", re.IGNORECASE)


@contextmanager
def aside(tab: ShopTab) -> Iterator[None]:
    """What is done here is no effort of the shopper's."""
    kept, tab.effort = tab.effort, Effort()
    try:
        yield
    finally:
        kept.waited += tab.effort.waited
        tab.effort = kept


async def try_quantity(tab: ShopTab, observer: Observer, sight: Sight, url: str) -> Sight:
    """Ask for two, see whether the amounts follow, load the page again, and go back to one. Returns the cart then."""
    field = _field(sight)
    if field is None or tab.left < NEEDED_SECONDS:
        observer.missing["change"] = "the cart has no field for a quantity" if field is None else "there was no time"
        return sight
    step = max(0, observer.step - 1)
    change = CartChange(step=step, asked=2, total_before=_total(sight, observer.language))
    with aside(tab), observer.paused():
        try:
            change, sight, pressed = await _change(tab, observer, sight, field, change)
            if "cart" in last_concepts(url):
                sight = await _again(tab, url)
                line = _line(await observer.cart_lines())
                change = change.model_copy(update={"kept": line.quantity if line else None})
            if (now := _field(sight)) is not None and change.quantity != 1:
                await _set(tab, sight, now, "1", follows=not pressed)
                sight = await tab.look()
        except (Vetoed, PlaywrightError, CannotLook) as problem:
            if tab.tab.is_closed():
                raise
            change = change.model_copy(update={"note": str(problem).splitlines()[0][:160]})
            sight = await _again(tab, url) if url else await tab.look()
    observer.keep("change", change)
    return sight


async def _change(
    tab: ShopTab, observer: Observer, sight: Sight, field: FieldSeen, change: CartChange
) -> tuple[CartChange, Sight, bool]:
    began = time.monotonic()
    after, pressed = await _set(tab, sight, field, "2")
    line = _line(await observer.cart_lines())
    return (
        change.model_copy(
            update={
                "line": line, "quantity": line.quantity if line else None,
                "total_after": _total(after, observer.language),
                "waited_ms": round((time.monotonic() - began) * 1000), "changed_ms": observer.last_change_ms,
            }
        ),
        after,
        pressed,
    )  # fmt: skip


async def _set(tab: ShopTab, sight: Sight, field: FieldSeen, value: str, *, follows: bool = True) -> tuple[Sight, bool]:
    """Ask for ``value`` pieces; where the amounts do not follow by themselves, the button for it is pressed: whether
    it was. ``follows`` False: it is known that they do not."""
    before = _amounts(sight)
    if field.tag == "select":
        option = next((one for one in field.options if one.value == value and not one.disabled), None)
        if option is None:
            raise Vetoed(f"The list offers no {value} pieces.")
        await tab.select(field, value)
    else:
        await tab.fill(field, value)
    wait = 2.0 if follows else 0.0
    done, after = await tab.until(partial(_followed, before), wait, patience=1.0)
    button = _updater(after, field)
    if not done and button is not None:
        _done, after = await tab.press(button, partial(_followed, before), FOLLOW_SECONDS, patience=3.0)
    elif not done:
        _done, after = await tab.until(partial(_followed, before), FOLLOW_SECONDS, patience=2.0)
    return after, not done and button is not None


def _followed(before: tuple[str, ...], now: Sight) -> bool | None:
    found = _amounts(now)
    return True if found and found != before and not now.busy else None


async def _again(tab: ShopTab, url: str) -> Sight:
    await tab.open(url)
    _found, sight = await tab.until(lambda now: True if _field(now) else None, 5.0)
    return sight


def _field(sight: Sight) -> FieldSeen | None:
    return next(
        (
            one for one in sight.fields
            if one.shown and not one.disabled and one.region not in ("header", "nav", "footer")
            and one.tag in ("input", "select") and one.type not in ("radio", "checkbox")
            and counts_pieces(one)
        ),
        None,
    )  # fmt: skip


def _updater(sight: Sight, field: FieldSeen) -> Control | None:
    """The button that takes a quantity over: it says so, or it is the only one of the field's form."""
    form = next((one.form for one in sight.fields if (one.name, one.id) == (field.name, field.id)), field.form)
    able = [one for one in sight.controls if one.visible and not one.disabled and not _leaves(one, sight)]
    own = [one for one in able if one.form == form and form is not None]
    told = [one for one in own or able if _UPDATES.search(f"{marks_of(one)} {one.name}")]
    return next(iter(told or (own if len(own) == 1 else [])), None)


def _leaves(control: Control, sight: Sight) -> bool:
    said = f"{marks_of(control)} {control.name[:60]} {control.target}"
    if REMOVES.search(said) or mentions(control.name, Concept.REMOVE, None):
        return True
    if control.region in ("header", "nav", "footer") or (control.tag == "a" and control.target):
        return True
    return "checkout" in last_concepts(action_of(control, sight)) or bool(
        mentions(control.name, Concept.CHECKOUT, None)
        or mentions(control.name, Concept.PLACE_ORDER, None)
        or mentions(control.name, Concept.DISCOUNT_CODE, None)
    )


def _amounts(sight: Sight) -> tuple[str, ...]:
    return tuple(one.text for one in sight.sums if not one.struck)


def _total(sight: Sight, language: str | None) -> str:
    """The largest amount that is called a total, else the largest of all; sentences with an amount are left out."""
    sums = [one for one in sight.sums if not one.struck and len(one.text) <= SHORT]
    called = [one for one in sums if mentions(one.label, Concept.TOTAL, language)]
    read = [(money.amount, one.text) for one in called or sums if (money := parse_price(one.text, language))]
    return max(read, default=(0, ""))[1]


def _line(lines: tuple[CartLine, ...]) -> CartLine | None:
    return lines[0] if lines else None
