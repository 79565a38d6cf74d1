"""More of what must not alert: honest things that move, cover, link and frame as advertisements do."""

from aiohttp import web

from auditor.evidence import Template
from tests.ads_cases.benign import BOTH, CHAT, READY, box
from tests.ads_cases.injected import TWICE
from tests.ads_cases.site import PHONE, Case, load_script


def by_tag(name: str, host: str, script: str, **facts) -> Case:
    """A case of a new company's script that the tag manager loads."""
    files = {f"{host}/w.js": script, **facts.pop("files", {})}
    return Case(name, "review", more={"gtm": load_script(f"http://{host}/w.js")}, files=files, **facts)


def frame(src: str, style: str, *, into: str = "document.body") -> str:
    return (
        READY
        % f"const f=document.createElement('iframe');f.src='{src}';f.style.cssText='border:0;{style}';{into}.append(f)"
    )


PANEL = "<body style='margin:0;height:420px'><div style='height:380px'>How can we help?</div><a href='http://chatmaker.test/' target=_blank style='font-size:11px'>by Chatmaker</a>"
PICTURES = "[1,2,3,4].map(n=>'<a href=\"http://photos.test/p/'+n+'\" style=\"display:inline-block;width:150px;height:150px;background:#ccc\"></a>').join('')"


def _polish(request: web.Request, page: str) -> str:
    if "google." not in request.headers.get("Referer", ""):
        return page
    return page.replace('lang="en"', 'lang="pl"').replace(
        "</body>", '<script src="http://opinie.test/w.js"></script></body>'
    )


LOOKALIKES = [
    by_tag("L01 open chat with its maker's name", "chat.test", frame("http://chat.test/panel.html", "position:fixed;right:16px;bottom:16px;width:340px;height:420px;background:#fff;z-index:99"), files={"chat.test/panel.html": PANEL}),
    by_tag("L02 chat layer with its maker's name", "chat.test", box("bubble", style="right:16px;bottom:16px;width:320px;height:400px;background:#fff", html="<p>Hello!</p><div style=height:300px></div><a href=http://chatmaker.test/ style=font-size:11px>by Chatmaker</a>")),
    Case("L03 round button of a messenger", "quiet", loads=BOTH, more={"app": box("wa", style="right:16px;bottom:16px;width:60px;height:60px;background:#25d366;border-radius:50%", html="<a href=http://messenger.test/shop style=display:block;width:60px;height:60px></a>")}),
    by_tag("L04 newsletter layer of a provider", "mailer.test", box("nl", style="left:20%;top:20%;width:60%;height:50%;background:#fff", html="<h2>10 % off your first order</h2><form action=http://mailer.test/join method=post><input name=email type=email><button>Join</button></form><button aria-label=Close onclick=this.parentNode.remove()>x</button>")),
    Case("L05 the shop's own newsletter layer, sent to a provider", "review", more={"app": box("nl", style="left:20%;top:20%;width:60%;height:50%;background:#fff", html="<h2>News</h2><form action=http://mailer.test/join method=post><input name=email type=email><button>Join</button></form>")}),
    by_tag("L06 recommendations that count presses", "reco.test", READY % "const d=document.createElement('div');d.innerHTML='<h2>You may like</h2>'+[1,2,3].map(n=>'<a href=\"http://reco.test/c?u='+encodeURIComponent('http://shop.test/p/'+n)+'\" style=\"display:inline-block;width:200px;height:200px;background:#eee\">Cup '+n+'</a>').join('');document.querySelector('main').append(d)"),
    by_tag("L07 wallet button that opens a window", "wallet.test", frame("http://wallet.test/button.html", "width:300px;height:48px", into="document.querySelector('main form')"), files={"wallet.test/button.html": "<body style=margin:0><button style='width:300px;height:48px' onclick=\"open('http://wallet.test/pay')\">Pay with Wallet</button>"}),
    Case("L08 map", "review", body='<iframe src="http://maps.test/embed?q=shop" width="600" height="400" style="border:0"></iframe>', files={"maps.test/embed": "<body style='margin:0;height:400px;background:#cfe'><a href='http://maps.test/place' target=_blank style='position:absolute;left:8px;top:8px;background:#fff'>Larger map</a><a href='http://mapdata.test/copyright' style='position:absolute;right:2px;bottom:2px;font-size:10px'>Map data</a>"}),
    Case("L09 the shop sends to its shop of another country", "quiet", html=lambda request, page: web.HTTPFound("http://shop.example/en/mug") if request.path == "/p/mug" else page, files={"shop.example/en/mug": "<h1>Blauer Becher</h1>"}),
    Case("L10 choice of country", "quiet", more={"app": box("land", style="left:0;top:0;right:0;bottom:0;background:rgba(0,0,0,.6)", html="<div style=\"margin:80px auto;width:600px;background:#fff\"><h2>Where are you?</h2><a href=http://shop.example/ style=\"display:block;height:120px\">Germany</a><a href=http://shop.invalid/ style=\"display:block;height:120px\">Poland</a></div>")}),
    Case("L11 age gate with a way out", "quiet", more={"app": box("age", style="left:0;top:0;right:0;bottom:0;background:#000;color:#fff", html="<h2>Are you 18?</h2><button onclick=this.parentNode.remove()>Yes</button> <a href=http://elsewhere.test/>No</a>")}),
    Case("L12 silent sign-in", "review", files={"accounts.test/authorize": lambda request: web.HTTPFound("http://shop.test/callback")}, more={"app": READY % "const f=document.createElement('iframe');f.style.display='none';f.src='http://accounts.test/authorize?client_id=1&prompt=none&redirect_uri=http%3A%2F%2Fshop.test%2Fcallback';document.body.append(f)"}),
    Case("L13 files of the shop from another domain of it", "review", head='<script src="http://shop-static.test/bundle.js" defer></script><link rel="stylesheet" href="http://shop-static.test/s.css">', files={"shop-static.test/bundle.js": box("news", style="left:20%;top:20%;width:60%;height:40%;background:#fff", html="<h2>Our news</h2><form action=/news><input name=email><button>Join</button></form>") + "document.querySelector('.add-to-cart').outerHTML='<button class=\"add-to-cart\">Add to cart</button>';", "shop-static.test/s.css": "h1{color:#222}"}),
    Case("L14 links to partners that the shop placed", "quiet", body='<p>Also at <a rel="sponsored" href="http://market.test/shop">Market</a> and <a href="http://bazaar.test/?aff=shop">Bazaar</a></p>'),
    by_tag("L15 human check of a form", "captcha.test", frame("http://captcha.test/box.html", "width:304px;height:78px", into="document.querySelector('main form')") + frame("http://captcha.test/challenge.html", "position:absolute;top:-10000px;visibility:hidden"), files={"captcha.test/box.html": "<label><input type=checkbox> I am human</label> <a href='http://captchamaker.test/privacy' style='font-size:8px'>Privacy</a>", "captcha.test/challenge.html": "<p>Pick the traffic lights"}),
    by_tag("L16 test of variants that hides the page at first", "abtest.test", "const s=document.createElement('style');s.textContent='body{opacity:0!important}';document.head.append(s);setTimeout(()=>s.remove(),300);" + READY % "document.querySelector('h1').textContent='The blue mug';const b=document.querySelector('.add-to-cart');b.replaceWith(b.cloneNode(true))"),
    by_tag("L17 help for the disabled", "access.test", box("a11y", style="left:12px;bottom:12px;width:52px;height:52px;background:#06c;border-radius:50%", html="<button aria-label=Accessibility>A</button>")),
    by_tag("L18 loyalty tab", "loyal.test", frame("http://loyal.test/tab.html", "position:fixed;left:0;bottom:40%;width:44px;height:140px;z-index:90"), files={"loyal.test/tab.html": "<button>Rewards</button>"}),
    by_tag("L19 offer when the pointer leaves, of a provider", "exit.test", "document.addEventListener('mouseleave',()=>{const d=document.createElement('div');d.style.cssText='position:fixed;left:25%;top:25%;width:50%;height:50%;background:#fff;z-index:99';d.innerHTML='<h2>Wait! 5 % off</h2><a href=\"/cart?code=WAIT\" style=\"display:block;height:60px\">Take it</a><button>No, thanks</button>';document.body.append(d)},{once:true})"),
    by_tag("L20 seal whose box leads to its maker", "seal.test", READY % "document.querySelector('footer').insertAdjacentHTML('beforeend','<a href=\"http://seal.test/shop\" style=\"display:block;width:140px;height:120px;background:#eee\">4.9 of 5</a>')"),
    Case("L21 consent wall over the page that leads to its makers", "review", head='<script src="http://okay.test/c.js"></script>', files={"okay.test/c.js": box("wall", style="left:0;top:0;right:0;bottom:0;background:rgba(0,0,0,.5)", html="<div style=\"margin:100px auto;width:500px;background:#fff\"><p>We and our 812 partners use cookies.</p><a href=http://okaygroup.test/partners>Partners</a> <a href=http://framework.test/list>List of vendors</a><button>Accept all</button><button>Reject all</button></div>")}),
    Case("L22 pictures of a photo service, put there by the shop's script", "quiet", more={"app": READY % ("const d=document.createElement('section');d.innerHTML=" + PICTURES + ";document.querySelector('main').append(d)")}),
    Case("L23 moving to another page inside by script", "quiet", more={"app": READY % "history.pushState(1,'','?seen=1');addEventListener('popstate',()=>{document.title='back'})"}),
    Case("L24 own worker for use without network", "quiet", head="<script>navigator.serviceWorker&&navigator.serviceWorker.register('/sw.js')</script>", files={"shop.test/sw.js": "self.addEventListener('install',e=>self.skipWaiting());self.addEventListener('activate',e=>e.waitUntil(clients.claim()));self.addEventListener('fetch',e=>{if(e.request.mode==='navigate')e.respondWith(fetch(e.request))});"}, loads=((PHONE, "returning"),), origin="http://shop.localhost"),
    by_tag("L25 heat map that listens to everything", "heat.test", "for(const n of ['click','mousedown','touchend','input','submit','keyup'])document.addEventListener(n,()=>{},true);" + READY % "fetch('http://heat.test/s',{method:'POST',mode:'no-cors',body:'x'})"),
    by_tag("L26 help by video with a film of the shop", "film.test", box("film", style="left:16px;bottom:16px;width:180px;height:320px;background:#000", html="<video width=180 height=240></video><a href=/p/cup style=color:#fff>See the cup</a><button aria-label=Close>x</button>")),
    by_tag("L27 script for phones only, of a company the tag manager brings", "app.test", "window.x=1", loads=TWICE),
    Case("L28 checkout of a provider", "quiet", template=Template.CHECKOUT, html=lambda request, page: web.HTTPFound("http://payshop.test/c/1") if request.path == "/p/mug" else page, files={"payshop.test/c/1": "<h1>Checkout</h1>"}),
    Case("L29 system named in a description", "quiet", body="<p>The Windows app updates by itself. Install it from our page.</p>"),
    by_tag("L30 window of a survey after a while", "survey.test", "setTimeout(()=>{const d=document.createElement('div');d.style.cssText='position:fixed;right:20px;bottom:20px;width:300px;height:200px;background:#fff;z-index:80';d.innerHTML='<p>How likely are you to recommend us?</p><button>1</button><button>2</button><a href=http://surveymaker.test style=font-size:10px>Surveymaker</a>';document.body.append(d)},15000)"),
    by_tag("L31 chat that the shop opens by a button", "chat.test", CHAT, files={"chat.test/f.html": "<button onclick=\"open('http://chat.test/window')\" style='width:64px;height:64px'>Chat</button>"}),
    Case("L32 page in another language for search visitors", "review", html=_polish, loads=TWICE, files={"opinie.test/w.js": "window.x=1"}),
    by_tag("L33 offer of a provider with a clear backdrop", "offers.test", "addEventListener('load',()=>{const b=document.createElement('div');b.id='backdrop';b.style.cssText='position:fixed;inset:0;z-index:90';b.onclick=()=>b.remove();document.body.append(b);const d=document.createElement('div');d.id='offer';d.style.cssText='position:fixed;left:60%;top:20%;width:30%;height:50%;background:#fff;z-index:91';d.innerHTML='<h2>5 % off</h2><button>No, thanks</button>';document.body.append(d)})"),
    by_tag("L34 survey that opens at its maker's", "survey.test", box("ask", style="right:20px;bottom:20px;width:320px;height:200px;background:#fff", html="<p>Two minutes for us?</p><p>We read every answer.</p><a href=http://survey.test/shop target=_blank style=\"display:block;margin:0 40px;height:44px;background:#06c\">Take part</a>")),
    Case("L35 the shop's own app for phones", "quiet", loads=((PHONE, "direct"),), more={"app": box("get", style="left:0;right:0;bottom:0;height:90px;background:#eee", html="<a href=/shop.apk style=display:block;height:90px>Get our app</a>")}),
    Case("L36 three thousand files of other companies", "quiet", body="<script>for(let i=0;i<3000;i++)new Image().src=`http://i${i}.pixel${i%97}.test/p.gif`</script>"),
    Case("L37 two hundred frames of one company", "review", head='<script src="http://framed.test/w.js" defer></script>', files={"framed.test/w.js": "for(let i=0;i<200;i++){const f=document.createElement('iframe');f.src='http://framed.test/f.html?'+i;f.width=120;f.height=40;document.querySelector('main').append(f)}", "framed.test/f.html": "<p>x"}),
]  # fmt: skip
