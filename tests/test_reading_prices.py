"""Which amounts of a product page are its price, and which belong to a list of other products."""

from decimal import Decimal

from auditor.reading.prices import current_prices
from tests import factories as make

BUY = make.box(20, 900, 300, 48)
LIST = [
    make.price(
        "€24.90", selector=f"div.grid > div:nth-of-type({n}) > div", box=make.box(20, 900 + 500 + 200 * n, 80, 24)
    )
    for n in range(1, 5)
]


def test_a_list_of_others_at_one_price_is_no_price_of_this_product() -> None:
    own = make.price("€19.90", selector="p.now", box=make.box(20, 840, 80, 32))
    page = make.document()
    assert [one.amount for one in current_prices(make.texts(prices=[own, *LIST]), page, BUY)] == [Decimal("19.90")]
    assert current_prices(make.texts(prices=LIST), page, BUY) == ()


def test_amounts_to_choose_from_beside_the_button_stay() -> None:
    offers = [
        make.price(text, selector=f"ul.sizes > li:nth-of-type({n})", box=make.box(20, 800 + 30 * n, 80, 24))
        for n, text in enumerate(("€10.00", "€12.00"))
    ]
    assert len(current_prices(make.texts(prices=[*offers, *LIST]), make.document(), BUY)) == 2
