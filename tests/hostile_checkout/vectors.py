"""Ways to get an order out of a browser. In each, ORDER is an address of the shop that places one, ELSEWHERE is the
same shop under another origin."""

from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """What sets a vector off. PRESS: pressing ``#go``. TYPE: filling ``#email``. CHOOSE: choosing ``#choice``."""

    LOAD = "load"
    PRESS = "press"
    TYPE = "type"
    CHOOSE = "choose"
    LEAVE = "leave"


@dataclass(frozen=True)
class Vector:
    """``silent``: it leaves no trace to refuse, since its means are taken away beforehand."""

    name: str
    body: str
    by: By = By.LOAD
    silent: bool = False
    headers: tuple[tuple[str, str], ...] = ()


def scripted(name: str, script: str, by: By = By.LOAD, *, silent: bool = False) -> Vector:
    return Vector(name, f"<script>{script}</script>", by, silent)


ADDRESS = """<ol><li aria-current="step">Address</li><li>Payment</li></ol>
<label>E-mail <input id="email" name="email" type="email" autocomplete="email"></label>
<label>Street <input name="street" autocomplete="street-address"></label>
<label>City <input name="city" autocomplete="address-level2"></label>"""
POST = "{method: 'POST', body: 'x=1'}"


def form(
    name: str, action: str, *, button: str = "Continue", method: str = "post", inside: str = "", extra: str = ""
) -> Vector:
    return Vector(
        name,
        f'<form method="{method}" action="{action}" {extra}>{ADDRESS}{inside}<button id="go">{button}</button></form>',
        By.PRESS,
    )


def pressed(name: str, script: str, *, button: str = "Next") -> Vector:
    return Vector(
        name,
        f'<form action="/checkout/delivery" method="post">{ADDRESS}<button id="go" type="button">{button}</button></form>'
        f'<script>document.getElementById("go").onclick = () => {{ {script} }}</script>',
        By.PRESS,
    )


def chosen(name: str, inside: str, script: str) -> Vector:
    return Vector(
        name,
        f'<form action="/checkout/delivery" method="post">{inside}</form>'
        f"<script>document.getElementById('choice').onchange = () => {{ {script} }}</script>",
        By.CHOOSE,
    )


SENDS = f"fetch('ORDER', {POST})"
WORKER = f"new Worker(URL.createObjectURL(new Blob([\"fetch('ORDERFULL', {POST.replace(chr(39), '`')})\"])))"
GRAPHQL = """fetch('/graphql?v=NAME', {method: 'POST', headers: {'content-type': 'application/json'},
  body: JSON.stringify({query: 'mutation Go { go: placeOrder(input: {id: 1}) { id } }'})})"""
RULES = '{"%s": [{"urls": ["ORDER"], "eagerness": "immediate"}]}'

VECTORS: tuple[Vector, ...] = (
    # A page that orders by itself.
    scripted("fetch-on-load", SENDS),
    scripted("xhr", "const x = new XMLHttpRequest(); x.open('POST', 'ORDER'); x.send('x')"),
    scripted("beacon", "navigator.sendBeacon('ORDER', 'x')"),
    scripted("put", "fetch('ORDER', {method: 'PUT', body: 'x'})"),
    scripted("timer", f"setTimeout(() => {SENDS}, 50)"),
    scripted("event-source", "new EventSource('ORDER')"),
    scripted("keepalive", "fetch('ORDER', {method: 'POST', keepalive: true, body: 'x'})"),
    scripted("keepalive-on-unload", "addEventListener('pagehide', () => fetch('ORDER', {method: 'POST', keepalive: true}))", By.LEAVE),
    scripted("beacon-on-unload", "addEventListener('pagehide', () => navigator.sendBeacon('ORDER', 'x'))", By.LEAVE),
    scripted("fetch-later", "fetchLater('ORDER', {method: 'POST', body: 'x', activateAfter: 0})", silent=True),
    scripted("web-socket", "new WebSocket('SOCKET')"),
    scripted("web-socket-in-worker", "new Worker(URL.createObjectURL(new Blob([\"new WebSocket('SOCKET')\"])))", silent=True),
    scripted("web-socket-in-fetched-worker", "new Worker('/worker.js?v=NAME&socket=1')", silent=True),
    scripted("web-socket-in-shared-worker", "new SharedWorker('/worker.js?v=NAME&socket=1')", silent=True),
    scripted("web-socket-in-blob-shared-worker", "new SharedWorker(URL.createObjectURL(new Blob([\"new WebSocket('SOCKET')\"])))", silent=True),
    scripted("blob-worker", WORKER),
    scripted("module-worker", "new Worker('/worker.js?v=NAME', {type: 'module'})"),
    scripted("shared-worker", "new SharedWorker('/worker.js?v=NAME')"),
    scripted("service-worker", "navigator.serviceWorker.register('/service-worker.js?v=NAME')", silent=True),
    Vector("image", '<img src="ORDER">'),
    Vector("style", '<style>body { background: url("ORDER") }</style>'),
    Vector("script", '<script src="ORDER"></script>'),
    Vector("link-prefetch", '<link rel="prefetch" href="ORDER">'),
    Vector("link-preload", '<link rel="preload" as="fetch" href="ORDER">'),
    Vector("object", '<object data="ORDER"></object>'),
    Vector("iframe", '<iframe src="ORDER"></iframe>'),
    Vector("iframe-posting", '<iframe src="/posting?v=NAME"></iframe>'),
    Vector("iframe-elsewhere", '<iframe src="ELSEWHERE/posting?v=NAME"></iframe>'),
    Vector("iframe-elsewhere-to-itself", '<iframe src="ELSEWHERE/posting?v=NAME&amp;here=1"></iframe>'),
    Vector("iframe-data", f"<iframe src=\"data:text/html,<script>fetch('ORDERFULL', {POST.replace('#', '')})</script>\"></iframe>"),
    Vector("iframe-srcdoc", '<iframe srcdoc="<form method=post action=ORDER></form><script>document.forms[0].submit()</script>"></iframe>'),
    scripted("iframe-blank", f"const f = document.body.appendChild(document.createElement('iframe')); f.contentWindow.{SENDS}"),
    Vector("meta-refresh", '<meta http-equiv="refresh" content="0; url=ORDER">'),
    Vector("auto-submit", '<form method="post" action="ORDER"></form><script>document.forms[0].submit()</script>'),
    Vector("auto-submit-blank", '<form method="post" action="ORDER" target="_blank"></form><script>document.forms[0].submit()</script>'),
    Vector("auto-submit-multipart", '<form method="post" enctype="multipart/form-data" action="/checkout?v=NAME"><input name="action" value="place_order"></form><script>document.forms[0].submit()</script>'),
    scripted("location", "location.href = 'ORDER'"),
    scripted("location-from-history", "history.pushState({}, '', '/a'); addEventListener('popstate', () => location.replace('ORDER')); history.back()"),
    scripted("pop-up", "open('ORDER')"),
    scripted("pop-up-redirected", "open('/moved?v=NAME')"),
    scripted("pop-up-posting", "open('/posting?v=NAME')"),
    Vector("ping", '<a id="a" href="#x" ping="ORDER">x</a><script>document.getElementById("a").click()</script>'),
    Vector("download", '<a id="a" href="ORDER" download>x</a><script>document.getElementById("a").click()</script>'),
    scripted("redirect-307", f"fetch('/kept?v=NAME', {POST})"),
    scripted("redirect-302", "fetch('/moved?v=NAME')"),
    Vector("redirect-chain", '<img src="/chain?v=NAME">'),
    Vector("speculation-prefetch", f'<script type="speculationrules">{RULES % "prefetch"}</script>', silent=True),
    Vector("speculation-prerender", f'<script type="speculationrules">{RULES % "prerender"}</script>', silent=True),
    scripted("speculation-later", f"const s = document.createElement('script'); s.type = 'speculationrules'; s.textContent = '{RULES % 'prefetch'}'; document.body.append(s)", silent=True),
    scripted("speculation-in-shadow", f"const s = document.createElement('script'); s.type = 'speculationrules'; s.textContent = '{RULES % 'prefetch'}'; document.body.appendChild(document.createElement('div')).attachShadow({{mode: 'closed'}}).append(s)", silent=True),
    Vector("speculation-header", "", silent=True, headers=(("Speculation-Rules", '"/rules.json?v=NAME"'),)),
    Vector("report-of-csp", '<img src="/x.png">', headers=(("Content-Security-Policy", "img-src 'none'; report-uri ORDER"),)),
    scripted("payment-request", "new PaymentRequest([{supportedMethods: 'ORDERFULL'}], {total: {label: 'x', amount: {currency: 'EUR', value: '1'}}}).canMakePayment()", silent=True),
    scripted("graphql", GRAPHQL),
    scripted("graphql-get", "fetch('/graphql?v=NAME&query=mutation{placeOrder{id}}')"),
    scripted("json-rpc", "fetch('/rpc?v=NAME', {method: 'POST', body: JSON.stringify({jsonrpc: '2.0', method: 'order.place', id: 1})})"),
    scripted("method-override", "fetch('/neutral?v=NAME&_method=POST')"),
    scripted("method-override-header", "fetch('/neutral?v=NAME', {headers: {'X-HTTP-Method-Override': 'POST'}})"),
    scripted("neutral-on-load", f"fetch('/neutral?v=NAME', {POST})"),
    scripted("neutral-binary", "fetch('/neutral?v=NAME', {method: 'POST', body: new Uint8Array([0, 1, 2, 255])})"),
    scripted("neutral-stream", "fetch('/neutral?v=NAME', {method: 'POST', body: new Blob(['x'.repeat(300000)])})"),
    # Buttons that say something harmless.
    form("form-order", "ORDER", button="Next"),
    form("form-named", "/checkout/place-order?v=NAME", button="Next"),
    form("form-get", "/order/confirm?v=NAME", method="get", inside='<input type="hidden" name="v" value="NAME">'),
    form("form-307", "/checkout/address?v=NAME&kept=1"),
    form("form-hidden-action", "/checkout/address?v=NAME", inside='<input type="hidden" name="action" value="place_order">'),
    form("form-clobbered", "ORDER", inside='<input type="hidden" name="action" value="/checkout/address">'),
    form("form-with-payment", "/neutral?v=NAME", inside='<label><input type="radio" name="payment_method" value="cod" checked>Cash</label>'),
    form("form-with-terms", "/neutral?v=NAME", inside='<label><input type="checkbox" name="x" checked>I accept the terms and conditions</label>'),
    form("form-with-card", "/neutral?v=NAME", inside='<label>Card number <input name="c" autocomplete="cc-number" value="1"></label>'),
    Vector("form-without-steps", '<form method="post" action="/neutral?v=NAME"><label>E-mail <input id="email" name="email"></label><label>Street <input name="street"></label><button id="go">Next</button></form>', By.PRESS),
    Vector("label-collision", '<form method="post" action="/neutral?v=NAME"><label>E-mail <input name="email"></label><button id="go">Złóż zamówienie</button></form>', By.PRESS),
    Vector("link-get", '<a id="go" href="ORDER">Continue</a>', By.PRESS),
    Vector("link-token", '<a id="go" href="/order/confirm?v=NAME&amp;token=abc">Next</a>', By.PRESS),
    Vector("link-express", '<a id="go" class="paypal-express" href="/neutral?v=NAME&amp;_method=POST">Next</a>', By.PRESS),
    Vector("div-button", f'<div id="go" role="button" style="cursor:pointer">Continue</div><script>document.getElementById("go").onclick = () => fetch("/neutral?v=NAME", {POST})</script>', By.PRESS),
    pressed("press-fetch", SENDS),
    pressed("press-fetch-neutral", f"fetch('/neutral?v=NAME', {POST})"),
    pressed("press-fetch-neutral-with-details", "fetch('/neutral?v=NAME', {method: 'POST', body: JSON.stringify({email: document.getElementById('email').value})})"),
    pressed("press-graphql", GRAPHQL),
    pressed("press-beacon", "navigator.sendBeacon('/neutral?v=NAME', 'x')"),
    pressed("press-worker", WORKER),
    pressed("press-location", "location = 'ORDER'"),
    pressed("press-other-form", "const f = document.createElement('form'); f.method = 'post'; f.action = '/neutral?v=NAME'; document.body.append(f); f.submit()"),
    pressed("press-pop-up", "const w = open('about:blank'); w.document.write('<form method=post action=/neutral?v=NAME></form>'); w.document.forms[0].submit()"),
    pressed("press-carries-off", "new Image().src = '/neutral?v=NAME&_method=POST&' + [...document.querySelectorAll('input')].map(e => e.value).join('&')"),
    pressed("press-late", f"setTimeout(() => fetch('/checkout/address/save?v=NAME&late=1', {POST}), 900)"),
    # Fields that order.
    Vector("order-on-input", f'{ADDRESS}<script>document.getElementById("email").oninput = () => fetch("/neutral?v=NAME", {POST})</script>', By.TYPE),
    Vector("order-on-blur", f'{ADDRESS}<script>document.getElementById("email").onblur = () => fetch("ORDER", {POST})</script>', By.TYPE),
    Vector("submit-on-change", f'<form method="post" action="/neutral?v=NAME">{ADDRESS}</form><script>document.getElementById("email").onchange = e => e.target.form.submit()</script>', By.TYPE),
    chosen("order-on-payment-choice", '<label><input id="choice" type="radio" name="payment_method" value="cod">Cash on delivery</label>', SENDS),
    chosen("order-on-terms", '<label><input id="choice" type="checkbox" name="terms">I accept the terms and conditions</label>', SENDS),
    chosen("order-on-delivery-choice", '<label><input id="choice" type="radio" name="shipping_method" value="post">Post</label>', f"fetch('/neutral?v=NAME', {POST})"),
)  # fmt: skip


def buys(name: str, inside: str = "", *, action: str = "/vector/NAME?v=NAME", script: str = "", attributes: str = "", before: str = "") -> Vector:  # fmt: skip
    """A product's page whose "Buy" orders."""
    quantity = '<label>Quantity <input type="number" name="quantity" value="1"></label>'
    return Vector(
        name,
        f'{before}<h1>Lamp</h1><form method="post" action="{action}">{quantity}{inside}<button id="go" {attributes}>Buy</button></form>'
        f"<script>{script}</script>",
        By.PRESS,
    )


def buying(name: str, does: str) -> Vector:
    return buys(
        name, script=f"document.getElementById('go').onclick = event => {{ event.preventDefault(); {does} }}"
    )  # fmt: skip


BUYS: tuple[Vector, ...] = (
    buys("buy-order", action="ORDER"),
    buys("buy-neutral", action="/neutral?v=NAME"),
    buys("buy-kept", action="/cart/add?kept=1&v=NAME"),
    buys("buy-hidden-action", '<input type="hidden" name="action" value="place_order">'),
    buys("buy-formaction", attributes='formaction="ORDER"'),
    buys("buy-named", attributes='class="one-click place-order"'),
    buys("buy-with-email", '<label>E-mail <input type="email" name="email"></label>'),
    buys("buy-with-street", '<label>Street <input name="street" autocomplete="street-address"></label>'),
    buys("buy-with-payment", '<label><input type="radio" name="payment_method" value="cod" checked>Cash on delivery</label>'),
    buys("buy-with-terms", '<label><input type="checkbox" name="x" checked>I accept the terms and conditions</label>'),
    buys("buy-with-card", '<label>Card number <input name="c" autocomplete="cc-number"></label>'),
    buys("buy-beside-address", before='<form>' + ADDRESS.partition("</ol>")[2] + "</form>"),
    buys("buy-of-two-lines", '<label>Quantity <input type="number" name="quantity" value="2"></label>'),
    buys("buy-at-the-last-step", before='<ol><li>Cart</li><li aria-current="step">Summary</li><li>Payment</li></ol>'),
    buys("buy-in-the-breadcrumb-of-steps", before="<ul><li>Cart</li><li><strong>Summary</strong></li><li>Done</li></ul>"),
    buys("buy-in-the-cart", script="history.replaceState({}, '', '/cart')"),
    buys("buy-in-the-checkout", script="history.replaceState({}, '', '/checkout/review')"),
    buying("buy-fetch", SENDS),
    buying("buy-fetch-neutral", "fetch('/neutral?v=NAME', {method: 'POST', body: 'product=1&quantity=1', headers: {'content-type': 'application/x-www-form-urlencoded'}})"),
    buying("buy-fetch-nothing", f"fetch('/neutral?v=NAME', {POST})"),
    buying("buy-graphql", GRAPHQL),
    buying("buy-beacon", "navigator.sendBeacon('/neutral?v=NAME', 'quantity=1')"),
    buying("buy-location", "location = 'ORDER'"),
    buying("buy-other-form", "const f = document.createElement('form'); f.method = 'post'; f.action = '/neutral?v=NAME'; f.innerHTML = '<input name=quantity value=1>'; document.body.append(f); f.submit()"),
    buying("buy-late", f"setTimeout(() => fetch('/neutral?v=NAME', {POST}), 900)"),
    Vector("buy-link", '<h1>Lamp</h1><a id="go" href="ORDER">Buy</a>', By.PRESS),
    Vector("buy-without-form", f'<h1>Lamp</h1><button id="go">Buy</button><script>document.getElementById("go").onclick = () => {SENDS}</script>', By.PRESS),
)  # fmt: skip
"""They are tried while the cart may be filled, when a bare "Buy" may be pressed."""
