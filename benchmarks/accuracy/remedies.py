"""What a well-kept shop would have and these two lack, added to their real pages, so that a defect can be planted.

Every measured page is a page of the shop with these additions; nothing of the shop is taken away but what could not
pass (pictures of 400 px, a search that phones hide).
"""

import json
import re
from zlib import crc32

from bs4 import Tag

from benchmarks.accuracy.pictures import address
from benchmarks.accuracy.shop_page import BUYS, MONEY, ShopPage

STOCK = re.compile(r"^\s*(?:In stock|Available|Unavailable|Out of stock)", re.IGNORECASE)
INFORMATION = {
    "/contact": ("Contact", "Write to us or call us: we answer within one working day.", "form"),
    "/returns": ("Returns", "You may return any product within 30 days of delivery, and we refund the full price within"
                 " 14 days. Returns are free: we pay the return shipping. To return a product, print the return label"
                 " from our returns form and hand the parcel in at any post office.", ""),
    "/delivery": ("Delivery", "Standard delivery costs 3.95 and takes 2-4 working days. Orders over 50.00 are delivered"
                  " free of charge. We send every parcel with a number by which you can follow it.", ""),
    "/terms": ("Terms and conditions", "These terms hold for every order in this shop. The contract is made when we"
               " confirm your order by e-mail. Prices include tax. Payment is due with the order.", ""),
    "/privacy": ("Privacy policy", "We keep your name, address and e-mail for as long as the order needs them, and"
                 " give them to nobody but the carrier. You may ask what we keep, and have it deleted.", ""),
    "/faq": ("Frequently asked questions", "How long does delivery take? Two to four working days. Can I change an"
             " order? Call us before it is packed. Opening hours: Monday to Friday, 9:00 to 17:00.", ""),
    "/order-status": ("Track your order", "Enter the number of your order and your e-mail address to see where your"
                      " parcel is.", "track"),
}  # fmt: skip
_MORE = (
    " We write this in plain words because nobody reads small print. If something is unclear, ask us: the address and"
    " the number are at the foot of every page. This page was last changed in May, and earlier versions are kept and"
    " sent to you on request. It holds for all products of the shop unless the product's page says otherwise."
)
CONTACT_FORM = (
    '<form class="bench" method="post" action="/contact"><p><label>Name <input name="name"></label></p><p><label>E-mail'
    ' <input type="email" name="email"></label></p><p><label>Message <textarea name="message" rows="5"></textarea>'
    '</label></p><p><button type="submit">Send message</button></p></form>'
)
_TRACK_FORM = (
    '<form class="bench" action="/order-status"><p><label>Order number <input name="number"></label></p><p><label>'
    'E-mail <input type="email" name="mail"></label></p><p><button type="submit">Track order</button></p></form>'
)
PHONE = '<a href="tel:+442079460123">020 7946 0123</a>'
MAIL = '<a href="mailto:help@shop.example">help@shop.example</a>'
_FOOTER = (
    '<div class="bench bench-footer"><h2>Service</h2><ul class="bench-policies">{policies}</ul>'
    f'<p class="bench-phone">Call us: {PHONE}</p><p class="bench-mail">Write to us: {MAIL}</p>'
    '<p class="bench-hours">Opening hours: Monday to Friday, 9:00 to 17:00</p>'
    '<p class="bench-company">Shop Example Ltd, 12 Mill Lane, York YO1 7HB, United Kingdom. Registered in England,'
    " company number 01234567, VAT number GB123456789.</p>"
    '<p class="bench-social"><a href="https://www.instagram.com/shopexample.york/">Instagram</a></p></div>'
)
STYLE = (
    ".bench-footer,.bench{padding:8px 16px;background:#fff;color:#222}.bench a{color:#0b4a8f;display:inline-block;"
    "padding:12px 6px}.bench ul{padding:0}.bench li{list-style:none}.bench input,.bench textarea{font-size:16px;"
    "min-height:44px;max-width:100%}.bench button{min-height:44px;font-size:16px}.bench-thumbs{display:flex;gap:8px;"
    "flex-wrap:wrap;list-style:none;padding:8px 0}.bench-thumbs img{width:72px;height:72px}.bench-related{display:grid;"
    "grid-template-columns:repeat(auto-fill,minmax(140px,1fr));gap:16px;padding:0}.bench-related img{width:100%;height:"
    "auto}.bench-menu a{display:inline-block;padding:12px 10px}"
)


def healthy(page: ShopPage) -> None:
    """All remedies for this kind of page."""
    page.style(STYLE)
    _ways(page)
    links = "".join(f'<li><a href="{path}">{name}</a></li>' for path, (name, _text, _form) in INFORMATION.items())
    page.add(page.footer, _FOOTER.format(policies=links))
    if page.path in INFORMATION:
        _information(page)
    if page.breadcrumb is not None and page.h1 is not None and len(page.trail) > 1:
        page.add(page.head, linked_data(_trail_data(page)))
    _sharp_cards(page)
    _readable(page)
    if page.kind == "product" and page.price is not None and page.gallery:
        _product(page)


def seed_of(page_or_path: ShopPage | str) -> int:
    """A number for the product on this page."""
    path = page_or_path if isinstance(page_or_path, str) else page_or_path.path
    return crc32(path.rstrip("/").rsplit("/", 1)[-1].encode()) % 900 + 1


def linked_data(data: dict[str, object]) -> str:
    text = json.dumps({"@context": "https://schema.org", **data}).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _ways(page: ShopPage) -> None:
    """A search field in view on both devices, a contact link, and a menu where there is none."""
    menu = ""
    if page.menu is None:
        entries = {"/accessories": "Accessories", "/women": "Women", "/men": "Men", "/kids": "Kids", "/blog": "Blog"}
        links = "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in entries.items())
        menu = (
            '<nav class="bench-menu" aria-label="Categories"><ul style="display:flex;flex-wrap:wrap">'
            f"{links}</ul></nav>"
        )
    search = (
        '<form class="bench bench-search" role="search" action="/search"><input type="search" name="q" aria-label='
        '"Search products" placeholder="Search products"><button type="submit">Search</button></form>'
    )
    page.add(
        page.header,
        at=None if page.header.name == "header" else 0,
        html=f'<p class="bench bench-contact"><a href="/contact">Contact</a></p>{search}{menu}',
    )


def _information(page: ShopPage) -> None:
    name, text, form = INFORMATION[page.path]
    main = page.main
    main.clear()
    more = {"form": CONTACT_FORM, "track": _TRACK_FORM}.get(form, "")
    page.add(main, f"<h1>{name}</h1><p>{text}</p><p>{_MORE}</p>{more}")
    page.soup.title.string = name if page.soup.title else ""  # type: ignore[union-attr]


def _trail_data(page: ShopPage) -> dict[str, object]:
    places = [
        {"@type": "ListItem", "position": number, "name": name} | ({"item": path} if path else {})
        for number, (name, path) in enumerate(page.trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": places}


def _sharp_cards(page: ShopPage) -> None:
    gallery = page.gallery if page.kind == "product" else []
    for card in page.cards:
        link, picture = card.select_one("a[href]"), card.select_one("img")
        if picture is None or any(picture is one for one in gallery):
            continue
        own = link or (card if card.name == "a" else None)
        show(picture, seed_of(str(own["href"]) if own else page.path), (160, 240, 360, 480, 720), "auto, 160px")
        picture["loading"] = "lazy"
        picture["style"] = "object-fit:contain"


def show(picture: Tag, seed: int, widths: tuple[int, ...], sizes: str, recipe: str = "plain") -> None:
    """Gives ``picture`` renditions of ours."""
    picture["src"] = address(seed, widths[-1], recipe)
    picture["srcset"] = ", ".join(f"{address(seed, width, recipe)} {width}w" for width in widths)
    picture["sizes"] = sizes
    picture.attrs.pop("loading", None)


def _readable(page: ShopPage) -> None:
    """Contrast of what shoppers pay attention to, and names for nameless fields."""
    for button in page.soup.select("button"):
        if BUYS.match(button.get_text()):
            button["style"] = "background:#0b4a8f;color:#fff;min-height:48px"
    for text in page.soup.find_all(string=STOCK):
        if text.parent is not None:
            text.parent["style"] = "color:#1c5c2a"
    for number, field in enumerate(page.soup.select("input:not([type=hidden])")):
        if not field.find_parent("label") and not field.get("aria-label") and not field.get("id"):
            field["aria-label"] = f"Choice {number}"


def _product(page: ShopPage) -> None:
    seed = seed_of(page)
    heading, price, button, gallery = page.h1, page.price, page.buy_button, page.gallery
    assert heading is not None
    assert price is not None
    name, shown = heading.get_text(" ", strip=True), price.get_text(strip=True)
    for picture in gallery:
        if picture.find_parent("li"):
            show(picture, seed, (96, 200), "64px")
        else:
            show(picture, seed, (400, 800, 1600), "(max-width: 700px) 90vw, 45vw")
    thumbs = "".join(
        f'<li><a href="{address(seed + 1000 * n)}"><img alt="{name}, view {n}" width="72" height="72" '
        f'src="{address(seed + 1000 * n, 216)}"></a></li>'
        for n in range(1, 5)
    )
    around = gallery[0]
    while around.parent is not None and around.parent.select_one("h1") is None:
        around = around.parent
    page.add(around, f'<ul class="bench bench-thumbs">{thumbs}</ul>')
    if not gallery[0].find_parent("a"):
        gallery[0].wrap(page.soup.new_tag("a", href=address(seed), attrs={"style": "display:block"}))
    place = button.find_parent("form") if button else None
    promise = (
        '<p class="bench-stock">In stock</p><p class="bench-delivery">Delivery costs £3.95 and takes 2-4 working days.'
        '</p><p class="bench-return">You can return it free of charge within 30 days.</p>'
    )
    page.after(
        place or price,
        f'<div class="bench bench-promise">{promise}</div><p class="bench bench-text">{_story(name, seed)}</p>',
    )
    page.add(page.main, _reviews() + _related(page))
    page.add(page.head, linked_data(_product_data(page, name, shown, seed)))


def _story(name: str, seed: int) -> str:
    """Sixty words and more that no other product has."""
    makers = ("Leith", "Kirkby", "Harlow", "Brixham", "Tenby", "Oban", "Whitby", "Ripon", "Cromer", "Ludlow")
    uses = ("breakfast", "a long evening", "the garden", "a small flat", "the windowsill", "guests", "every day")
    first, second, third = makers[seed % 10], makers[seed // 10 % 10], uses[seed % 7]
    return (
        f"The {name} comes from a workshop in {first} that has made nothing else since {1900 + seed % 90}. It weighs"
        f" {seed + 150} grams, stands {seed % 40 + 8} centimetres tall, and was drawn by a potter from {second} for"
        f" {third}. Wash it by hand below {30 + seed % 20} degrees; the {seed % 5 + 2} colours of batch {seed} do not"
        f" fade. Each one is numbered, tried by {seed % 6 + 2} people and wrapped in paper from {second}."
    )


def _reviews() -> str:
    shares = "".join(f"<li>{stars} stars: {count}</li>" for stars, count in ((5, 17), (4, 4), (3, 1), (2, 1), (1, 0)))
    told = "".join(
        f"<li><strong>{who}</strong> rated it {stars} out of 5 stars. {what}</li>"
        for who, stars, what in (("Ada", 5, "Just as shown, and well packed."), ("Sam", 4, "Smaller than I thought."))
    )  # fmt: skip
    return (
        '<section class="bench bench-reviews"><h2>Customer reviews</h2><p>4.6 out of 5 stars, 23 reviews</p>'
        f"<ul>{shares}</ul><ul>{told}</ul></section>"
    )


def _related(page: ShopPage) -> str:
    cards = "".join(
        f'<li><a href="{path}"><img alt="{name}" src="{address(seed_of(path), 480)}" width="240" height="240"><span>'
        f"{name}</span></a> <span>{price}</span></li>"
        for path, name, price, _picture in page.others
        if path.rstrip("/") != page.path.rstrip("/")
    )
    heading = "<h2>You may also like</h2>"
    return f'<section class="bench bench-others">{heading}<ul class="bench-related">{cards}</ul></section>'


def _product_data(page: ShopPage, name: str, shown: str, seed: int) -> dict[str, object]:
    amount = MONEY.search(shown)
    number = "".join(c for c in (amount[0] if amount else "1.00") if c.isdigit() or c == ".")
    terms = {"@type": "MerchantReturnPolicy", "merchantReturnDays": 30, "applicableCountry": "GB"}
    offer = {
        "@type": "Offer", "price": number, "priceCurrency": "GBP" if "£" in shown else "USD", "url": page.path,
        "availability": "https://schema.org/InStock", "itemCondition": "https://schema.org/NewCondition",
        "shippingDetails": {
            "@type": "OfferShippingDetails",
            "shippingRate": {"@type": "MonetaryAmount", "value": "3.95", "currency": "GBP"},
        },
        "hasMerchantReturnPolicy": terms,
    }  # fmt: skip
    return {
        "@type": "Product", "name": name, "sku": f"S{seed}", "brand": {"@type": "Brand", "name": "Example"},
        "image": [address(seed)], "description": name, "gtin13": f"50{seed:011d}", "offers": offer,
        "aggregateRating": {"@type": "AggregateRating", "ratingValue": "4.6", "reviewCount": "23"},
    }  # fmt: skip
