"""The search journey: the field is found, words are begun, and each query is sent as a shopper sends it."""

import time
from collections.abc import Sequence
from typing import Any

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.ending import Ended
from auditor.browser.journey.interruptions import check_wall
from auditor.browser.journey.keyboard import type_into
from auditor.browser.journey.looking_around import LookingAround
from auditor.browser.journey.search_answers import answer_to, settled_page
from auditor.browser.journey.suggestions import watch_suggestions
from auditor.discover.page_key import page_key
from auditor.evidence import JourneyName, QueryKind, SearchBox, SearchTry
from auditor.evidence.journey import Blocker, StepIntent
from auditor.evidence.searching import SuggestTry
from auditor.evidence.sight import FieldSeen, Sight
from auditor.journey_ranking.list_controls import menu_openers
from auditor.journey_ranking.search_field import search_fields, search_openers
from auditor.queries import Catalogue, Query, beginnings, left_to_others, queries, share
from auditor.reading.list_page import same_goods

ANSWER_SECONDS = 10.0
LEAST_SECONDS = 4.0
"""With less time left no further query is sent."""
MOST_STEPS = 16
"""Steps with a picture: the first query of each kind, and those that went wrong."""
MOST_ALIKE = 3
WALLED = (403, 429, 503)

SAID: dict[QueryKind, str] = {
    "exact-title": "a product's whole name",
    "short-title": "the beginning of a product's name",
    "sku": "a product's code",
    "clean": "a word of the shop",
    "typo": "the same with a slip of the finger",
    "folded": "the same spelt otherwise",
    "nonsense": "a word that nothing is called by",
}


class Searching:
    """A tour of the shop's search with queries made from ``catalogue``."""

    name: JourneyName = "search"

    def __init__(
        self,
        catalogue: Catalogue,
        pause: float,
        kinds: frozenset[QueryKind] | None = None,
        part: tuple[int, int] = (0, 1),
    ) -> None:
        self.catalogue, self.pause = catalogue, pause
        self.could = [one for one in queries(catalogue) if kinds is None or one.kind in kinds]
        self.wanted = share(self.could, *part)
        self.asked: list[SearchTry] = []
        self.begun: list[SuggestTry] = []
        self.field = ""
        self.opened_by = ""
        self.found_on = ""
        self._opener = ""
        self._titles = {goods.key: goods.title for goods in catalogue.goods}

    def facts(self) -> dict[str, Any]:
        known = len(self.catalogue.goods)
        box = SearchBox(
            products=known, whole_shop=self.catalogue.whole_shop, field=self.field, opened_by=self.opened_by,
            planned=tuple(sorted({query.kind for query in self.could})),
            left_to_others=left_to_others(self.could, self.wanted), suggestions=tuple(self.begun),
            found_on=page_key(self.found_on) if self.found_on else "",
        )  # fmt: skip
        return {"searches": tuple(self.asked), "search_box": box}

    async def go(self, around: LookingAround, sight: Sight) -> None:
        """:raises Ended: where there is no search, or nothing to ask it for."""
        if not any(query.stands_for for query in self.wanted):
            why = "No product's name is known, so there was nothing to search for."
            raise Ended(Blocker.NO_QUERIES, StepIntent.SEARCH, why, how="not_walked")
        field, sight = await self._field(around, sight)
        if field is None:
            field, sight = await self._elsewhere(around, sight)
        if field is None:
            draft = around.record.begin(StepIntent.SEARCH)
            why = "No field to search the shop was found, in view or behind a button."
            await around.record.write(draft, why, sight, confirmed=False)
            raise Ended(Blocker.NO_SEARCH, StepIntent.SEARCH, why)
        self.field = field.selector
        for word in beginnings(self.catalogue):
            tried, sight = await watch_suggestions(around, field, word, sight)
            self.begun.append(tried)
            if tried.shown or (field := _shown(search_fields(sight, around.language))) is None:
                break
        for query in self.wanted:
            if around.tab.left < LEAST_SECONDS:
                break
            sight = await self._ask(around, query, sight)
            await around.tab.traffic.rest(self.pause)

    async def _elsewhere(self, around: LookingAround, sight: Sight) -> tuple[FieldSeen | None, Sight]:
        """The field of an inner page: some shops show one among their goods only."""
        for url in self.catalogue.asked_on:
            if around.tab.left < LEAST_SECONDS:
                break
            draft = around.record.begin(StepIntent.OPEN_LIST)
            await around.tab.open(url)
            sight = await around.clear(await around.tab.look())
            if around.tab.traffic.status in WALLED:
                check_wall(around.tab, sight, StepIntent.OPEN_LIST)
            field, sight = await self._field(around, sight)
            did = "Looked for a search field on another page, since the home page has none"
            await around.record.write(draft, did, sight, confirmed=field is not None)
            if field is not None:
                self.found_on = sight.url
                return field, sight
        return None, sight

    async def _ask(self, around: LookingAround, query: Query, sight: Sight) -> Sight:
        """Send a query from the page that is open; returns the page of the answer."""
        tab, record = around.tab, around.record
        draft = record.begin(StepIntent.SEARCH)
        field, before = await self._field(around, sight)
        if field is None:
            await tab.open(self.found_on or around.home_url)
            field, before = await self._field(around, await around.clear(await tab.look()))
        if field is None:
            self.asked.append(_not_sent(query, "the search field was not found again"))
            return before
        began = time.monotonic()
        try:
            sent = await self._send(around, field, query.text, before)
        except (Vetoed, PlaywrightError) as problem:
            if tab.tab.is_closed():
                raise
            self.asked.append(_not_sent(query, str(problem).splitlines()[0][:160]))
            return await tab.look()
        if not sent:
            self.asked.append(_not_sent(query, "nothing happened"))
            return await tab.look()
        sight, page = await settled_page(tab, before.url)
        if tab.traffic.status in WALLED:
            check_wall(tab, sight, StepIntent.SEARCH)
        took = time.monotonic() - began
        answer = await answer_to(around, query, sight, page, round(took * 1000))
        if self._worth_a_step(query, answer):
            did = f"Searched for “{query.text[:80]}” ({SAID[query.kind]})"
            await record.write(draft, did, sight, effect=_effect(answer), confirmed=answer.ended != "error")
            answer = answer.model_copy(update={"step": len(record.steps) - 1})
        self.asked.append(answer)
        return sight

    async def _send(self, around: LookingAround, field: FieldSeen, text: str, before: Sight) -> bool:
        """Enter, as most shoppers do; else the button of the form."""
        tab = around.tab
        handle = await type_into(tab, field, text)

        def changed(now: Sight) -> bool | None:
            return True if now.url != before.url or now.text != before.text else None

        began = time.monotonic()
        async with tab.interlock.pressing(handle):
            await tab.tab.keyboard.press("Enter")
            tab.effort.keys += 1
            done = await _moved(around, before.url, began)
            if not done:
                found, _sight = await tab.until(changed, ANSWER_SECONDS, patience=1.0)
                done = bool(found)
        await tab.interlock.watch(tab.tab)
        if done:
            return True
        sight = await tab.look()
        buttons = [
            one for one in sight.controls
            if one.visible and one.form is not None and one.form == field.form and one.type in ("submit", "image", "")
        ]  # fmt: skip
        for button in buttons[:1]:
            found, _sight = await tab.press(button, changed, ANSWER_SECONDS)
            done = bool(found)
        return done

    async def _field(self, around: LookingAround, sight: Sight) -> tuple[FieldSeen | None, Sight]:
        """The field in view; where there is none, what may open it is pressed."""
        if field := _shown(search_fields(sight, around.language)):
            return field, sight
        openers = search_openers(sight, around.language)
        if search_fields(sight, around.language):
            # The page has a field that is not shown: it may be folded into the menu.
            openers = (*openers, *menu_openers(sight, around.language))
        # The one that worked before: each that does not is waited for in vain.
        for opener in sorted(openers, key=lambda one: one.selector != self._opener):
            try:
                found, sight = await around.tab.press(
                    opener, lambda now: _shown(search_fields(now, around.language)), 4.0
                )
            except (Vetoed, PlaywrightError):
                if around.tab.tab.is_closed():
                    raise
                continue
            if found is not None:
                self._opener = opener.selector
                self.opened_by = self.opened_by or opener.name[:80] or opener.selector[:80]
                return found, sight
        return None, sight

    def _worth_a_step(self, query: Query, answer: SearchTry) -> bool:
        shown = [one for one in self.asked if one.step is not None]
        if len(shown) >= MOST_STEPS or sum(one.kind == query.kind for one in shown) >= MOST_ALIKE:
            return False
        if all(one.kind != query.kind for one in self.asked):
            return True
        if query.kind in ("exact-title", "short-title", "sku"):
            title = self._titles.get(query.stands_for, "")
            return not any(same_goods(one.key, one.name, query.stands_for, title) for one in answer.results[:10])
        return query.kind in ("typo", "folded") and not answer.results


async def _moved(around: LookingAround, url: str, began: float) -> bool:
    """Whether Enter led to another document: the new address is enough, before anything is looked at."""
    await around.tab.traffic.news(0.3)
    if not any(one.document for one in around.tab.traffic.since(began)):
        return False
    await around.tab.traffic.quiet(0.1, min(ANSWER_SECONDS, around.tab.left))
    return around.tab.tab.url != url


def _shown(fields: Sequence[FieldSeen]) -> FieldSeen | None:
    return next((field for field in fields if field.shown), None)


def _effect(answer: SearchTry) -> tuple[str, ...]:
    if answer.says_nothing:
        return (f"the shop says “{answer.says_nothing[:80]}”",)
    many = len(answer.results)
    return (f"{many} {'product' if many == 1 else 'products'} on the first page",) if many else ()


def _not_sent(query: Query, note: str) -> SearchTry:
    return SearchTry(
        kind=query.kind, query=query.text, stands_for=query.stands_for, way=query.way, ended="not-sent", note=note
    )
