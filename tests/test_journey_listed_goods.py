"""Pages that sell several things, each by a button of its own: what the first of them is called, and what it costs."""

import pytest

from auditor.evidence import Box
from auditor.evidence.sight import Control, FormSeen, Sight, Sum
from auditor.journey_ranking.account_wall import log_in_instead
from auditor.journey_ranking.listed_goods import sold_from_list
from tests.test_journey_order_form import number

GOODS = (("Copper lantern", "£20.00"), ("Walnut tray", "£34.50"), ("Bracelet", "£12.00"))
TOP = ("Home", "Shop", "Basket", "Shop")


def seen(
    *, headings: tuple[str, ...] = ("Shop",), name: str = "Add to cart", where: str = "/add_to_cart",
    goods: tuple[tuple[str, str], ...] = GOODS,
) -> Sight:  # fmt: skip
    text = [*TOP]
    for title, price in goods:
        text += [title, "", "Available", f"Price: {price}", f" {name.upper()}"]
    buttons = tuple(
        Control(
            index=place, selector=f"#b{place}", tag="button", type="submit", name=name, form=place, alike=len(goods),
            box=Box(x=0, y=200.0 * place, width=120, height=40),
        )
        for place in range(len(goods))
    )  # fmt: skip
    forms = tuple(
        FormSeen(action=f"https://shop.example{where}/{place}/", method="post") for place in range(len(goods))
    )
    sums = tuple(
        Sum(label="Price", text=price, box=Box(x=0, y=200.0 * place, width=60, height=20))
        for place, (_title, price) in enumerate(goods)
    )
    return Sight(
        url="https://shop.example/shop/", language="en", controls=buttons, forms=forms, sums=sums, headings=headings,
        text="\n".join((*text, "Contact", "© Shop")),
    )  # fmt: skip


@pytest.mark.parametrize("headings", [("Shop",), ("Shop", *(title for title, _price in GOODS)), ()])
def test_the_first_of_the_goods_has_its_name_and_price(headings: tuple[str, ...]) -> None:
    found = sold_from_list(seen(headings=headings), "en")
    assert found is not None
    assert tuple(found) == GOODS[0]


def test_one_button_alone_makes_no_list() -> None:
    assert sold_from_list(seen(goods=GOODS[:1]), "en") is None


def test_buttons_that_the_text_does_not_show_make_no_list() -> None:
    sight = seen()
    assert sold_from_list(sight.model_copy(update={"text": "Shop"}), "en") is None


def test_what_adds_nothing_makes_no_list() -> None:
    assert sold_from_list(seen(name="Compare", where="/compare/add"), "en") is None


def page(url: str, *fields: str) -> Sight:
    made = [number(place, "", type=kind, name=kind, label=kind) for place, kind in enumerate(fields, 1)]
    return Sight(url=f"https://shop.example{url}", language="en", fields=tuple(made))


@pytest.mark.parametrize(
    ("before", "after", "instead"),
    [
        (page("/p/1"), page("/login?next=/cart/add/1", "text", "password"), True),
        (page("/p/1"), page("/konto/logowanie", "email", "password"), True),
        (page("/p/1"), page("/p/1?added=1", "email", "password"), False),
        (page("/p/1"), page("/cart", "email", "password"), False),
        (page("/p/1"), page("/checkout", "email", "password"), False),
        (page("/p/1", "password"), page("/login", "password"), False),
        (page("/p/1"), page("/thanks", "email"), False),
    ],
)
def test_a_log_in_in_the_place_of_the_cart(before: Sight, after: Sight, instead: bool) -> None:
    assert log_in_instead(before, after, "en") is instead
