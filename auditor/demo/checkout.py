"""The cart and the guest checkout: address, delivery, payment, and the order that an audit must never place."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aiohttp import web

from auditor.demo.catalogue import Product
from auditor.demo.markup import DELIVERY
from auditor.demo.storefront import STOREFRONT, Session, Storefront, see_other

NEEDED = ("email", "first_name", "last_name", "street", "postcode", "city")
LINES_KEPT, QUANTITY_KEPT, VALUE_KEPT = 50, 99, 200

routes = web.RouteTableDef()


@dataclass(frozen=True)
class Line:
    """One line of the cart as shown."""

    key: str
    product: Product
    picture: str
    variant: str
    quantity: int
    total: int


def _lines(store: Storefront, session: Session) -> list[Line]:
    goods = {p.id: p for p in store.catalogue.products}
    words = store.catalogue.words
    lines = []
    for (name, colour, size), quantity in session.cart.items():
        item = goods[name]
        variant = words["text"]["comma"].join([words["colours"][colour], *([words["sizes"][size]] if size else [])])
        picture = item.picture_in(colour)
        lines.append(Line("|".join((name, colour, size)), item, picture, variant, quantity, item.price * quantity))
    return lines


def _sums(store: Storefront, session: Session, lines: list[Line]) -> dict[str, Decimal]:
    standard, pickup, free_from = DELIVERY[store.catalogue.language]
    items = Decimal(sum(line.total for line in lines))
    delivery = Decimal(pickup) if session.values.get("delivery") == "pickup" else Decimal(standard)
    if items >= free_from and session.values.get("delivery") != "pickup":
        delivery = Decimal(0)
    return {"goods": items, "delivery": delivery, "total": items + delivery}


@routes.get("/cart")
async def cart(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    session = store.session(request)
    lines = _lines(store, session)
    added = next((p.name for p in store.catalogue.products if p.id == request.query.get("added")), None)
    text = store.catalogue.words["text"]
    return store.page(
        request,
        "cart",
        title=text["cart"],
        lines=lines,
        sums=_sums(store, session, lines),
        added=added,
        trail=[(text["home"], "/"), (text["cart"], "/cart")],
    )


@routes.post("/cart/add")
async def add(request: web.Request) -> web.StreamResponse:
    store = request.app[STOREFRONT]
    form = await request.post()
    item = next((p for p in store.catalogue.products if p.id == form.get("product")), None)
    if item is None or not item.stock:
        return see_other("/cart")
    response = see_other(f"/cart?added={item.id}")
    session = store.begin(request, response)
    colour = str(form.get("colour"))
    size = str(form.get("size", ""))
    line = (
        item.id,
        colour if colour in item.colours else item.colours[0],
        size if size in item.sizes else item.sizes[0] if item.sizes else "",
    )
    if line in session.cart or len(session.cart) < LINES_KEPT:
        wanted = session.cart.get(line, 0) + _quantity(form.get("quantity"), 1)
        session.cart[line] = min(wanted, item.stock, QUANTITY_KEPT)
    return response


@routes.post("/cart/update")
async def update(request: web.Request) -> web.StreamResponse:
    store = request.app[STOREFRONT]
    form = await request.post()
    session = store.session(request)
    name, _, rest = str(form.get("line", "")).partition("|")
    colour, _, size = rest.partition("|")
    line = (name, colour, size)
    quantity = 0 if form.get("remove") else _quantity(form.get("quantity"), 0)
    if line in session.cart:
        if quantity:
            item = next(p for p in store.catalogue.products if p.id == name)
            session.cart[line] = min(quantity, item.stock, QUANTITY_KEPT)
        else:
            del session.cart[line]
    return see_other("/cart")


@routes.get("/checkout")
async def address(request: web.Request) -> web.Response:
    return _step(request, "address")


@routes.post("/checkout")
async def take_address(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    form = await request.post()
    session = store.session(request)
    session.values |= {name: str(form.get(name, "")).strip()[:VALUE_KEPT] for name in (*NEEDED, "phone")}
    text = store.catalogue.words["text"]
    errors = {name: text["field_needed"].format(name=text[name]) for name in NEEDED if not session.values[name]}
    if "email" not in errors and "@" not in session.values["email"]:
        errors["email"] = text["field_email"]
    if errors:
        return _step(request, "address", errors)
    return see_other("/checkout/delivery")


@routes.get("/checkout/delivery")
async def delivery(request: web.Request) -> web.Response:
    return _step(request, "delivery")


@routes.post("/checkout/delivery")
async def take_delivery(request: web.Request) -> web.Response:
    session = request.app[STOREFRONT].session(request)
    form = await request.post()
    session.values["delivery"] = "pickup" if form.get("delivery") == "pickup" else "standard"
    return see_other("/checkout/payment")


@routes.get("/checkout/payment")
async def payment(request: web.Request) -> web.Response:
    return _step(request, "payment")


@routes.post("/order")
async def order(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    store.orders += 1
    store.session(request).cart.clear()
    title = store.catalogue.words["text"]["order_thanks"]
    return store.page(request, "thanks", title=title, number=10_000 + store.orders)


def _step(request: web.Request, step: str, errors: dict[str, str] | None = None) -> web.Response:
    store = request.app[STOREFRONT]
    session = store.session(request)
    lines = _lines(store, session)
    if not lines:
        return see_other("/cart")
    if step != "address" and not all(session.values.get(name) for name in NEEDED):
        return see_other("/checkout")
    text = store.catalogue.words["text"]
    standard, pickup, free_from = DELIVERY[store.catalogue.language]
    cost = Decimal(0) if sum(line.total for line in lines) >= free_from else Decimal(standard)
    ways: list[tuple[str, str, Any]] = [
        ("standard", text["delivery_standard"], cost),
        ("pickup", text["delivery_pickup"], Decimal(pickup)),
    ]
    return store.page(
        request,
        "checkout",
        title=text["checkout"],
        step=step,
        steps=[(name, text[f"step_{name}"]) for name in ("address", "delivery", "payment")],
        values={"delivery": "standard", **session.values},
        errors=errors or {},
        lines=lines,
        sums=_sums(store, session, lines),
        ways=ways,
        payments=[(name, text[f"payment_{name}"]) for name in ("card", "transfer", "delivery")],
    )


def _quantity(value: object, default: int) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else default
