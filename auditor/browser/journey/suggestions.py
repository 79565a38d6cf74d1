"""Beginning a word in the search field and watching what the shop suggests."""

import time

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.keyboard import type_into
from auditor.browser.journey.list_reading import asked
from auditor.browser.journey.looking_around import LookingAround
from auditor.evidence.journey import StepIntent
from auditor.evidence.searching import SuggestTry
from auditor.evidence.sight import FieldSeen, Sight
from auditor.lexicon import Concept, fold, mentions

LETTERS = 4
KEY_SECONDS = 0.08
WATCH_SECONDS = 3.5
_NOISE = (Concept.SEARCH, Concept.CLOSE)


async def watch_suggestions(
    around: LookingAround, field: FieldSeen, word: str, before: Sight
) -> tuple[SuggestTry, Sight]:
    """Type the first letters of ``word`` and look until suggestions are shown, at most ``WATCH_SECONDS``."""
    tab, typed = around.tab, word[:LETTERS]
    draft = around.record.begin(StepIntent.SUGGEST)
    known = {control.index for control in before.controls if control.visible}
    try:
        await type_into(tab, field, typed, pause=KEY_SECONDS)
    except (Vetoed, PlaywrightError):
        if tab.tab.is_closed():
            raise
        return SuggestTry(typed=typed), before
    began, after, shown, sight = time.monotonic(), None, await _native(around, field, typed), before
    while not shown and time.monotonic() - began < WATCH_SECONDS:
        looked = time.monotonic()
        sight = await tab.look()
        shown = _suggested(sight, known, field, around.language)
        if shown:
            after = looked - began
            break
        await tab.traffic.news(0.2)
    watched = time.monotonic() - began
    seen = ("suggestions were shown",) if shown else ()
    await around.record.write(draft, f"Typed “{typed}” into the search field", sight, effect=seen)
    tried = SuggestTry(
        typed=typed, after_ms=round((after or 0.0) * 1000) if shown else None, watched_ms=round(watched * 1000),
        shown=shown, fitting=sum(fold(typed) in fold(text) for text in shown), step=len(around.record.steps) - 1,
    )  # fmt: skip
    return tried, sight


async def _native(around: LookingAround, field: FieldSeen, typed: str) -> tuple[str, ...]:
    """Suggestions that the browser itself draws, from a ``datalist``."""
    options = await asked(around.tab, f"journeyDatalist({field.index})")
    return tuple(str(text)[:80] for text in options or () if fold(typed) in fold(str(text)))[:12]


def _suggested(sight: Sight, known: set[int], field: FieldSeen, language: str | None) -> tuple[str, ...]:
    """What can be pressed now and could not before, from the field downwards."""
    top = field.box.y if field.box else 0.0
    new = (
        control
        for control in sight.controls
        if control.visible and control.index not in known and control.box is not None and control.box.y >= top - 4
    )
    return tuple(
        control.name[:80]
        for control in new
        if len(control.name.strip()) > 1
        and not (len(control.name) <= 20 and any(mentions(control.name, noise, language) for noise in _NOISE))
    )[:12]
