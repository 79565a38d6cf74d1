"""Platforms are told by their fingerprints, and a shop without any stays unknown."""

from typing import Any

import pytest

from auditor.evidence import Discovery, FormFacts, PageFacts, PageSignals, Template
from auditor.platforms import detect, detect_shop, platform_named, platforms

FINGERPRINTS: list[tuple[str, dict[str, Any]]] = [
    ("Shopify", {"asset_paths": ("cdn.shopify.com/s/files/1/0000",)}),
    ("Shopify", {"globals": ("dataLayer", "Shopify")}),
    ("WooCommerce", {"generator": "WooCommerce 9.3.1"}),
    ("WooCommerce", {"asset_paths": ("/wp-includes/js/jquery", "/wp-content/plugins/woocommerce/assets")}),
    ("Magento 2", {"asset_paths": ("/static/version1712/frontend/Acme",)}),
    ("Magento 2", {"body_classes": ("catalog-product-view", "page-layout-1column")}),
    ("PrestaShop", {"generator": "PrestaShop"}),
    ("PrestaShop", {"cookie_names": ("PrestaShop-a1b2c3",)}),
    ("OpenCart", {"asset_paths": ("/catalog/view/javascript/jquery",)}),
    ("OpenCart", {"cookie_names": ("OCSESSID",)}),
    ("Shopware 6", {"asset_paths": ("/bundles/storefront/assets",), "cookie_names": ("sw-context-token",)}),
    ("BigCommerce", {"globals": ("BCData",)}),
    ("django-oscar", {"asset_paths": ("/static/oscar/css",)}),
    ("django-oscar", {"forms": (FormFacts(action="/en-gb/basket/add/209/", method="post"),)}),
    ("EverShop", {"globals": ("eContext",), "asset_paths": ("/assets/catalog/1",)}),
]


@pytest.mark.parametrize(("name", "signals"), FINGERPRINTS)
def test_a_platform_is_told_with_reasons(name: str, signals: dict[str, Any]) -> None:
    found = detect(PageSignals(**signals), "https://shop.example/")
    assert found.platform is platform_named(name)
    assert found.because


@pytest.mark.parametrize(
    "signals",
    [
        {},
        {"generator": "WordPress 6.5"},
        {"asset_paths": ("/theme/main.css",)},
        {"globals": ("dataLayer", "BASE_URL"), "cookie_names": ("sid",)},
        {"generator": "Shoptet", "asset_paths": ("cdn.shopify.com/s",)},
    ],
)
def test_an_unknown_or_contradictory_page_has_none(signals: dict[str, Any]) -> None:
    assert detect(PageSignals(**signals)).platform is None


def test_the_shop_has_the_platform_of_most_of_its_pages() -> None:
    def facts(number: int, **signals: Any) -> PageFacts:
        url = f"https://shop.example/{number}"
        return PageFacts(url=url, final_url=url, key=f"/{number}", status=200, signals=PageSignals(**signals))

    discovery = Discovery(
        start_url="https://shop.example/",
        home_url="https://shop.example/",
        language="en",
        ended="complete",
        why="All pages were seen.",
        fetched=3,
    )
    pages = [facts(1, generator="PrestaShop"), facts(2, globals=("Shopify",)), facts(3, globals=("Shopify",))]
    found = detect_shop(discovery, pages)
    assert found.platform == "Shopify"
    assert found.platform_because == ("a script sets Shopify",)
    assert detect_shop(discovery, [facts(1)]) == discovery


@pytest.mark.parametrize(
    ("name", "url", "signals", "template"),
    [
        ("Shopify", "https://shop.example/pl/products/lampa?variant=1", {}, Template.PRODUCT),
        ("Shopify", "https://shop.example/collections/all/", {}, Template.CATEGORY),
        (
            "WooCommerce",
            "https://shop.example/sklep/",
            {"body_classes": ("post-type-archive-product",)},
            Template.CATEGORY,
        ),
        (
            "WooCommerce",
            "https://shop.example/?s=a",
            {"body_classes": ("search-results", "post-type-archive-product")},
            Template.SEARCH,
        ),
        ("OpenCart", "https://shop.example/index.php?route=product/product&product_id=1", {}, Template.PRODUCT),
        ("django-oscar", "https://shop.example/fa/catalogue/%DA%A9%D9%81%D8%B4_12/", {}, Template.PRODUCT),
        ("Odoo", "https://shop.example/shop/product/kubek-12", {}, Template.PRODUCT),
        ("Odoo", "https://shop.example/shop/kubek-12", {}, Template.PRODUCT),
        (
            "Magento 2",
            "https://shop.example/",
            {"body_classes": ("cms-index-index", "page-layout-1column")},
            Template.HOME,
        ),
    ],
)
def test_defaults_hint_at_a_template(name: str, url: str, signals: dict[str, Any], template: Template) -> None:
    platform = platform_named(name)
    assert platform is not None
    hint = platform.hinted(PageSignals(**signals), url)
    assert hint is not None
    assert hint.template is template
    assert name in hint.why


def test_no_hint_without_a_sign() -> None:
    for platform in platforms():
        assert platform.hinted(PageSignals(), "https://shop.example/xyz") is None, platform.name


def test_search_addresses_hold_the_words_encoded() -> None:
    shopify = platform_named("Shopify")
    assert shopify is not None
    assert shopify.search_url("https://shop.example/", "کفش") == "https://shop.example/search?q=%DA%A9%D9%81%D8%B4"
