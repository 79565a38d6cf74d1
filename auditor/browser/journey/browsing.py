"""The browse journey: from the menu to a list, filtered, sorted, into a product and back."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.ending import Ended
from auditor.browser.journey.interruptions import check_wall
from auditor.browser.journey.list_changes import Seen, see
from auditor.browser.journey.list_filtering import try_filters
from auditor.browser.journey.list_returning import Documents, try_back, try_overlay
from auditor.browser.journey.list_sorting import try_orders
from auditor.browser.journey.looking_around import LookingAround
from auditor.discover.page_key import page_key
from auditor.evidence import BackTry, FilterTry, JourneyName, ListingTries, OverlayTry, SortTry
from auditor.evidence.journey import Blocker, StepIntent
from auditor.evidence.sight import Control, Sight
from auditor.journey_ranking.list_controls import menu_openers
from auditor.lexicon import Concept, mentions
from auditor.reading.list_filters import filters_of

FEW = 4
"""A list with fewer products has nothing to filter or sort."""
LISTS = 3
LEAST_SECONDS = 6.0


class Browsing:
    """A tour of one product list. ``lists``: addresses of product lists, those with the most products first."""

    name: JourneyName = "browse"

    def __init__(self, lists: Sequence[str]) -> None:
        self.lists = lists
        self.seen: Seen | None = None
        self.listing: dict[str, Any] = {}
        self.filters: list[FilterTry] = []
        self.sorts: list[SortTry] = []
        self.backs: list[BackTry] = []
        self.overlay: OverlayTry | None = None

    def facts(self) -> dict[str, Any]:
        if self.seen is None:
            return {"listing": None}
        tries = ListingTries(
            **self.listing, filters=tuple(self.filters), sorts=tuple(self.sorts), backs=tuple(self.backs),
            overlay=self.overlay,
        )  # fmt: skip
        return {"listing": tries}

    async def go(self, around: LookingAround, sight: Sight) -> None:
        """:raises Ended: where no list of products was found."""
        seen = self.seen = await self._open_list(around, sight)
        self._note(around, seen)
        documents = Documents(around)
        self.filters, now = await try_filters(around, seen)
        applied = next((one for one in self.filters if one.ended == "applied"), None)
        if applied is not None:
            await self._back(around, now, documents, filtered=True)
            await self._again(around, now)
        if around.tab.left < LEAST_SECONDS:
            return
        await around.tab.open(seen.sight.url)
        labels, self.sorts = await try_orders(around, await see(around))
        self.listing |= {"orders": tuple(labels[:20])}
        if around.tab.left < LEAST_SECONDS:
            return
        await around.tab.open(seen.sight.url)
        await self._back(around, await see(around), documents, filtered=False)
        if around.tab.left > LEAST_SECONDS:
            await around.tab.open(seen.sight.url)
            self.overlay = await try_overlay(around, await see(around))

    def _note(self, around: LookingAround, seen: Seen) -> None:
        page, language = seen.page, around.language
        self.listing = {
            "url": page_key(seen.sight.url), "name": next(iter(seen.sight.h1), "")[:120], "total": seen.total,
            "shown": len(seen.cards), "facets": len(filters_of(page, seen.size)),
            "more_pages": seen.total > len(seen.cards) if seen.total is not None else None,
            "words_of_sorting": any(mentions(line.text, Concept.SORT, language) for line in page.lines)
            or any(mentions(one.name, Concept.SORT, language) for one in seen.sight.controls if len(one.name) < 60),
        }  # fmt: skip

    async def _open_list(self, around: LookingAround, sight: Sight) -> Seen:
        wanted = {page_key(url): place for place, url in enumerate(self.lists)}
        draft = around.record.begin(StepIntent.OPEN_LIST)
        tried, link = [], None
        if page_key(sight.url) in wanted:
            tried.append(("Stayed on the home page, which lists the products", page_key(sight.url)))
        else:
            link, sight = await self._link(around, sight, wanted)
        if link is not None:
            try:
                await around.tab.press(link, partial(_left, sight.url), 10.0)
                tried.append((f"Opened “{link.name[:60]}” from the menu", page_key(link.target)))
            except (Vetoed, PlaywrightError):
                if around.tab.tab.is_closed():
                    raise
        for url in ("", *self.lists[:LISTS]):
            if url:
                if any(page_key(url) == key for _did, key in tried):
                    continue
                await around.tab.open(url)
                tried.append(("Opened a category by its address", page_key(url)))
            elif not tried:
                continue
            check_wall(around.tab, sight := await around.tab.look(), StepIntent.OPEN_LIST)
            await around.clear(sight)
            seen = await see(around)
            if len(seen.cards) >= FEW:
                effect = (f"{len(seen.cards)} products are listed",)
                await around.record.write(draft, tried[-1][0], seen.sight, effect=effect)
                return seen
        why = "No page with a list of products was found." if self.lists or link else "No category page is known."
        await around.record.write(draft, why, sight, confirmed=False)
        raise Ended(Blocker.NO_LIST, StepIntent.OPEN_LIST, why)

    async def _link(self, around: LookingAround, sight: Sight, wanted: dict[str, int]) -> tuple[Control | None, Sight]:
        """The menu's link to the best category; a closed menu is opened first."""
        if link := _best(sight, wanted):
            return link, sight
        for opener in menu_openers(sight, around.language):
            try:
                _link, sight = await around.tab.press(opener, lambda now: _best(now, wanted), 3.0, patience=1.0)
            except (Vetoed, PlaywrightError):
                if around.tab.tab.is_closed():
                    raise
                continue
            if link := _best(sight, wanted):
                return link, sight
        return None, sight

    async def _back(self, around: LookingAround, seen: Seen, documents: Documents, *, filtered: bool) -> None:
        if around.tab.left > LEAST_SECONDS and (tried := await try_back(around, seen, documents, filtered=filtered)):
            self.backs.append(tried)

    async def _again(self, around: LookingAround, filtered: Seen) -> None:
        """Whether the address alone gives the filtered list."""
        await around.tab.open(filtered.sight.url)
        now = await see(around)
        kept = now.keys == filtered.keys or (filtered.total is not None and now.total == filtered.total)
        self.filters[-1] = self.filters[-1].model_copy(update={"kept": kept})


def _left(url: str, now: Sight) -> bool | None:
    return True if now.url != url else None


def _best(sight: Sight, wanted: dict[str, int]) -> Control | None:
    links = [
        one for one in sight.controls
        if one.visible and one.target and page_key(one.target) in wanted
        and one.region in ("nav", "header", "dialog", "aside")
    ]  # fmt: skip
    return min(links, key=lambda one: wanted[page_key(one.target)], default=None)
