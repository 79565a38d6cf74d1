"""A shop on loopback with a cart, a guest checkout of three steps and a count of its orders."""

import asyncio
import secrets
from collections.abc import Collection
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.loopback import served
from tests.walked_shops import lists, pages
from tests.walked_shops.dialogs import SHAPES

PRODUCTS = {"1": ("Copper lantern", "£20.00"), "2": ("Walnut tray", "£34.50")}
NEEDED = ("email", "name", "street", "postcode", "city")
NAMED = frozenset({
    "sold-out", "all-sold-out", "login-wall", "shadow", "drawer", "newsletter", "veil", "region-gate", "one-page", "minimum", "captcha",
    "off-domain", "emptying", "alert", "slow-add", "refuses-address", "swatches", "hashed", "spinner", "popup", "no-button", "no-delivery",
    "one-time-code", "bot-wall", "own-lists", "ordering-lists", "thanks", "trap-button",
    "alternating", "order-form", "ticked-removal", "polish", "persian",
    "list-search", "account-aside", "saving-link", "account-first", "account-for-one", "sold-from-list",
}) | SHAPES  # fmt: skip


class WalkedShop:
    """``difficulties`` are names of ``NAMED``. ``orders`` counts what must stay at 0, ``carts`` the goods in all carts;
    ``stored`` are the countries that the page with lists of its own sent, ``added`` the products that were ever put
    into a cart."""

    def __init__(self, *difficulties: str) -> None:
        unknown = set(difficulties) - NAMED
        if unknown:
            raise ValueError(f"no such difficulty: {unknown}")
        self.has: Collection[str] = frozenset(difficulties)
        self.orders = 0
        self.stored: list[str] = []
        self.added: list[str] = []
        self._answered = 0
        self.url = ""
        self._sessions: dict[str, dict[str, str | list[str]]] = {}
        self._serving = AsyncExitStack()

    @property
    def carts(self) -> int:
        return sum(len(session["cart"]) for session in self._sessions.values())

    def start(self, number: str = "1") -> str:
        return f"{self.url}p/{number}"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes([
            web.get("/", self._home), web.get("/p/{id}", self._product), web.post("/cart/add", self._add), web.post("/x/a9", self._add),
            web.post("/cart/options", self._add), web.post("/modal", self._home),
            web.get("/cart", self._cart), web.post("/cart/remove", self._remove), web.post("/customer/save", self._home), web.post("/product/removefromcart", self._remove), web.get("/checkout", self._checkout),
            web.post("/checkout/address", self._address), web.get("/checkout/delivery", self._delivery),
            web.post("/checkout/delivery", self._choose), web.get("/checkout/payment", self._payment), web.post("/order", self._order),
            web.get("/never", self._never), web.get("/login", self._log_in), web.post("/login", self._home), web.post("/neutral", self._order),
            web.get("/list", self._list), web.post("/checkout/addresses", self._store), web.get("/order/thank-you", self._thanks),
        ])  # fmt: skip
        self.url = await self._serving.enter_async_context(served(app, handler_cancellation=True)) + "/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._serving.aclose()

    def _session(self, request: web.Request) -> dict[str, str | list[str]]:
        return self._sessions.get(request.cookies.get("s", ""), {"cart": []})

    def _page(self, request: web.Request, title: str, body: str) -> web.Response:
        count = len(self._session(request)["cart"])
        self._answered += 1
        odd = "alternating" in self.has and self._answered % 2
        text = pages.other_layout(title, body, count) if odd else pages.page(title, body, count, self.has)
        response = web.Response(text=text, content_type="text/html")
        if request.cookies.get("s", "") not in self._sessions:
            token = secrets.token_hex(8)
            self._sessions[token] = {"cart": []}
            response.set_cookie("s", token)
        return response

    async def _home(self, request: web.Request) -> web.Response:
        if "order-form" in self.has:
            return self._page(request, "Price list", pages.order_form(PRODUCTS))
        if "sold-from-list" in self.has:
            return self._page(request, "Home", "<h1>Fine things</h1><p>Look at <a href=/list>all goods</a>.</p>")
        links = "".join(
            f'<li><a href="/p/{number}">{name}</a> {price}</li>' for number, (name, price) in PRODUCTS.items()
        )
        return self._page(request, "Home", f"<h1>Fine things</h1><ul>{links}</ul>")

    async def _log_in(self, request: web.Request) -> web.Response:
        return self._page(request, "Log in", pages.LOGIN)

    async def _list(self, request: web.Request) -> web.Response:
        if "sold-from-list" in self.has:
            return self._page(request, "All goods", pages.selling_list(PRODUCTS))
        wanted = request.query.get("q", "").lower()
        found = [(number, *one) for number, one in PRODUCTS.items() if wanted in one[0].lower()]
        return self._page(request, "All goods", pages.searchable_list(found, wanted))

    async def _product(self, request: web.Request) -> web.Response:
        number = request.match_info["id"]
        name, price = PRODUCTS[number]
        gone = "all-sold-out" in self.has or ("sold-out" in self.has and number == "1")
        return self._page(request, name, pages.product(number, name, price, self.has, gone=gone))

    async def _add(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        if "slow-add" in self.has:
            await asyncio.sleep(4)
        if "swatches" in self.has and not form.get("size"):
            return web.Response(status=422, text="Choose a size")
        cart = self._session(request)["cart"]
        assert isinstance(cart, list)
        if "order-form" in self.has:
            wanted = [number for number in PRODUCTS if form.get(f"line_{number}") not in (None, "", "0")]
            cart.extend(wanted)
            return web.Response(status=303, headers={"Location": "/cart" if wanted else "/"})
        number = form["product"]
        assert isinstance(number, str)
        if "account-first" in self.has or ("account-for-one" in self.has and number == "1"):
            return web.Response(status=302, headers={"Location": "/login?next=/cart/add"})
        cart.append(number)
        self.added.append(number)
        if request.path in ("/x/a9", "/cart/options") or "drawer" in self.has:
            return web.json_response({"count": len(cart), "name": PRODUCTS[number][0]})
        back = "/list" if "sold-from-list" in self.has else f"/p/{number}?added=1"
        return web.Response(status=303, headers={"Location": back})

    async def _cart(self, request: web.Request) -> web.Response:
        session = self._session(request)
        if "emptying" in self.has:
            session["cart"] = []
        goods = [PRODUCTS[number] for number in session["cart"]]
        return self._page(request, "Your basket", pages.cart(goods, self.has))

    async def _remove(self, request: web.Request) -> web.StreamResponse:
        if "ticked-removal" not in self.has or (await request.post()).get("line-0-DELETE"):
            self._session(request)["cart"] = []
        return web.Response(status=303, headers={"Location": "/cart"})

    async def _checkout(self, request: web.Request) -> web.StreamResponse:
        session = self._session(request)
        if not session["cart"]:
            return web.Response(status=303, headers={"Location": "/cart"})
        if "thanks" in self.has:
            return web.Response(status=303, headers={"Location": "/order/thank-you"})
        if "login-wall" in self.has:
            return self._page(request, "Log in", pages.LOGIN)
        if "captcha" in self.has:
            return self._page(
                request,
                "Check",
                '<h1>One moment</h1><iframe src="https://newassets.hcaptcha.com/captcha" width=300 height=300></iframe>',
            )
        if "bot-wall" in self.has:
            return web.Response(status=403, text=pages.WALL, content_type="text/html")
        if "one-time-code" in self.has:
            return self._page(request, "Checkout", pages.CODE)
        if "own-lists" in self.has:
            return self._page(request, "Checkout", lists.one_page(self.has))
        if "spinner" in self.has:
            return self._page(request, "Checkout", pages.SPINNER)
        if "off-domain" in self.has:
            return web.Response(status=303, headers={"Location": self.url.replace("127.0.0.1", "localhost") + "cart"})
        return self._page(
            request, "Checkout", pages.one_page(self.has) if "one-page" in self.has else pages.address({}, (), self.has)
        )

    async def _address(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        wrong = tuple(name for name in NEEDED if not form.get(name))
        if "refuses-address" in self.has:
            wrong = ("postcode",)
        if wrong:
            return self._page(request, "Checkout", pages.address(form, wrong, self.has))
        self._session(request)["address"] = "given"
        return web.Response(status=303, headers={"Location": "/checkout/delivery"})

    async def _delivery(self, request: web.Request) -> web.Response:
        return self._page(request, "Delivery", pages.NO_DELIVERY if "no-delivery" in self.has else pages.delivery())

    async def _choose(self, request: web.Request) -> web.StreamResponse:
        chosen = (await request.post()).get("shipping")
        return web.Response(status=303, headers={"Location": "/checkout/payment" if chosen else "/checkout/delivery"})

    async def _payment(self, request: web.Request) -> web.Response:
        return self._page(request, "Payment", pages.payment())

    async def _order(self, request: web.Request) -> web.Response:
        self.orders += 1
        return self._page(request, "Thank you", "<h1>Thank you for your order</h1>")

    async def _store(self, request: web.Request) -> web.Response:
        self.stored.append((await request.json()).get("country", ""))
        return web.json_response({})

    async def _thanks(self, request: web.Request) -> web.Response:
        return self._page(request, "Thank you", "<h1>Thank you for your order</h1>")

    async def _never(self, request: web.Request) -> web.Response:
        await asyncio.sleep(3600)
        return web.Response()
