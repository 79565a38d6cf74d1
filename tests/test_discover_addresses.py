"""Pure parts of discovery: page keys, shapes of addresses, and scope."""

import pytest

from auditor.discover.link_address import Address, absolute, address
from auditor.discover.page_key import page_key
from auditor.discover.scope import Scope, language_prefix
from auditor.discover.url_pattern import shape_of
from auditor.settings import ShopSettings

HOME = "https://shop.example/"


def at(path: str) -> Address:
    where = absolute(HOME, path)
    assert where
    return where


@pytest.mark.parametrize(
    ("url", "canonical", "key"),
    [
        ("https://shop.example", None, "/"),
        ("https://shop.example/Shoes/", None, "/Shoes"),
        ("https://shop.example/a//b/../c#top", None, "/a/c"),
        ("https://shop.example/a?utm_source=x&gclid=1&b=2&a=1", None, "/a?a=1&b=2"),
        ("https://shop.example/a?PHPSESSID=abc&sort=price", None, "/a"),
        ("https://shop.example/a;jsessionid=0A1B?x=1", None, "/a?x=1"),
        ("https://shop.example/%D9%81%D8%B1%D8%B4", None, "/فرش"),
        ("https://shop.example/فرش", None, "/فرش"),
        ("https://shop.example/z%C5%82oto", None, "/złoto"),
        ("https://shop.example/zl%7Eoto%2Fx", None, "/zl~oto%2Fx"),
        ("https://shop.example/%FF", None, "/%FF"),
        (
            "https://shop.example/index.php?route=product/product&path=20_27&product_id=41",
            "https://shop.example/index.php?route=product/product&product_id=41",
            "/index.php?product_id=41&route=product/product",
        ),
        ("https://shop.example/shoes?color=red", "https://shop.example/shoes", "/shoes"),
        ("https://shop.example/shoes?color=red", "/shoes/", "/shoes"),
        ("https://shop.example/shoes?id=4", "https://shop.example/", "/shoes?id=4"),
        ("https://shop.example/shoes?id=4", "http://[broken", "/shoes?id=4"),
        ("https://shop.example/?view=product&id=4", None, "/?id=4&view=product"),
        ("https://shop.example/c?view=list", None, "/c"),
    ],
)
def test_page_key(url: str, canonical: str | None, key: str) -> None:
    assert page_key(url, canonical=canonical) == key


def test_page_key_knows_no_host() -> None:
    assert page_key("https://staging.shop.example:8443/a?b=1") == page_key("http://www.shop.example/a/?b=1")


@pytest.mark.parametrize(
    "href",
    ["mailto:a@b.example", "javascript:void(0)", "#top", "", "tel:+48", "http://[1", "ftp://x.example/", "http:///x"],
)
def test_no_address(href: str) -> None:
    assert absolute(HOME, href) is None


def test_address_in_one_spelling() -> None:
    assert at("?b=2&a=1&utm_medium=x").url == at("/?a=1&b=2").url
    assert at("HTTPS://SHOP.example:443/a#b").url == "https://shop.example/a"
    assert at("/a?sid=0123456789abcdef").url == "https://shop.example/a"
    assert at("/a?x").url == "https://shop.example/a?x"


def scope(start: str = HOME, language: str | None = "en", **settings: object) -> Scope:
    made = Scope(ShopSettings.model_validate({"start_url": start, **settings}), lambda url: "/private" not in url)
    made.settle(start, language)
    return made


@pytest.mark.parametrize(
    "path",
    [
        "/?add-to-cart=5",
        "/cart/add/12",
        "/logout",
        "/%6Cogout",
        "/customer/account/logout/",
        "/cart?add=1&id_product=3",
        "/en/cart?delete=1&id_product=3",
        "/index.php?route=account/logout",
        "/index.php?route=common/currency.save&code=EUR",
        "/unsubscribe?u=1",
        "/wishlist/add/4",
        "/compare/remove/4",
        "/?currency=EUR",
        "/shop?remove_item=ab",
        "/checkout/cart/delete/id/3",
        "/remove-from-cart/linen-dress/",
        "/remove_single_item_from_cart/7",
        "/pl/dodaj-do-koszyka/12",
        "/sepete-ekle/12",
        "/panier/produit/12/supprimer",
        "/a%C3%B1adir-al-carrito?id=3",
    ],
)
def test_never_asks_what_changes_state(path: str) -> None:
    assert scope().refuses(at(path)) == "state-changing"


@pytest.mark.parametrize(
    "path",
    [
        "/cart",
        "/basket/",
        "/checkout",
        "/additional-info",
        "/p/add-on-lens",
        "/index.php?route=product/product&product_id=4",
        "/product/logo-utility",
        "/product/clear-bag",
        "/product/put-down-bag",
        "/bags/add-a-strap-bag",
        "/updates/cart-holder",
    ],
)
def test_asks_what_only_shows(path: str) -> None:
    assert scope().refuses(at(path)) is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("https://elsewhere.example/", "other-host"),
        ("https://www.shop.example/a", None),
        ("https://shop.example:8443/a", "other-host"),
        ("/a/b/a/b/a/b", "repeated-path"),
        ("/a/a/a", "repeated-path"),
        ("/" + "/".join(map(str, range(20))), "repeated-path"),
        ("/private/x", "robots"),
        ("/catalogue.zip", "file"),
        ("/?lang=pl", "other-language"),
        ("/?lang=en", None),
        ("/c?a=1&b=1&c=1&d=1&e=1&f=1&g=1", "near-duplicate"),
    ],
)
def test_scope(path: str, reason: str | None) -> None:
    assert scope().refuses(at(path)) == reason


def test_include_and_exclude() -> None:
    narrow = scope(include=("/shoes*",), exclude=("*sale*",))
    assert [narrow.refuses(at(path)) for path in ("/", "/shoes/a", "/shoes/sale", "/hats")] == [
        None,
        None,
        "excluded",
        "excluded",
    ]


def test_language_by_hreflang() -> None:
    two = scope()
    assert two.refuses(at("/pl/buty")) is None
    two.learn_alternates({"en": HOME, "x-default": HOME, "pl": "https://shop.example/pl/"})
    assert two.refuses(at("/pl/buty")) == "other-language"
    assert two.refuses(at("/it/laptops")) is None


def test_language_by_page_needs_two_signs() -> None:
    two = scope()
    assert not two.is_other_language(at("/shoes/red-boot"), "de-DE")
    assert not two.is_other_language(at("/it/laptops"), "en")
    assert two.is_other_language(at("/de/schuhe"), "de-DE")
    assert two.refuses(at("/de/hemden")) == "other-language"


def test_language_prefix() -> None:
    assert [language_prefix(path) for path in ("/pl/x", "/en-gb/", "/shoes", "/", "/xyz/")] == [
        "pl",
        "en-gb",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/product/red-shoe_12", "/product/blue-hat_7"),
        ("/p/12", "/p/9"),
        ("/c/shoes?page=2", "/c/hats"),
        ("/a-b.html", "/c-d.html"),
    ],
)
def test_same_family(one: str, other: str) -> None:
    assert shape_of(at(one)).family == shape_of(at(other)).family


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/product/red-shoe", "/category/red-shoe"),
        ("/c/shoes", "/c/shoes?color=red"),
        ("/index.php?route=product/product", "/index.php?route=product/category"),
    ],
)
def test_other_family(one: str, other: str) -> None:
    assert shape_of(at(one)).family != shape_of(at(other)).family


def test_address_keeps_odd_percent_encoding() -> None:
    where = address("https://shop.example/a?x=%FF&y=%2B")
    assert where
    assert where.url == "https://shop.example/a?x=%FF&y=%2B"
