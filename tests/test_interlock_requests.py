"""Which requests may leave, phase by phase: the decisions without a browser."""

import json

import pytest

from auditor.interlock import Act, Intent, Kind, Phase, Sent, decide
from auditor.interlock.phase import check_entry
from auditor.interlock.request import without_secrets

SHOP = "https://shop.example"
SITES = frozenset({"shop.example"})
FORM = "application/x-www-form-urlencoded"
TYPED = ("audit@shop.example", "1 Example Street", "Sampletown")
DETAILS = "email=audit%40shop.example&street=1+Example+Street&city=Sampletown"
STEP = Act(intent=Intent.PRESS, target=f"{SHOP}/checkout/address", advances=True)
JSON = "application/json"


def sent(method: str, path: str, body: str | None = None, kind: Kind = Kind.FETCH, act: Act = STEP, typed: tuple[str, ...] = TYPED, content: str = FORM, **headers: str) -> Sent:  # fmt: skip
    url = path if "://" in path else SHOP + path
    heads = {name.replace("_", "-"): value for name, value in headers.items()} | (
        {"content-type": content} if body else {}
    )
    return Sent(url=url, method=method, kind=kind, body=body, act=act, typed=typed, headers=heads)


def graphql(text: str, **more: object) -> str:
    return json.dumps({"query": text, **more})


ORDERS = [
    sent("POST", "/order"), sent("POST", "/api/orders"), sent("POST", "/?wc-ajax=checkout", "billing_email=a"),
    sent("POST", "/wc/store/v1/checkout", "{}", content=JSON), sent("POST", "/rest/V1/guest-carts/a1/payment-information"),
    sent("POST", "/checkout/place-order", DETAILS), sent("POST", "/checkout/placeOrder.do", DETAILS),
    sent("POST", "/on/demandware.store/Sites-x/CheckoutServices-PlaceOrder"), sent("POST", "/store/carts/cart_1/complete"),
    sent("POST", "/carts/7/checkout"), sent("POST", "/internalapi/v1/checkout/order"), sent("POST", "/checkout/complete", DETAILS),
    sent("POST", "/index.php?route=extension/payment/cod/confirm"), sent("GET", "/index.php?route=checkout/confirm"),
    sent("POST", "/module/ps_wirepayment/validation", DETAILS), sent("GET", "/module/ps_checkpayment/validation"),
    sent("POST", "/checkout/address", DETAILS + "&action=place_order"), sent("POST", "/checkout/preview/", DETAILS + "&action=place_order"),
    sent("POST", "/checkout/address", DETAILS + "&woocommerce_checkout_place_order=1"),
    sent("POST", "/checkout/address", DETAILS + "&payment_method=cod"), sent("POST", "/checkout/address", DETAILS + "&terms=on"),
    sent("POST", "/checkout/address", DETAILS + "&cardNumber=4111"), sent("POST", "/checkout/address", DETAILS + "&payment%5Bmethod%5D=cod&payment_method%5Bid%5D=1"),
    sent("POST", "/graphql", graphql("mutation { placeOrder { id } }"), content=JSON),
    sent("POST", "/graphql", graphql("mutation Address { a: completeCheckout(id: 1) { id } }"), content=JSON),
    sent("POST", "/graphql", graphql("query A { a } mutation B { address { id } checkoutComplete { id } }", operationName="B"), content=JSON),
    sent("POST", "/graphql", graphql("mutation { ...F } fragment F on Mutation { orderCreate { id } }"), content=JSON),
    sent("POST", "/graphql", json.dumps([{"query": "{ a }"}, {"query": "mutation { createPayment { id } }"}]), content=JSON),
    sent("POST", "/graphql", json.dumps({"operationName": "SubmitForCompletion", "extensions": {}}), content=JSON),
    sent("GET", "/graphql?query=mutation%7BplaceOrder%7Bid%7D%7D"), sent("GET", "/graphql?operationName=PlaceOrder&extensions=%7B%7D"),
    sent("POST", "/livewire/update", json.dumps({"components": [{"calls": [{"method": "placeOrder"}]}]}), content=JSON),
    sent("POST", "/rpc", json.dumps({"jsonrpc": "2.0", "method": "order.place"}), content=JSON),
    sent("GET", "/x?_method=POST"), sent("GET", "/x", X_HTTP_Method_Override="POST"),
    sent("GET", "/order/confirm?token=abc"), sent("GET", "/order"), sent("GET", "/%6Frder"), sent("GET", "/Order.aspx"), sent("GET", "/order.gif", kind=Kind.ASSET),
    sent("POST", "https://api.stripe.com/v1/payment_intents"), sent("POST", "https://x.paypal.com/neutral"),
    sent("POST", "https://elsewhere.example/checkout/address", DETAILS), sent("GET", "wss://shop.example/live", kind=Kind.SOCKET),
    sent("POST", "/checkout/zahlungspflichtig-bestellen", DETAILS), sent("POST", "/zamowienie/zloz", DETAILS),
    sent("POST", "/neutral", "\x00\x01\x02", content="application/octet-stream"), sent("POST", "/checkout/address", "not json", content="text/plain"),
]  # fmt: skip


@pytest.mark.parametrize("request_", ORDERS, ids=lambda s: f"{s.method} {s.url[8:60]} {(s.body or '')[-30:]}")
def test_what_may_order_is_refused_even_when_we_pressed_for_it(request_: Sent) -> None:
    lower = {name.lower(): value for name, value in request_.headers.items()}
    verdict = decide(request_.model_copy(update={"headers": lower}), Phase.DETAILS, SITES)
    assert not verdict.allowed
    assert verdict.why.endswith(".")


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize(
    "act", [Act(), STEP, Act(intent=Intent.OPEN), Act(intent=Intent.FILL)], ids=lambda act: act.intent
)
def test_an_order_is_refused_in_every_phase(phase: Phase, act: Act) -> None:
    for path in ("/order", "/api/orders", "/checkout/place-order", "/checkout/confirm", "/purchase"):
        for method in ("POST", "PUT", "PATCH", "DELETE", "GET"):
            assert not decide(sent(method, path, act=act), phase, SITES).allowed


STEPS = [
    sent("POST", "/checkout/address", DETAILS, Kind.DOCUMENT), sent("POST", "/checkout", DETAILS, Kind.DOCUMENT, Act(intent=Intent.PRESS, target=f"{SHOP}/checkout", advances=True)),
    sent("POST", "/checkout/shipping-method/", "method=1", Kind.DOCUMENT), sent("POST", "/api/carts/7/addresses", json.dumps({"address": {"email": TYPED[0]}}), content=JSON),
    sent("POST", "/graphql", graphql("mutation { checkoutShippingAddressUpdate(a: 1) { id } }"), content=JSON),
    sent("POST", "/graphql", graphql("query { deliveryOptions { id } }"), content=JSON, act=Act()),
    sent("POST", "/cart/estimate-totals", DETAILS, act=Act(intent=Intent.FILL)),
    sent("GET", "/checkout/delivery", kind=Kind.DOCUMENT), sent("GET", "/checkout/payment", kind=Kind.DOCUMENT), sent("GET", "/api/payment-methods"),
    sent("GET", "/static/order.js", kind=Kind.ASSET), sent("GET", "https://js.stripe.com/v3/", kind=Kind.ASSET), sent("GET", "https://js.stripe.com/v3/elements.html", kind=Kind.FRAME, act=Act()),
]  # fmt: skip


@pytest.mark.parametrize("request_", STEPS, ids=lambda s: f"{s.method} {s.url[8:60]}")
def test_what_advances_a_step_may_leave(request_: Sent) -> None:
    assert decide(request_, Phase.DETAILS, SITES).allowed


@pytest.mark.parametrize(
    "request_", [one for one in STEPS if one.method == "POST" and one.act.advances], ids=lambda s: s.url[8:60]
)
def test_the_same_without_our_press_may_not(request_: Sent) -> None:
    assert not decide(request_.model_copy(update={"act": Act()}), Phase.DETAILS, SITES).allowed


@pytest.mark.parametrize("request_", [*STEPS, *ORDERS], ids=lambda s: s.url[:60])
def test_nothing_leaves_after_the_payment_step(request_: Sent) -> None:
    assert not decide(request_, Phase.PAYMENT_SEEN, SITES, platform="WooCommerce").allowed


PRESS = Act(intent=Intent.PRESS, target=f"{SHOP}/cart/add")
CART = [
    (sent("POST", "/cart/add", "product=lamp&quantity=1", Kind.DOCUMENT, PRESS, ()), True),
    (sent("POST", "/?wc-ajax=add_to_cart", "product_id=1", Kind.FETCH, PRESS, ()), True),
    (sent("POST", "/api/x", json.dumps({"sku": "1", "qty": 1}), Kind.FETCH, PRESS, (), JSON), True),
    (sent("POST", "/graphql", graphql("mutation { cartLinesAdd(lines: 1) { id } }"), Kind.FETCH, PRESS, (), JSON), True),
    (sent("POST", "/x", "a=1", Kind.FETCH, PRESS, ()), False),
    (sent("POST", "/cart/add", "product=lamp", Kind.FETCH, Act(), ()), False),
    (sent("POST", "/buy-now", "product=lamp", Kind.DOCUMENT, PRESS, ()), False),
    (sent("POST", "/checkout", "", Kind.DOCUMENT, Act(intent=Intent.PRESS, target=f"{SHOP}/checkout"), ()), True),
    (sent("POST", "/checkout", "", Kind.DOCUMENT, Act(intent=Intent.PRESS, target=f"{SHOP}/checkout"), TYPED), False),
    (sent("GET", "/zamowienie", kind=Kind.DOCUMENT, act=PRESS, typed=()), True),
    (sent("POST", "/consent", "all=0", Kind.FETCH, Act(), ()), True),
    (sent("POST", "https://analytics.example/collect", "a=1", Kind.PING, Act(), ()), True),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "may"), CART, ids=[f"{one.method} {one.url[8:50]} {may}" for one, may in CART])
def test_the_cart_may_be_filled(request_: Sent, may: bool) -> None:
    assert decide(request_, Phase.CART, SITES).allowed is may


@pytest.mark.parametrize(
    ("path", "body", "may"),
    [
        ("/cart/remove", "line=1", True),
        ("/cart/clear.js", "", True),
        ("/product/removefromcart", "cartId=1", True),
        ("/product/addtocart", "productId=1", False),
        ("/cart/add", "product=1", False),
        ("/api/orders", "x=1", False),
    ],
)
def test_while_clearing_only_removals_leave(path: str, body: str, may: bool) -> None:
    act = Act(intent=Intent.PRESS, target=SHOP + path, removes=True)
    assert decide(sent("POST", path, body, Kind.DOCUMENT, act), Phase.CLEARING, SITES).allowed is may


def test_platform_facts_only_allow_and_only_on_their_platform() -> None:
    step = sent("POST", "/order", "submitAddress=1&address1=x", Kind.DOCUMENT)
    assert not decide(step, Phase.DETAILS, SITES).allowed
    assert not decide(step, Phase.DETAILS, SITES, platform="Sylius").allowed
    assert decide(step, Phase.DETAILS, SITES, platform="PrestaShop").allowed
    paid = sent("POST", "/order", "submitAddress=1&payment-option=1", Kind.DOCUMENT)
    assert not decide(paid, Phase.DETAILS, SITES, platform="PrestaShop").allowed


def test_reading_that_carries_off_what_was_typed_is_refused() -> None:
    from urllib.parse import urlencode

    query = urlencode({str(number): value for number, value in enumerate(TYPED)})
    assert not decide(sent("GET", f"/next?{query}", act=Act()), Phase.DETAILS, SITES).allowed


def test_phases_only_narrow_and_depth_is_the_operators() -> None:
    check_entry(Phase.DETAILS, Phase.CART, "payment")
    check_entry(Phase.CLEARING, Phase.CART, "cart")
    for phase, now, depth in [(Phase.DETAILS, Phase.CART, "cart"), (Phase.CART, Phase.BROWSING, "pages"), (Phase.CART, Phase.DETAILS, "payment"), (Phase.DETAILS, Phase.CLEARING, "payment")]:  # fmt: skip
        with pytest.raises(ValueError, match=r"Depth|cannot go back"):
            check_entry(phase, now, depth)  # type: ignore[arg-type]


def test_the_record_keeps_no_secrets() -> None:
    kept = without_secrets("https://me:pass@shop.example/checkouts/cn/Z2NwLWV1cm9wZS13ZXN0MTox/pay?token=1#x")
    assert kept == "https://shop.example/checkouts/cn/…/pay"
