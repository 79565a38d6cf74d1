"""Pages of many platforms, as their raw HTML describes them, get the template a person would give them."""

from typing import Any

import pytest

from auditor.classify import classified, classify
from auditor.evidence import FormFacts, PageFacts, PageSignals, Template
from auditor.platforms import platform_named
from auditor.settings import ShopSettings

HOME = "https://shop.example/"
SHOP = ShopSettings(start_url=HOME)
ADD = FormFacts(action="/cart/add", method="post", names=("id", "quantity", "add"))


def page(path: str, *, facts: dict[str, Any] | None = None, **signals: Any) -> PageFacts:
    return PageFacts(
        url=f"https://shop.example{path}", final_url=f"https://shop.example{path}", key=path, status=200,
        content_type="text/html; charset=utf-8", signals=PageSignals(**signals), **(facts or {}),
    )  # fmt: skip


def words(**facts: Any) -> dict[str, Any]:
    return facts


CASES: list[tuple[str, str | None, PageFacts, Template]] = [
    (
        "Shopify product",
        "Shopify",
        page(
            "/products/green-jacket",
            types=("Product",),
            products_in_data=1,
            og_type="product",
            forms=(ADD,),
            body_classes=("template-product",),
        ),
        Template.PRODUCT,
    ),
    (
        "Shopify product with recommendations",
        "Shopify",
        page(
            "/collections/men/products/green-jacket",
            types=("Product",),
            products_in_data=1,
            forms=(ADD,),
            cards=8,
            price_like=9,
        ),
        Template.PRODUCT,
    ),
    (
        "Shopify collection",
        "Shopify",
        page("/collections/jackets", cards=24, price_like=30, has_next_page=True),
        Template.CATEGORY,
    ),
    ("Shopify search", "Shopify", page("/search?q=jacket", cards=12), Template.SEARCH),
    (
        "Shopify cart",
        "Shopify",
        page("/cart", forms=(FormFacts(action="/cart", method="post", names=("updates[]", "note")),)),
        Template.CART,
    ),
    ("Shopify policy", "Shopify", page("/policies/refund-policy", facts=words(text_chars=4000)), Template.CONTENT),
    ("Shopify blog post", "Shopify", page("/blogs/news/how-to-wash", types=("Article",)), Template.CONTENT),
    (
        "WooCommerce product",
        "WooCommerce",
        page(
            "/product/green-jacket/",
            body_classes=("single-product", "woocommerce"),
            forms=(FormFacts(action="/product/green-jacket/", method="post", names=("quantity", "add-to-cart")),),
        ),
        Template.PRODUCT,
    ),
    (
        "WooCommerce variable product, no platform",
        None,
        page(
            "/product/jacket/",
            forms=(
                FormFacts(
                    action="",
                    method="post",
                    names=("attribute_size", "quantity", "add-to-cart", "product_id", "variation_id"),
                ),
            ),
            cards=4,
            price_like=7,
        ),
        Template.PRODUCT,
    ),
    (
        "WooCommerce category",
        "WooCommerce",
        page("/product-category/jackets/", cards=12, body_classes=("archive", "tax-product_cat")),
        Template.CATEGORY,
    ),
    (
        "WooCommerce product search",
        "WooCommerce",
        page(
            "/?s=jacket&post_type=product",
            cards=9,
            body_classes=("search", "search-results", "post-type-archive-product"),
        ),
        Template.SEARCH,
    ),
    ("WooCommerce search, no platform", None, page("/?s=jacket&post_type=product", cards=9), Template.SEARCH),
    ("WooCommerce post type archive", None, page("/?post_type=product", cards=12), Template.CATEGORY),
    (
        "WooCommerce cart",
        "WooCommerce",
        page(
            "/koszyk/",
            body_classes=("woocommerce-cart",),
            forms=(FormFacts(action="/koszyk/", method="post", names=("cart[a1b2][qty]", "coupon_code")),),
        ),
        Template.CART,
    ),
    (
        "WooCommerce checkout",
        "WooCommerce",
        page("/zamowienie/", body_classes=("woocommerce-checkout",)),
        Template.CHECKOUT,
    ),
    ("WooCommerce account", "WooCommerce", page("/my-account/", has_password_field=True), Template.ACCOUNT),
    (
        "Magento product",
        "Magento 2",
        page(
            "/green-jacket.html",
            body_classes=("catalog-product-view", "product-green-jacket"),
            forms=(
                FormFacts(
                    action="/checkout/cart/add/uenc/abc/product/12/",
                    method="post",
                    names=("product", "qty", "form_key"),
                ),
            ),
            types=("Product",),
            products_in_data=1,
        ),
        Template.PRODUCT,
    ),
    (
        "Magento product, no platform",
        None,
        page(
            "/green-jacket.html",
            forms=(
                FormFacts(
                    action="https://shop.example/checkout/cart/add/uenc/abc/product/12/",
                    method="post",
                    names=("product", "selected_configurable_option", "related_product", "item", "form_key", "qty"),
                ),
            ),
            sku="WJ-12",
        ),
        Template.PRODUCT,
    ),
    (
        "Magento category",
        "Magento 2",
        page(
            "/men/tops.html",
            body_classes=("catalog-category-view",),
            cards=12,
            forms=(FormFacts(action="/checkout/cart/add/x", method="post", names=("product", "form_key")),) * 12,
        ),
        Template.CATEGORY,
    ),
    (
        "Magento category, no platform",
        None,
        page(
            "/men/tops.html",
            cards=12,
            forms=(FormFacts(action="/checkout/cart/add/x", method="post", names=("product", "form_key")),) * 12,
        ),
        Template.CATEGORY,
    ),
    ("Magento cart", "Magento 2", page("/checkout/cart/", body_classes=("checkout-cart-index",)), Template.CART),
    ("Magento cart, no platform", None, page("/checkout/cart/"), Template.CART),
    ("Magento checkout", None, page("/checkout/"), Template.CHECKOUT),
    ("Magento search", None, page("/catalogsearch/result/?q=jacket", cards=12), Template.SEARCH),
    (
        "PrestaShop product",
        "PrestaShop",
        page(
            "/men/12-green-jacket.html",
            body_id="product",
            body_classes=("page-product", "product-id-12"),
            forms=(FormFacts(action="/cart", method="post", names=("token", "id_product", "id_customization", "qty")),),
        ),
        Template.PRODUCT,
    ),
    (
        "PrestaShop product, no platform",
        None,
        page(
            "/12-green-jacket.html",
            forms=(FormFacts(action="/cart", method="post", names=("token", "id_product", "qty")),),
            cards=8,
        ),
        Template.PRODUCT,
    ),
    ("PrestaShop category", "PrestaShop", page("/3-clothes", body_id="category", cards=12), Template.CATEGORY),
    ("PrestaShop cart", "PrestaShop", page("/index.php?controller=cart&action=show", body_id="cart"), Template.CART),
    ("PrestaShop cart, no platform", None, page("/index.php?controller=cart&action=show"), Template.CART),
    ("PrestaShop search", None, page("/index.php?controller=search&s=jacket", cards=5), Template.SEARCH),
    ("OpenCart product", "OpenCart", page("/index.php?route=product/product&product_id=43"), Template.PRODUCT),
    (
        "OpenCart product, no platform",
        None,
        page("/index.php?route=product/product&product_id=43&path=20"),
        Template.PRODUCT,
    ),
    ("OpenCart category", None, page("/index.php?route=product/category&path=20_27", cards=8), Template.CATEGORY),
    ("OpenCart cart", None, page("/index.php?route=checkout/cart"), Template.CART),
    ("OpenCart checkout", None, page("/index.php?route=checkout/checkout"), Template.CHECKOUT),
    ("OpenCart account", None, page("/index.php?route=account/login", has_password_field=True), Template.ACCOUNT),
    (
        "OpenCart information",
        "OpenCart",
        page("/index.php?route=information/information&information_id=4"),
        Template.CONTENT,
    ),
    ("OpenCart search", None, page("/index.php?route=product/search&search=phone", cards=3), Template.SEARCH),
    (
        "Shopware product",
        "Shopware 6",
        page(
            "/Green-Jacket/SW10012",
            body_classes=("is-ctl-product", "is-act-index"),
            forms=(
                FormFacts(
                    action="/checkout/line-item/add",
                    method="post",
                    names=("redirectTo", "lineItems[abc][id]", "lineItems[abc][quantity]"),
                ),
            ),
            types=("Product",),
            products_in_data=1,
        ),
        Template.PRODUCT,
    ),
    (
        "Shopware category",
        "Shopware 6",
        page(
            "/Clothing/Jackets/",
            body_classes=("is-ctl-navigation", "is-act-index"),
            cards=24,
            forms=(FormFacts(action="/checkout/line-item/add", method="post", names=("lineItems[abc][id]",)),) * 24,
        ),
        Template.CATEGORY,
    ),
    ("Shopware cart", None, page("/checkout/cart"), Template.CART),
    ("Shopware confirm", None, page("/checkout/confirm"), Template.CHECKOUT),
    (
        "BigCommerce product",
        "BigCommerce",
        page(
            "/able-brewing-system/",
            forms=(
                FormFacts(
                    action="https://shop.example/cart.php", method="post", names=("action", "product_id", "qty[]")
                ),
            ),
            og_type="product",
        ),
        Template.PRODUCT,
    ),
    ("BigCommerce category", "BigCommerce", page("/kitchen/", cards=16, has_next_page=True), Template.CATEGORY),
    ("BigCommerce cart", "BigCommerce", page("/cart.php"), Template.CART),
    ("BigCommerce search", "BigCommerce", page("/search.php?search_query=cup", cards=4), Template.SEARCH),
    ("BigCommerce login", "BigCommerce", page("/login.php", has_password_field=True), Template.ACCOUNT),
    (
        "oscar product",
        "django-oscar",
        page(
            "/en-gb/catalogue/the-shellcoders-handbook_209/",
            forms=(
                FormFacts(
                    action="/en-gb/basket/add/209/",
                    method="post",
                    names=("csrfmiddlewaretoken", "quantity"),
                    id="add_to_basket_form",
                ),
            ),
        ),
        Template.PRODUCT,
    ),
    (
        "oscar product, no platform",
        None,
        page(
            "/en-gb/catalogue/the-shellcoders-handbook_209/",
            forms=(
                FormFacts(action="/en-gb/basket/add/209/", method="post", names=("csrfmiddlewaretoken", "quantity")),
            ),
        ),
        Template.PRODUCT,
    ),
    (
        "oscar product with recently viewed",
        None,
        page(
            "/catalogue/handbook_209/",
            cards=4,
            forms=(
                FormFacts(action="/basket/add/209/", method="post", names=("quantity",)),
                *(FormFacts(action="/basket/add/1/", method="post", names=("quantity",)),) * 4,
            ),
        ),
        Template.PRODUCT,
    ),
    (
        "oscar category",
        "django-oscar",
        page(
            "/catalogue/category/books/fiction_3/",
            cards=20,
            forms=(FormFacts(action="/basket/add/1/", method="post", names=("quantity",)),) * 20,
        ),
        Template.CATEGORY,
    ),
    (
        "oscar category, no platform",
        None,
        page(
            "/catalogue/category/books/fiction_3/",
            cards=20,
            forms=(FormFacts(action="/basket/add/1/", method="post", names=("quantity",)),) * 20,
        ),
        Template.CATEGORY,
    ),
    ("oscar all products", None, page("/catalogue/", cards=20), Template.CATEGORY),
    (
        "oscar basket",
        None,
        page(
            "/basket/",
            forms=(
                FormFacts(action="", method="post", names=("form-TOTAL_FORMS", "form-0-quantity")),
                FormFacts(action="/basket/vouchers/add/", method="post", names=("code",)),
            ),
        ),
        Template.CART,
    ),
    (
        "oscar checkout",
        None,
        page(
            "/checkout/shipping-address/",
            forms=(
                FormFacts(action="", method="post", names=("first_name", "last_name", "line1", "postcode", "country")),
            ),
        ),
        Template.CHECKOUT,
    ),
    ("oscar login", None, page("/accounts/login/", has_password_field=True), Template.ACCOUNT),
    (
        "oscar search",
        None,
        page(
            "/search/?q=python",
            cards=7,
            forms=(FormFacts(action="/basket/add/1/", method="post", names=("quantity",)),) * 7,
        ),
        Template.SEARCH,
    ),
    (
        "EverShop product",
        "EverShop",
        page(
            "/accessories/nordic-bag",
            forms=(FormFacts(action="/api/cart/mine/items", method="post", names=("sku", "qty")),),
        ),
        Template.PRODUCT,
    ),
    ("EverShop category", "EverShop", page("/accessories", cards=12), Template.CATEGORY),
    ("EverShop search", "EverShop", page("/search?keyword=bag", cards=4), Template.SEARCH),
    (
        "custom Persian product by structure alone",
        None,
        page(
            "/%DA%A9%D9%81%D8%B4-%D9%88%D8%B1%D8%B2%D8%B4%DB%8C",
            facts=words(lang="fa", h1="کفش ورزشی مردانه"),
            forms=(FormFacts(action="/add-to-basket", method="post", names=("productId", "count")),),
            price_like=1,
        ),
        Template.PRODUCT,
    ),
    (
        "custom Persian category by structure alone",
        None,
        page("/men-shoes", facts=words(lang="fa", h1="کفش مردانه"), cards=20, price_like=24, has_next_page=True),
        Template.CATEGORY,
    ),
    ("Persian cart slug, percent-encoded", None, page("/%D8%B3%D8%A8%D8%AF-%D8%AE%D8%B1%DB%8C%D8%AF/"), Template.CART),
    ("Persian contact slug", None, page("/تماس-با-ما"), Template.CONTENT),
    ("Persian rules slug", None, page("/%D9%82%D9%88%D8%A7%D9%86%DB%8C%D9%86"), Template.CONTENT),
    ("Persian about slug", None, page("/درباره-ما/"), Template.CONTENT),
    ("Persian product slug", None, page("/product/%DA%A9%D9%81%D8%B4/", price_like=1), Template.PRODUCT),
    ("Persian search", None, page("/?s=%DA%A9%D9%81%D8%B4", cards=3), Template.SEARCH),
    (
        "Persian returns heading only",
        None,
        page("/page/17", facts=words(lang="fa", h1="شرایط بازگشت کالا", text_chars=2500)),
        Template.CONTENT,
    ),
    (
        "Polish listing under an item-like address",
        None,
        page("/p/123", facts=words(lang="pl"), cards=30, price_like=31, has_next_page=True),
        Template.CATEGORY,
    ),
    (
        "Polish product under the same address",
        None,
        page(
            "/p/123",
            facts=words(lang="pl"),
            forms=(FormFacts(action="/koszyk/add", method="post", names=("product_id", "ilosc")),),
            cards=6,
        ),
        Template.PRODUCT,
    ),
    ("Polish cart", None, page("/koszyk"), Template.CART),
    ("Polish rules", None, page("/regulamin"), Template.CONTENT),
    ("Polish policy with a long slug", None, page("/polityka-prywatnosci-i-cookies-sklepu"), Template.CONTENT),
    (
        "Polish returns by heading",
        None,
        page("/i/12", facts=words(lang="pl-PL", h1="Zwroty i reklamacje", text_chars=3000)),
        Template.CONTENT,
    ),
    ("Polish search", None, page("/szukaj?fraza=kurtka", cards=4), Template.SEARCH),
    ("German cart", None, page("/warenkorb.php"), Template.CART),
    ("Czech cart", None, page("/cs/kosik/"), Template.CART),
    (
        "category whose cards are microdata products",
        None,
        page("/shoes/", types=("Product", "Offer"), products_in_data=24, cards=24),
        Template.CATEGORY,
    ),
    (
        "category with an item list of products",
        None,
        page("/shoes/", types=("Product", "ItemList"), products_in_data=24, cards=24),
        Template.CATEGORY,
    ),
    (
        "product with a list of related ones",
        None,
        page(
            "/shoes/runner-3",
            types=("Product", "ItemList"),
            products_in_data=7,
            sku="R3",
            og_type="product",
            cards=6,
            forms=(ADD,),
        ),
        Template.PRODUCT,
    ),
    ("facet parameter on a category", None, page("/category/shoes?q=%3Arelevance", cards=24), Template.CATEGORY),
    (
        "product named like a cart",
        None,
        page("/product/cart-cover/", types=("Product",), products_in_data=1),
        Template.PRODUCT,
    ),
    ("category of bags", None, page("/category/sleeping-bags", cards=12), Template.CATEGORY),
    (
        "category of contact lenses",
        None,
        page("/contact-lenses", cards=24, facts=words(lang="en", h1="Contact lenses")),
        Template.CATEGORY,
    ),
    (
        "category of bags at the root",
        None,
        page("/bags", cards=24, price_like=24, facts=words(lang="en", h1="Bags")),
        Template.CATEGORY,
    ),
    (
        "login drawer on a product",
        None,
        page("/product/lamp", types=("Product",), products_in_data=1, has_password_field=True),
        Template.PRODUCT,
    ),
    (
        "blog article that shows four products",
        None,
        page("/blog/best-lamps", types=("BlogPosting",), cards=4),
        Template.CONTENT,
    ),
    ("home page of another language", None, page("/en/", cards=12), Template.HOME),
    ("sale", None, page("/pl/wyprzedaz", cards=12), Template.CATEGORY),
    ("nothing", None, page("/xyz"), Template.OTHER),
]


@pytest.mark.parametrize(("platform", "facts", "template"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_template(platform: str | None, facts: PageFacts, template: Template) -> None:
    found, because = classify(facts, SHOP, home_url=HOME, platform=platform_named(platform))
    assert found is template, because
    assert because


@pytest.mark.parametrize("url", [HOME, "https://shop.example", "https://shop.example/#top"])
def test_the_home_address_is_home_whatever_it_holds(url: str) -> None:
    facts = page("/", cards=24, price_like=40).model_copy(update={"url": url})
    assert classify(facts, SHOP, home_url=HOME) == (Template.HOME, ("it is the start page",))


def test_without_signals_it_says_so() -> None:
    assert classify(page("/abc"), SHOP, home_url=HOME) == (Template.OTHER, ("nothing says what it is",))


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
