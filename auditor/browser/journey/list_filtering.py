"""Applying a filter of a product list, and what it did."""

import re
import time
from functools import partial
from typing import Literal

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.list_changes import Seen, bring_into_view, is_marked, press, see, settled
from auditor.browser.journey.looking_around import LookingAround
from auditor.browser.journey.shop_tab import Gone
from auditor.evidence import FilterTry
from auditor.evidence.journey import StepIntent
from auditor.evidence.sight import FieldSeen, Sight
from auditor.journey_ranking.list_controls import applies, filter_openers
from auditor.reading.list_filters import count_of, filters_of
from auditor.reading.list_page import Facet

TRIES = 2
_GONE = re.compile(r"navigation|destroyed|attached")


async def facets_in_view(around: LookingAround, seen: Seen) -> tuple[tuple[Facet, ...], Seen]:
    """Values that can be chosen; where none is in view, what may show them is pressed: a drawer, a folded group."""
    found = filters_of(seen.page, seen.size)
    for _fold in range(2):
        shown = tuple(facet for facet in found if facet.visible)
        if shown:
            return shown, seen
        folded = {facet.group for facet in found if facet.group}
        named = [one for one in seen.sight.controls if one.visible and one.name.strip() in folded]
        for opener in (*named[:1], *filter_openers(seen.sight, around.language)):
            try:
                await around.tab.press(opener, partial(_unfolded, seen), 3.0, patience=1.0)
            except (Vetoed, PlaywrightError):
                if around.tab.tab.is_closed():
                    raise
                continue
            seen = await see(around)
            found = filters_of(seen.page, seen.size)
            if any(facet.visible for facet in found):
                break
    return tuple(facet for facet in found if facet.visible), seen


def _unfolded(before: Seen, now: Sight) -> bool | None:
    return True if now.text != before.sight.text else None


async def try_filters(around: LookingAround, seen: Seen) -> tuple[list[FilterTry], Seen]:
    """Apply values until one has an effect, at most ``TRIES``; returns what came of each and the page then."""
    tried: list[FilterTry] = []
    done: set[str] = set()
    start = seen.sight.url
    for _try in range(TRIES):
        facets, opened = await facets_in_view(around, seen)
        value = next((one for one in facets if not {one.group, one.name} & done), None)
        if value is None or around.tab.left < 5:
            break
        one, now = await _apply(around, value, opened)
        tried.append(one)
        if one.ended == "applied":
            return tried, now
        seen = now
        # Where a value leads nowhere the others of its group may work; one that does nothing speaks for its group.
        done.add(value.name if one.ended == "empty" or not value.group else value.group)
        if one.ended == "empty":
            await around.tab.open(start)
            seen = await see(around)
    return tried, seen


async def _apply(around: LookingAround, value: Facet, before: Seen) -> tuple[FilterTry, Seen]:
    draft, began = around.record.begin(StepIntent.FILTER), time.monotonic()
    after, note = before, ""
    try:
        after = await _choose(around, value, before)
    except (Vetoed, PlaywrightError) as problem:
        if around.tab.tab.is_closed():
            raise
        note = str(problem).splitlines()[0][:160]
        after = await see(around)
    took = time.monotonic() - began
    if any(layer.covers > 0.3 for layer in after.sight.layers) and not note:
        await around.clear(after.sight)
        after = await see(around)
    ended = _ended(around, before, after, note)
    tried = FilterTry(
        facet=value.group, value=value.name, promised=count_of(value), total_before=before.total,
        total_after=after.total, before=before.keys, after=after.keys, ended=ended, note=note,
        marked=is_marked(value, before, after) if ended == "applied" else None, waited_ms=round(took * 1000),
        step=len(around.record.steps),
    )  # fmt: skip
    effect = (f"the list went from {_size(before)} to {_size(after)}",) if ended == "applied" else ()
    await bring_into_view(around, after)
    did = f"Chose the filter “{value.name[:60]}”" + (f" under “{value.group[:40]}”" if value.group else "")
    await around.record.write(draft, did, after.sight, effect=effect, confirmed=ended == "applied")
    return tried, after


def _ended(
    around: LookingAround, before: Seen, after: Seen, note: str
) -> Literal["applied", "no-effect", "empty", "error", "refused"]:
    if note:
        return "refused"
    if (around.tab.traffic.status or 200) >= 400:
        return "error"
    if not after.cards and before.cards:
        return "empty"
    return "applied" if after.keys != before.keys or after.total != before.total else "no-effect"


async def _choose(around: LookingAround, value: Facet, before: Seen) -> Seen:
    if value.kind not in ("checkbox", "radio"):
        return await press(around, value.index, value.name, before)
    field = FieldSeen(index=value.index, selector="", tag="input", type=value.kind)
    gone: Exception | None = None
    try:
        await around.tab.tick(field)
    except (Gone, PlaywrightError) as problem:
        # A box that loads the list anew is gone before the browser driver has looked at it again.
        if around.tab.tab.is_closed() or not (isinstance(problem, Gone) or _GONE.search(str(problem))):
            raise
        gone = problem
    after = await settled(around, before)
    if gone is not None and not after.differs(before):
        raise gone
    if after.keys != before.keys or after.total != before.total:
        return after
    form = next((one.form for one in after.sight.fields if one.index == value.index), None)
    for button in applies(after.sight, form, around.language)[:1]:
        return await press(around, button.index, button.name, after)
    return after


def _size(seen: Seen) -> str:
    return f"{seen.total if seen.total is not None else len(seen.cards)} products"
