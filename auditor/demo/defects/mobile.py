"""Defects that a phone shows."""

from functools import partial

from auditor.demo.defects.defect import Defect, Edit, adding, all_of, removing, rows, setting, styled

VIEWPORT = "meta[name=viewport]"
WIDE = (
    '<div class="comparison" style="width:720px;background:#f5f2ec;padding:16px;margin-block-start:24px">'
    "<p>Alder · Birk · Calla · Dune · Elm · Fjord · Grove · Hazel · Iris · Juno</p></div>"
)
PHONE_LEAVES_OUT = (
    "<script>if(matchMedia('(max-width:899px)').matches)"
    "document.querySelectorAll('#reviews,.rating,.facts .return').forEach(one=>one.remove())</script>"
)
BOTTOM_BAR = '<div class="app-bar"><p>App: 4.8 ★</p></div>'
_PINNED = (
    "display:grid;place-items:center;position:fixed;inset-inline:0;inset-block-end:0;background:#14423a;color:#fff"
)
_on_phone = partial(Defect, device="mobile")


def _bottom_bar(px: int, more: str = "") -> Edit:
    """A bar of ``px`` at the bottom of a phone's screen."""
    phone = f"{more}.app-bar{{{_PINNED};block-size:{px}px;z-index:9}}body{{padding-block-end:{px}px}}"
    return all_of(adding("body", BOTTOM_BAR), styled(f".app-bar{{display:none}}@media(max-width:899px){{{phone}}}"))


MOBILE = (
    _on_phone(
        "mobile-viewport-missing",
        "The viewport meta tag is missing",
        rows("MOB-001"),
        also=rows("MOB-005"),
        alone=True,
        edit=removing(VIEWPORT),
    ),
    _on_phone(
        "mobile-viewport-fixed",
        "The viewport has a fixed width of 1024 px",
        rows("MOB-001"),
        also=rows("MOB-005"),
        alone=True,
        edit=setting(VIEWPORT, "content", "width=1024"),
    ),
    _on_phone(
        "mobile-zoom-forbidden",
        "Zooming is switched off",
        rows("MOB-002"),
        part="viewport",
        edit=setting(VIEWPORT, "content", "width=device-width, initial-scale=1, user-scalable=no"),
    ),
    _on_phone(
        "mobile-zoom-limited",
        "Zooming ends at twice the size",
        rows("MOB-002"),
        part="viewport",
        edit=setting(VIEWPORT, "content", "width=device-width, initial-scale=1, maximum-scale=2"),
    ),
    _on_phone(
        "mobile-wide-element",
        "A box of fixed width makes the page scroll sideways",
        rows("MOB-003"),
        rows("home category product"),
        edit=adding("main", WIDE),
    ),
    _on_phone(
        "mobile-negative-margin",
        "A negative margin at the end of the line makes the page scroll sideways, to the left when it is right to left",
        rows("MOB-003"),
        rows("home category product"),
        edit=styled("@media(max-width:899px){main > :is(section,article,div):first-of-type{margin-inline-end:-96px}}"),
    ),
    _on_phone(
        "mobile-tiny-targets",
        "Links in lists are small and close together",
        rows("MOB-004"),
        edit=styled(
            ".footer a,.topbar a,.links a,.pages a,.breadcrumb a,.breadcrumb li,.lines .what a,.side li a{"
            "min-block-size:0!important;"
            "min-inline-size:0!important;line-height:15px;padding:0!important}"
            ".footer li,.side li{line-height:15px;margin:0;padding:0}.pages ul{gap:0}"
        ),
    ),
    _on_phone(
        "mobile-small-add-to-cart",
        "The button that adds to the cart is 32 px high",
        rows("MOB-004"),
        rows("product"),
        edit=styled(
            ".add-to-cart{min-block-size:0!important;block-size:32px;padding:2px 12px;font-size:14px;line-height:1}"
        ),
    ),
    _on_phone(
        "mobile-small-text",
        "Most text on product and service pages is 10 px",
        rows("MOB-005"),
        rows("product content"),
        edit=styled(
            "main :is(p,li,td,th,label,legend,a,span:not(.dot,.stars,.stars span)),"
            ".footer :is(p,a){font-size:10px!important}"
        ),
    ),
    _on_phone(
        "mobile-small-inputs",
        "Form fields are set in 14 px, so that iOS zooms in",
        rows("MOB-006"),
        part="viewport",
        edit=styled("input,select,textarea{font-size:14px}"),
    ),
    _on_phone(
        "mobile-sticky-bars",
        "A sticky header and a bar at the bottom take more than a third of the screen",
        rows("MOB-008"),
        edit=_bottom_bar(
            140, ".header{position:sticky;inset-block-start:0;z-index:9;background:#fff;min-block-size:170px}"
        ),
    ),
    _on_phone(
        "mobile-sticky-bottom-bar",
        "A bar fixed to the bottom takes a quarter of the screen",
        rows("MOB-008"),
        edit=_bottom_bar(206),
    ),
    _on_phone(
        "mobile-buy-button-far",
        "The button that adds to the cart is three screens below the price",
        rows("MOB-009"),
        rows("product"),
        also=rows("PDP-001 PDP-003"),
        part="price",
        edit=styled("@media(max-width:899px){.act{margin-block-start:2900px}}"),
    ),
    Defect(
        "mobile-less-told",
        "Phones do not get the reviews and the terms of return",
        rows("MOB-007"),
        rows("product"),
        "both",
        also=rows("PDP-009 PDP-011"),
        edit=adding("body", PHONE_LEAVES_OUT),
    ),
    Defect(
        "mobile-not-right-to-left",
        "Persian pages are not set from right to left",
        rows("MOB-011"),
        device="mobile",
        language="fa",
        alone=True,
        edit=setting("html", "dir", None),
    ),
)
