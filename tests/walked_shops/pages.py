"""The pages of the walked shop."""

from collections.abc import Collection, Mapping, Sequence

from tests.walked_shops.dialogs import dialog, language_of

STYLE = """body{margin:0;font:16px sans-serif}header,main{padding:16px}.big{background:#146;color:#fff;padding:12px 24px;border:0;display:inline-block;cursor:pointer}
.over{position:fixed;inset:0;background:rgba(0,0,0,.6);z-index:1000}.over>div{background:#fff;margin:80px auto;width:320px;padding:24px}
.drawer{position:fixed;top:0;bottom:0;right:0;width:300px;background:#eee;padding:16px;z-index:50}label{display:block;margin:8px 0}"""
LOGIN = """<h1>Log in</h1><form method=post action=/login><label>E-mail <input type=email name=email required></label>
<label>Password <input type=password name=password required></label><button class=big>Log in</button></form><p><a href=/register>Register</a></p>"""
SPINNER = '<h1>Checkout</h1><div class="spinner" aria-busy="true">Please wait</div><script>fetch("/never")</script>'
WALL = "<!doctype html><title>Just a moment...</title><body><p>Checking that you are human</p><div id=cf-challenge></div></body>"
CODE = """<h1>Checkout</h1><form method=post action=/checkout/code><p>We sent a code to your phone.</p>
<label>Code <input name=code autocomplete=one-time-code inputmode=numeric required></label><button class=big>Continue</button></form>"""
NEWSLETTER = """<script>setTimeout(() => { const d = document.createElement("div"); d.className = "over";
d.innerHTML = '<div role="dialog" aria-modal="true"><p>Get 10 % off with our newsletter</p><input type="email" placeholder="E-mail"><button>Subscribe</button><button aria-label="Close">×</button></div>';
d.querySelector("[aria-label]").onclick = () => d.remove(); document.body.append(d); }, 50)</script>"""
REGION = """<script>if (!document.cookie.includes("region")) { const d = document.createElement("div"); d.className = "over";
d.innerHTML = '<div><h2>Where are you?</h2><select><option>United Kingdom</option><option>France</option></select><button>Continue to the shop</button></div>';
d.querySelector("button").onclick = () => { document.cookie = "region=gb;path=/"; d.remove(); }; document.body.append(d); }</script>"""
VEIL = """<script>{ const d = document.createElement("div"); d.className = "over"; document.body.append(d);
addEventListener("load", () => setTimeout(() => d.remove(), 900)); }</script>"""
SHADOW = """<x-k3></x-k3><script>customElements.define("x-k3", class extends HTMLElement { constructor() { super();
const r = this.attachShadow({mode: "open"}); r.innerHTML = '<style>div.q{background:#146;color:#fff;padding:12px 24px;width:200px;cursor:pointer}</style><div class="q">Add to basket</div><p role="status"></p>';
r.querySelector(".q").addEventListener("click", async () => { const f = new FormData(); f.set("product", "%s");
const a = await (await fetch("/x/a9", {method: "POST", body: new URLSearchParams(f)})).json();
document.querySelector("#n").textContent = a.count; r.querySelector("p").textContent = a.name + " is in your basket"; }); } })</script>"""
DRAWER = """<script>document.querySelector("form.add").addEventListener("submit", async (event) => { event.preventDefault();
const a = await (await fetch("/cart/add", {method: "POST", body: new URLSearchParams(new FormData(event.target))})).json();
document.querySelector("#n").textContent = a.count; const d = document.createElement("aside"); d.className = "drawer";
d.innerHTML = '<h2>Added</h2><p>' + a.name + '</p><p>£20.00</p><a href="/cart">View basket</a> <a href="/checkout">Checkout</a>'; document.body.append(d); })</script>"""
SWATCHES = """<div class="swatches" role="radiogroup" aria-label="Size"><button type=button class="swatch" role=radio aria-checked=false data-size=S disabled>S</button>
<button type=button class="swatch" role=radio aria-checked=false data-size=M>M</button><button type=button class="swatch" role=radio aria-checked=false data-size=L>L</button></div><input type=hidden name=size>
<script>for (const b of document.querySelectorAll(".swatch")) b.onclick = () => { for (const o of document.querySelectorAll(".swatch")) o.setAttribute("aria-checked", o === b);
document.querySelector("[name=size]").value = b.dataset.size; document.querySelector("form.add button.big").disabled = false; }; document.querySelector("form.add button.big").disabled = true;</script>"""


def page(title: str, body: str, count: int, has: Collection[str]) -> str:
    extra = (NEWSLETTER if "newsletter" in has else "") + (REGION if "region-gate" in has else "")
    extra += VEIL if "veil" in has else ""
    html = (
        f'<!doctype html><html lang="{language_of(has)}"><head><title>{title}</title><meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f'<body><header><a href="/">Fine things</a> <a href="/cart" class="basket-link">Basket <span id="n">{count}</span></a></header><main>{body}</main>{extra}</body></html>'
    )
    return hashed(html) if "hashed" in has else html


def other_layout(title: str, body: str, count: int) -> str:
    """The same shop in another dress: other names, the cart below, other elements around all."""
    for old, new in (("class=big", "class=q8x"), ('class="big', 'class="q8x'), ('class="add"', 'class="q9z"')):
        body = body.replace(old, new)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title><style>.q8x{{padding:9px;background:#820;color:#fff}}</style></head>'
        f'<body><section><article>{body}</article></section><header><a href="/">Home</a> <a href="/cart">My basket ({count})</a></header></body></html>'
    )


def order_form(products: Mapping[str, tuple[str, str]]) -> str:
    """All that is sold, in one form with a number for each."""
    rows = "".join(
        f"<tr><th>{name}</th><td>{price}</td><td><input type=number name=line_{number} min=0 value=0 aria-label=Quantity></td></tr>"
        for number, (name, price) in products.items()
    )
    return f"<h1>Price list</h1><form method=post action=/cart/add><table>{rows}</table><button class=big>Add to basket</button></form>"


def searchable_list(found: Sequence[tuple[str, str, str]], wanted: str) -> str:
    """All goods with a field that searches them."""
    cards = "".join(
        f'<li><a href="/p/{number}"><img src="/p/{number}.png" alt="" width=90 height=90> {name}</a> <b>{price}</b></li>'
        for number, name, price in found
    )
    form = f'<form action=/list><input type=search name=q value="{wanted}" aria-label="Search"><button>Search</button></form>'
    return f"<h1>All goods</h1>{form}" + (f"<ul>{cards}</ul>" if found else f"<p>No results for “{wanted}”.</p>")


def selling_list(products: Mapping[str, tuple[str, str]]) -> str:
    """Goods without pages, each with a button of its own."""
    cards = "".join(
        f"<div><h5>{name}</h5><p>Available</p><p>Price: {price}</p><form method=post action=/cart/add>"
        f"<input type=hidden name=product value={number}><input type=number name=quantity value=1 min=1 style=width:3em>"
        "<button>Add to basket</button></form></div>"
        for number, (name, price) in products.items()
    )
    return f"<h2>Shop</h2>{cards}"


def hashed(html: str) -> str:
    for number, name in enumerate(("basket-link", "add-to-basket", "checkout-button", "swatches", "class=big")):
        html = html.replace(
            name,
            f"class={'q7f3' + str(number)} style='background:#146;color:#fff;padding:12px'"
            if name == "class=big"
            else f"q7f3a{number}",
        )
    return html


def product(number: str, name: str, price: str, has: Collection[str], *, gone: bool) -> str:
    head = f'<h1>{name}</h1><p><strong style="font-size:24px">{price}</strong></p>'
    if gone:
        return (
            head
            + '<p>Sold out</p><form class="add" method=post action=/cart/add><button class="big add-to-basket" disabled>Sold out</button></form>'
        )
    if "no-button" in has:
        return head + "<p>Call us to buy.</p>"
    if "shadow" in has:
        return head + SHADOW % number
    script = (DRAWER if "drawer" in has else dialog(has)) + (
        "<script>document.querySelector('form.add').onsubmit = () => alert('Good choice')</script>"
        if "alert" in has
        else ""
    )
    if "ticked-removal" in has:
        script += "<form method=post action=/rate><label><input type=radio name=value value=1>1</label><label><input type=radio name=value value=2>2</label><button>Rate</button></form>"
    choice = SWATCHES if "swatches" in has else ""
    button = "<button class=big>Add to basket</button>"
    inner = button + choice if "swatches" in has else button
    return (
        head
        + f'<form class="add" method=post action=/cart/add><input type=hidden name=product value={number}><label>Quantity <input name=quantity type=number value=1></label>{inner}</form>{script}<p>A fine thing for the house.</p>'
    )


def cart(goods: Sequence[tuple[str, str]], has: Collection[str]) -> str:
    if not goods:
        return "<h1>Your basket</h1><p>Your basket is empty.</p>"
    lines = "".join(
        f'<li>{name} <label>Quantity <input name=quantity type=number value=1></label> {price} <form method=post action=/cart/remove><button aria-label="Remove {name}">Remove</button></form></li>'
        for name, price in goods
    )
    if "account-aside" in has:
        lines = lines.replace(" name=quantity", "").replace("/cart/remove", "/product/removefromcart")
    if "sold-from-list" in has:
        icon = "<form method=post action=/cart/remove><button style=width:2em;height:2em><i></i></button></form>"
        lines = "".join(f"<li>{name} 1 {price} {icon}</li>" for name, price in goods)
    total = f"<p>Total {goods[0][1]}</p>"
    if "ticked-removal" in has:
        total += (
            "<form method=post action=/cart/remove><label>Take out <input type=checkbox name=line-0-DELETE></label>"
            "<button>Update basket</button></form>"
        )
        lines = "".join(
            f"<li>{name} <label>Quantity <input name=quantity type=number value=1></label> {price}</li>"
            for name, price in goods
        )
    if "minimum" in has:
        return f'<h1>Your basket</h1><ul>{lines}</ul>{total}<p role=alert>The minimum order is £100.00.</p><button class="big" disabled>Checkout</button>'
    target = ' target="_blank"' if "popup" in has else ""
    return f'<h1>Your basket</h1><ul>{lines}</ul>{total}<a class="big checkout-button" href="/checkout"{target}>Checkout</a>'


def _steps(current: int) -> str:
    names = ("Address", "Delivery", "Payment")
    return (
        "<ol>"
        + "".join(f"<li{' aria-current=step' if at == current else ''}>{name}</li>" for at, name in enumerate(names))
        + "</ol>"
    )


def _fields(form: Mapping[str, str], wrong: Sequence[str]) -> str:
    asked = (
        ("email", "E-mail", "email"),
        ("name", "Full name", "text"),
        ("street", "Street and number", "text"),
        ("postcode", "Postcode", "text"),
        ("city", "City", "text"),
    )
    found = ""
    for name, label, kind in asked:
        bad = ' aria-invalid="true" aria-describedby="e-' + name + '"' if name in wrong else ""
        note = f'<p id="e-{name}">We do not know this {label.lower()}.</p>' if name in wrong else ""
        found += (
            f'<label>{label} <input type={kind} name={name} value="{form.get(name, "")}"{bad} required></label>{note}'
        )
    return (
        found
        + '<label>Country <select name=country><option value="AF">Afghanistan</option><option value="GB">United Kingdom</option></select></label>'
    )


_ACCOUNT_ASIDE = (
    """<p>Existing customer</p><input type=email id=loginEmail placeholder=E-mail required>
<input type=password id=loginPassword placeholder=Password required><button type=button>Log in</button>""",
    """<p>Enter a password for next time</p><input type=password name=new placeholder=Password>
<label><input type=checkbox name=account> Create an account</label>""",
)


_SAVING = """<script>document.querySelector("#on").onclick = async (event) => { event.preventDefault();
if ((await fetch("/customer/save", {method: "POST", body: new URLSearchParams(new FormData(document.forms[0]))})).ok) location.href = event.target.href; }</script>"""


def address(form: Mapping[str, str], wrong: Sequence[str], has: Collection[str]) -> str:
    trap = "<form method=post action=/order><button class=trap>Continue</button></form>" if "trap-button" in has else ""
    if "saving-link" in has:
        return f"<h1>Checkout</h1>{_steps(0)}<form>{_fields(form, wrong)}<a class=big id=on href=/checkout/delivery>Continue to delivery</a></form>{_SAVING}"
    aside, account = _ACCOUNT_ASIDE if "account-aside" in has else ("", "")
    return f"<h1>Checkout</h1>{_steps(0)}{aside}{trap}<form method=post action=/checkout/address novalidate>{_fields(form, wrong)}{account}<button class=big>Continue to delivery</button></form>"


def delivery() -> str:
    return f"""<h1>Delivery</h1>{_steps(1)}<form method=post action=/checkout/delivery><fieldset><legend>Delivery</legend>
<label><input type=radio name=shipping value=post>Post £3.00</label><label><input type=radio name=shipping value=courier>Courier £9.00</label></fieldset><button class=big>Continue to payment</button></form>"""


NO_DELIVERY = f"""<h1>Delivery</h1>{_steps(1)}<p role=alert>We do not deliver to your address.</p><button class=big disabled>Continue to payment</button>"""
_PAYMENT = """<fieldset><legend>Payment</legend><label><input type=radio name=payment value=card checked>Card</label><label><input type=radio name=payment value=cod>Cash on delivery</label></fieldset>
<label><input type=checkbox name=terms>I agree to the terms</label><p>Total £23.00</p>"""


def payment() -> str:
    return f"<h1>Payment</h1>{_steps(2)}<form method=post action=/order>{_PAYMENT}<button class=big>Place order</button></form>"


def one_page(has: Collection[str]) -> str:
    return f"""<h1>Checkout</h1><form method=post action=/order>{_fields({}, ())}<fieldset><legend>Delivery</legend>
<label><input type=radio name=shipping value=post>Post £3.00</label></fieldset>{_PAYMENT}<button class=big>Continue</button></form>"""
