"""Layers over a product's page: which of them ask how to go on, what leads on in them, and which hold the cart."""

from typing import Any

import pytest

from auditor.evidence import Box
from auditor.evidence.sight import Control, FieldSeen, FormSeen, Layer, Sight, Sum
from auditor.journey_ranking.layers import asking_layer, layer_holds, new_layers, ways_on
from auditor.journey_ranking.standing import Product

MUG = Product("Blue mug", "£20.00")
FORM = FormSeen(action="https://shop.example/cart/update", method="post", hidden=("product_id",))
BUY = Control(
    index=1, selector="#add", tag="button", name="Add to cart", form=0, box=Box(x=0, y=400, width=200, height=40)
)
BEFORE = Sight(url="https://shop.example/p/mug", language="en", controls=(BUY,), forms=(FORM,), h1=("Blue mug",))


def control(index: int, name: str, y: float, **fields: Any) -> Control:
    box = Box(x=20, y=y, width=140, height=40)
    return Control(index=index, selector=f"#c{index}", tag="a", name=name, box=box, layer=0, region="dialog", **fields)


def dialog(*controls: Control, text: str = "Blue mug £20.00", **fields: Any) -> Sight:
    layer = Layer(selector="#dialog", text=text, covers=0.3, modal=True)
    return BEFORE.model_copy(update={"controls": (BUY, *controls), "layers": (layer,), "outside_text": text, **fields})


def ways(sight: Sight, **known: Any) -> list[str]:
    return [one.name for one in ways_on(sight, 0, known.pop("language", "en"), **known)]


def test_a_layer_that_was_there_before_asks_nothing() -> None:
    seen = dialog(control(2, "Continue shopping", 300))
    assert new_layers(seen, seen) == ()
    assert asking_layer(seen, seen, BUY, "en", added=False) is None
    assert asking_layer(BEFORE, seen, BUY, "en", added=False) == 0


def test_what_the_cart_took_is_only_confirmed_unless_the_form_itself_holds_the_dialog() -> None:
    outside, inside = control(2, "Continue shopping", 300), control(2, "Continue shopping", 300, form=0)
    assert asking_layer(BEFORE, dialog(outside), BUY, "en", added=True) is None
    assert asking_layer(BEFORE, dialog(inside), BUY, "en", added=True) == 0
    more = FORM.model_copy(update={"hidden": ("product_id", "optional-product-0"), "names": "css_options"})
    assert asking_layer(BEFORE, dialog(inside, forms=(more,)), BUY, "en", added=True) == 0


def test_a_drawer_that_offers_to_take_something_out_is_the_cart() -> None:
    assert (
        asking_layer(BEFORE, dialog(control(2, "Remove", 200), control(3, "Checkout", 300)), BUY, "en", added=False)
        is None
    )


def test_a_newsletter_asks_for_something_else() -> None:
    assert (
        asking_layer(BEFORE, dialog(control(2, "Subscribe", 300), control(3, "×", 100)), BUY, "en", added=False) is None
    )


@pytest.mark.parametrize(
    ("names", "language", "expected"),
    [
        (("Cancel", "Add to cart"), "en", ["Add to cart"]),
        (("Continue shopping", "Proceed to checkout"), "en", ["Continue shopping", "Proceed to checkout"]),
        (("Kontynuuj zakupy", "Złóż zamówienie"), "pl", ["Kontynuuj zakupy"]),
        (("Continuer", "Payer"), "fr", ["Continuer"]),
        (("Continuar comprando", "Confirmar pedido"), "es", ["Continuar comprando"]),
        (("Weiter einkaufen", "Zahlungspflichtig bestellen"), "de", ["Weiter einkaufen"]),
        (("ادامه خرید", "ثبت نهایی سفارش"), "fa", ["ادامه خرید"]),
        (("お買い物を続ける", "注文を確定する"), "ja", ["お買い物を続ける"]),
        (("View cart", "Buy now", "No thanks"), "en", ["View cart"]),
    ],
)
def test_what_adds_or_leads_on_is_pressed_and_never_what_orders(
    names: tuple[str, ...], language: str, expected: list[str]
) -> None:
    row = [control(index, name, 300) for index, name in enumerate(names, 2)]
    assert ways(dialog(*row).model_copy(update={"language": language}), language=language) == expected


def test_what_leads_beyond_the_cart_is_left_out_where_the_journey_ends_there() -> None:
    row = (control(2, "Checkout", 300), control(3, "Continue shopping", 300))
    assert ways(dialog(*row), far=False) == ["Continue shopping"]
    to_cart = control(2, "Checkout", 300, target="https://shop.example/cart")
    assert ways(dialog(to_cart), far=False) == ["Checkout"]


def test_accessories_above_come_after_what_leads_on() -> None:
    rows = (control(2, "Add to cart", 100), control(3, "Add to cart", 180), control(4, "Continue shopping", 300))
    assert ways(dialog(*rows)) == ["Continue shopping", "Add to cart"]


def test_in_words_nobody_knows_the_coloured_button_of_the_form_leads_on() -> None:
    rows = (control(2, "Pakyawan", 300, form=0, contrast=0.6), control(3, "Huwag", 300, contrast=0.6))
    assert ways(dialog(*rows), adding=FORM) == ["Pakyawan"]


def test_a_layer_is_the_cart_by_what_it_holds_itself() -> None:
    page = FieldSeen(index=9, selector="#qty", tag="input", type="number", name="quantity", form=0)
    price = Sum(label="", text="£20.00")
    confirming = dialog(control(2, "Checkout", 300), fields=(page,), sums=(price,))
    assert len(layer_holds(confirming, 0, MUG, "en")) == 3
    own = page.model_copy(update={"layer": 0})
    drawer = dialog(control(2, "Checkout", 300), control(3, "Remove", 200), fields=(own,), sums=(price,))
    assert len(layer_holds(drawer, 0, MUG, "en")) == 5
    assert layer_holds(dialog(text="Red lamp £20.00"), 0, MUG, "en") == ()
