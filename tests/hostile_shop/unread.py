"""A sound shop in a language without a lexicon: addresses and classes say nothing, only words and structure do."""

import io

from PIL import Image, ImageDraw

from tests.hostile_shop.server import Content, html

GEORGIAN = {
    "lang": "ka", "shop": "ხის სახელოსნო", "group": "ავეჯი", "second": "განათება", "item": "მუხის სკამი", "home": "მთავარი",
    "search": "ძებნა", "add": "კალათაში დამატება", "stock": "მარაგშია, გამოგზავნა ორ დღეში", "cart": "კალათა", "price": "249,00 ₾",
    "returns": "დაბრუნება", "shipping": "მიწოდება", "terms": "წესები და პირობები", "privacy": "კონფიდენციალურობა",
    "contact": "დაგვიკავშირდით", "phone": "+995 32 219 44 00", "address": "რუსთაველის გამზირი 12, თბილისი",
    "text": "ეს ნივთი ხელით არის დამზადებული მდინარის პირას მდებარე პატარა სახელოსნოში, ადგილობრივი მუხისგან. ",
}  # fmt: skip
AMHARIC = {
    "lang": "am", "shop": "የእንጨት ሥራ", "group": "የቤት ዕቃዎች", "second": "መብራቶች", "item": "የእንጨት ወንበር", "home": "መነሻ",
    "search": "ፈልግ", "add": "ወደ ቅርጫት ጨምር", "stock": "በክምችት ላይ አለ፣ በሁለት ቀን ይላካል", "cart": "ቅርጫት", "price": "1 249,00 ብር",
    "returns": "ዕቃ መመለስ", "shipping": "ማድረስ", "terms": "ውሎችና ሁኔታዎች", "privacy": "ግላዊነት", "contact": "ያግኙን",
    "phone": "+251 11 551 70 00", "address": "ቦሌ መንገድ 12፣ አዲስ አበባ",
    "text": "ይህ ዕቃ በወንዝ ዳር ባለ ትንሽ የእጅ ሥራ ቤት ውስጥ ከአካባቢው እንጨት በእጅ የተሠራ ነው። ",
}  # fmt: skip


def unread_shop(words: dict[str, str]) -> dict[str, Content]:
    """Home, two categories of six products each, the products, search, cart and five pages of the footer."""
    found: dict[str, Content] = {"/": _page(words, words["shop"], _cards(words, range(6)), ())}
    for number, name in enumerate(("group", "second")):
        goods = range(6 * number, 6 * number + 6)
        found[f"/c{number}"] = _page(words, words[name], _cards(words, goods), (("/", words["home"]),))
        for good in goods:
            trail = (("/", words["home"]), (f"/c{number}", words[name]))
            found[f"/i{good}"] = _page(words, f"{words['item']} {good}", _product(words, good), trail)
    found |= {f"/t{number}": _page(words, words[name], f"<p>{words['text'] * 12}</p>", ()) for number, name in _PAGES}
    found |= {
        "/q": _page(words, words["search"], _cards(words, range(2)), ()),
        "/k": _page(words, words["cart"], "", ()),
    }
    found["/picture.jpg"] = _photograph()
    return found


def not_found(words: dict[str, str]) -> Content:
    """The shop's answer to an address that it does not have."""
    return html(_page(words, "404", _cards(words, range(2)), ()), status=404)


_PAGES = tuple(enumerate(("returns", "shipping", "terms", "privacy", "contact")))
_STYLE = """<style>body{margin:0;font:16px/1.6 sans-serif}a,button,input{display:inline-block;min-height:44px;
padding:6px 12px;font-size:16px;margin:4px}img{width:100%;max-width:500px;height:auto}
.g{display:grid;grid-template-columns:1fr 1fr;gap:16px}</style>"""


def _page(words: dict[str, str], title: str, body: str, trail: tuple[tuple[str, str], ...]) -> str:
    steps = "".join(f'<li><a href="{url}">{name}</a></li>' for url, name in trail)
    crumbs = f'<nav aria-label="{title}"><ol>{steps}<li aria-current="page">{title}</li></ol></nav>' if trail else ""
    feet = "".join(f'<li><a href="/t{number}">{words[name]}</a></li>' for number, name in _PAGES)
    digits = "".join(char for char in words["phone"] if char in "+0123456789")
    return f"""<!doctype html><html lang="{words["lang"]}"><head><meta charset="utf-8"><title>{title} · {words["shop"]}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{_STYLE}</head><body>
<header><a href="/">{words["shop"]}</a><nav><ul><li><a href="/c0">{words["group"]}</a></li><li><a href="/c1">{words["second"]}</a></li></ul></nav>
<form role="search" action="/q"><input type="search" name="s" aria-label="{words["search"]}"><button>{words["search"]}</button></form>
<a href="/k">{words["cart"]}</a></header>{crumbs}<main><h1>{title}</h1>{body}</main>
<footer><ul>{feet}</ul><p>{words["address"]}</p><a href="tel:{digits}">{words["phone"]}</a>
<a href="mailto:info@shop.example">info@shop.example</a></footer></body></html>"""


def _cards(words: dict[str, str], goods: range) -> str:
    cards = "".join(
        f'<li><a href="/i{good}"><img src="/picture.jpg?{good}" alt="{words["item"]} {good}" width="800" height="800">'
        f"<h3>{words['item']} {good}</h3></a><p>{words['price']}</p></li>"
        for good in goods
    )
    return f'<ul class="g">{cards}</ul>'


def _product(words: dict[str, str], good: int) -> str:
    return f"""<img src="/picture.jpg?{good}" alt="{words["item"]} {good}" width="800" height="800">
<p><strong>{words["price"]}</strong></p><p>{words["stock"]}</p>
<form method="post" action="/k"><input type="hidden" name="i" value="{good}"><button>{words["add"]}</button></form>
<p>{words["text"] * 5}</p>"""


def _photograph() -> bytes:
    image = Image.linear_gradient("L").resize((1200, 1200)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for step in range(0, 1200, 24):
        draw.ellipse((step, step // 2, step + 200, step // 2 + 300), outline=(step % 255, 90, 140), width=5)
    body = io.BytesIO()
    image.save(body, "JPEG", quality=85)
    return body.getvalue()
