"""The panel is the same for the same shop, spread over it, and kept from run to run."""

import random
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from auditor.evidence import FormFacts, Page, PageFacts, PageSignals, Panel, PanelPage, Template
from auditor.sample import choose_panel, scaled_panel
from auditor.settings import ShopSettings

HOME = "https://shop.example/"
SEARCH_FORM = FormFacts(action="/suche?lang=pl", method="get", names=("lang", "szukaj"))


def page(path: str, template: Template, signals: PageSignals | None = None, **facts: Any) -> PageFacts:
    url = f"https://shop.example{path}"
    given: dict[str, Any] = {
        "url": url,
        "final_url": url,
        "key": path,
        "status": 200,
        "content_type": "text/html",
        "depth": 2,
    }
    return PageFacts(**(given | facts), template=template, signals=signals or PageSignals(), because=("a reason",))


def home(**signals: Any) -> PageFacts:
    return page("/", Template.HOME, PageSignals(**signals), depth=0)


def shop_pages(products: int = 40, categories: int = 8) -> list[PageFacts]:
    listing = PageSignals(cards=12)
    found = [home()]
    found += [page(f"/c/{n}", Template.CATEGORY, listing, depth=1 + n % 3, found_from=HOME) for n in range(categories)]
    found += [
        page(
            f"/p/{n}",
            Template.PRODUCT,
            depth=2 + n % 2,
            found_from=f"https://shop.example/c/{n % categories}",
            h1=f"Lampa biurkowa {n}",
        )
        for n in range(products)
    ]
    found += [
        page("/search?q=a", Template.SEARCH),
        page("/cart", Template.CART),
        page("/about", Template.CONTENT),
        page("/returns", Template.CONTENT),
    ]
    return found


def choose(pages: list[PageFacts], previous: Panel | None = None, **settings: Any) -> Panel:
    return choose_panel(iter(pages), ShopSettings(start_url=HOME, **settings), previous=previous, home_url=HOME)


def counts(panel: Panel) -> dict[Template, int]:
    found: dict[Template, int] = {}
    for entry in panel.pages:
        found[entry.page.template] = found.get(entry.page.template, 0) + 1
    return found


def of(panel: Panel, template: Template) -> list[PanelPage]:
    return [entry for entry in panel.pages if entry.page.template is template]


def test_the_panel_holds_what_the_settings_ask_for() -> None:
    panel = choose(shop_pages())
    assert counts(panel) == ShopSettings(start_url=HOME).panel
    assert panel.short == {}
    assert all(entry.reason.endswith(".") for entry in panel.pages)


def test_the_order_of_discovery_does_not_matter() -> None:
    pages = shop_pages()
    shuffled = list(pages)
    random.Random(3).shuffle(shuffled)
    assert choose(pages) == choose(shuffled)


def test_products_come_from_different_categories_and_depths() -> None:
    products = of(choose(shop_pages()), Template.PRODUCT)
    assert len({entry.page.found_from for entry in products}) == 5
    assert len({entry.page.depth for entry in products}) == 2


def test_a_listing_is_preferred_to_an_empty_category() -> None:
    pages = [
        home(),
        *(page(f"/empty/{n}", Template.CATEGORY) for n in range(20)),
        page("/full", Template.CATEGORY, PageSignals(cards=9)),
    ]
    assert of(choose(pages), Template.CATEGORY)[0].page.key == "/full"


def test_a_listing_is_preferred_to_its_filtered_variants() -> None:
    listing = PageSignals(cards=12)
    filtered = [page(f"/c/1?colour={n}", Template.CATEGORY, listing) for n in range(30)]
    panel = choose(
        [home(), page("/c/1", Template.CATEGORY, listing, depth=1), page("/c/2", Template.CATEGORY), *filtered]
    )
    assert {entry.page.key for entry in of(panel, Template.CATEGORY)[:2]} == {"/c/1", "/c/2"}


def test_a_shop_that_lives_in_queries_is_sampled_too() -> None:
    routed = [
        page(f"/index.php?route=product/category&path={n}", Template.CATEGORY, PageSignals(cards=9)) for n in range(5)
    ]
    assert (
        len(of(choose([home(), *routed]), Template.CATEGORY)) == ShopSettings(start_url=HOME).panel[Template.CATEGORY]
    )


def test_returns_are_preferred_as_content() -> None:
    assert of(choose(shop_pages()), Template.CONTENT)[0].page.key == "/returns"


def test_the_start_page_wins_over_other_home_pages() -> None:
    pages = [page("/pl", Template.HOME, depth=1), *shop_pages()]
    assert [entry.page.url for entry in of(choose(pages), Template.HOME)] == [HOME]


def test_dead_pages_and_files_are_not_picked() -> None:
    dead = page("/p/dead", Template.PRODUCT, status=410)
    file = page("/p/file", Template.PRODUCT, content_type="application/pdf")
    panel = choose([home(), dead, file, page("/p/1", Template.PRODUCT)])
    assert [entry.page.key for entry in of(panel, Template.PRODUCT)] == ["/p/1"]
    assert panel.short["product"] == "only 1 of 5 product pages were found"


def test_what_is_missing_is_said() -> None:
    panel = choose([home()])
    assert panel.short["product"] == "no product page was found"
    assert "search" in panel.short
    assert "cart" in panel.short


def test_pages_named_by_the_operator_come_first() -> None:
    panel = choose(shop_pages(), urls=("https://shop.example/p/17",))
    first = of(panel, Template.PRODUCT)[0]
    assert first.page.key == "/p/17"
    assert "operator" in first.reason


def test_the_next_run_keeps_the_panel_when_the_shop_grows() -> None:
    before = choose(shop_pages())
    grown = [*shop_pages(products=200, categories=30)]
    after = choose(grown, previous=before)
    assert {entry.page.key for entry in after.pages} == {entry.page.key for entry in before.pages}
    assert all(entry.replaces is None for entry in after.pages)


@pytest.mark.parametrize("change", [{"status": 404}, {"template": Template.OTHER}, None])
def test_a_page_that_is_gone_is_replaced_and_named(change: dict[str, Any] | None) -> None:
    before = choose(shop_pages())
    gone = of(before, Template.PRODUCT)[2].page.key
    pages = [
        facts.model_copy(update=change or {}) if facts.key == gone else facts
        for facts in shop_pages()
        if change or facts.key != gone
    ]
    after = choose(pages, previous=before)
    products = of(after, Template.PRODUCT)
    assert len(products) == 5
    assert [entry.replaces for entry in products if entry.replaces] == [gone]
    assert gone not in {entry.page.key for entry in products}
    assert len({entry.page.key for entry in products} & {entry.page.key for entry in of(before, Template.PRODUCT)}) == 4


def test_a_kept_page_has_this_runs_address() -> None:
    before = choose(shop_pages())
    moved = [
        facts.model_copy(update={"url": facts.url.replace("shop.example", "staging.example")}) for facts in shop_pages()
    ]
    after = choose_panel(moved, ShopSettings(start_url=HOME), previous=before, home_url="https://staging.example/")
    assert {urlsplit(entry.page.url).hostname for entry in after.pages} == {"staging.example"}


def test_a_search_is_made_from_the_form_on_the_home_page() -> None:
    pages = [home(forms=(SEARCH_FORM,)), page("/p/1", Template.PRODUCT, h1="Kurtka zimowa 12")]
    search = of(choose(pages), Template.SEARCH)[0].page
    assert search.because == ("made from the search form on the home page",)
    assert parse_qs(urlsplit(search.url).query) == {"lang": ["pl"], "szukaj": ["Kurtka"]}
    assert urlsplit(search.url).path == "/suche"


def test_a_persian_search_word_is_encoded() -> None:
    pages = [
        home(forms=(FormFacts(action="", method="get", names=("s",)),)),
        page("/p/1", Template.PRODUCT, h1="کفش ورزشی"),
    ]
    search = of(choose(pages), Template.SEARCH)[0].page
    assert search.url.isascii()
    assert parse_qs(urlsplit(search.url).query)["s"] == ["ورزشی"]


def test_a_made_search_stays_when_its_product_is_gone() -> None:
    before = choose([home(forms=(SEARCH_FORM,)), page("/p/1", Template.PRODUCT, h1="Kurtka")])
    after = choose([home(forms=(SEARCH_FORM,)), page("/p/2", Template.PRODUCT, h1="Lampa")], previous=before)
    assert of(after, Template.SEARCH)[0].page.url == of(before, Template.SEARCH)[0].page.url


def test_a_made_search_that_discovery_fetched_this_time_keeps_its_key() -> None:
    pages = [home(forms=(SEARCH_FORM,)), page("/p/1", Template.PRODUCT, h1="Kurtka")]
    before = choose(pages)
    (made,) = of(before, Template.SEARCH)
    fetched = page("/suche", Template.SEARCH).model_copy(update={"url": made.page.url})
    after = choose([*pages, fetched], previous=before)
    assert of(after, Template.SEARCH) == [made]


@pytest.mark.parametrize(
    "form",
    [
        FormFacts(action="/search", method="post", names=("q",)),
        FormFacts(action="https://elsewhere.example/search", method="get", names=("q",)),
        FormFacts(action="/newsletter", method="get", names=("email",)),
    ],
)
def test_a_form_that_is_no_search_makes_none(form: FormFacts) -> None:
    panel = choose([home(forms=(form,)), page("/p/1", Template.PRODUCT, h1="Lampa")])
    assert of(panel, Template.SEARCH) == []
    assert "search form" in panel.short["search"]


def test_the_platform_says_where_search_and_cart_are() -> None:
    pages = [home(asset_paths=("/wp-content/plugins/woocommerce/assets",)), page("/p/1", Template.PRODUCT, h1="Lampa")]
    panel = choose(pages)
    assert of(panel, Template.SEARCH)[0].page.url == "https://shop.example/?s=Lampa&post_type=product"
    assert of(panel, Template.CART)[0].page.url == "https://shop.example/cart/"


def test_robots_can_close_made_pages() -> None:
    pages = [home(asset_paths=("/wp-content/plugins/woocommerce/assets",)), page("/p/1", Template.PRODUCT, h1="Lampa")]
    panel = choose_panel(pages, ShopSettings(start_url=HOME), home_url=HOME, allowed=lambda url: "/cart" not in url)
    assert of(panel, Template.CART) == []
    assert "robots.txt" in panel.short["cart"]


@pytest.mark.parametrize("total", [1, 2, 5, 6, 7, 12, 20, 24, 60])
def test_a_scaled_panel_has_the_asked_size_and_one_home(total: int) -> None:
    panel = scaled_panel(total)
    assert sum(panel.values()) == total
    assert panel[Template.HOME] == 1
    assert panel.get(Template.CART, 0) <= 1


def test_a_panel_of_twelve_is_the_default() -> None:
    assert scaled_panel(12) == ShopSettings(start_url=HOME).panel


def test_a_bigger_panel_is_never_smaller_anywhere() -> None:
    for total in range(1, 60):
        smaller, bigger = scaled_panel(total), scaled_panel(total + 1)
        assert all(bigger.get(template, 0) >= count for template, count in smaller.items()), total


def test_an_empty_panel_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one page"):
        scaled_panel(0)


def test_pages_keep_what_discovery_knows_of_them() -> None:
    facts = page("/p/1", Template.PRODUCT, depth=3, found_from="https://shop.example/c/1")
    assert of(choose([home(), facts]), Template.PRODUCT)[0].page == Page(
        url=facts.url,
        key="/p/1",
        template=Template.PRODUCT,
        because=("a reason",),
        found_from="https://shop.example/c/1",
        depth=3,
    )
