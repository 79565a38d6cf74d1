"""Reading a product list in the tab."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Error as PlaywrightError

from auditor.browser.isolated_world import ScriptFailed
from auditor.browser.journey.shop_tab import CannotLook, ShopTab
from auditor.discover.page_key import page_key
from auditor.evidence import ListedProduct
from auditor.reading.list_page import Card, ListPage, is_sponsored

SECONDS = 8.0
TRIES = 4


@cache
def _source() -> str:
    return (Path(__file__).parent / "product_lists.js").read_text("utf-8") + "\n0"


async def read_list(shop: ShopTab) -> ListPage:
    """What the page that is open now shows of a product list.

    :raises CannotLook: when it does not answer.
    """
    return ListPage.model_validate(await asked(shop, "journeyProductList()"))


async def asked(shop: ShopTab, expression: str) -> Any:
    """The value of an expression that may use ``product_lists.js``.

    :raises CannotLook: when the page does not answer, or keeps navigating.
    """
    problem = ""
    for _try in range(TRIES):
        try:
            world = await shop.world()
            if not await world.evaluate("typeof journeyProductList === 'function'", 3.0):
                await world.evaluate(_source(), 5.0)
            return await world.evaluate(expression, SECONDS)
        except (ScriptFailed, PlaywrightError) as failed:
            if shop.tab.is_closed():
                raise
            problem = str(failed)
        # Looking finds the new document after a navigation.
        await shop.look()
    raise CannotLook(problem[:200])


def listed(cards: Sequence[Card], language: str | None, most: int) -> tuple[ListedProduct, ...]:
    """The cards as evidence."""
    return tuple(
        ListedProduct(
            key=page_key(card.url), name=card.name, prices=card.prices[:4], sponsored=is_sponsored(card, language)
        )
        for card in cards[:most]
    )


def keys(cards: Sequence[Card]) -> tuple[str, ...]:
    return tuple(page_key(card.url) for card in cards)
