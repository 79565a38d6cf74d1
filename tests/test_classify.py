"""What decides over a page's template, and what is said of it."""

from typing import Any

import pytest

from auditor.classify import classified, classify
from auditor.evidence import Redirect, Template
from auditor.settings import ShopSettings
from tests.factories.facts import ADD, HOME, SHOP, page


@pytest.mark.parametrize("url", [HOME, "https://shop.example", "https://shop.example/#top"])
def test_the_home_address_is_home_whatever_it_holds(url: str) -> None:
    facts = page("/", cards=24, price_like=40).model_copy(update={"url": url})
    assert classify(facts, SHOP, home_url=HOME) == (Template.HOME, ("it is the start page",))


def test_what_leads_back_to_the_home_page_is_no_list_of_its_goods() -> None:
    back = {"final_url": HOME, "redirects": (Redirect(url="https://shop.example/lang/en", status=302),), "depth": 1}
    facts = page("/lang/en", cards=24, price_like=40).model_copy(update=back)
    assert classify(facts, SHOP, home_url=HOME) == (Template.OTHER, ("it leads back to the start page",))


def test_without_signals_it_says_so() -> None:
    assert classify(page("/abc"), SHOP, home_url=HOME) == (Template.OTHER, ("nothing says what it is",))


@pytest.mark.parametrize(
    ("told", "signals", "template"),
    [
        ({"from_card": True}, {"price_like": 1}, Template.PRODUCT),
        ({"from_card": True}, {"price_like": 0}, Template.OTHER),
        ({"from_card": True}, {"price_like": 9, "cards": 3}, Template.PRODUCT),
        ({"from_card": False}, {"price_like": 1}, Template.OTHER),
        ({"from_card": True, "h1": "Returns"}, {"price_like": 1}, Template.CONTENT),
    ],
)
def test_what_cards_of_a_list_lead_to_is_a_product_where_nothing_else_is_known(
    told: dict[str, Any], signals: dict[str, Any], template: Template
) -> None:
    facts = page("/abc", **signals).model_copy(update=told)
    assert classify(facts, SHOP, home_url=HOME)[0] is template


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/angebot/*", "/angebot/lampe"),
        ("*[?]view=item*", "/x?view=item&id=3"),
        ("/کالا/*", "/%DA%A9%D8%A7%D9%84%D8%A7/12"),
        ("/%DA%A9%D8%A7%D9%84%D8%A7/*", "/کالا/12"),
    ],
)
def test_settings_decide_by_pattern(pattern: str, path: str) -> None:
    shop = ShopSettings(start_url=HOME, templates={pattern: Template.PRODUCT})
    template, because = classify(page(path, cards=24, has_next_page=True), shop, home_url=HOME)
    assert template is Template.PRODUCT
    assert pattern in because[0]


def test_the_first_pattern_that_fits_decides() -> None:
    shop = ShopSettings(start_url=HOME, templates={"/a/*": Template.CONTENT, "/a/b/*": Template.PRODUCT})
    assert classify(page("/a/b/c"), shop, home_url=HOME)[0] is Template.CONTENT


def test_dead_and_foreign_pages_are_no_template() -> None:
    dead = page("/product/lamp").model_copy(update={"status": 404})
    pdf = page("/returns").model_copy(update={"content_type": "application/pdf"})
    assert classify(dead, SHOP, home_url=HOME) == (Template.OTHER, ("it answered with status 404",))
    assert classify(pdf, SHOP, home_url=HOME) == (Template.OTHER, ("it is no HTML page but application/pdf",))


def test_reasons_come_strongest_first_and_once() -> None:
    facts = page("/product/lamp", types=("Product",), products_in_data=1, og_type="product", forms=(ADD,))
    because = classify(facts, SHOP, home_url=HOME)[1]
    assert because[0] == "its data describe one product"
    assert len(because) == len(set(because)) >= 3


def test_a_shop_is_classified_with_the_platform_of_its_pages() -> None:
    shopify: dict[str, Any] = {"asset_paths": ("cdn.shopify.com/s/files",)}
    pages = [page("/", **shopify), page("/products/lamp", **shopify), page("/collections", **shopify)]
    found = classified(iter(pages), SHOP, home_url=HOME)
    assert [facts.template for facts in found] == [Template.HOME, Template.PRODUCT, Template.CATEGORY]
    assert any("Shopify" in why for why in found[1].because)


@pytest.mark.parametrize(
    "url", ["https://[broken/", "https://shop.example/%ff%fe", "https://shop.example/?q=%00&%%%", "x"]
)
def test_hostile_addresses_do_no_harm(url: str) -> None:
    facts = page("/").model_copy(update={"url": url, "final_url": url})
    assert classify(facts, SHOP, home_url=HOME)[0] in Template
