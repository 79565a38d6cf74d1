"""A shop whose home page has no search field, while its lists have one."""

from pathlib import Path

import pytest

from auditor.browser.journey import walk_search
from auditor.browser.session import BrowserSession
from auditor.evidence import Blocker, Device, JourneyEvidence, StepIntent, Template
from auditor.queries import Catalogue, Goods, catalogue_of
from auditor.settings import Politeness, ShopSettings
from tests import factories as make
from tests.factories.sections import controls
from tests.walked_shops import WalkedShop
from tests.walked_shops.shop import PRODUCTS


async def walked(shop: WalkedShop, folder: Path, *asked_on: str) -> JourneyEvidence:
    goods = tuple(Goods(f"/p/{number}", name) for number, (name, _price) in PRODUCTS.items())
    catalogue = Catalogue(goods, tuple(one.title for one in goods), whole_shop=True, asked_on=asked_on)
    settings = ShopSettings(start_url=shop.url, allow_private=True, politeness=Politeness(delay_s=0))
    async with BrowserSession(settings, proxy=None) as session:
        return await walk_search(
            session, settings, Device.DESKTOP, folder, catalogue=catalogue, home_url=shop.url, language="en",
            kinds=frozenset({"exact-title", "nonsense"}),
        )  # fmt: skip


@pytest.mark.browser
@pytest.mark.slow
async def test_a_field_on_lists_is_found_and_named(tmp_path: Path) -> None:
    async with WalkedShop("list-search") as shop:
        journey = await walked(shop, tmp_path, shop.url + "cart", shop.url + "list")
    assert (journey.ended, journey.note) == ("completed", "")
    assert journey.search_box is not None
    assert journey.search_box.found_on == "/list"
    looked = [one for one in journey.steps if one.intent is StepIntent.OPEN_LIST]
    assert [one.confirmed for one in looked] == [False, True]
    asked = {one.query: one.ended for one in journey.searches}
    assert [asked[name] for name, _price in PRODUCTS.values()] == ["results", "results"]
    assert set(asked.values()) == {"results", "nothing"}


@pytest.mark.browser
@pytest.mark.slow
async def test_where_no_page_has_a_field_the_journey_says_so(tmp_path: Path) -> None:
    async with WalkedShop() as shop:
        journey = await walked(shop, tmp_path, shop.url + "cart")
    assert (journey.ended, journey.blocker) == ("stuck", Blocker.NO_SEARCH)
    assert journey.search_box is not None
    assert journey.search_box.found_on == ""


def test_pages_on_which_a_visit_saw_a_field_come_before_lists_where_none_was_seen() -> None:
    field = make.field("search", "q")
    seen = make.page_evidence("category", url="/mugs", controls=controls(fields=[field]))
    bare = make.page_evidence("home", controls=controls())
    pages = [make.page_facts(url, template=Template.CATEGORY) for url in ("/lamps", "/mugs")]
    assert catalogue_of(pages, [bare, seen], "en").asked_on == (make.at("/mugs"), make.at("/lamps"))
