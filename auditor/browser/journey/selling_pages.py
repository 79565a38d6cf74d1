"""Where to buy in a shop whose products have no pages: the home page or a list that sells by itself."""

from collections.abc import Sequence

from auditor.browser.journey.ending import Ended
from auditor.browser.journey.shop_tab import ShopTab
from auditor.evidence import Page, Template
from auditor.evidence.journey import Blocker, StepIntent
from auditor.journey_ranking.listed_goods import sold_from_list
from auditor.journey_ranking.order_form import order_rows

LISTS = 2


async def selling_pages(
    tab: ShopTab, home_url: str, lists: Sequence[str], language: str | None, platform: str | None
) -> Sequence[Page]:
    """The first that sells: a form with a number for each product, or products with a button each, whose page is called
    a category.

    :raises Ended: where none does.
    """
    for url in dict.fromkeys((home_url, *lists[:LISTS])):
        await tab.open(url)
        sight = await tab.look()
        if order_rows(sight, language, platform):
            return (Page(url=url, key=url, template=Template.PRODUCT),)
        if sold_from_list(sight, language, platform):
            return (Page(url=url, key=url, template=Template.CATEGORY),)
    why = "No product page was found to start from."
    raise Ended(Blocker.NO_PRODUCT, StepIntent.OPEN, why, how="not_walked")
