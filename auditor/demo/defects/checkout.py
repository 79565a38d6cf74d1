"""Defects of the cart and of the way into the checkout, which only a walk through it meets."""

from dataclasses import replace
from typing import TYPE_CHECKING

from aiohttp import web

from auditor.demo.defects.defect import (
    Defect,
    Document,
    all_of,
    delayed,
    in_language,
    removing,
    rows,
    setting,
)

if TYPE_CHECKING:
    from auditor.demo.storefront import Storefront

CART, PRODUCT, EVERYWHERE = rows("cart"), rows("product"), frozenset[str]()
_LOGIN = """<form class="form" method="post" action="/login"><h2>Log in</h2>
<div class="field"><label for="user">E-mail</label><input id="user" name="user" type="email" required></div>
<div class="field"><label for="secret">Password</label><input id="secret" name="secret" type="password" required></div>
<p><button class="button" type="submit">Log in</button></p></form>"""


def _back_to_product(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    if request.path == "/cart/add" and "Referer" in request.headers:
        response.headers["Location"] = request.headers["Referer"]
    return response


async def _one_piece(request: web.Request, store: "Storefront") -> None:
    """Who opens the cart anew, and was not led there by the shop, finds one piece of everything."""
    if request.path == "/cart" and "Referer" not in request.headers:
        cart = store.session(request).cart
        cart.update(dict.fromkeys(cart, 1))


async def _sneaked(request: web.Request, store: "Storefront") -> None:
    session = store.session(request)
    if request.path == "/cart" and len(session.cart) == 1 and not session.values.get("sneaked"):
        held = {name for name, _colour, _size in session.cart}
        extra = next(one for one in store.catalogue.products if one.stock and one.id not in held and not one.sizes)
        session.cart[extra.id, extra.colours[0], ""] = 1
        session.values["sneaked"] = "yes"


async def _other_variant(request: web.Request, store: "Storefront") -> None:
    session = store.session(request)
    if request.path != "/cart" or session.values.get("swapped"):
        return
    for (name, colour, size), quantity in list(session.cart.items()):
        item = next(one for one in store.catalogue.products if one.id == name)
        other = next((one for one in item.colours if one != colour), colour)
        del session.cart[name, colour, size]
        session.cart[name, other, size] = quantity
        session.values["swapped"] = "yes"


def _page(store: "Storefront", request: web.Request, body: str) -> web.Response:
    title = store.catalogue.words["text"]["checkout"]
    html = store.page(request, "text", title=title, parts_of_text=[]).text or ""
    document = Document(html, "text", store.catalogue)
    document.add("main", body)
    return web.Response(text=document.html(), content_type="text/html", charset="utf-8")


async def _account_only(request: web.Request, store: "Storefront") -> web.StreamResponse | None:
    return _page(store, request, _LOGIN) if request.path.startswith("/checkout") else None


async def _guest_below(request: web.Request, store: "Storefront") -> web.StreamResponse | None:
    if request.path != "/checkout" or request.method != "GET" or "guest" in request.query:
        return None
    if request.headers.get("Referer", "").endswith("/checkout/delivery"):
        return None
    guest = "<p>Or <a href='/checkout?guest=1'>continue as guest</a>.</p>"
    return _page(store, request, _LOGIN + guest)


# Parts of an address, each on a page of its own.
_ASIDE = {
    "region": ("County", "address-level1"),
    "district": ("Address line 2", "address-line2"),
    "mobile": ("Phone", "tel"),
    "again": ("E-mail", "email"),
}


def _led_astray(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    if request.path == "/checkout" and response.headers.get("Location") == "/checkout/delivery":
        response.headers["Location"] = f"/checkout/{next(iter(_ASIDE))}"
    return response


async def _more_pages(request: web.Request, store: "Storefront") -> web.StreamResponse | None:
    name = request.path.removeprefix("/checkout/")
    if name not in _ASIDE:
        return None
    names = [*_ASIDE, "delivery"]
    after = names[names.index(name) + 1]
    if request.method == "POST":
        return web.Response(status=303, headers={"Location": f"/checkout/{after}"})
    text = store.catalogue.words["text"]
    label, complete = _ASIDE[name]
    shown = "".join(f"<li>{text[f'step_{step}']}</li>" for step in ("address", "delivery", "payment"))
    form = (
        f"<ol class='steps'>{shown}</ol>"
        f"<form class='form' method='post' action='/checkout/{name}'><div class='field'><label for='{name}'>{label}"
        f"</label><input id='{name}' name='{name}' autocomplete='{complete}' required aria-required='true'></div>"
        f"<p><button class='button' type='submit'>{text['to_delivery']}</button></p></form>"
    ).replace("<li>", "<li aria-current='step'>", 1)
    return _page(store, request, form)


def _dearer(page: Document) -> None:
    for price in page.every(".unit, .line-price"):
        text = price.get_text(" ", strip=True)
        price.string = "".join(str((int(one) + 4) % 10) if one.isascii() and one.isdigit() else one for one in text)


def _divided(page: Document) -> None:
    for button in page.every("form.add .add-to-cart"):
        button.name = "div"
        button.attrs.pop("type", None)
        button["style"] = "cursor:pointer"
        button["onclick"] = "this.closest('form').submit()"


def _goods_only(page: Document) -> None:
    for names in page.every(".totals dl"):
        terms, values = names.find_all("dt"), names.find_all("dd")
        terms[1].decompose()
        values[1].decompose()
        values[2].string = values[0].get_text()


_COUPON = (
    "<form method='get' action='/cart'><label for='coupon'>{}</label><input id='coupon' name='coupon'>"
    "<button class='button quiet' type='submit'>{}</button></form>"
)
COUPONS = {
    "en": _COUPON.format("Voucher code", "Apply"),
    "pl": _COUPON.format("Kod rabatowy", "Zastosuj"),
    "fa": _COUPON.format("کد تخفیف", "اعمال"),
}

_PLANTED = (
    Defect("cart-add-unconfirmed", "Adding to the cart changes nothing in view", rows("CHK-001"), EVERYWHERE,
           edit=removing(".cart-link .badge"), finish=_back_to_product),
    Defect("cart-add-slow", "The cart answers after four seconds", rows("CHK-001 SPD-011"), EVERYWHERE, doubtful=True,
           also=rows("CHK-022"), answer=delayed("/cart/add", 4.0)),
    Defect("cart-without-remove", "Lines of the cart cannot be removed", rows("CHK-002"), CART,
           edit=removing("button[name=remove]")),
    Defect("cart-forgets-changes", "A reload takes a changed quantity back", rows("CHK-003"), CART, answer=_one_piece),
    Defect("cart-leads-nowhere", "The button to the checkout does nothing", rows("CHK-004"), CART,
           edit=setting("a.checkout", "href", "#")),
    Defect("cart-delivery-unsaid", "The cart says nothing of the cost of delivery", rows("CHK-013"), CART,
           edit=all_of(_goods_only, removing(".promise"))),
    Defect("cart-coupon-open", "A field for a code stands open above the total", rows("CHK-017"), CART,
           edit=in_language(".totals", COUPONS, first=True)),
    Defect("cart-payments-unnamed", "No page names a way of paying", rows("CHK-018"), EVERYWHERE,
           edit=removing(".footer .small p:first-child")),
    Defect("cart-sneaked-line", "The cart holds a second product that nobody chose", rows("DRK-005"), CART,
           also=rows("CHK-003"), answer=_sneaked),
    Defect("cart-other-variant", "Another colour than the chosen one is in the cart", rows("PDP-005"), CART,
           answer=_other_variant),
    Defect("cart-dearer", "The cart asks for more than the product page", rows("PDP-014"), CART, edit=_dearer),
    Defect("product-button-dead", "The buy button does nothing", rows("PDP-004"), PRODUCT,
           edit=setting(".add-to-cart", "type", "button")),
    Defect("product-button-div", "The buy button is no button", rows("A11Y-005"), PRODUCT, edit=_divided),
    Defect("phone-menu-shut", "The menu of the phone does not open", rows("MOB-010"), EVERYWHERE, device="mobile",
           edit=setting(".menu-button", "class", "menu-toggle")),
    Defect("checkout-account-only", "The checkout asks for an account", rows("CHK-005 DRK-009"), EVERYWHERE,
           answer=_account_only),
    Defect("checkout-guest-below", "Guests find a small link below the log-in", rows("CHK-008"), EVERYWHERE,
           answer=_guest_below),
    Defect("checkout-many-pages", "Four pages ask for little between the address and the delivery", rows("CHK-006"),
           EVERYWHERE, also=rows("CHK-007 CHK-011 CHK-022"), answer=_more_pages, finish=_led_astray),
)  # fmt: skip
CHECKOUT = tuple(replace(one, journey="buy") for one in _PLANTED)
