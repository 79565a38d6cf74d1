"""Lists of a page's own making: opened and chosen by structure, and nothing that they could order gets out."""

from typing import Any

import pytest
from babel import Locale

from auditor.interlock import (
    Act,
    Allowed,
    Clickable,
    Field,
    Form,
    Intent,
    Kind,
    PageState,
    Phase,
    Refused,
    Sent,
    Verdict,
    decide,
    judge_click,
)
from auditor.lexicon import LANGUAGES

SHOP = "https://shop.example"
COUNTRY = Field(type="listbox", name="country", words="country Country")
CITY = Field(name="city", words="City", autocomplete="address-level2")
PAYMENT = Field(type="radio", name="payment_method", words="Cash on delivery Payment")
ONE_PAGE = PageState(
    url=f"{SHOP}/checkout", language="en", fields=(COUNTRY, CITY, PAYMENT), buttons=("Country", "Place order")
)
ORDER_FORM = Form(action=f"{SHOP}/order", method="POST", names=("place-order-form",), fields=(COUNTRY, CITY, PAYMENT))


def part(kind: str, label: str, **changes: Any) -> Clickable:
    """A control of a country list on a one-page checkout, in the form that places the order."""
    facts: dict[str, Any] = {
        "label": label, "tag": "button" if kind == "opener" else "div", "part": kind, "sends": False, "page": ONE_PAGE,
        "form": ORDER_FORM, "field": COUNTRY, "role": "combobox" if kind == "opener" else "option",
    }  # fmt: skip
    return Clickable(**(facts | changes))


@pytest.mark.parametrize("control", [part("opener", "Country"), part("option", "Poland")], ids=lambda one: one.part)
def test_a_list_is_opened_and_chosen_in_beside_the_payment(control: Clickable) -> None:
    verdict = judge_click(control, Phase.DETAILS)
    assert verdict == Allowed(Act(intent=Intent.FILL))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_can_be_chosen_in_every_language(language: str) -> None:
    names = [name for code, name in Locale.parse(language).territories.items() if len(code) == 2 and code.isalpha()]
    page = ONE_PAGE.model_copy(update={"language": language})
    refused = [
        name for name in names if isinstance(judge_click(part("option", name, page=page), Phase.DETAILS), Refused)
    ]
    assert len(names) > 200
    assert refused == []


TRAPS = [
    part("opener", "Country", sends=True),
    part("option", "Poland", sends=True),
    part("opener", "Place order"),
    part("option", "Place order"),
    part("option", "Zahlungspflichtig bestellen"),
    part("option", "Poland", names=("data-action=placeOrder",)),
    part("option", "Poland", names=("js-submit-order",)),
    part("option", "Poland", target=f"{SHOP}/order/confirm"),
    part("option", "PayPal", names=("paypal-button",)),
    part("opener", "Choose", field=Field(type="listbox", words="Payment method")),
    part("option", "Cash", field=Field(type="listbox", words="payment-method Payment method")),
    part("option", "Yes", field=Field(type="checkbox", words="I accept the terms and conditions")),
    part("option", "Poland", frame_url="https://js.stripe.com/x"),
    part("opener", "Country", frame_url="https://js.stripe.com/x"),
]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda one: f"{one.part} {one.label}")
def test_a_trap_in_the_shape_of_a_list_is_not_pressed(trap: Clickable) -> None:
    assert isinstance(judge_click(trap, Phase.DETAILS), Refused)


@pytest.mark.parametrize("control", [part("opener", "Country"), part("option", "Poland")], ids=lambda one: one.part)
def test_no_list_is_touched_after_the_payment_step(control: Clickable) -> None:
    assert isinstance(judge_click(control, Phase.PAYMENT_SEEN), Refused)


def sent(path: str, body: str, **changes: Any) -> Verdict:
    facts: dict[str, Any] = {
        "url": SHOP + path, "method": "POST", "kind": Kind.FETCH, "body": body,
        "headers": {"content-type": "application/json"}, "act": Act(intent=Intent.FILL), "typed": ("Poland", "Warszawa"),
    }  # fmt: skip
    return decide(Sent(**(facts | changes)), Phase.DETAILS, frozenset({"shop.example"}))


CHOSEN = '{"country": "Poland", "city": "Warszawa"}'


@pytest.mark.parametrize("path", ["/api/carts/7/addresses", "/rest/shipping-address", "/checkout/delivery"])
def test_a_page_may_store_what_was_chosen(path: str) -> None:
    assert sent(path, CHOSEN).allowed


@pytest.mark.parametrize(
    ("path", "body", "changes"),
    [
        ("/neutral", CHOSEN, {}),
        ("/order", CHOSEN, {}),
        ("/api/carts/7/checkout", CHOSEN, {}),
        ("/api/orders/addresses/confirm", CHOSEN, {}),
        ("/api/carts/7/addresses", '{"x": 1}', {}),
        ("/api/carts/7/addresses", '{"country": "Poland", "payment_method": "cod"}', {}),
        ("/api/carts/7/addresses", '{"country": "Poland", "action": "place_order"}', {}),
        ("/api/carts/7/addresses", CHOSEN, {"kind": Kind.DOCUMENT}),
        ("/api/carts/7/addresses", CHOSEN, {"kind": Kind.PING}),
        ("/api/carts/7/addresses", CHOSEN, {"method": "DELETE"}),
        ("/api/carts/7/addresses", CHOSEN, {"act": Act()}),
        ("/graphql", '{"query": "mutation M { setAddress(a: \\"Poland\\") { id } placeOrder { id } }"}', {}),
    ],
)
def test_what_an_option_could_order_does_not_leave(path: str, body: str, changes: dict[str, Any]) -> None:
    assert not sent(path, body, **changes).allowed
