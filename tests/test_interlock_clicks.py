"""What may be pressed and filled, and a fuzz of buttons and forms."""

import random
from typing import Any

import pytest

from auditor.interlock import (
    Act,
    Allowed,
    Asks,
    Clickable,
    Field,
    Form,
    Intent,
    Kind,
    PageState,
    Phase,
    Refused,
    Sent,
    asks_for,
    decide,
    judge_click,
    judge_fill,
)
from auditor.interlock.stepping import step_ahead
from auditor.lexicon import LANGUAGES, Concept, words

SHOP = "https://shop.example"
EMAIL = Field(type="email", name="email", words="email E-mail")
STREET = Field(name="street", words="street Street", autocomplete="street-address")
DELIVERY = Field(type="radio", name="shipping_method", words="shipping_method post Post Delivery")
PAYMENT = Field(type="radio", name="payment_method", words="payment_method cod Cash on delivery Payment")
CARD = Field(name="c", words="Card number", autocomplete="cc-number")
TERMS = Field(type="checkbox", name="x", words="I accept the terms and conditions")
NUMBER = Field(type="number", name="quantity", words="quantity")
SIZE = Field(type="select", name="option1", words="option1 Size")
STEPS = ("Address", "Delivery", "Payment")


def button(label: str, action: str, *fields: Field, url: str = f"{SHOP}/checkout", steps: tuple[str, ...] = STEPS, language: str = "en", more: tuple[Field, ...] = (), buttons: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> Clickable:  # fmt: skip
    page = PageState(
        url=url,
        language=language,
        fields=(*fields, *more),
        steps=steps,
        current=0 if steps else None,
        buttons=(label, *buttons),
    )
    form = Form(action=SHOP + action, method="POST", fields=fields)
    return Clickable(label=label, tag="button", type="submit", page=page, form=form, names=names, frame_url=url)


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


SEED = 20260921
NEUTRAL = (
    "Next",
    "Continue",
    "OK",
    "Go",
    "Weiter",
    "Dalej",
    "Suivant",
    "بعدی",
    "ادامه",
    "次へ",
    "下一步",
    "Siguiente",
    "Avanti",
    "Devam",
    "التالي",
    "→",
    "",
    "Save",
    "1",
)
ACTIONS = (
    "/order",
    "/checkout",
    "/checkout/next",
    "/checkout/address",
    "/x",
    "/api/orders",
    "/checkout/confirm",
    "/neutral",
    "/pay",
    "/checkout/shipping",
    "/?wc-ajax=checkout",
    "/zamowienie",
    "/checkout/step2",
    "/p/mug",
    "/cart/add",
)
EXTRA = ((PAYMENT,), (CARD,), (TERMS,), (PAYMENT, TERMS), ())


def orders(action: str, body: str, fields: tuple[Field, ...]) -> bool:
    """What the fuzzed shop takes for an order: an address that orders or says nothing, or a one-page form."""
    named = any(word in action for word in ("order", "confirm", "/pay", "wc-ajax=checkout"))
    last_step = any(field in fields for field in (PAYMENT, CARD, TERMS))
    return named or last_step or "place_order" in body or action in ("/x", "/neutral", "/checkout/next")


def fuzzed(seed: int, count: int) -> list[tuple[Clickable, Kind, str]]:
    """Random buttons in random forms, with the kind and body of the request that the button makes."""
    chance = random.Random(seed)
    pool = [
        (word, language)
        for language in LANGUAGES
        for concept in (
            Concept.PLACE_ORDER,
            Concept.PAY,
            Concept.CHECKOUT,
            Concept.BUY_NOW,
            Concept.SHIPPING,
            Concept.NEXT_PAGE,
            Concept.GUEST_CHECKOUT,
        )
        for word in words(concept, language)
    ]
    made = []
    for _ in range(count):
        label, language = (
            chance.choice(pool) if chance.random() < 0.5 else (chance.choice(NEUTRAL), chance.choice(LANGUAGES))
        )
        extra = chance.choice(EXTRA)
        fields = (
            *chance.choice(((EMAIL,), (EMAIL, STREET), (DELIVERY,), (NUMBER,), (NUMBER, SIZE), ())),
            *(extra if chance.random() < 0.5 else ()),
        )
        action = chance.choice(ACTIONS)
        kind = chance.choice((Kind.DOCUMENT, Kind.FETCH, Kind.PING))
        url = SHOP + chance.choice(("/checkout", "/p/mug", "/cart"))
        steps = chance.choice((STEPS, ()))
        control = button(label, action, *fields, url=url, steps=steps, language=language, more=extra)
        body = (
            chance.choice(("", "action=place_order&"))
            + "email=audit%40shop.example&street=Example+1"
            + ("&payment_method=cod" if PAYMENT in fields else "")
            + ("&quantity=1" if NUMBER in fields else "")
        )
        made.append((control, kind, body))
    return made


@pytest.mark.parametrize("phase", [Phase.CART, Phase.DETAILS, Phase.CLEARING])
def test_no_random_button_in_a_random_form_orders(phase: Phase) -> None:
    chance = random.Random(SEED)
    pressed = ordered = advanced = 0
    for control, kind, body in fuzzed(SEED, 500):
        verdict = judge_click(control, phase)
        if isinstance(verdict, Refused):
            continue
        pressed += 1
        assert control.form is not None
        asked = control.form.action if kind is Kind.DOCUMENT else SHOP + chance.choice(ACTIONS)
        sent = Sent(url=asked, method="POST", kind=kind, body=body, headers={"content-type": "application/x-www-form-urlencoded"}, act=verdict.act, typed=("audit@shop.example", "Example 1"))  # fmt: skip
        if decide(sent, phase, frozenset({"shop.example"})).allowed:
            advanced += 1
            ordered += orders(asked.removeprefix(SHOP), body, control.page.fields)
    assert ordered == 0, f"seed {SEED}"
    assert phase is not Phase.DETAILS or advanced > 0, "the fuzz must also show that honest steps get through"
    assert pressed > 0


def test_no_random_buy_on_a_random_product_page_orders() -> None:
    chance = random.Random(SEED)
    concepts = (*[Concept.BUY_NOW] * 6, Concept.PLACE_ORDER, Concept.PAY)
    pool = [[(word, code) for code in LANGUAGES for word in words(concept, code)] for concept in concepts]
    bought = filled = 0
    for _ in range(600):
        label, language = chance.choice(chance.choice(pool))
        extra = chance.choice((*EXTRA, *[()] * 12))
        fields = chance.choice((*[(NUMBER,), (NUMBER, SIZE), (SIZE,)] * 3, (NUMBER, NUMBER), (SIZE, EMAIL), ()))
        url, steps = SHOP + chance.choice((*["/p/mug"] * 6, "/cart", "/checkout")), chance.choice((STEPS, *[()] * 5))
        action = chance.choice((*ACTIONS, *["/p/mug", "/cart/add"] * 8))
        verdict = judge_click(
            button(label, action, *fields, url=url, steps=steps, language=language, more=extra), Phase.CART
        )
        if isinstance(verdict, Refused) or not verdict.act.adds:
            continue
        bought += 1
        kind = chance.choice((Kind.DOCUMENT, Kind.FETCH, Kind.PING))
        asked = chance.choice((*[action] * 8, *ACTIONS))
        body = chance.choice(("", "", "", "action=place_order&", "payment_method=cod&")) + chance.choice(
            ("quantity=1", "x=1")
        )
        headers = {"content-type": "application/x-www-form-urlencoded"}
        sent = Sent(url=SHOP + asked, method="POST", kind=kind, body=body, headers=headers, act=verdict.act)
        if decide(sent, Phase.CART, frozenset({"shop.example"})).allowed:
            filled += 1
            assert not orders(asked, body, fields), (label, asked, body)
    assert filled > 0, "the fuzz must also show that a product gets into the cart"
    assert bought > filled


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
