"""What is noted of a page beside the buyer's way, from what the journey sees of it."""

from typing import Any

import pytest

from auditor.browser.journey.observing_page import add_feedback, cart_line, guest_choice, page_seen, review
from auditor.evidence import Box, Change, Control, FieldSeen, Ranked, Sight, Sum
from auditor.identity import identity_for
from auditor.journey_ranking.checkout_state import Guest
from auditor.journey_ranking.standing import Product
from auditor.reading.checkout_payments import payments_in
from auditor.reading.checkout_sums import delivery_told

MUG = Product("Alder stoneware mug", "£12.00")
BOX = Box(x=20, y=400, width=200, height=44)


def control(name: str, **fields: Any) -> Control:
    return Control.model_validate(
        {"index": 1, "selector": "button", "tag": "button", "name": name, "box": BOX} | fields
    )


def field(label: str, **fields: Any) -> FieldSeen:
    made = {"index": 2, "selector": "input", "tag": "input", "name": "field", "label": label, "box": BOX}
    return FieldSeen.model_validate(made | fields)


def sight(**fields: Any) -> Sight:
    return Sight.model_validate({"url": "https://shop.example/p/mug", "viewport_height": 800} | fields)


def change(where: str, text: str, **fields: Any) -> Change:
    return Change.model_validate({"ms": 120, "where": where, "text": text} | fields)


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ([change("dialog", "Added: Alder stoneware mug")], ("drawer",)),
        ([change("live", "Added to your cart")], ("message",)),
        ([change("header", "Cart 1")], ("badge",)),
        ([change("header", "Cart 1", in_view=False)], ("hidden-badge",)),
        ([change("control", "Added")], ("control",)),
        ([change("page", "Alder stoneware mug is in your basket")], ("message",)),
        ([change("page", "Loading"), change("header", "Menu")], ()),
        ([change("layer", "")], ()),
    ],
)
def test_what_confirms_an_addition_is_told_by_where_it_changed(changes: list[Change], shown: tuple[str, ...]) -> None:
    feedback = add_feedback(1, sight(), sight(), changes, False, 120, MUG, "en")
    assert feedback.shown == shown
    assert feedback.after_ms == (120 if set(shown) - {"hidden-badge"} else None)


def test_a_shop_that_leads_to_its_cart_has_confirmed() -> None:
    cart = sight(url="https://shop.example/cart", text="Alder stoneware mug £12.00")
    assert "cart" in add_feedback(1, sight(), cart, (), True, 800, MUG, "en").shown


def test_a_page_that_only_loads_again_has_not() -> None:
    page = sight(text="Alder stoneware mug £12.00 Add to basket")
    assert add_feedback(1, page, page, (), True, 800, MUG, "en").shown == ()


@pytest.mark.parametrize(
    ("text", "value", "quantity"),
    [
        ("Mug £24.00", "2", 2),
        ("Mug ۲", "۲", 2),
        ("2 × Mug £24.00", None, 2),
        ("Mug x 3", None, 3),
        ("Mug 350 ml", None, None),
    ],
)
def test_the_quantity_of_a_line_is_its_field_s_or_its_factor(
    text: str, value: str | None, quantity: int | None
) -> None:
    raw = {"selector": "li", "box": None, "text": text, "links": ["Mug"], "controls": [], "amounts": ["£12.00"],
           "picture": True, "value": value, "editable": value is not None}  # fmt: skip
    assert cart_line(raw, Product("Mug", ""), "en").quantity == quantity


@pytest.mark.parametrize(
    ("said", "removes"),
    [
        ({"name": "Usuń", "marks": "button quiet"}, True),
        ({"name": "حذف", "marks": "button"}, True),
        ({"name": "×", "marks": ""}, True),
        ({"name": "", "marks": "icon-trash"}, True),
        ({"name": "Update", "marks": "button"}, False),
    ],
)
def test_what_takes_a_line_out_is_told_by_word_mark_or_sign(said: dict[str, str], removes: bool) -> None:
    raw = {"selector": "li", "box": None, "text": "Mug", "links": [], "controls": [said], "amounts": ["12 zł"],
           "picture": True, "value": "1", "editable": True}  # fmt: skip
    assert cart_line(raw, Product("Mug", ""), None).remove is removes


def test_ticked_boxes_and_codes_are_noted_and_those_of_the_footer_are_not() -> None:
    seen = page_seen(
        3,
        sight(
            fields=[
                field("Send me the newsletter", type="checkbox", filled=True),
                field("Remember me", type="checkbox", filled=True, region="footer"),
                field("Voucher code", name="coupon"),
            ],
            sums=[Sum(label="Total", text="£28.00", box=BOX)],
            text="Delivery\n£4.00\nWe accept Visa and PayPal\nA fine mug",
        ),
        ["icon-mastercard"],
        "en",
    )
    assert [one.label for one in seen.ticks] == ["Send me the newsletter"]
    assert [one.label for one in seen.coupons] == ["Voucher code"]
    assert seen.payments == ("Visa", "Mastercard", "PayPal")
    assert seen.total_y == 400
    assert "A fine mug" not in seen.lines


def test_a_guest_s_link_below_the_password_is_below_the_log_in() -> None:
    way = control("continue as guest", tag="a", target="https://shop.example/guest", contrast=0.0,
                  box=Box(x=20, y=700, width=120, height=18))  # fmt: skip
    page = sight(controls=[way], fields=[field("Password", type="password")])
    ranked = {"index": 1, "selector": "a", "name": "continue as guest", "tag": "a", "score": 0.6}
    choice = guest_choice(3, page, Guest(None, Ranked.model_validate(ranked)))
    assert (choice.kind, choice.below_login) == ("link", True)


def test_the_review_reads_the_order_button_and_presses_nothing() -> None:
    who = identity_for("PL", "pl")
    page = sight(
        language="pl",
        text=f"Alder stoneware mug\n{who.last_name}, {who.street}, {who.postcode} {who.city}",
        controls=[control("Zamawiam z obowiązkiem zapłaty", attributes={"class": "button place-order"}),
                  control("Zmień", index=3, tag="a", target="https://shop.example/checkout")],
        sums=[Sum(label="Dostawa", text="19,95 zł"), Sum(label="Razem", text="79,95 zł")],
    )  # fmt: skip
    found = review(6, page, MUG, who, "pl")
    assert (found.items, found.address, found.delivery, found.total, found.edit) == (True, True, True, True, True)
    assert (found.button, found.sure) == ("Zamawiam z obowiązkiem zapłaty", True)


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("Przyjmujemy BLIK, Przelewy24 i przelew", ("BLIK", "Przelewy24", "Bank transfer")),
        ("پرداخت در محل و درگاه پرداخت", ("On delivery", "Online gateway")),
        ("An ideal chair in striped linen", ()),
        ("payment_visa.svg", ("Visa",)),
        ("Provisional dates", ()),
    ],
)
def test_ways_of_paying_are_known_by_name_and_not_by_chance(text: str, ways: tuple[str, ...]) -> None:
    assert payments_in([text]) == ways


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["Delivery", "£4.00", "Total"], "amount"),
        (["Delivery", "Free", "Total"], "free"),
        (["Dostawa gratis"], "free"),
        (["Shipping calculated at checkout"], "later"),
        (["Delivery and returns"], "named"),
        (["Free delivery over £50", "Delivery", "Free"], "free"),
        (["Free delivery over £50", "Delivery", "£4.00"], "amount"),
        (["Free delivery over £50"], "amount"),
        (["Total"], ""),
    ],
)
def test_what_a_cart_says_of_the_cost_of_delivery(lines: list[str], told: str) -> None:
    assert delivery_told(lines, "pl" if "Dostawa" in lines[0] else "en") == told
