"""Random buttons in random forms, and random buys on random product pages, order nothing."""

import random

import pytest

from auditor.interlock import (
    Clickable,
    Field,
    Kind,
    Phase,
    Refused,
    Sent,
    decide,
    judge_click,
)
from auditor.lexicon import LANGUAGES, Concept, words
from tests.factories.controls import CARD, DELIVERY, EMAIL, NUMBER, PAYMENT, SHOP, SIZE, STEPS, STREET, TERMS, button

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
