"""Pages that sell several things by one form: what can be asked for, and of which product."""

import pytest

from auditor.evidence import Box
from auditor.evidence.sight import Control, FieldSeen, FormSeen, Option, Sight, Sum
from auditor.journey_ranking.order_form import order_rows

BUTTON = Control(
    index=1, selector="button", tag="button", type="submit", name="Add to cart", form=0,
    box=Box(x=0, y=900, width=200, height=40),
)  # fmt: skip


def number(place: int, value: str = "0", **more: object) -> FieldSeen:
    facts = {
        "index": 10 + place, "selector": f"#line{place}", "tag": "input", "type": "number", "name": f"line_{place}",
        "value": value, "label": "Quantity", "form": 0, "box": Box(x=600, y=100.0 * place, width=60, height=30),
    }  # fmt: skip
    return FieldSeen.model_validate(facts | more)


def price(place: int, label: str, text: str) -> Sum:
    return Sum(label=label, text=text, box=Box(x=400, y=100.0 * place + 4, width=60, height=20))


def seen(*fields: FieldSeen, button: Control = BUTTON, action: str = "/cart/add") -> Sight:
    sums = (price(1, "Copper lantern", "£20.00"), price(2, "Walnut tray", "£34.50"))
    form = FormSeen(action=f"https://shop.example{action}", method="post")
    return Sight(
        url="https://shop.example/", language="en", controls=(button,), fields=fields, forms=(form,), sums=sums
    )


def test_every_row_whose_number_is_zero_can_be_asked_for_by_its_name_and_price() -> None:
    rows = order_rows(seen(number(1), number(2, "", label="Tray of walnut")), "en")
    assert [(row.name, row.price, row.number) for row in rows] == [
        ("Copper lantern", "£20.00", "1"),
        ("Tray of walnut", "£34.50", "1"),
    ]


def test_the_least_that_is_sold_is_asked_for() -> None:
    cases = (
        Option(value="0", text="0"),
        Option(value="6", text="6 pieces", disabled=True),
        Option(value="12", text="12"),
    )
    chosen = number(
        2, tag="select", type="select", options=(cases[0].model_copy(update={"selected": True}), *cases[1:])
    )
    assert [row.number for row in order_rows(seen(number(1, least=6), chosen), "en")] == ["6", "12"]


@pytest.mark.parametrize(
    "fields",
    [
        (number(1), number(2, "1")),
        (number(1, "1"),),
        (number(1, form=None),),
        (number(1, region="footer"),),
        (number(1, type="text", name="coupon", label="Coupon"),),
        (number(1, shown=False),),
        (number(1, disabled=True),),
        (),
    ],
    ids=["one-is-asked-for", "a-product-page", "elsewhere", "footer", "coupon", "unseen", "sold-out", "none"],
)
def test_nothing_is_asked_for_where_the_button_is_enough_or_nothing_can_be(fields: tuple[FieldSeen, ...]) -> None:
    assert order_rows(seen(*fields), "en") == ()


def test_without_a_button_that_adds_to_the_cart_nothing_is_asked_for() -> None:
    other = BUTTON.model_copy(update={"name": "Search"})
    assert order_rows(seen(number(1), button=other, action="/search"), "en") == ()
    assert len(order_rows(seen(number(1), button=BUTTON.model_copy(update={"disabled": True})), "en")) == 1
