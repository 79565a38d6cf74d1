"""The product page."""

import json
from collections.abc import Callable
from typing import Any

from benchmarks.accuracy.mutation import Edit, alike, all_of, beside_price, defect, removing, without
from benchmarks.accuracy.remedies import STOCK
from benchmarks.accuracy.shop_page import MONEY, ShopPage

PDP = "product"


def _own_amounts(page: ShopPage) -> list[Any]:
    """Every amount of money on the page but in lists of other products and in what the remedies say of delivery."""
    return [text for text in page.main.find_all(string=MONEY)
            if text.parent is not None and text.parent.name not in ("script", "style")
            and not text.find_parent(class_="bench")]  # fmt: skip


def _no_price(page: ShopPage) -> None:
    """The first amount after the heading and those of the table go; those of other products stay."""
    related = {id(card) for card in page.cards}
    for text in _own_amounts(page):
        if not any(id(parent) in related for parent in text.parents):
            text.replace_with("")


def _price_as(change: Callable[[str], str]) -> Edit:
    def edit(page: ShopPage) -> None:
        price = page.price
        if price is None:
            raise LookupError("the page has no price")
        text = price.find(string=MONEY)
        assert text is not None
        text.replace_with(change(str(text)))

    return edit


def _no_currency(page: ShopPage) -> None:
    for text in _own_amounts(page):
        text.replace_with("".join(c for c in str(text) if c not in "£$€"))


def _reduced(reference: str) -> Edit:
    """A crossed-out higher price before the price."""

    def edit(page: ShopPage) -> None:
        price = page.price
        if price is None:
            raise LookupError("the page has no price")
        sign = next((c for c in price.get_text() if c in "£$€"), "£")
        page.before(price, f"<del>{sign}99.00</del> ")
        page.after(price, reference)

    return edit


def _no_stock(page: ShopPage) -> None:
    for text in page.soup.find_all(string=STOCK):
        place = text.parent
        if place is not None:
            (place.find_parent("tr") or place).decompose()
    for row in page.soup.find_all(["tr", "div"]):
        if row.name == "tr" and "vailab" in row.get_text():
            row.decompose()
    _offer(availability=None)(page)


def _sold_out_but_sold(page: ShopPage) -> None:
    for text in page.soup.find_all(string=STOCK):
        text.replace_with("Out of stock")
    _offer(availability="https://schema.org/OutOfStock")(page)


def _sold_out(page: ShopPage) -> None:
    _sold_out_but_sold(page)
    if page.buy_button is not None:
        page.buy_button["disabled"] = ""
        page.buy_button.string = "Sold out"


def _data(change: Callable[[dict[str, Any]], object]) -> Edit:
    def edit(page: ShopPage) -> None:
        found = False
        for script in page.soup.select('script[type="application/ld+json"]'):
            data = json.loads(script.string or "{}")
            if data.get("@type") == "Product":
                found = True
                change(data)
                script.string = json.dumps(data)
        if not found:
            raise LookupError("the page has no data of a product")

    return edit


def _offer(**changes: Any) -> Edit:
    def change(data: dict[str, Any]) -> None:
        for name, value in changes.items():
            data["offers"].pop(name, None)
            if value is not None:
                data["offers"][name] = value

    return _data(change)


def _thin(data: dict[str, Any]) -> None:
    for name in ("sku", "gtin13", "brand", "aggregateRating", "description"):
        data.pop(name, None)
    for name in ("availability", "shippingDetails", "hasMerchantReturnPolicy", "itemCondition", "url"):
        data["offers"].pop(name, None)


def _no_data(page: ShopPage) -> None:
    for script in page.soup.select('script[type="application/ld+json"]'):
        if '"Product"' in (script.string or ""):
            script.decompose()


def _as_graph(page: ShopPage) -> None:
    for script in page.soup.select('script[type="application/ld+json"]'):
        data = json.loads(script.string or "{}")
        if data.get("@type") == "Product":
            data.pop("@context")
            data["@type"] = ["Product"]
            data["offers"] = [data["offers"]]
            script.string = json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, data]})


def _undescribed(page: ShopPage) -> None:
    for tag in page.description:
        tag.decompose()
    without("text")(page)
    _data(lambda data: data.pop("description"))(page)


def _folded(page: ShopPage) -> None:
    for tag in page.soup.select(".bench-text"):
        tag.wrap(page.soup.new_tag("details"))


def _no_reviews(page: ShopPage) -> None:
    without("reviews")(page)
    for text in page.main.find_all(string=lambda text: "review" in text.lower()):
        if text.parent is not None and text.parent.name not in ("script", "style"):
            (text.find_parent("tr") or text.parent).decompose()
    for tag in page.main.select('[class*="star-rating"], [class*="review"], [id*="review"], a[href*="review"]'):
        if not tag.decomposed:
            tag.decompose()
    _data(lambda data: data.pop("aggregateRating"))(page)


def _replace(selector: str, html: str) -> Edit:
    def edit(page: ShopPage) -> None:
        for tag in page.soup.select(selector):
            page.after(tag, html)
            tag.decompose()

    return edit


def _rating_without_number(page: ShopPage) -> None:
    _no_reviews(page)
    page.add(page.main, "<p>Rated 4.6 out of 5 stars</p>")


def _unrelated(page: ShopPage) -> None:
    """No other product is linked from the page's main part."""
    without("others")(page)
    for card in page.cards:
        card.decompose()
    for tag in page.main.find_all(["h2", "h3"], string=lambda text: bool(text) and "ecently" in text):
        tag.decompose()


def _subscribed(chosen: str, terms: str = "") -> Edit:
    once, often = ("checked", "") if chosen == "once" else ("", "checked")
    return beside_price(
        f'<fieldset><legend>How often?</legend><p><label><input type="radio" name="plan" value="once" {once}> One-time '
        f'purchase</label></p><p><label><input type="radio" name="plan" value="month" {often}> Subscribe and save '
        f"10 %, delivered every month</label></p></fieldset>{terms}"
    )


PRODUCT = (
    defect("price-removed", "no price on the product page", "PDP-001", PDP, _no_price, also="MOB-007"),
    defect("price-on-request-while-sold", "the price is a dash", "PDP-001", PDP,
           all_of(_no_price, _replace("p.none", "")), device="mobile"),
    defect("price-without-currency", "amounts without a currency", "PDP-001", PDP, _no_currency),
    alike("price-with-from", "the price says From", "PDP-001", PDP, _price_as(lambda text: f"From {text.strip()}")),
    alike("price-with-tax-word", "the price says incl. tax", "PDP-001", PDP,
          _price_as(lambda text: f"{text.strip()} incl. tax")),
    alike("price-with-crossed-out", "a crossed-out price beside it", "PDP-001 PDP-002", PDP, _reduced("")),
    alike("price-with-instalments", "the price of an instalment below", "PDP-001", PDP,
          beside_price("<p style='font-size:12px'>or 3 payments of £2.84 with a plan</p>")),
    defect("stock-removed", "nothing says whether it is in stock, or when it comes", "PDP-003", PDP,
           all_of(_no_stock, without("delivery")), also="PDP-015 PDP-010"),
    defect("stock-contradicts-button", "out of stock while the button sells", "PDP-003", PDP, _sold_out_but_sold,
           also="PDP-014"),
    alike("stock-out-and-button-off", "out of stock, and the button is off", "PDP-003 PDP-001", PDP, _sold_out,
          also="MOB-009 A11Y-003"),
    alike("stock-of-other-shops", "a branch is out of stock", "PDP-003", PDP,
          lambda page: page.add(page.main, "<p>Pick up in York: out of stock, Leeds: in stock</p>")),
    defect("description-removed", "the product is not described", "PDP-006", PDP, _undescribed, also="PDP-015 MOB-007"),
    alike("description-in-a-fold", "the description folds away", "PDP-006", PDP,
          _folded),
    defect("returns-unsaid", "no word on returns", "PDP-009", PDP, without("return"), also="MOB-007"),
    alike("returns-in-other-words", "Send it back within 60 days", "PDP-009", PDP,
          _replace(".bench-return", "<p>Changed your mind? Send it back within 60 days for a full refund.</p>")),
    defect("delivery-unsaid", "neither cost nor time of delivery", "PDP-010", PDP, without("delivery"), also="MOB-007"),
    defect("delivery-cost-only", "the time of delivery is missing", "PDP-010", PDP,
           _replace(".bench-delivery", "<p>Delivery costs £3.95.</p>")),
    defect("delivery-time-only", "the cost of delivery is missing", "PDP-010", PDP,
           _replace(".bench-delivery", "<p>Delivered in 2-4 working days.</p>")),
    alike("delivery-in-other-words", "Free shipping, arrives by a weekday", "PDP-010", PDP,
          _replace(".bench-delivery", "<p>Free shipping. Arrives in 3 to 5 business days.</p>")),
    defect("reviews-removed", "no reviews", "PDP-011", PDP, _no_reviews, every=True, also="PDP-012 MOB-007 PDP-015"),
    defect("rating-without-number", "stars without a number of reviews", "PDP-011", PDP, _rating_without_number,
           every=True, also="PDP-012 PDP-015"),
    defect("reviews-unspread", "23 reviews, and nothing shows how their stars are spread", "PDP-012", PDP,
           removing(".bench-reviews ul:first-of-type")),
    alike("reviews-in-brackets", "4.6 (23)", "PDP-011", PDP,
          all_of(_replace(".bench-reviews", '<div class="bench"><p>★★★★☆ 4.6 (23 ratings)</p></div>')), also="PDP-012"),
    defect("related-removed", "no link to another product", "PDP-013", PDP, _unrelated),
    defect("data-removed", "no data of the product", "PDP-015", PDP, _no_data),
    defect("data-price-zero", "the data's price is 0", "PDP-015", PDP, _offer(price="0.00"), also="PDP-014 PDP-001"),
    defect("data-without-currency", "the data name no currency", "PDP-015", PDP, _offer(priceCurrency=None)),
    defect("data-without-name", "the data have no name", "PDP-015", PDP, _data(lambda data: data.pop("name"))),
    defect("data-thin", "the data hold what is required and no more", "PDP-015", PDP, _data(_thin)),
    alike("data-in-a-graph", "the data are in a graph", "PDP-015", PDP, _as_graph),
    alike("data-as-numbers", "the price is a number", "PDP-015", PDP,
          _data(lambda data: data["offers"].update(price=float(data["offers"]["price"])))),
    defect("subscription-chosen", "a subscription is chosen in advance", "DRK-010", PDP, _subscribed("often"),
           also="MOB-004 MOB-009"),
    alike("subscription-offered", "a subscription is offered, one order is chosen", "DRK-010", PDP, _subscribed("once"),
          also="MOB-004 MOB-009"),
)  # fmt: skip
