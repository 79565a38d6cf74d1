"""A bare "Buy": pressed where it fills the cart, and nowhere else."""

from typing import Any

import pytest

from auditor.interlock import (
    Act,
    Allowed,
    Clickable,
    Field,
    Intent,
    Kind,
    Phase,
    Refused,
    Sent,
    decide,
    judge_click,
)
from tests.factories.controls import CARD, EMAIL, NUMBER, PAYMENT, SHOP, SIZE, STEPS, STREET, TERMS, button


@pytest.mark.parametrize(
    ("label", "language"),
    [("Buy", "en"), ("Buy", "pl"), ("Kaufen", "de")],
)
def test_a_bare_buy_may_be_pressed_on_a_product_page_and_nowhere_else(label, language):
    def buy(action: str, *fields: Field, url: str = f"{SHOP}/p/mug", steps: tuple[str, ...] = (), **more: Any):
        return button(label, action, *fields, language=language, url=url, steps=steps, **more)

    for may in (buy("/cart/", NUMBER), buy("/p/mug", NUMBER, SIZE), buy("/p/mug", SIZE), buy("/basket/add/7", NUMBER)):
        for phase in (Phase.BROWSING, Phase.CART):
            verdict = judge_click(may, phase)
            assert isinstance(verdict, Allowed)
            assert verdict.act.adds is (phase is Phase.CART)
        for phase in (Phase.DETAILS, Phase.PAYMENT_SEEN):
            assert isinstance(judge_click(may, phase), Refused), phase
    for asked in (EMAIL, STREET, CARD, PAYMENT, TERMS):
        for phase in (Phase.BROWSING, Phase.CART):
            assert isinstance(judge_click(buy("/cart/", NUMBER, asked), phase), Refused), asked
    never = (
        buy("/p/mug"),
        buy("/x", NUMBER),
        buy("/p/mug", NUMBER, NUMBER),
        buy("/cart/", NUMBER, more=(STREET,)),
        buy("/cart/", NUMBER, url=f"{SHOP}/cart/"),
        buy("/p/mug", NUMBER, steps=STEPS),
        buy("/order", NUMBER),
        buy("/cart/", NUMBER, names=("btn place-order",)),
    )
    for control in never:
        assert isinstance(judge_click(control, Phase.CART), Refused), control


def test_an_attribute_that_repeats_the_label_says_no_more_than_the_label() -> None:
    def kaufen(*names: str, label: str = "Kaufen") -> Clickable:
        return button(label, "/cart/", NUMBER, language="de", url=f"{SHOP}/p/mug", steps=(), names=names)

    assert isinstance(judge_click(kaufen("data-label=Kaufen"), Phase.CART), Allowed)
    for control in (
        kaufen("data-label=Jetzt kaufen"),
        kaufen("placeOrder"),
        kaufen("placeOrder", label=""),
        kaufen("data-action=submit-order", label=""),
        kaufen("data-label=Zahlungspflichtig bestellen", label="Zahlungspflichtig bestellen"),
    ):
        assert isinstance(judge_click(control, Phase.CART), Refused), control


BOUGHT = Act(intent=Intent.PRESS, target=f"{SHOP}/p/mug", adds=True)


@pytest.mark.parametrize(
    ("path", "body", "leaves"),
    [("/p/mug", "quantity=1", True), ("/cart/add", "product=7", True), ("/x", "quantity=1", False), ("/p/mug", "x=1", False),
     ("/p/mug", "quantity=1&action=place_order", False), ("/order", "quantity=1", False), ("/p/mug", "quantity=1&payment_method=cod", False)],
)  # fmt: skip
def test_what_a_bare_buy_sends_is_a_product_for_the_cart(path: str, body: str, leaves: bool) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    sent = Sent(url=SHOP + path, method="POST", kind=Kind.DOCUMENT, body=body, headers=headers, act=BOUGHT)
    assert decide(sent, Phase.CART, frozenset({"shop.example"})).allowed is leaves
