"""What on a list page orders it, what opens its filters, and what leads to it from the menu."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from auditor.evidence.sight import Control, FieldSeen, Sight
from auditor.journey_ranking.marks import marks_of
from auditor.journey_ranking.view import possible
from auditor.lexicon import Concept, mentions
from auditor.reading.list_orders import SORTS, by_price, price_order

FILTERS = re.compile(r"filter|facet|refine|filtr|narrow", re.IGNORECASE)
MENUS = re.compile(r"menu|hamburger|burger|nav-?toggle|navbar-?toggle|offcanvas|drawer", re.IGNORECASE)
MENU_PX = 400
"""Buttons further down open something else than the main menu."""
_QUERY_SORTS = re.compile(r"sort|order|dir\b", re.IGNORECASE)


@dataclass(frozen=True)
class Order:
    """A way to sort. ``field`` and ``value`` choose it in a list, else ``control`` is pressed."""

    label: str
    up: bool | None
    priced: bool
    field: FieldSeen | None = None
    value: str = ""
    control: Control | None = None


def orders_of(sight: Sight, language: str | None) -> tuple[Order, ...]:
    """The orders on offer: options of a list, else links and options in view that sort."""
    for field in sorted((one for one in sight.fields if one.tag == "select" and not one.disabled), key=_unlike_sort):
        found = tuple(
            _order(option.text, option.value, language, field=field)
            for option in field.options
            if option.value.strip() or option.text.strip()
        )
        if _sorts(field, language) or sum(order.priced for order in found) >= 2:
            return found
    return tuple(
        _order(control.name, _said(control), language, control=control)
        for control in sight.controls
        if possible(control) and 2 < len(control.name) <= 60 and _is_order(control, sight, language)
    )


def _order(
    label: str, value: str, language: str | None, *, field: FieldSeen | None = None, control: Control | None = None
) -> Order:
    up, priced = price_order(label, value, language), by_price(label, value, language)
    return Order(label, up, priced, field, value if field else "", control)


def _unlike_sort(field: FieldSeen) -> bool:
    return not SORTS.search(f"{field.name} {field.id}")


def _sorts(field: FieldSeen, language: str | None) -> bool:
    named = SORTS.search(f"{field.name} {field.id}") or mentions(field.label, Concept.SORT, language)
    return bool(named) and len(field.options) > 1


def _said(control: Control) -> str:
    query = urlsplit(control.target).query if control.target else ""
    return f"{query} {control.attributes.get('value', '')} {control.attributes.get('data-value', '')}"


def _is_order(control: Control, sight: Sight, language: str | None) -> bool:
    if control.region in ("header", "footer", "breadcrumb"):
        return False
    here, there = urlsplit(sight.url), urlsplit(control.target)
    sorting = there.path == here.path and bool(_QUERY_SORTS.search(there.query))
    named = price_order(control.name, "", language) is not None
    listed = control.role in ("option", "menuitem", "menuitemradio", "radio", "tab") or bool(
        SORTS.search(marks_of(control))
    )
    return sorting or (named and (listed or control.tag in ("button", "a", "li", "span", "div")))


def sort_openers(sight: Sight, language: str | None) -> tuple[Control, ...]:
    """Buttons that may show the orders."""
    found = [
        one for one in sight.controls
        if possible(one) and one.region not in ("header", "footer") and not one.target and len(one.name) <= 60
        and (mentions(one.name, Concept.SORT, language) or SORTS.search(marks_of(one)))
    ]  # fmt: skip
    return tuple(found[:2])


def filter_openers(sight: Sight, language: str | None) -> tuple[Control, ...]:
    """Buttons that may show the filters: by word or by identifier, those that say they are closed first."""
    found = []
    for one in sight.controls:
        if not possible(one) or one.region in ("footer", "breadcrumb") or one.target or len(one.name) > 60:
            continue
        said = mentions(one.name, Concept.FILTER, language)
        if said or FILTERS.search(marks_of(one)):
            closed = one.attributes.get("aria-expanded") == "false" or "aria-haspopup" in one.attributes
            found.append((not closed, not said, one.index, one))
    return tuple(one for *_rest, one in sorted(found, key=lambda item: item[:3]))[:3]


def menu_openers(sight: Sight, language: str | None) -> tuple[Control, ...]:
    """Buttons that may open the main menu."""
    found = [
        one for one in sight.controls
        if possible(one) and one.box is not None and one.box.y < MENU_PX and not one.target
        and one.region not in ("main", "footer")
        and (mentions(one.name, Concept.MENU, language) or MENUS.search(marks_of(one)))
    ]  # fmt: skip
    return tuple(found[:3])


def applies(sight: Sight, field_form: int | None, language: str | None) -> tuple[Control, ...]:
    """Buttons that take over a chosen filter or order: of the same form, or of the layer that holds the filters."""
    buttons = [one for one in sight.controls if possible(one) and (one.tag != "a" or not one.target)]
    own = [
        one
        for one in buttons
        if one.form is not None and one.form == field_form and one.type in ("submit", "image", "")
    ]
    said = [one for one in buttons if one.layer is not None and mentions(one.name, Concept.FILTER, language)]
    return tuple({one.index: one for one in (*own, *said)}.values())[:2]
