"""What the data and the structure of a page say, whatever its language."""

import re
from collections.abc import Iterator

from auditor.classify.clues import Clue
from auditor.evidence import FormFacts, PageFacts, PageSignals, Template
from auditor.lexicon import path_segments

MANY_CARDS = 4
_ADDS = re.compile(
    r"(?:cart|basket|bag|koszyk|warenkorb|panier|carrito|carrello|carrinho|winkelwagen|sepet)[/._-]?add|add[-_/]?(?:item)?[-_/]?to[-_/]?(?:cart|basket|bag)"
    r"|line-item/add|addproducttocart|cart/mine/items|cart-addproduct|[?&]add=",
    re.IGNORECASE,
)
_ADD_NAMES = frozenset(
    [
        "add-to-cart",
        "add_to_cart",
        "addtocart",
        "product_id",
        "id_product",
        "productid",
        "product-id",
        "variation_id",
        "id_product_attribute",
        "dodaj",
        "add-to-basket",
    ]
)
_QUANTITY = re.compile(
    r"^(?:(?:add|item|product|cart|order)[-_])?"
    r"(?:quantity|qty|quantity_wanted|amount|count|ilosc|menge|anzahl|quantite|cantidad|tedad|adet|qtybutton)(?:\[\])?$",
    re.IGNORECASE,
)
_LINES = re.compile(
    r"^(?:updates\[|cart\[.+\]\[(?:qty|quantity)\]|quantity\[.+\]|form-\d+-quantity|items?\[.+\]\[(?:qty|quantity)\])",
    re.IGNORECASE,
)
_VOUCHER = re.compile(r"coupon|voucher|promo|discount|gutschein|rabat|kupon|takhfif", re.IGNORECASE)
_ADDRESS = re.compile(
    r"first_?name|last_?name|surname|street|address(?:_?1|_?line)?\b|line1|post_?code|postal|zip|city|country|phone|telephone|region|imie|nazwisko|ulica|miasto",
    re.IGNORECASE,
)
_LISTS = ("ItemList", "CollectionPage", "OfferCatalog", "ProductCollection")
_READS = (
    "Article",
    "BlogPosting",
    "NewsArticle",
    "Blog",
    "ContactPage",
    "AboutPage",
    "FAQPage",
    "QAPage",
    "Recipe",
    "HowTo",
    "MerchantReturnPolicy",
)


def adding_forms(signals: PageSignals) -> list[FormFacts]:
    """Forms that put a product into the cart."""
    return [
        form
        for form in signals.forms
        if _ADDS.search(form.action) or _ADD_NAMES & {n.lower() for n in form.names} or _adds_by_name(form)
    ]


def from_data(facts: PageFacts) -> Iterator[Clue]:
    signals = facts.signals
    types = set(signals.types)
    product, lists = bool(types & {"Product", "ProductGroup"}), types & set(_LISTS)
    if "SearchResultsPage" in types:
        yield Clue(Template.SEARCH, 5.0, "its data call it a page of search results")
    if "CheckoutPage" in types:
        yield Clue(Template.CHECKOUT, 5.0, "its data call it a checkout")
    if product and signals.products_in_data <= 1:
        yield Clue(Template.PRODUCT, 5.0, "its data describe one product")
    elif product and signals.sku and signals.cards < signals.products_in_data:
        yield Clue(Template.PRODUCT, 3.5, "its data describe a product among others")
    elif product and signals.products_in_data >= 3:
        yield Clue(Template.CATEGORY, 1.5, f"its data describe {signals.products_in_data} products")
        if not lists:
            yield Clue(Template.PRODUCT, 1.0, "its data describe products")
    if lists and not (product and signals.products_in_data <= 1):
        yield Clue(Template.CATEGORY, 3.0, "its data call it a list of items")
    reads = types & set(_READS)
    if reads and not product and not lists:
        yield Clue(Template.CONTENT, 4.0, f"its data call it {min(reads)}")
    og = (signals.og_type or "").lower()
    if og in ("product", "og:product", "product.item"):
        yield Clue(Template.PRODUCT, 3.5, "its Open Graph type is product")
    elif og in ("product.group", "product:group", "product.category"):
        yield Clue(Template.CATEGORY, 3.5, "its Open Graph type is a group of products")
    elif og in ("article", "blog"):
        yield Clue(Template.CONTENT, 1.5, f"its Open Graph type is {og}")


def from_structure(facts: PageFacts) -> Iterator[Clue]:
    signals = facts.signals
    adding = adding_forms(signals)
    one = 1 <= len(adding) <= 2
    with_quantity = any(_QUANTITY.match(name) for form in adding for name in form.names)
    number = re.search(r"\d{2,}$", "".join(path_segments(facts.url)[-1:]))
    if number and sum(number[0] in re.findall(r"\d+", form.action) for form in adding) == 1:
        yield Clue(Template.PRODUCT, 5.0, "a form puts the item into the cart whose number ends the address")
    if one and with_quantity and len(adding) == 1:
        yield Clue(Template.PRODUCT, 3.5, "one form puts a number of one product into the cart")
    elif one and signals.cards < MANY_CARDS:
        yield Clue(Template.PRODUCT, 2.5, "a form puts a product into the cart, and few others are shown")
    if signals.sku and signals.products_in_data <= 1:
        yield Clue(Template.PRODUCT, 1.5, "an article number is marked")
    yield from _of_cards(facts, len(adding), one and with_quantity)
    lines = sum(bool(_LINES.match(name)) for form in signals.forms for name in form.names)
    if lines:
        yield Clue(Template.CART, 3.5, "a form holds the quantities of several lines")
        if any(_VOUCHER.search(name) for form in signals.forms for name in form.names):
            yield Clue(Template.CART, 1.0, "a discount code can be entered")
    address = max((len({n for n in form.names if _ADDRESS.search(n)}) for form in signals.forms), default=0)
    if address >= 4:
        yield Clue(
            Template.ACCOUNT if signals.has_password_field else Template.CHECKOUT,
            2.0,
            "a form asks for name and address",
        )
    if signals.has_password_field and not signals.cards and not signals.price_like:
        yield Clue(Template.ACCOUNT, 1.5, "it asks for a password and shows no goods")
    if (
        facts.text_chars >= 800
        and not signals.cards
        and signals.price_like <= 1
        and not adding
        and not signals.has_password_field
    ):
        yield Clue(Template.CONTENT, 1.0, "it is mostly text")


def _of_cards(facts: PageFacts, adding: int, sells_one: bool) -> Iterator[Clue]:
    signals = facts.signals
    if signals.cards < MANY_CARDS:
        if adding >= MANY_CARDS:
            yield Clue(Template.CATEGORY, 2.0, f"{adding} forms put products into the cart")
        return
    if sells_one:
        yield Clue(Template.CATEGORY, 1.0, f"{signals.cards} product cards are shown")
        return
    # A handful of cards without a next page may as well be what a product page recommends.
    many = signals.cards >= 2 * MANY_CARDS
    weight = 3.0 if many else 2.5 if signals.has_next_page else 1.5
    yield Clue(Template.CATEGORY, weight, f"{signals.cards} product cards are shown")
    if adding >= MANY_CARDS:
        yield Clue(Template.CATEGORY, 1.0 if many else 0.5, f"{adding} forms put products into the cart")
    if signals.has_next_page:
        yield Clue(Template.CATEGORY, 1.0, "it has a next page")


def _adds_by_name(form: FormFacts) -> bool:
    quantity = any(_QUANTITY.match(name) for name in form.names)
    return quantity and bool(
        {"id", "product", "sku", "item", "pid", "variant", "variant_id", "productid"} & {n.lower() for n in form.names}
    )
