"""What a shop's search answered."""

from typing import Literal

from auditor.browser.journey.list_reading import asked, listed, read_list
from auditor.browser.journey.looking_around import LookingAround
from auditor.browser.journey.shop_tab import ShopTab
from auditor.discover.page_key import page_key
from auditor.evidence import SearchTry
from auditor.evidence.sight import Sight
from auditor.journey_ranking.search_field import search_fields
from auditor.lexicon import fold
from auditor.queries import Query
from auditor.reading.list_page import (
    MOST,
    ListPage,
    did_you_mean,
    products_of,
    same_goods,
    says_nothing,
    total_of,
    ways_on,
)

LATE = 3
"""How often a page that shows neither products nor that there are none is looked at again."""
Ended = Literal["results", "nothing", "product-page", "unclear", "error", "not-sent"]


async def settled_page(tab: ShopTab, url_before: str) -> tuple[Sight, ListPage]:
    """The answer, once the page is quiet and shows either products or a text that it has none."""
    await tab.traffic.quiet(0.15, min(4.0, tab.left))
    sight = await tab.look()
    page = await read_list(tab)
    for _again in range(LATE):
        if page.groups or not (sight.busy or tab.traffic.waiting or sight.url == url_before):
            break
        await tab.traffic.news(0.5)
        sight, page = await tab.look(), await read_list(tab)
    return sight, page


async def answer_to(around: LookingAround, query: Query, sight: Sight, page: ListPage, waited_ms: int) -> SearchTry:
    """The answer as evidence."""
    language = around.language
    cards = products_of(page, language)
    nothing = says_nothing(page, query.text, len(cards), language)
    status = around.tab.traffic.status
    ended: Ended = "unclear"
    if status is not None and status >= 400 and not (status == 404 and nothing):
        ended = "error"
    elif nothing:
        ended = "nothing"
    elif _is_product(sight, page, query, len(cards)):
        ended = "product-page"
    elif cards:
        ended = "results"
    results = listed(cards, language, MOST) if ended == "results" else ()
    return SearchTry(
        kind=query.kind, query=query.text, stands_for=query.stands_for, way=query.way, ended=ended,
        reached=page_key(sight.url), results=results, total=total_of(page, len(cards), query.text) if results else None,
        says_nothing=nothing, offers=ways_on(page, language) if ended in ("nothing", "unclear") else (),
        did_you_mean=did_you_mean(page, query.text, query.stands_for) if query.kind == "typo" else "",
        query_kept=await _kept(around, sight, query.text) if ended in ("results", "nothing", "unclear") else None,
        waited_ms=waited_ms,
    )  # fmt: skip


def _is_product(sight: Sight, page: ListPage, query: Query, cards: int) -> bool:
    """Some shops open the product when nothing else fits."""
    here = page_key(sight.url)
    if query.kind in ("exact-title", "short-title", "sku") and same_goods(here, "", query.stands_for, ""):
        return True
    title = next(iter(sight.h1), "")
    names = {fold(name) for name in sight.product_names}
    return bool(title) and len(names) == 1 and (fold(title) in names or cards == 0)


async def _kept(around: LookingAround, sight: Sight, text: str) -> bool | None:
    """Whether a search field of the answer holds the query; one that has to be opened first counts as well."""
    found = search_fields(sight, around.language)
    if not found:
        return None
    values = [await asked(around.tab, f"journeyFieldValue({field.index})") for field in found]
    return any(isinstance(value, str) and fold(value) == fold(text) for value in values)
