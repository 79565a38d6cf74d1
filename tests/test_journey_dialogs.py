"""Dialogs between a product and its cart: what asks is answered, what confirms is no cart, and nothing is ordered."""

from pathlib import Path

import pytest

from auditor.evidence import Device, JourneyEvidence, Step, StepIntent
from tests.walked_shops import WalkedShop
from tests.walked_shops.dialogs import language_of
from tests.walked_shops.walking import walk

pytestmark = [
    pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("walking_browser"),
]  # fmt: skip


def step(journey: JourneyEvidence, intent: StepIntent) -> Step:
    return next(one for one in journey.steps if one.intent is intent)


@pytest.mark.parametrize(
    ("shape", "tongue", "device", "way"),
    [
        (("dialog-asks",), (), Device.MOBILE, "Continue shopping"),
        (("dialog-asks",), ("polish",), Device.DESKTOP, "Kontynuuj zakupy"),
        (("dialog-asks",), ("persian",), Device.MOBILE, "ادامه خرید"),
        (("dialog-chooses",), (), Device.DESKTOP, "Add to basket"),
    ],
)
async def test_a_dialog_that_asks_is_answered_and_the_cart_page_decides(
    shape: tuple[str], tongue: tuple[str, ...], device: Device, way: str, tmp_path: Path
) -> None:
    async with WalkedShop(*shape, *tongue) as shop:
        journey = await walk(
            shop.url, shop.start(), folder=tmp_path, device=device, depth="cart", language=language_of(tongue)
        )
        assert (shop.added, shop.carts, shop.orders) == (["1"], 0, 0)
    assert (journey.ended, journey.note) == ("completed", "")
    assert f"and “{way}” in the dialog" in step(journey, StepIntent.ADD_TO_CART).did
    assert "drawer" not in step(journey, StepIntent.OPEN_CART).did
    assert step(journey, StepIntent.OPEN_CART).reached == shop.url + "cart"


async def test_what_only_closed_the_dialog_is_not_pressed_again(tmp_path: Path) -> None:
    async with WalkedShop("dialog-cancels") as shop:
        journey = await walk(shop.url, shop.start(), folder=tmp_path)
        assert (shop.added, shop.carts, shop.orders) == (["1"], 0, 0)
    assert (journey.ended, journey.note) == ("completed", "")
    adding = step(journey, StepIntent.ADD_TO_CART)
    assert [one.outcome for one in adding.attempts] == ["no-effect", "confirmed", "confirmed"]
    assert "“Proceed to checkout” in the dialog" in adding.did


async def test_a_dialog_that_confirms_is_not_the_cart(tmp_path: Path) -> None:
    async with WalkedShop("dialog-confirms") as shop:
        journey = await walk(shop.url, shop.start(), folder=tmp_path, device=Device.MOBILE, depth="cart")
        assert (shop.added, shop.carts, shop.orders) == (["1"], 0, 0)
    assert (journey.ended, journey.note) == ("completed", "")
    assert "drawer" not in step(journey, StepIntent.OPEN_CART).did
    assert step(journey, StepIntent.OPEN_CART).reached == shop.url + "cart"
