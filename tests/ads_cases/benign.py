"""What must not alert: the reference's look-alikes and some more of our own."""

import itertools

from aiohttp import web

from tests.ads_cases.site import DESKTOP, PHONE, Case, Loads, load_script

READY = "addEventListener('load',()=>{%s});"
_count = itertools.count(1)
BOTH: Loads = ((DESKTOP, "direct"), (PHONE, "direct"))


def _nonce(_request: web.Request, page: str) -> str:
    token = f"{next(_count):x}" * 24
    return page.replace(
        "</head>", f"<script nonce={token}>window.csrf='{token}';window.at={next(_count)}</script></head>"
    )


def box(maker: str, *, style: str, html: str) -> str:
    made = f"const d=document.createElement('div');d.id='{maker}';d.style.cssText='position:fixed;z-index:999;{style}';"
    return READY % f"{made}d.innerHTML='{html}';document.body.append(d)"


CHAT = box(
    "bubble",
    style="right:16px;bottom:16px;width:64px;height:64px;background:teal;border-radius:50%",
    html="<iframe src=http://chat.test/f.html width=64 height=64 style=border:0></iframe>",
)
CONSENT = box(
    "consent",
    style="left:0;right:0;bottom:0;height:260px;background:#fff",
    html="<p>We use cookies. <a href=http://okay.test/policy>Policy</a></p><button onclick=this.parentNode.remove()>Accept all</button><button onclick=this.parentNode.remove()>Reject all</button>",
)

BENIGN = [
    Case("B01 unchanged", "quiet"),
    Case("B02 nonce and token in the page", "quiet", html=_nonce),
    Case("B03 bundle renamed and changed", "quiet", head='<script src="/app.9f3c1a.js" defer></script>', files={"shop.test/app.9f3c1a.js": "document.title+='';window.v=2"}),
    Case("B04 own newsletter pop-up", "quiet", more={"app": box("news", style="left:20%;top:20%;width:60%;height:50%;background:#fff", html="<h2>Our news</h2><form action=/news method=post><input name=email type=email><button>Join</button></form><button onclick=this.parentNode.remove()>x</button>")}),
    Case("B05 consent wall of an unknown company", "review", head='<script src="http://okay.test/c.js"></script>', files={"okay.test/c.js": CONSENT}),
    Case("B06 chat by the tag manager", "review", more={"gtm": load_script("http://chat.test/chat.js")}, files={"chat.test/chat.js": CHAT, "chat.test/f.html": "<button>Chat</button>"}),
    Case("B07 chat with hidden frame", "review", more={"gtm": load_script("http://chat.test/chat.js")}, files={"chat.test/chat.js": CHAT + READY % "const f=document.createElement('iframe');f.src='http://chat.test/sync.html';f.style.display='none';document.body.append(f)", "chat.test/f.html": "<button>Chat</button> <a href='http://chat.test/why' target=_blank>by Chat</a>", "chat.test/sync.html": "<p>sync"}),
    Case("B08 recommendations of a new vendor", "review", more={"gtm": load_script("http://reco.test/r.js")}, files={"reco.test/r.js": READY % "const d=document.createElement('div');d.innerHTML='<h2>You may like</h2>'+[1,2,3].map(n=>'<a href=\"/p/'+n+'\" style=\"display:inline-block;width:200px;height:200px;background:#eee\">Cup '+n+'</a>').join('');document.querySelector('main').append(d)"}),
    Case("B09 vendor ships a new version", "quiet", more={"stars": "window.starsVersion=2;"}),
    Case("B10 payment fields of a provider", "review", body="<div id=pay></div><script src='http://psp.test/v3.js'></script>", files={"psp.test/v3.js": READY % "const f=document.createElement('iframe');f.src='http://psp.test/field.html';f.width=320;f.height=44;document.getElementById('pay').append(f);const g=document.createElement('iframe');g.src='http://psp.test/m.html';g.style.cssText='position:absolute;left:-9999px';document.body.append(g)", "psp.test/field.html": "<input name=cardnumber>", "psp.test/m.html": "<p>m"}),
    Case("B11 video player", "review", body='<iframe src="http://video.test/embed/1" width="560" height="315"></iframe>', files={"video.test/embed/1": "<a href='http://video.test/watch/1' target=_blank>Watch</a><button>Play</button>"}),
    Case("B12 link to the press", "quiet", body='<p>As seen in <a href="http://paper.test/review">The Paper</a></p>'),
    Case("B13 A/B test swaps a block", "review", more={"gtm": load_script("http://abtest.test/v.js")}, files={"abtest.test/v.js": READY % "document.querySelector('.add-to-cart').outerHTML='<button class=\"add-to-cart\" style=\"background:green\">Add to cart</button>'"}),
    Case("B14 app bar on phones", "quiet", loads=BOTH, more={"app": "if(/Mobile/.test(navigator.userAgent))" + box("appbar", style="left:0;right:0;top:0;height:70px;background:#eee", html="<a href=/app>Get our app</a>")}),
    Case("B15 locale redirect inside the shop", "quiet", html=lambda request, page: web.HTTPFound("/en/mug") if request.path == "/p/mug" else page),
    Case("B16 own sale modal over the page", "quiet", more={"app": box("sale", style="left:0;top:0;right:0;bottom:0;background:rgba(0,0,0,.6)", html="<div style=\"margin:120px auto;width:400px;background:#fff\"><h2>-20 %</h2><a href=/sale>To the sale</a><button onclick=this.closest(\"#sale\").remove()>Close</button></div>")}),
    Case("B18 reviews of a new vendor", "review", more={"gtm": load_script("http://trusty.test/r.js")}, files={"trusty.test/r.js": READY % "const d=document.createElement('div');d.innerHTML='<b>5 stars</b> <a href=\"http://trusty.test/shop\" target=_blank><img src=\"http://trusty.test/seal.png\" width=100 height=100></a>';document.getElementById('reviews').append(d)"}),
    Case("Y01 own cart drawer with clear backdrop", "quiet", more={"app": box("backdrop", style="left:0;top:0;right:0;bottom:0", html="")}),
    Case("Y02 links of a footer made by the app", "quiet", more={"app": READY % "document.querySelector('footer').insertAdjacentHTML('beforeend','<a href=\"http://photos.test/shop\">Photos</a> <a href=\"http://videos.test/shop\">Videos</a>')"}),
    Case("Y03 newsletter form of a provider", "quiet", body='<form action="http://mailer.test/join" method="post"><input name="email"><button>Join</button></form>'),
    Case("Y04 fonts from a new host", "quiet", head='<link rel="stylesheet" href="http://letters.test/f.css">', files={"letters.test/f.css": "@font-face{font-family:x;src:url(http://letters.test/x.woff2)}h1{font-family:x}"}),
    Case("Y05 loader that covers the page for a moment", "quiet", more={"app": "const d=document.createElement('div');d.style.cssText='position:fixed;inset:0;background:#fff;z-index:99';document.body.append(d);setTimeout(()=>d.remove(),200);"}),
    Case("Y06 seal that covers a corner", "review", head='<script src="http://seal.test/s.js"></script>', files={"seal.test/s.js": box("seal", style="left:8px;bottom:8px;width:110px;height:60px;background:#fff", html="<b>4.9</b> <a href=http://seal.test/shop target=_blank>Details</a>")}),
    Case("Y07 error tracker wraps the shop's scripts", "review", head='<script src="http://errors.test/e.js"></script>', files={"errors.test/e.js": "const t=setTimeout;window.setTimeout=(f,n)=>t(()=>f(),n)"}, more={"app": "setTimeout(()=>{document.querySelector('footer').insertAdjacentHTML('beforeend','<a href=\"/new\">New</a>')},100);"}),
]  # fmt: skip
