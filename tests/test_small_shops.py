"""Shops of one page of goods: the home page is the list, and products that do not name themselves have the names that
lists give them."""

from pathlib import Path

import pytest
from aiohttp import web

from auditor.browser.journey import walk_browse
from auditor.browser.session import BrowserSession
from auditor.evidence import Blocker, Device, JourneyEvidence, PageFacts, PageSignals, StepIntent, Template
from auditor.queries import catalogue_of, lists_or_home
from auditor.settings import Politeness, ShopSettings
from tests import factories as make
from tests.factories.sections import link
from tests.loopback import served

SOLD = {number: f"{colour} bowl" for number, colour in enumerate(("Amber", "Blue", "Coral", "Dusky", "Ebony", "Fawn"))}
HOME = make.page_facts("/", template=Template.HOME, signals=PageSignals(cards=len(SOLD)))


def products(number: int) -> list[PageFacts]:
    return [make.page_facts(f"/p/{n}", key=f"/p/{n}", template=Template.PRODUCT) for n in range(number)]


def a_list(cards: int, template: Template = Template.CATEGORY) -> PageFacts:
    return make.page_facts("/bowls", key="/bowls", template=template, signals=PageSignals(cards=cards))


def test_the_home_page_is_browsed_where_it_lists_all_that_is_sold() -> None:
    assert lists_or_home([HOME, *products(6)]) == (make.at("/"),)
    assert lists_or_home([HOME]) == (make.at("/"),), "goods without pages"


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(products(7), id="more products than it shows"),
        pytest.param([*products(6), a_list(12, Template.OTHER)], id="a page that may be the list"),
    ],
)
def test_a_choice_on_the_home_page_is_no_list(more: list[PageFacts]) -> None:
    assert lists_or_home([HOME, *more]) == ()


def test_a_list_is_browsed_before_the_home_page() -> None:
    assert lists_or_home([HOME, *products(6), a_list(4)]) == (make.at("/bowls"),)


def test_products_are_counted_by_links_where_no_cards_were_told() -> None:
    home = make.page_facts("/", template=Template.HOME)
    seen = make.page_evidence("home", url="/", links=[link(f"Bowl {n}", f"/p/{n}") for n in range(6)])
    chosen = make.page_evidence("home", url="/", links=[link(f"Bowl {n}", f"/p/{n}", region="nav") for n in range(6)])
    assert lists_or_home([home, *products(6)], [seen]) == (make.at("/"),)
    assert lists_or_home([home, *products(7)], [seen]) == ()
    assert lists_or_home([home, *products(6)], [chosen]) == ()


@pytest.mark.parametrize(
    ("name", "address", "title"),
    [
        ("Blue bowl", "/p/blue-bowl", "Blue bowl"),
        ("NEW Blue  bowl £12.00", "/p/blue-bowl_31/", "Blue bowl"),
        ("Miska „Łódź” −20%", "/p/17-miska-lodz.html", "Miska „Łódź”"),
        ("کاسهٔ آبی جدید", "/p/کاسه-آبی", "کاسهٔ آبی"),
        ("Details", "/p/blue-bowl", ""),
        ("A bowl that is blue", "/p/blue-bowl", ""),
        ("12", "/p/12", ""),
        ("Blue bowl £12.00", "/store/blue-bowl/31/", "Blue bowl"),
    ],
)
def test_a_product_without_a_name_has_what_list_and_address_call_it(name: str, address: str, title: str) -> None:
    nameless = make.page_facts(address, key=address, template=Template.PRODUCT)
    home = make.page_evidence("home", url="/", links=[link("", address), link(name, address)])
    visited = make.page_evidence("product", url=address)
    assert visited.document is not None
    visited = visited.model_copy(update={"document": visited.document.model_copy(update={"h1": ()})})
    for visits in ([home], [home, visited]):
        assert catalogue_of([nameless], visits, "en").titles == ((title,) if title else ())


def test_what_several_pages_are_called_names_none_of_them() -> None:
    pages = [make.page_facts(f"/store/{n}", key=f"/store/{n}", template=Template.PRODUCT) for n in (1, 2)]
    home = make.page_evidence("home", url="/", links=[link("Store", page.key) for page in pages])
    assert catalogue_of(pages, [home], "en").titles == ()


def test_a_page_without_a_main_part_names_products_too() -> None:
    nameless = make.page_facts("/p/blue-bowl", key="/p/blue-bowl", template=Template.PRODUCT)
    home = make.page_evidence("home", url="/", links=[link("Blue bowl", "/p/blue-bowl", region="other")])
    assert catalogue_of([nameless], [home], "en").titles == ("Blue bowl",)


@pytest.mark.parametrize("unseen", [{"region": "nav"}, {"visible": False}])
def test_only_links_that_a_list_shows_name_a_product(unseen: dict[str, object]) -> None:
    nameless = make.page_facts("/p/blue-bowl", key="/p/blue-bowl", template=Template.PRODUCT)
    home = make.page_evidence("home", url="/", links=[link("Blue bowl", "/p/blue-bowl", **unseen)])
    assert catalogue_of([nameless], [home], "en").titles == ()


def test_a_product_that_names_itself_keeps_its_name() -> None:
    home = make.page_evidence("home", url="/", links=[link("Blue bowl", "/p/blue-bowl")])
    named = make.page_facts("/p/blue-bowl", key="/p/blue-bowl", h1="Our blue bowl", template=Template.PRODUCT)
    assert catalogue_of([named], [home], "en").titles == ("Our blue bowl",)


async def browsed(folder: Path, sold: dict[int, str], above: str = "") -> JourneyEvidence:
    async def home(_request: web.Request) -> web.Response:
        cards = "".join(
            f'<li>{above}<a href="/p/{n}"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width=150 height=150 alt="{name}">'
            f"<h2>{name}</h2></a><p>£{n + 5}.00</p></li>"
            for n, name in sold.items()
        )
        return web.Response(
            text=f"<!doctype html><html lang=en><title>Bowls</title><header><a href=/>Home</a></header>"
            f"<main><h1>Bowls</h1><ul>{cards}</ul></main></html>", content_type="text/html",
        )  # fmt: skip

    async def product(request: web.Request) -> web.Response:
        name = sold[int(request.match_info["n"])]
        return web.Response(text=f"<!doctype html><title>{name}</title><h1>{name}</h1>", content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/", home), web.get("/p/{n}", product)])
    async with served(app) as url:
        settings = ShopSettings(start_url=url, allow_private=True, politeness=Politeness(delay_s=0))
        async with BrowserSession(settings, proxy=None) as session:
            return await walk_browse(
                session, settings, Device.MOBILE, folder, lists=[f"{url}/"], home_url=f"{url}/", language="en"
            )


@pytest.mark.browser
@pytest.mark.slow
async def test_the_browse_journey_goes_on_where_it_stands(tmp_path: Path) -> None:
    journey = await browsed(tmp_path, SOLD)
    assert (journey.ended, journey.note) == ("completed", "")
    assert journey.listing is not None
    assert (journey.listing.shown, len(journey.listing.backs)) == (len(SOLD), 1)
    assert [step.did for step in journey.steps if step.intent is StepIntent.OPEN_LIST] == [
        "Stayed on the home page, which lists the products"
    ]


@pytest.mark.browser
@pytest.mark.slow
async def test_a_heading_that_leads_to_a_category_does_not_name_the_product(tmp_path: Path) -> None:
    journey = await browsed(tmp_path, SOLD, above="<h4><a href=/bowls>Tools & Home</a></h4>")
    (opened,) = (step.did for step in journey.steps if step.intent is StepIntent.OPEN_PRODUCT)
    assert "Tools" not in opened
    assert any(name in opened for name in SOLD.values())


@pytest.mark.browser
@pytest.mark.slow
async def test_a_home_page_without_goods_is_said_to_be_no_list(tmp_path: Path) -> None:
    journey = await browsed(tmp_path, {})
    assert (journey.ended, journey.blocker) == ("stuck", Blocker.NO_LIST)
