"""Pages of many platforms, as their raw HTML describes them, get the template a person would give them."""

import pytest

from auditor.classify import classify
from auditor.evidence import FormFacts, PageFacts, Template
from auditor.platforms import platform_named
from tests.factories.facts import ADD, HOME, SHOP, page

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
    ("Shopify policy", "Shopify", page("/policies/refund-policy", facts={"text_chars": 4000}), Template.CONTENT),
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
    (
        "Odoo product with alternatives, platform unknown",
        None,
        page(
            "/shop/ipad-retina-display-10",
            products_in_data=5,
            cards=8,
            price_like=18,
            forms=(FormFacts(action="/shop/cart/update", method="post", names=("product_id", "add_qty")),),
        ),
        Template.PRODUCT,
    ),
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
]


@pytest.mark.parametrize(("platform", "facts", "template"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_template(platform: str | None, facts: PageFacts, template: Template) -> None:
    found, because = classify(facts, SHOP, home_url=HOME, platform=platform_named(platform))
    assert found is template, because
    assert because
