"""The buyer's journey on shops that it has never seen: how far it comes, what stops it, and that nothing is ordered."""

import asyncio
import gzip
from pathlib import Path

import psutil
import pytest

from auditor.demo import DemoShop
from auditor.evidence import Blocker, Device, JourneyEvidence, Sight, Step, StepIntent
from auditor.journey_ranking import rerank
from auditor.journey_rerank import reranked
from tests.storefronts.shops import Storefront, oscar
from tests.walked_shops import WalkedShop
from tests.walked_shops.walking import walk

pytestmark = [
    pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("walking_browser"),
]  # fmt: skip


async def walk_shop(shop: WalkedShop, folder: Path, device: Device = Device.DESKTOP) -> JourneyEvidence:
    return await walk(shop.url, shop.start("1"), shop.start("2"), folder=folder, device=device)


def intents(journey: JourneyEvidence) -> list[StepIntent]:
    return [one.intent for one in journey.steps if one.intent is not StepIntent.CLOSE_LAYER]


def step(journey: JourneyEvidence, intent: StepIntent) -> Step:
    return next(one for one in journey.steps if one.intent is intent)


@pytest.mark.parametrize(
    ("language", "device"),
    [("en", Device.DESKTOP), ("en", Device.MOBILE), ("pl", Device.MOBILE), ("fa", Device.DESKTOP)],
)
async def test_the_demo_shop_is_walked_to_the_payment(language: str, device: Device, tmp_path: Path) -> None:
    async with DemoShop(language) as shop:
        product = next(one for one in shop.storefront.catalogue.products if one.stock)
        start = shop.url.rstrip("/") + product.path
        journey = await walk(shop.url, start, folder=tmp_path, device=device, language=language)
        left = [session for session in shop.storefront._sessions.values() if session.cart]
    assert (journey.ended, journey.note) == ("completed", "")
    assert shop.orders == 0
    assert intents(journey) == [
        StepIntent.OPEN, StepIntent.ADD_TO_CART, StepIntent.OPEN_CART, StepIntent.START_CHECKOUT, StepIntent.FILL_ADDRESS,
        StepIntent.CHOOSE_DELIVERY, StepIntent.REACH_PAYMENT, StepIntent.EMPTY_CART,
    ]  # fmt: skip
    assert journey.cleaned_up is True
    assert left == []
    assert journey.product_name == product.name
    assert sum(use.action == "filled" for use in step(journey, StepIntent.FILL_ADDRESS).fields) == 7


async def test_every_step_has_its_picture_its_reasons_and_can_be_ranked_again(tmp_path: Path) -> None:
    async with WalkedShop() as shop:
        journey = await walk_shop(shop, tmp_path)
    assert journey.ended == "completed"
    for one in journey.steps:
        assert one.picture is not None
        assert (tmp_path / one.picture.path).read_bytes().startswith(b"\xff\xd8")
    for intent in (StepIntent.ADD_TO_CART, StepIntent.START_CHECKOUT, StepIntent.FILL_ADDRESS):
        done = step(journey, intent)
        assert done.because
        assert done.effect
        assert done.sight is not None
        stored = Sight.model_validate_json(gzip.decompress((tmp_path / done.sight.path).read_bytes()))
        assert rerank(done, stored, "en")[: len(done.candidates)] == done.candidates
    again = list(reranked(tmp_path, iter([journey])))
    assert [one.intent for one in again if one.differs or one.why] == []
    assert len(again) > 4
    worse = next(one for one in journey.steps if one.intent is StepIntent.ADD_TO_CART)
    other = worse.candidates[0].model_copy(update={"index": -1, "name": "Another"})
    steps = tuple(
        one.model_copy(update={"candidates": (other,)}) if one is worse else one.model_copy(update={"sight": None})
        for one in journey.steps
    )
    changed = list(reranked(tmp_path, iter([journey.model_copy(update={"steps": steps})])))
    assert [one.intent for one in changed if one.differs] == [StepIntent.ADD_TO_CART]
    assert "then “Another”" in next(one.sentence() for one in changed if one.differs)
    assert {one.why for one in changed if not one.differs} == {"what was seen is not in the folder"}


async def test_depth_cart_ends_at_the_cart_and_empties_it(tmp_path: Path) -> None:
    async with WalkedShop() as shop:
        journey = await walk(shop.url, shop.start(), folder=tmp_path, depth="cart")
        assert shop.carts == 0
    assert (journey.ended, journey.depth) == ("completed", "cart")
    assert intents(journey)[-2:] == [StepIntent.OPEN_CART, StepIntent.EMPTY_CART]
    assert StepIntent.START_CHECKOUT not in intents(journey)


@pytest.mark.parametrize(
    "difficulty",
    [
        "shadow",
        "drawer",
        "swatches",
        "region-gate",
        "hashed",
        "newsletter",
        "popup",
        "slow-add",
        "alternating",
        "account-aside",
    ],
)
async def test_difficulties_that_a_shopper_overcomes(difficulty: str, tmp_path: Path) -> None:
    async with WalkedShop(difficulty) as shop:
        journey = await walk_shop(shop, tmp_path, Device.MOBILE)
        assert (shop.orders, shop.carts) == (0, 0)
    assert (journey.ended, journey.note) == ("completed", "")
    assert intents(journey)[-2:] == [StepIntent.REACH_PAYMENT, StepIntent.EMPTY_CART]


async def test_a_log_in_in_the_place_of_the_cart_means_that_nothing_got_into_it(tmp_path: Path) -> None:
    async with WalkedShop("account-first") as shop:
        journey = await walk(shop.url, shop.start("1"), shop.start("2"), folder=tmp_path, depth="cart")
        assert (shop.added, shop.carts, shop.orders) == ([], 0, 0)
    assert (journey.guest, journey.traces, len(journey.products_tried)) == ("not-offered", (), 2)
    assert journey.steps[-1].did == "Pressed “Add to basket”, which led to a log-in"
    assert not journey.steps[-1].confirmed


async def test_a_product_that_needs_an_account_is_passed_over(tmp_path: Path) -> None:
    async with WalkedShop("account-for-one") as shop:
        journey = await walk(shop.url, shop.start("1"), shop.start("2"), folder=tmp_path)
        assert (shop.added, shop.carts, shop.orders) == (["2"], 0, 0)
    assert (journey.ended, journey.note, journey.guest) == ("completed", "", "only-way")


@pytest.mark.parametrize("device", list(Device))
async def test_goods_without_pages_are_bought_from_the_list_that_sells_them(device: Device, tmp_path: Path) -> None:
    async with WalkedShop("sold-from-list") as shop:
        journey = await walk(shop.url, folder=tmp_path, device=device, lists=(shop.url + "list",))
        assert (shop.added, shop.carts, shop.orders) == (["1"], 0, 0)
    assert (journey.ended, journey.note, journey.cleaned_up) == ("completed", "", True)
    assert (journey.product_name, journey.product_url) == ("Copper lantern", shop.url + "list")
    assert "£20.00" in journey.product_price


async def test_a_shop_that_sells_nothing_by_its_lists_is_not_walked(tmp_path: Path) -> None:
    async with WalkedShop() as shop:
        journey = await walk(shop.url, folder=tmp_path, lists=(shop.url + "list",))
    assert (journey.ended, journey.blocker) == ("not_walked", Blocker.NO_PRODUCT)


async def test_a_veil_that_lifts_by_itself_is_waited_for(tmp_path: Path) -> None:
    async with WalkedShop("veil") as shop:
        journey = await walk_shop(shop, tmp_path)
        assert (shop.orders, shop.carts) == (0, 0)
    assert (journey.ended, journey.note) == ("completed", "")
    assert StepIntent.CLOSE_LAYER not in intents(journey)


@pytest.mark.parametrize(
    ("difficulty", "blocker", "at"),
    [
        ("login-wall", Blocker.LOGIN_WALL, StepIntent.CHOOSE_GUEST),
        ("account-first", Blocker.LOGIN_WALL, StepIntent.ADD_TO_CART),
        ("captcha", Blocker.CAPTCHA, StepIntent.START_CHECKOUT),
        ("minimum", Blocker.MINIMUM_ORDER, StepIntent.START_CHECKOUT),
        ("off-domain", Blocker.OFF_DOMAIN, StepIntent.START_CHECKOUT),
        ("emptying", Blocker.CART_EMPTY, StepIntent.OPEN_CART),
        ("refuses-address", Blocker.FORM_GATE, StepIntent.FILL_ADDRESS),
        ("no-button", Blocker.NO_ADD_TO_CART, StepIntent.ADD_TO_CART),
        ("all-sold-out", Blocker.SOLD_OUT, StepIntent.ADD_TO_CART),
        ("no-delivery", Blocker.NO_DELIVERY, StepIntent.CHOOSE_DELIVERY),
        ("one-time-code", Blocker.ONE_TIME_CODE, StepIntent.CHOOSE_GUEST),
        ("bot-wall", Blocker.BOT_WALL, StepIntent.START_CHECKOUT),
    ],
)
async def test_what_stops_a_shopper_has_a_name(
    difficulty: str, blocker: Blocker, at: StepIntent, tmp_path: Path
) -> None:
    async with WalkedShop(difficulty) as shop:
        journey = await walk_shop(shop, tmp_path)
        assert (shop.orders, shop.carts) == (0, 0)
    assert (journey.ended, journey.blocker, journey.stuck_at) == ("stuck", blocker, at)
    assert journey.note
    assert journey.steps[-1].picture is not None


async def test_what_the_interlock_kept_in_is_not_held_against_the_shop(tmp_path: Path) -> None:
    async with WalkedShop("saving-link") as shop:
        journey = await walk_shop(shop, tmp_path)
        assert (shop.orders, shop.carts) == (0, 0)
    assert (journey.ended, journey.blocker) == ("forbidden", Blocker.INTERLOCK)
    assert journey.stuck_at is StepIntent.FILL_ADDRESS


async def test_a_rating_is_no_variant_and_a_ticked_line_leaves_the_cart(tmp_path: Path) -> None:
    async with WalkedShop("ticked-removal") as shop:
        journey = await walk(shop.url, shop.start(), folder=tmp_path, depth="cart")
        assert shop.carts == 0
    assert StepIntent.CHOOSE_VARIANT not in intents(journey)
    assert (journey.ended, journey.cleaned_up) == ("completed", True)


async def test_a_page_that_never_ends_to_load_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.browser.journey.onward.STEP_SECONDS", 4.0)
    async with WalkedShop("spinner") as shop:
        journey = await walk_shop(shop, tmp_path)
        assert (shop.orders, shop.carts) == (0, 0)
    assert (journey.ended, journey.blocker, journey.stuck_at) == ("stuck", Blocker.SPINNER, StepIntent.START_CHECKOUT)
    assert journey.steps[-1].picture is not None


async def test_what_a_page_says_in_a_dialog_is_noted_and_answered(tmp_path: Path) -> None:
    async with WalkedShop("alert") as shop:
        journey = await walk_shop(shop, tmp_path)
        assert (shop.orders, shop.carts) == (0, 0)
    assert journey.ended == "completed"
    assert journey.dialogs == ("alert: Good choice",)


async def test_a_shop_that_sells_by_a_list_of_numbers_needs_no_product_page(tmp_path: Path) -> None:
    async with WalkedShop("order-form") as shop:
        journey = await walk(shop.url, folder=tmp_path)
        assert (shop.orders, shop.carts) == (0, 0)
    assert (journey.ended, journey.note) == ("completed", "")
    assert journey.product_name == "Copper lantern"
    assert step(journey, StepIntent.CHOOSE_VARIANT).did == "Asked for 1 of “Copper lantern”"


async def test_a_shop_without_products_is_not_walked(tmp_path: Path) -> None:
    async with WalkedShop() as shop:
        journey = await walk(shop.url, folder=tmp_path)
    assert (journey.ended, journey.blocker) == ("not_walked", Blocker.NO_PRODUCT)


async def test_the_next_product_is_tried_when_the_first_is_sold_out(tmp_path: Path) -> None:
    async with WalkedShop("sold-out") as shop:
        journey = await walk_shop(shop, tmp_path)
        assert shop.orders == 0
    assert journey.ended == "completed"
    assert journey.products_tried == (shop.start("1"), shop.start("2"))
    assert journey.product_name == "Walnut tray"


async def test_nothing_of_a_one_page_checkout_is_sent(tmp_path: Path) -> None:
    async with WalkedShop("one-page") as shop:
        journey = await walk_shop(shop, tmp_path)
        assert shop.orders == 0
    assert (journey.ended, journey.one_page) == ("completed", True)
    reached = step(journey, StepIntent.REACH_PAYMENT)
    assert {use.meaning for use in reached.fields if use.action in ("filled", "chosen")} >= {
        "email",
        "postcode",
        "country",
    }
    assert {use.action for use in reached.fields if use.meaning in ("terms_consent", "payment_method")} <= {
        "left",
        "prefilled",
    }


@pytest.mark.parametrize("device", [Device.DESKTOP, Device.MOBILE])
@pytest.mark.parametrize("trap", [(), ("ordering-lists",)], ids=["honest", "ordering"])
async def test_lists_of_the_pages_own_making_are_chosen_in(
    trap: tuple[str, ...], device: Device, tmp_path: Path
) -> None:
    async with WalkedShop("own-lists", *trap) as shop:
        journey = await walk_shop(shop, tmp_path, device)
        assert (shop.orders, shop.carts) == (0, 0)
        assert "United Kingdom" in shop.stored
    assert (journey.ended, journey.note, journey.one_page) == ("completed", "", True)
    uses = {use.meaning: use.action for one in journey.steps for use in one.fields if use.action != "left"}
    assert (uses["country"], uses["delivery_method"]) == ("chosen", "chosen")
    assert "payment_method" not in uses
    assert bool(trap) == any("/order" in one.address for one in journey.refused_requests)


async def test_the_sign_of_an_order_ends_everything_at_once(tmp_path: Path) -> None:
    async with WalkedShop("thanks") as shop:
        journey = await walk_shop(shop, tmp_path)
    assert (journey.ended, journey.blocker) == ("forbidden", Blocker.TRIPPED)
    assert journey.order_sign
    assert journey.cleaned_up is False
    assert StepIntent.EMPTY_CART not in intents(journey)


async def test_settings_decide_before_the_ranking_and_never_above_the_interlock(tmp_path: Path) -> None:
    steps = {
        "open_cart": {"url": "/cart"},
        "checkout": {"role": "link", "name": "Checkout"},
        "continue": {"selector": ".trap"},
    }
    settings = {"steps": steps, "country": "DE", "product_url": "/p/2", "never_click": ["header a"]}
    async with WalkedShop("trap-button") as shop:
        journey = await walk(shop.url, shop.start("1"), folder=tmp_path, settings=settings)
        assert (shop.orders, shop.carts) == (0, 0)
    assert journey.products_tried == (f"{shop.url}p/2",)
    assert step(journey, StepIntent.START_CHECKOUT).because == ("the settings name it: link “Checkout”",)
    assert step(journey, StepIntent.OPEN_CART).did == "Opened the cart by its address"
    assert (journey.ended, journey.note) == ("completed", "")
    pressed = step(journey, StepIntent.FILL_ADDRESS).attempts
    assert [(one.candidate.tag, one.outcome) for one in pressed if one.candidate][:2] == [
        ("button", "refused"),
        ("button", "confirmed"),
    ]


async def test_what_the_settings_forbid_is_never_pressed(tmp_path: Path) -> None:
    async with WalkedShop() as shop:
        never = {"never_click": [".add button"]}
        journey = await walk(shop.url, shop.start("1"), folder=tmp_path, settings=never, depth="cart")
        assert shop.carts == 0
    assert (journey.ended, journey.blocker) == ("stuck", Blocker.NO_ADD_TO_CART)


async def test_a_browser_that_is_killed_ends_the_journey_with_its_name(tmp_path: Path) -> None:
    async with WalkedShop("slow-add") as shop:
        before = {child.pid for child in psutil.Process().children(recursive=True)}
        walking = asyncio.create_task(walk_shop(shop, tmp_path))
        picture = tmp_path / "journeys" / "buy.desktop" / "01-open.jpg"
        while not picture.exists():
            await asyncio.wait({walking}, timeout=0.05)
            assert not walking.done()
        started = [child for child in psutil.Process().children(recursive=True) if child.pid not in before]
        browsers = [
            child for child in started if "--type=" not in " ".join(child.cmdline()) and "chrom" in child.name()
        ]
        browsers[-1].kill()
        journey = await walking
    assert (journey.ended, journey.blocker) == ("stuck", Blocker.BROWSER_DIED)


@pytest.mark.server
async def test_django_oscar_is_walked_to_the_payment_in_english(oscar_shop: Storefront, tmp_path: Path) -> None:
    start = f"{oscar_shop.url}catalogue/tall-enamel-mug_2/"
    before = oscar_shop.orders()
    journey = await walk(oscar_shop.url, start, folder=tmp_path, language="en")
    assert (journey.ended, journey.note) == ("completed", "")
    assert journey.guest == "offered"
    assert journey.cleaned_up is True
    assert oscar_shop.orders() == before


@pytest.mark.server
async def test_django_oscar_is_walked_to_the_payment_in_polish(tmp_path: Path) -> None:
    with oscar("pl") as shop:
        start = f"{shop.url}catalogue/tall-enamel-mug_2/"
        journey = await walk(shop.url, start, folder=tmp_path, device=Device.MOBILE, language="pl")
        assert shop.orders() == 0
    assert (journey.ended, journey.note) == ("completed", "")
    assert journey.cleaned_up is True
