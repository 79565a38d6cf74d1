"""Sorting a product list by price, up and down, and the prices in their order then."""

from typing import Literal

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.list_changes import Seen, bring_into_view, press, see, settled
from auditor.browser.journey.list_reading import listed
from auditor.browser.journey.looking_around import LookingAround
from auditor.evidence import SortTry
from auditor.evidence.journey import StepIntent
from auditor.evidence.sight import Sight
from auditor.journey_ranking.list_controls import Order, applies, orders_of, sort_openers

MOST = 60
LEAST_SECONDS = 5.0


async def orders_offered(around: LookingAround, sight: Sight) -> tuple[Order, ...]:
    """The orders; where none is in view, what may show them is pressed."""
    found = orders_of(sight, around.language)
    if any(order.priced for order in found):
        return found
    for opener in sort_openers(sight, around.language):
        try:
            more, _sight = await around.tab.press(
                opener, lambda now: orders_of(now, around.language) or None, 3.0, patience=1.0
            )
        except (Vetoed, PlaywrightError):
            if around.tab.tab.is_closed():
                raise
            continue
        if more and any(order.priced for order in more):
            return more
    return found


async def try_orders(around: LookingAround, seen: Seen) -> tuple[list[str], list[SortTry]]:
    """The labels of the orders, and what sorting by price gave, each way once."""
    offered = await orders_offered(around, seen.sight)
    tried: list[SortTry] = []
    for wanted in _by_price(offered):
        if around.tab.left < LEAST_SECONDS:
            break
        now = await see(around)
        again = await orders_offered(around, now.sight)
        order = next((one for one in again if one.label == wanted.label and one.up == wanted.up), None)
        if order is not None:
            tried.append(await _sort(around, order, now))
    return [order.label for order in offered], tried


def _by_price(offered: tuple[Order, ...]) -> tuple[Order, ...]:
    up = [order for order in offered if order.up is True][:1]
    down = [order for order in offered if order.up is False][:1]
    return (*up, *down) or tuple(order for order in offered if order.priced)[:2]


async def _sort(around: LookingAround, order: Order, before: Seen) -> SortTry:
    draft, after = around.record.begin(StepIntent.SORT), before
    ended: Literal["sorted", "no-effect", "error", "refused"] = "refused"
    try:
        after = await _choose(around, order, before)
        ended = "sorted" if after.cards else "no-effect"
        if (around.tab.traffic.status or 200) >= 400:
            ended = "error"
    except (Vetoed, PlaywrightError):
        if around.tab.tab.is_closed():
            raise
    changed = after.differs(before)
    await bring_into_view(around, after)
    await around.record.write(draft, f"Sorted by “{order.label[:60]}”", after.sight, confirmed=ended == "sorted")
    return SortTry(
        label=order.label, up=order.up, ended=ended, changed=changed, step=len(around.record.steps) - 1,
        products=listed(after.cards, around.language, MOST),
    )  # fmt: skip


async def _choose(around: LookingAround, order: Order, before: Seen) -> Seen:
    if order.field is None:
        assert order.control is not None
        return await press(around, order.control.index, order.label, before)
    await around.tab.select(order.field, order.value)
    after = await settled(around, before)
    if after.differs(before):
        return after
    for button in applies(after.sight, order.field.form, around.language)[:1]:
        return await press(around, button.index, button.name, after)
    return after
