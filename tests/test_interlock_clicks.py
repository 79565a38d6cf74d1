"""What may be pressed and filled."""

import pytest

from auditor.interlock import (
    Allowed,
    Asks,
    Clickable,
    Field,
    Form,
    PageState,
    Phase,
    Refused,
    asks_for,
    judge_click,
    judge_fill,
)
from auditor.interlock.stepping import step_ahead
from tests.factories.controls import CARD, DELIVERY, EMAIL, PAYMENT, SHOP, STREET, TERMS, button

MAY = [
    button("Continue", "/checkout/address", EMAIL, STREET),
    button("Continue", "/checkout", EMAIL, STREET),
    button("Continue", "/checkout/shipping-address/", EMAIL, STREET, steps=()),
    button("Continue to payment", "/checkout/delivery", DELIVERY),
    button("Dalej do płatności", "/checkout/delivery", DELIVERY, language="pl", steps=("Adres", "Dostawa", "Płatność")),
    button("ادامه به انتخاب روش پرداخت", "/checkout/delivery", DELIVERY, language="fa", steps=("نشانی", "ارسال", "پرداخت")),
    button("Continue as guest", "/checkout/", EMAIL, steps=()),
]  # fmt: skip
MAY_NOT = [
    button("Next", "/checkout", EMAIL, STREET, steps=()),
    button("Next", "/checkout/address", EMAIL, STREET, PAYMENT),
    button("Next", "/checkout/address", EMAIL, STREET, more=(CARD,)),
    button("Next", "/checkout/address", EMAIL, STREET, TERMS),
    button("Next", "/order", EMAIL, STREET),
    button("Next", "/checkout/place-order", EMAIL, STREET),
    button("Next", "/checkout/address", EMAIL, STREET, buttons=("Place order",)),
    button("Next", "/checkout/address", EMAIL, STREET, names=("placeOrder",)),
    button("Next", "/checkout/address", EMAIL, STREET, names=("data-action=submit-order",)),
    button("Zahlungspflichtig bestellen", "/checkout/address", EMAIL, STREET, language="de"),
    button("Zamawiam i płacę", "/checkout/address", EMAIL, STREET, language="en"),
    button("Pay now", "/checkout/address", EMAIL, STREET),
    button("Weiter", "/checkout/weiter", STREET, steps=(), language="de"),
    button("PayPal", "/checkout/address", EMAIL),
    button("Continue", "/checkout/address", EMAIL, names=("js-apple-pay-button",)),
]  # fmt: skip


@pytest.mark.parametrize("control", MAY, ids=lambda control: control.label)
def test_steps_may_be_advanced(control: Clickable) -> None:
    verdict = judge_click(control, Phase.DETAILS)
    assert isinstance(verdict, Allowed), verdict
    assert verdict.act.advances


@pytest.mark.parametrize("control", MAY_NOT, ids=lambda control: f"{control.label} {control.form.action[20:]}")
def test_what_may_order_is_not_pressed(control: Clickable) -> None:
    assert isinstance(judge_click(control, Phase.DETAILS), Refused)


@pytest.mark.parametrize("control", MAY, ids=lambda control: control.label)
def test_nothing_is_pressed_after_the_payment_step(control: Clickable) -> None:
    assert isinstance(judge_click(control, Phase.PAYMENT_SEEN), Refused)


@pytest.mark.parametrize(
    ("label", "language"), [("Checkout", "en"), ("ثبت سفارش", "fa"), ("Złóż zamówienie", "pl"), ("Commander", "fr"), ("Tramitar pedido", "es"), ("Ödeme", "tr")]
)  # fmt: skip
def test_a_label_that_also_orders_leads_from_the_cart_to_the_checkout_only(label: str, language: str) -> None:
    page = PageState(url=f"{SHOP}/cart", language=language)
    link = Clickable(label=label, tag="a", target=f"{SHOP}/checkout", page=page, frame_url=page.url)
    assert isinstance(judge_click(link, Phase.CART), Allowed)
    filled = PageState(url=f"{SHOP}/checkout", language=language, fields=(EMAIL, STREET, PAYMENT))
    order = Clickable(
        label=label,
        tag="button",
        page=filled,
        form=Form(action=f"{SHOP}/checkout", method="POST", fields=(EMAIL, STREET)),
    )
    assert isinstance(judge_click(order, Phase.DETAILS), Refused)
    away = link.model_copy(update={"target": f"{SHOP}/order"})
    assert isinstance(judge_click(away, Phase.CART), Refused)


@pytest.mark.parametrize(
    "host", ["js.stripe.com", "www.paypal.com", "payments.klarna.com", "secure.przelewy24.pl", "sep.shaparak.ir"]
)
def test_nothing_in_a_payment_providers_frame_is_pressed_or_filled(host: str) -> None:
    page = PageState(url=f"{SHOP}/checkout")
    control = Clickable(label="Continue", tag="button", page=page, frame_url=f"https://{host}/x")
    assert isinstance(judge_click(control, Phase.CART), Refused)
    assert not judge_fill(Field(name="email", words="email", frame_url=f"https://{host}/x"), page).allowed


@pytest.mark.parametrize(
    ("field", "asks"),
    [(EMAIL, Asks.CONTACT), (STREET, Asks.ADDRESS), (DELIVERY, Asks.DELIVERY), (PAYMENT, Asks.PAYMENT), (CARD, Asks.CARD), (TERMS, Asks.TERMS),
     (Field(name="cvv", words="CVV"), Asks.CARD), (Field(name="iban", words="IBAN"), Asks.CARD), (Field(type="password", words="Password"), Asks.PASSWORD),
     (Field(name="a", words="Numer karty"), Asks.CARD), (Field(name="a", words="شماره کارت"), Asks.CARD), (Field(name="kod", words="Kod pocztowy"), Asks.ADDRESS),
     (Field(type="checkbox", name="r", words="Akceptuję regulamin"), Asks.TERMS), (Field(type="number", name="quantity", words="Quantity"), Asks.QUANTITY),
     (Field(type="radio", name="payment", words="payment transfer Przelew bankowy"), Asks.PAYMENT)],
    ids=lambda one: one.words if isinstance(one, Field) else str(one),
)  # fmt: skip
def test_what_fields_ask_for(field: Field, asks: Asks) -> None:
    assert asks_for(field, "en") is asks
    forbidden = asks in (Asks.CARD, Asks.PAYMENT, Asks.TERMS, Asks.PASSWORD)
    assert judge_fill(field, PageState(url=SHOP)).allowed is not forbidden


GUEST_CHOICES = {
    "nl": ("anonymous Ik wil betalen als gast", "new Ik ben een nieuwe klant en wil een account maken voor ik betaal"),
    "tr": ("anonymous konuk olarak ödeme yapmak istiyorum", "new Yeni müşteriyim, ödemeden önce hesap açmak istiyorum"),
    "da": ("anonymous Jeg vil betale som gæst", "new Jeg er ny kunde og vil oprette en konto før jeg betaler"),
}


@pytest.mark.parametrize("language", GUEST_CHOICES)
def test_the_choice_between_guest_and_account_is_no_way_of_paying_though_it_mentions_paying(language):
    choices = tuple(
        Field(type="radio", name="options", words=f"id_options_{place} options {words}")
        for place, words in enumerate(GUEST_CHOICES[language])
    )
    assert {asks_for(choice, language) for choice in choices} == {Asks.OTHER}
    assert isinstance(
        judge_click(button("OK", "/checkout/", EMAIL, *choices, language=language), Phase.DETAILS), Allowed
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("payment_method", "payment_method guest Pay as a guest"),
        ("option", "option new Pay with a new card"),
        ("option", "option existing Zapłać zapisaną kartą, płatność"),
        ("choice", "choice guest Pay by invoice as a guest"),
        ("choice", "choice new پرداخت با کارت جدید"),
        ("o", "o login Pay with PayPal"),
    ],
)
def test_a_way_of_paying_stays_one_though_it_names_guests_or_something_new(name, words):
    assert asks_for(Field(type="radio", name=name, words=words), None) is Asks.PAYMENT


COUNTED = {
    "en": "Checkout - Step {} of {}", "pl": "Krok {} z {}", "fa": "مرحله {} از {}", "de": "Schritt {} von {}",
    "fr": "Étape {} sur {}", "es": "Paso {} de {}", "it": "Passaggio {} di {}", "pt": "Passo {} de {}",
    "nl": "Stap {} van {}", "sv": "Steg {} av {}", "cs": "Krok {} ze {}", "tr": "Adım {}/{}", "ar": "الخطوة {} من {}",
    "ja": "ステップ {}/{}", "zh": "第{}步，共{}步",
}  # fmt: skip


@pytest.mark.parametrize("language", COUNTED)
def test_a_count_of_steps_shows_that_more_follow_than_the_thanks(language: str) -> None:
    def counted(now: int, last: int) -> bool:
        text = COUNTED[language].format(now, last)
        if language in ("fa", "ar"):
            text = text.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        return step_ahead(PageState(url=SHOP, language=language, counts=(text,)))

    assert counted(1, 3)
    assert not counted(2, 3)
    assert not counted(3, 3)
    assert not step_ahead(PageState(url=SHOP, language=language, counts=("1 of 3 left", "Save 1 - 9")))


def test_a_sentence_for_the_shopper_is_no_machine_name_but_code_and_classes_are():
    said = "data-asynctask-text=We are adding your tickets to the cart, your order is not placed or confirmed yet."
    assert isinstance(judge_click(button("Add to cart", "/cart/add", names=(said,)), Phase.BROWSING), Allowed)
    for name in (
        "btn btn-primary btn-lg col-12 mt-3 w-100 place-order",
        "data-act=placeOrder",
        'data-props={"do this": "and then", "action": "place order now please"}',
        "data-x=a b c d e f placeOrder()",
    ):
        assert isinstance(judge_click(button("Continue", "/cart/add", names=(name,)), Phase.BROWSING), Refused), name
