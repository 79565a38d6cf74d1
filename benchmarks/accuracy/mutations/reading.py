"""Access with aids, patterns that press shoppers, and what a page sends."""

from collections.abc import Mapping

from bs4 import Tag

from benchmarks.accuracy.mutation import Edit, alike, at_body, at_main, beside_price, defect
from benchmarks.accuracy.remedies import STOCK
from benchmarks.accuracy.shop_page import ShopPage

HALF_SECOND = 500


def _lang(value: str | None) -> Edit:
    def edit(page: ShopPage) -> None:
        for tag in page.soup.select("html"):
            if value is None:
                tag.attrs.pop("lang", None)
            else:
                tag["lang"] = value

    return edit


def _pale(what: str, colour: str = "#c9c9c9") -> Edit:
    def edit(page: ShopPage) -> None:
        tags: list[Tag | None] = []
        if what == "price":
            tags = [page.price]
        elif what == "button":
            tags = [page.buy_button]
        else:
            tags = [text.parent for text in page.soup.find_all(string=STOCK)]
        for tag in tags:
            if tag is None:
                raise LookupError(f"the page has no {what}")
            ground = "#dddddd" if what == "button" else "#ffffff"
            tag["style"] = f"{tag.get('style', '')};color:{colour}!important;background:{ground}!important"

    return edit


def _no_cache(path: str, headers: Mapping[str, str]) -> Mapping[str, str | None]:
    return {} if "html" in headers.get("Content-Type", "") else {"Cache-Control": "no-store", "ETag": None}


def _year(path: str, headers: Mapping[str, str]) -> Mapping[str, str | None]:
    return {} if "html" in headers.get("Content-Type", "") else {"Cache-Control": "max-age=31536000"}


READING = (
    defect("button-without-name", "a button that is an icon without a name", "A11Y-001", "home product",
           at_main('<button type="button" style="width:48px;height:48px"><svg width="20" height="20"></svg></button>')),
    defect("field-without-label", "a field without a label", "A11Y-001", "product category",
           at_main('<p><input type="text" name="engraving" style="font-size:16px;min-height:44px"></p>')),
    defect("picture-without-alt", "a picture without alt", "A11Y-001", "home cart",
           at_main('<img src="/bench-media/plain/cup-5-300.webp" width="300" height="300">'),
           also="A11Y-004 IMG-005 IMG-006"),
    alike("icon-button-with-name", "an icon with a name", "A11Y-001", "home product",
          at_main('<button type="button" aria-label="Save for later" style="width:48px;height:48px"><svg width="20" '
                  'height="20" aria-hidden="true"></svg></button>')),
    alike("decoration-without-alt", "a picture of role presentation", "A11Y-001 A11Y-004", "home product",
          at_main('<img role="presentation" alt="" src="/bench-media/plain/cup-5-300.webp" width="300" height="300">'),
          also="IMG-005 IMG-006"),
    defect("several-serious-rules", "pale text, an empty link, a list without items, a scroller without focus",
           "A11Y-002", "home product",
           at_main('<p style="color:#bbb;background:#fff">Made to be kept</p><a href="/faq"></a><ul><div>One</div></ul>'
                   '<div style="height:40px;overflow-y:scroll"><p style="height:300px">Long text that scrolls</p></div>'
                   '<p lang="zz-invalid-x">Words</p><dl><p>No terms</p></dl>'), also="MOB-004 A11Y-001"),
    defect("price-pale", "the price is light grey", "A11Y-003", "product", _pale("price"), also="A11Y-002"),
    defect("buy-button-pale", "the buy button is grey on grey", "A11Y-003", "product", _pale("button"),
           also="A11Y-002"),
    defect("stock-pale", "the stock is light grey", "A11Y-003", "product", _pale("stock"), also="A11Y-002"),
    alike("price-in-colour", "the price is dark red", "A11Y-003", "product", _pale("price", "#a01020")),
    defect("lang-missing", "no lang", "A11Y-007", "home product content", _lang(None),
           also="A11Y-002 A11Y-001 MOB-011"),
    defect("lang-wrong", "lang says German", "A11Y-007", "product content", _lang("de"), also="NAV-006"),
    defect("lang-invalid", "lang is the word english", "A11Y-007", "home content", _lang("english_site"),
           also="A11Y-002 A11Y-001"),
    alike("lang-with-region", "lang says en-US", "A11Y-007", "home product content", _lang("en-US")),
    defect("urgency-vague", "an offer ends soon, without a date", "DRK-002", "home product",
           at_main("<p>Limited time offer: hurry, this deal is ending soon!</p>")),
    alike("urgency-with-date", "an offer ends on a named day", "DRK-002", "home product",
          at_main("<p>Offer ends on 24 December 2026 at 18:00.</p>")),
    defect("stock-low-everywhere", "only 2 left, on every product", "DRK-003", "product",
           beside_price("<p>Hurry, only 2 left in stock!</p>"), every=True, also="DRK-002"),
    alike("stock-low-once", "only 2 left, on one product", "DRK-003", "product",
          beside_price("<p>Only 2 left in stock</p>")),
    defect("files-not-kept", "files may not be kept", "SPD-010", "home product", headers=_no_cache, device="desktop"),
    alike("files-kept-a-year", "files may be kept for a year", "SPD-010", "home product", headers=_year,
          device="desktop"),
    defect("page-of-six-megabytes", "six megabytes of pictures", "SPD-008", "home",
           at_main("".join(f'<img alt="Mood {n}" width="300" height="300" src="/bench-media/heavy/cup-{n}-1600.webp">'
                           for n in range(6))), also="IMG-006 SPD-001 A11Y-004", device="desktop"),
    defect("late-banner", "a banner pushes the page down", "SPD-003", "home category",
           at_body("<script>addEventListener('load',function(){setTimeout(function(){"
                   "var b=document.createElement('div');b.style.cssText='height:320px;background:#eee';"
                   "b.textContent='Autumn news';"
                   f"document.body.prepend(b)}},{HALF_SECOND})}})</script>"), also="NAV-012 PDP-001"),
    alike("late-banner-with-room", "a banner for which room is kept", "SPD-003", "home category",
          at_body("<div id='room' style='height:120px'></div><script>addEventListener('load',function(){setTimeout("
                  "function(){document.getElementById('room').textContent='Autumn news'},500)})</script>")),
    defect("text-breaks-when-spaced", "a box of fixed height cuts text when it is spaced", "A11Y-008", "product",
           # Of one width for all letters, so that it fits before in every browser.
           at_main('<div style="width:285px;height:22px;overflow:hidden;font:15px/20px monospace">Free '
                   "delivery from 50.00 today</div>" * 4), device="desktop"),
)  # fmt: skip
