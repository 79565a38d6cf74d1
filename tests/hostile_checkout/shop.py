"""The server: one page per vector, an honest checkout beside them, and every address that orders."""

import json
import random
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from aiohttp import web

from auditor.lexicon import LANGUAGES, Concept, words
from tests.hostile_checkout.vectors import BUYS, VECTORS
from tests.loopback import served

BY_NAME = {vector.name: vector for vector in (*VECTORS, *BUYS)}
STEPS = "<ol><li{}>Address</li><li{}>Delivery</li><li{}>Payment</li></ol>"
CURRENT = ' aria-current="step"'
LAST_STEP = {"payment_method", "terms", "card"}
FIELDS = (
    "<label>E-mail <input name='email' type='email'></label>",
    "<label>Street <input name='street' autocomplete='street-address'></label>",
    "<label><input type='radio' name='shipping_method' value='post' checked>Post</label>",
    "<label><input type='radio' name='payment_method' value='cod' checked>Cash</label>",
    "<label><input type='checkbox' name='terms' checked>I accept the terms</label>",
    "<input type='hidden' name='action' value='place_order'>",
    "<label>Card number <input name='card' autocomplete='cc-number'></label>",
)
ACTIONS = ("/order", "/checkout", "/checkout/address", "/checkout/next", "/x", "/save", "/pay", "/checkout/confirm")
NEUTRAL = (
    "Next",
    "Continue",
    "Weiter",
    "Dalej",
    "ادامه",
    "次へ",
    "OK",
    "Place order",
    "Zamawiam i płacę",
    "ثبت سفارش",
    "",
)
ASKS = (Concept.PLACE_ORDER, Concept.PAY, Concept.CHECKOUT, Concept.BUY_NOW, Concept.NEXT_PAGE, Concept.GUEST_CHECKOUT)
WORDS = [word for language in LANGUAGES for concept in ASKS for word in words(concept, language)]
HTML = "<!doctype html><html lang='en'><head><title>Shop</title><link rel='icon' href='data:,'></head><body>"


class HostileShop:
    """On 127.0.0.1, and as another site under ``localhost``. ``orders`` holds the vector of each order placed."""

    def __init__(self) -> None:
        self.orders: list[str] = []
        self.cart = 0
        self.reached: list[str] = []
        self.url = ""
        self._serving = AsyncExitStack()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**20)
        add = app.router.add_route
        add("GET", "/vector/{name}", self._vector)
        for path in ("/order", "/order/confirm", "/checkout/place-order", "/api/orders", "/carts/7/checkout"):
            add("*", path, self._order)
        add("*", "/neutral", self._neutral)
        add("GET", "/socket", self._socket)
        add("*", "/graphql", self._order)
        add("*", "/rpc", self._order)
        add("*", "/kept", self._kept)
        add("*", "/moved", self._moved)
        add("*", "/chain", self._chain)
        add("GET", "/posting", self._posting)
        add("GET", "/worker.js", self._worker)
        add("GET", "/service-worker.js", self._service_worker)
        add("GET", "/rules.json", self._rules)
        add("POST", "/checkout", self._posted_checkout)
        add("POST", "/checkout/address", self._address_taken)
        add("POST", "/checkout/address/save", self._late)
        add("GET", "/blank", self._blank)
        add("GET", "/", self._home)
        add("GET", "/product/lamp", self._product)
        add("GET", "/product/lamp-to-buy", self._bought)
        add("POST", "/cart/add", self._add)
        add("GET", "/cart", self._cart)
        add("POST", "/cart/remove", self._remove)
        add("GET", "/checkout", self._address)
        add("GET", "/checkout/delivery", self._delivery)
        add("POST", "/checkout/delivery", self._delivery_taken)
        add("GET", "/checkout/payment", self._payment)
        add("GET", "/fuzz/{seed}", self._fuzzed)
        add("POST", "/{rest:.*}", self._order)
        self.url = await self._serving.enter_async_context(served(app))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._serving.aclose()

    async def _page(self, body: str, headers: dict[str, str] | None = None) -> web.Response:
        return web.Response(text=f"{HTML}{body}</body></html>", content_type="text/html", headers=headers)

    def _named(self, text: str, name: str) -> str:
        port = self.url.rpartition(":")[2]
        text = text.replace("ORDERFULL", f"{self.url}/order?v={name}").replace("ORDER", f"/order?v={name}")
        text = text.replace("SOCKET", f"ws://127.0.0.1:{port}/socket?v={name}")
        return (
            text.replace("ELSEWHERE", f"http://localhost:{port}")
            .replace("v=NAME", f"v={name}")
            .replace('"NAME"', f'"{name}"')
        )

    async def _vector(self, request: web.Request) -> web.Response:
        vector = BY_NAME[request.match_info["name"]]
        headers = {name: self._named(value, vector.name) for name, value in vector.headers}
        return await self._page(self._named(vector.body, vector.name), headers)

    async def _fuzzed(self, request: web.Request) -> web.Response:
        """A random button in a random form, which the form's own action or a script sends somewhere."""
        chance = random.Random(request.match_info["seed"])
        fields = "".join(chance.sample(FIELDS, chance.randrange(1, len(FIELDS))))
        steps = STEPS.format(CURRENT, "", "") if chance.random() < 0.7 else ""
        action, asked = chance.choice(ACTIONS), chance.choice(ACTIONS)
        letters = "".join(chance.choices("abcdeęłżپچژあ ", k=chance.randrange(1, 12)))
        label = chance.choice((chance.choice(NEUTRAL), chance.choice(WORDS), letters))
        script = f"document.getElementById('go').onclick = () => fetch('{asked}', {{method: 'POST', body: 'x=1'}})"
        return await self._page(
            f"{steps}<form method='post' action='{action}'>{fields}<button id='go'>{label}</button></form>"
            f"<script>{script if chance.random() < 0.5 else ''}</script>"
        )

    async def _order(self, request: web.Request) -> web.Response:
        self.orders.append(request.query.get("v", request.path))
        return await self._page("<h1>Thank you for your order</h1>")

    async def _neutral(self, request: web.Request) -> web.Response:
        override = request.headers.get("X-HTTP-Method-Override", request.query.get("_method", request.method))
        return await (self._order(request) if override.upper() == "POST" else self._page("neutral"))

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        self.orders.append(request.query.get("v", "socket"))
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        return socket

    async def _home(self, request: web.Request) -> web.Response:
        return await self._page("<a id='product' href='/product/lamp'>Lamp</a>")

    async def _blank(self, request: web.Request) -> web.Response:
        return await self._page("<p>Nothing here</p>")

    async def _kept(self, request: web.Request) -> web.Response:
        return await self._redirect(request, 307)

    async def _moved(self, request: web.Request) -> web.Response:
        return await self._redirect(request, 302)

    async def _redirect(self, request: web.Request, status: int) -> web.Response:
        return web.Response(status=status, headers={"Location": f"/order?v={request.query['v']}"})

    async def _chain(self, request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": f"/moved?v={request.query['v']}"})

    async def _posting(self, request: web.Request) -> web.Response:
        where = "" if "here" in request.query else self.url
        v = request.query["v"]
        return await self._page(f"<script>fetch('{where}/order?v={v}', {{method: 'POST', mode: 'no-cors'}})</script>")

    async def _worker(self, request: web.Request) -> web.Response:
        v = request.query["v"]
        code = f"fetch('/order?v={v}', {{method: 'POST'}})"
        if "socket" in request.query:
            code = f"new WebSocket('{self.url.replace('http', 'ws')}/socket?v={v}')"
        return web.Response(text=code, content_type="text/javascript")

    async def _service_worker(self, request: web.Request) -> web.Response:
        code = f"oninstall = event => event.waitUntil(fetch('/order?v={request.query['v']}', {{method: 'POST'}}))"
        return web.Response(text=code, content_type="text/javascript")

    async def _rules(self, request: web.Request) -> web.Response:
        address = f"/order?v={request.query['v']}"
        rules = json.dumps({"prefetch": [{"urls": [address], "eagerness": "immediate"}]})
        return web.Response(text=rules, content_type="application/speculationrules+json")

    async def _posted_checkout(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("action") == "place_order" or LAST_STEP & set(form):
            return await self._order(request)
        return web.Response(status=303, headers={"Location": "/checkout/delivery"})

    async def _address_taken(self, request: web.Request) -> web.Response:
        form = await request.post()
        if "kept" in request.query:
            return await self._redirect(request, 307)
        if form.get("action") == "place_order" or LAST_STEP & set(form):
            return await self._order(request)
        self.reached.append("address")
        return web.Response(status=303, headers={"Location": "/checkout/delivery"})

    async def _late(self, request: web.Request) -> web.Response:
        return await self._order(request)

    async def _product(self, request: web.Request) -> web.Response:
        return await self._page(
            "<h1>Lamp</h1><form method='post' action='/cart/add'><input type='hidden' name='product' value='lamp'>"
            "<input name='quantity' value='1'><button id='go'>Add to cart</button></form>"
        )

    async def _bought(self, request: web.Request) -> web.Response:
        return await self._page(
            "<ul><li><a href='/'>Home</a></li><li><strong>Lamp</strong></li></ul><h1>Lamp</h1><form method='post' action='/cart/add'>"
            "<input type='number' name='quantity' value='1'><button id='go'>Buy</button></form>"
        )

    async def _add(self, request: web.Request) -> web.Response:
        if "kept" in request.query:
            return await self._redirect(request, 307)
        self.cart += 1
        return web.Response(status=303, headers={"Location": "/cart"})

    async def _cart(self, request: web.Request) -> web.Response:
        return await self._page(
            f"<p id='count'>{self.cart}</p><form method='post' action='/cart/remove'><button id='remove' name='line' value='1'>Remove</button>"
            "</form><a id='go' href='/checkout'>Checkout</a>"
        )

    async def _remove(self, request: web.Request) -> web.Response:
        self.cart = 0
        return web.Response(status=303, headers={"Location": "/cart"})

    async def _address(self, request: web.Request) -> web.Response:
        self.reached.append("checkout")
        return await self._page(
            STEPS.format(CURRENT, "", "") + "<form method='post' action='/checkout/address'>"
            "<label>E-mail <input id='email' name='email' type='email'></label>"
            "<label>Street <input id='street' name='street' autocomplete='street-address'></label>"
            "<button id='go'>Continue</button></form>"
        )

    async def _delivery(self, request: web.Request) -> web.Response:
        self.reached.append("delivery")
        return await self._page(
            STEPS.format("", CURRENT, "") + "<form method='post'><fieldset><legend>Delivery</legend>"
            "<label><input id='choice' type='radio' name='delivery' value='post'>Post</label></fieldset>"
            "<button id='go'>Continue to payment</button></form>"
        )

    async def _delivery_taken(self, request: web.Request) -> web.Response:
        return web.Response(status=303, headers={"Location": "/checkout/payment"})

    async def _payment(self, request: web.Request) -> web.Response:
        self.reached.append("payment")
        return await self._page(
            STEPS.format("", "", CURRENT) + "<form method='post' action='/order'>"
            "<label><input id='choice' type='radio' name='payment' value='cod' checked>Cash</label><button id='go'>Next</button></form>"
        )
