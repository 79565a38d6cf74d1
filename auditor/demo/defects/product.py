"""Defects of the product page."""

from typing import Any

from auditor.demo.defects.defect import (
    Defect,
    Document,
    Edit,
    all_of,
    removing,
    rows,
    setting,
    with_data,
    without_data,
    wording,
)
from auditor.demo.wording import money, number

PRICE = ".price-block .price"


def _bare_number(page: Document) -> None:
    for price in page.every(".price, del"):
        digits = [c for c in price.get_text() if c.isdigit() or c in ".,٬٫"]
        price.string = "".join(digits).strip(".,")


def _second_price(page: Document) -> None:
    for price in page.every(PRICE):
        twin = Document(f"<strong class='price'>{price.get_text()}</strong>", "", page.catalogue).soup.strong
        assert twin is not None
        digits = {
            number(i, page.catalogue.language): number((i + 3) % 9 + 1, page.catalogue.language) for i in range(10)
        }
        shown = price.get_text()
        first = next(c for c in shown if c.isdigit())
        twin.string = shown.replace(first, digits[first], 1)
        price.insert_after(" ", twin)


def _says_out_of_stock(page: Document) -> None:
    text = page.catalogue.words["text"]
    for line in page.every(".stock"):
        line["class"] = "stock out"
        line.string = text["out_of_stock"]
    for button in page.every(".add-to-cart"):
        button.attrs.pop("disabled", None)
        button.string = text["add_to_cart"]


def _offer(**changes: Any) -> Any:
    def change(data: dict[str, Any]) -> None:
        for name, value in changes.items():
            if value is None:
                data["offers"].pop(name, None)
            else:
                data["offers"][name] = value

    return change


def _thin(data: dict[str, Any]) -> None:
    for name in ("sku", "gtin13", "brand", "aggregateRating"):
        data.pop(name)
    for name in ("availability", "shippingDetails", "hasMerchantReturnPolicy"):
        data["offers"].pop(name)


def _without(kinds: str, css: str) -> Edit:
    """Takes out of the pages of these ``kinds`` of product what ``css`` selects."""

    def edit(page: Document) -> None:
        if any(str(main["data-picture"]).startswith(tuple(kinds.split())) for main in page.every(".product")):
            removing(css)(page)

    return edit


def _first_without(kind: str, css: str) -> Edit:
    """Takes it out of the page of the first product of a kind alone."""

    def edit(page: Document) -> None:
        name = page.catalogue.within(kind)[0].name
        if any(heading.get_text(strip=True) == name for heading in page.every("h1")):
            removing(css)(page)

    return edit


def _reduced(page: Document) -> None:
    for price in page.every(PRICE):
        now = int("".join(digit for digit in price.get_text() if digit.isdecimal()))
        cents = 100 if page.catalogue.language != "fa" else 1
        was = money(now // cents * 2, page.catalogue.language)
        page.add(".price-block", f'<p class="was"><del>{was}</del></p>')


ON = rows("product")

PRODUCT = (
    Defect(
        "product-price-missing",
        "Product pages show no price",
        rows("PDP-001"),
        ON,
        part="price",
        edit=removing(".price-block"),
    ),
    Defect(
        "product-price-without-currency",
        "Prices are shown without a currency",
        rows("PDP-001"),
        ON,
        part="price",
        edit=_bare_number,
    ),
    Defect(
        "product-two-prices",
        "Two different prices of the same size stand side by side",
        rows("PDP-001"),
        ON,
        doubtful=True,
        part="price",
        edit=_second_price,
    ),
    Defect(
        "product-stock-missing",
        "Product pages do not say whether the product is available",
        rows("PDP-003"),
        ON,
        also=rows("PDP-010"),
        part="price",
        edit=all_of(
            removing(".stock", ".facts .delivery", ".note"),
            setting(".add-to-cart", "disabled", None),
            wording(".add-to-cart", lambda page: page.catalogue.words["text"]["add_to_cart"]),
            with_data("Product", _offer(availability=None)),
        ),
    ),
    Defect(
        "product-stock-contradicted",
        "The page says out of stock while the button sells",
        rows("PDP-003"),
        ON,
        edit=_says_out_of_stock,
    ),
    Defect("product-markup-missing", "Product pages have no markup", rows("PDP-015"), ON, edit=without_data("Product")),
    Defect(
        "product-markup-price-zero",
        "The price in the markup is 0",
        rows("PDP-015"),
        ON,
        edit=with_data("Product", _offer(price="0.00")),
    ),
    Defect(
        "product-markup-no-currency",
        "The markup names no currency",
        rows("PDP-015"),
        ON,
        edit=with_data("Product", _offer(priceCurrency=None)),
    ),
    Defect(
        "product-markup-thin",
        "The markup holds only what is required",
        rows("PDP-015"),
        ON,
        edit=with_data("Product", _thin),
    ),
    Defect(
        "product-description-missing",
        "Products are not described",
        rows("PDP-006"),
        ON,
        edit=all_of(
            removing("section[aria-labelledby=description] p", ".details"),
            with_data("Product", lambda data: data.pop("description")),
        ),
    ),
    Defect(
        "product-returns-unsaid",
        "Product pages do not speak of returns",
        rows("PDP-009"),
        ON,
        part="returns",
        edit=removing(".facts .return"),
    ),
    Defect(
        "product-delivery-unsaid",
        "Product pages name neither the cost nor the time of delivery",
        rows("PDP-010"),
        ON,
        also=rows("PDP-003"),
        edit=removing(".facts .delivery", ".promise", ".tax", ".note"),
    ),
    Defect(
        "product-reviews-missing",
        "Product pages show no reviews",
        rows("PDP-011"),
        ON,
        part="reviews",
        edit=all_of(
            removing(".rating", "#reviews", ".stars", ".card-rating"),
            with_data("Product", lambda data: data.pop("aggregateRating")),
        ),
    ),
    Defect(
        "product-related-missing",
        "Product pages lead to no other product",
        rows("PDP-013"),
        ON,
        edit=removing("section[aria-labelledby=related]"),
    ),
    Defect(
        "product-table-missing",
        "Vases and bowls lack the table of properties that all others have",
        rows("PDP-007"),
        ON,
        also=rows("PDP-008"),
        products=6,
        edit=_without("vase bowl", "section[aria-labelledby=details]"),
    ),
    Defect(
        "product-warranty-missing",
        "A bowl lacks the term of warranty that all others have",
        rows("PDP-008"),
        ON,
        products=6,
        at="bowl",
        edit=_first_without("bowl", ".details tr:nth-of-type(5)"),
    ),
    Defect(
        "product-reduction-bare",
        "Prices are reduced from prices that nobody asked",
        rows("PDP-002"),
        ON,
        language="pl",
        edit=all_of(removing(".was"), _reduced),
    ),
)
