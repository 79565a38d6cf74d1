"""Pages of shops of no known platform get their template from structure and words, in English, Polish, Persian and others."""

import pytest

from auditor.classify import classify
from auditor.evidence import FormFacts, PageFacts, Template
from tests.factories.facts import ADD, HOME, SHOP, page

CASES: list[tuple[str, PageFacts, Template]] = [
    (
        "custom Persian product by structure alone",
        page(
            "/%DA%A9%D9%81%D8%B4-%D9%88%D8%B1%D8%B2%D8%B4%DB%8C",
            facts={"lang": "fa", "h1": "کفش ورزشی مردانه"},
            forms=(FormFacts(action="/add-to-basket", method="post", names=("productId", "count")),),
            price_like=1,
        ),
        Template.PRODUCT,
    ),
    (
        "custom Persian category by structure alone",
        page("/men-shoes", facts={"lang": "fa", "h1": "کفش مردانه"}, cards=20, price_like=24, has_next_page=True),
        Template.CATEGORY,
    ),
    ("Persian cart slug, percent-encoded", page("/%D8%B3%D8%A8%D8%AF-%D8%AE%D8%B1%DB%8C%D8%AF/"), Template.CART),
    ("Persian contact slug", page("/تماس-با-ما"), Template.CONTENT),
    ("Persian rules slug", page("/%D9%82%D9%88%D8%A7%D9%86%DB%8C%D9%86"), Template.CONTENT),
    ("Persian about slug", page("/درباره-ما/"), Template.CONTENT),
    ("Persian product slug", page("/product/%DA%A9%D9%81%D8%B4/", price_like=1), Template.PRODUCT),
    ("Persian search", page("/?s=%DA%A9%D9%81%D8%B4", cards=3), Template.SEARCH),
    (
        "Persian returns heading only",
        page("/page/17", facts={"lang": "fa", "h1": "شرایط بازگشت کالا", "text_chars": 2500}),
        Template.CONTENT,
    ),
    (
        "Polish listing under an item-like address",
        page("/p/123", facts={"lang": "pl"}, cards=30, price_like=31, has_next_page=True),
        Template.CATEGORY,
    ),
    (
        "Polish product under the same address",
        page(
            "/p/123",
            facts={"lang": "pl"},
            forms=(FormFacts(action="/koszyk/add", method="post", names=("product_id", "ilosc")),),
            cards=6,
        ),
        Template.PRODUCT,
    ),
    ("Polish cart", page("/koszyk"), Template.CART),
    ("Polish rules", page("/regulamin"), Template.CONTENT),
    ("Polish policy with a long slug", page("/polityka-prywatnosci-i-cookies-sklepu"), Template.CONTENT),
    (
        "Polish returns by heading",
        page("/i/12", facts={"lang": "pl-PL", "h1": "Zwroty i reklamacje", "text_chars": 3000}),
        Template.CONTENT,
    ),
    ("Polish search", page("/szukaj?fraza=kurtka", cards=4), Template.SEARCH),
    ("German cart", page("/warenkorb.php"), Template.CART),
    ("Czech cart", page("/cs/kosik/"), Template.CART),
    (
        "category whose cards are microdata products",
        page("/shoes/", types=("Product", "Offer"), products_in_data=24, cards=24),
        Template.CATEGORY,
    ),
    (
        "category with an item list of products",
        page("/shoes/", types=("Product", "ItemList"), products_in_data=24, cards=24),
        Template.CATEGORY,
    ),
    (
        "product with a list of related ones",
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
    ("facet parameter on a category", page("/category/shoes?q=%3Arelevance", cards=24), Template.CATEGORY),
    (
        "product named like a cart",
        page("/product/cart-cover/", types=("Product",), products_in_data=1),
        Template.PRODUCT,
    ),
    ("category of bags", page("/category/sleeping-bags", cards=12), Template.CATEGORY),
    (
        "category of contact lenses",
        page("/contact-lenses", cards=24, facts={"lang": "en", "h1": "Contact lenses"}),
        Template.CATEGORY,
    ),
    (
        "category of bags at the root",
        page("/bags", cards=24, price_like=24, facts={"lang": "en", "h1": "Bags"}),
        Template.CATEGORY,
    ),
    (
        "login drawer on a product",
        page("/product/lamp", types=("Product",), products_in_data=1, has_password_field=True),
        Template.PRODUCT,
    ),
    (
        "blog article that shows four products",
        page("/blog/best-lamps", types=("BlogPosting",), cards=4),
        Template.CONTENT,
    ),
    ("posts under one tag of a blog", page("/blog/tag/tips"), Template.CONTENT),
    ("posts of one kind, in Polish", page("/blog/kategoria/porady"), Template.CONTENT),
    ("list of goods below a blog", page("/blog/category/mugs", cards=24, price_like=24), Template.CATEGORY),
    ("home page of another language", page("/en/", cards=12), Template.HOME),
    ("sale", page("/pl/wyprzedaz", cards=12), Template.CATEGORY),
    ("nothing", page("/xyz"), Template.OTHER),
]


@pytest.mark.parametrize(("facts", "template"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_template(facts: PageFacts, template: Template) -> None:
    found, because = classify(facts, SHOP, home_url=HOME)
    assert found is template, because
    assert because
