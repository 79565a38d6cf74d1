"""What a phone shows."""

from bs4 import Tag

from benchmarks.accuracy.mutation import Edit, alike, all_of, at_body, at_main, defect, removing, styled
from benchmarks.accuracy.shop_page import ShopPage

ON = "home category product cart content"
VIEWPORT = "meta[name=viewport]"
BAR = (
    '<div style="position:fixed;left:0;right:0;bottom:0;height:{px}px;background:#123;color:#fff;z-index:99">{text}'
    "</div>"
)
WIDE_ONLY = "@media(max-width:900px){[data-wide]{display:none!important}}"
LONG = "Free delivery on orders over 50.00 until the end of the month, in all parts of the country. "


def _viewport(content: str) -> Edit:
    def edit(page: ShopPage) -> None:
        for tag in page.soup.select(VIEWPORT):
            tag["content"] = content

    return edit


def _main_style(style: str) -> Edit:
    return lambda page: page.main.__setitem__("style", style)


def _header_style(style: str) -> Edit:
    return lambda page: page.header.__setitem__("style", style)


def _buy(style: str) -> Edit:
    def edit(page: ShopPage) -> None:
        if page.buy_button is not None:
            page.buy_button["style"] = f"{page.buy_button.get('style', '')};{style}"

    return edit


def _before_buying(html: str) -> Edit:
    def edit(page: ShopPage) -> None:
        button = page.buy_button
        if button is None:
            raise LookupError("the page has no buy button")
        page.before(button.find_parent("form") or button, html)

    return edit


def _links(count: int, style: str) -> str:
    entries = "".join(
        f'<li style="margin:0;padding:0"><a href="/faq?{n}" style="{style}">Topic {n}</a></li>' for n in range(count)
    )
    return f'<ul style="list-style:none;padding:0;line-height:14px">{entries}</ul>'


def _hidden_on_phones(page: ShopPage) -> None:
    """What stands around the buy button and below is left out on a phone by style."""
    for tag in page.soup.select(".bench-promise, .bench-reviews"):
        tag["data-wide"] = ""
    page.style(WIDE_ONLY)


def _price_hidden_on_phones(page: ShopPage) -> None:
    for tag in page.prices():
        if not tag.find_parent(class_="bench"):
            tag["data-wide"] = ""
    page.style(WIDE_ONLY)


def _folded(page: ShopPage) -> None:
    """Opinions and the promise fold away on a phone, with a button that opens them."""
    for tag in page.soup.select(".bench-reviews"):
        details: Tag = page.soup.new_tag("details")
        summary: Tag = page.soup.new_tag("summary")
        summary.string = "Customer reviews (23)"
        tag.wrap(details)
        details.insert(0, summary)


MOBILE = (
    defect("viewport-missing", "no viewport tag", "MOB-001", "home product content", removing(VIEWPORT),
           also="MOB-003 MOB-004 MOB-005 MOB-006 MOB-008 NAV-012 IMG-005 IMG-006 MOB-007 MOB-009 "
                "NAV-001 A11Y-008", device="mobile"),
    defect("viewport-fixed-width", "the viewport has 1100 px", "MOB-001", "category product", _viewport("width=1100"),
           also="MOB-003 MOB-004 MOB-005 MOB-006 MOB-007 MOB-008 MOB-009 NAV-001 NAV-012 "
                "IMG-005 IMG-006 A11Y-008", device="mobile"),
    defect("zoom-forbidden", "user-scalable=no", "MOB-002", "home product",
           _viewport("width=device-width, initial-scale=1, user-scalable=no"), device="mobile"),
    defect("zoom-limited", "maximum-scale=1", "MOB-002", "category cart",
           _viewport("width=device-width, initial-scale=1.0, maximum-scale=1.0"), device="mobile"),
    alike("zoom-up-to-five", "maximum-scale=5", "MOB-002 MOB-001", "home product",
          _viewport("initial-scale=1, width=device-width, maximum-scale=5, viewport-fit=cover"), device="mobile"),
    defect("sideways-wide-box", "a box of 640 px", "MOB-003", "home product",
           at_main('<div style="width:640px;background:#eee;padding:8px">Compare our sizes</div>'), device="mobile"),
    defect("sideways-negative-margin", "the main part sticks out by 80 px", "MOB-003", "category content",
           _main_style("margin-right:-80px;max-width:none;width:calc(100% + 80px)"),
           also="MOB-004", device="mobile"),
    defect("sideways-long-word", "a code that cannot wrap", "MOB-003", "product",
           at_main(f"<p>Batch <span style='white-space:nowrap'>{'AX-4471-' * 12}</span></p>"), device="mobile"),
    alike("sideways-in-a-carousel", "a row that scrolls by itself", "MOB-003", "home product",
          at_main('<div style="overflow-x:auto;display:flex;gap:8px">'
                  + "".join(f'<div style="flex:0 0 220px;height:60px;background:#eee">Idea {n}</div>' for n in range(8))
                  + "</div>"), device="mobile"),
    alike("sideways-clipped-drawer", "a drawer outside the screen that is clipped", "MOB-003", "home category",
          at_main('<div style="position:relative;overflow:hidden;height:60px"><div aria-hidden="true" style="position:'
                  'absolute;top:0;left:100%;width:320px;height:60px">Menu</div></div>'), device="mobile"),
    alike("sideways-hidden-by-the-page", "what sticks out cannot be scrolled to", "MOB-003", "category product",
          all_of(styled("html,body{overflow-x:hidden}"),
                 at_body('<div aria-hidden="true" style="position:absolute;top:0;left:100%;width:320px;height:200px">'
                         "Menu</div>")), device="mobile"),
    alike("sideways-table-scrolls", "a wide table in a box that scrolls", "MOB-003", "product",
          at_main('<div style="overflow:auto"><table style="width:900px"><tr><th>Size</th><td>Small</td><td>Large</td>'
                  "</tr></table></div>"), device="mobile"),
    defect("targets-in-lists", "forty links, 14 px high, without a gap", "MOB-004", "home content",
           at_main(_links(40, "padding:0;line-height:14px;font-size:12px;display:inline;min-height:0")),
           also="MOB-005 NAV-003", device="mobile"),
    defect("targets-buy-button", "the buy button is 30 px high", "MOB-004", "product",
           _buy("height:30px!important;min-height:0!important;padding:0 8px!important;line-height:1"), device="mobile"),
    alike("targets-apart", "small links with room around them", "MOB-004", "home content",
          at_main('<ul style="list-style:none;padding:0">' + "".join(
              f'<li style="padding:8px 0"><a href="/faq?{n}" style="font-size:13px;line-height:16px;padding:0">'
              f"Topic {n}</a></li>" for n in range(20)) + "</ul>"), device="mobile"),
    alike("targets-in-a-sentence", "links in running text", "MOB-004", "product content",
          at_main("<p>" + " ".join(f'Read about <a href="/faq?{n}" style="padding:0;display:inline">care {n}</a> and'
                                   " ask us if anything is unclear." for n in range(12)) + "</p>"), device="mobile"),
    defect("text-tiny", "all text in 10 px", "MOB-005", "product content",
           styled("body,body *{font-size:10px!important}"), also="MOB-004 MOB-006 A11Y-002 A11Y-003", device="mobile"),
    alike("text-small-print", "two lines of small print", "MOB-005", "home product",
          at_main('<p style="font-size:10px">Prices include tax.</p>'), device="mobile"),
    defect("fields-small", "fields in 13 px", "MOB-006", "home product content",
           styled("input,select,textarea{font-size:13px!important}"), device="mobile"),
    alike("fields-only-checkboxes", "a tick box in small type", "MOB-006", "product",
          at_main('<p><label style="font-size:16px"><input type="checkbox" style="font-size:12px;width:26px;'
                  'height:26px"> Gift wrap</label></p>'), device="mobile"),
    defect("phone-lacks-promise-and-reviews", "delivery, returns and opinions are left out on phones", "MOB-007",
           "product", _hidden_on_phones, also="PDP-009 PDP-010 PDP-011 PDP-003 PDP-012"),
    defect("phone-lacks-price", "phones show no price", "MOB-007 PDP-001", "product", _price_hidden_on_phones,
           also="PDP-013"),
    alike("phone-folds-reviews", "opinions fold away", "MOB-007 PDP-011", "product", _folded),
    defect("bar-at-the-bottom", "a fixed bar over a third of the screen", "MOB-008", "home product",
           at_body(BAR.format(px=270, text=LONG * 3)), device="mobile"),
    defect("bar-at-the-top", "a header that stays and takes 220 px", "MOB-008", "category content",
           _header_style("position:sticky;top:0;z-index:9;background:#fff;min-height:240px;display:block"),
           also="MOB-003", device="mobile"),
    alike("bar-with-buy-button", "a fixed bar that holds the buy button", "MOB-008", "product",
          at_body(BAR.format(px=84, text='<button style="min-height:48px;width:90%">Add to basket</button>')
                  + "<div style='height:90px'></div>"), also="A11Y-003", device="mobile"),
    alike("bar-small", "a fixed line of 48 px", "MOB-008", "home content",
          at_body(BAR.format(px=48, text="Free delivery over 50.00")), device="mobile"),
    defect("buy-button-far", "five screens of text before the buy button", "MOB-009", "product",
           _before_buying('<div style="height:4200px;padding:8px">About the workshop</div>'),
           also="PDP-001 PDP-003 SPD-003", device="mobile"),
    alike("buy-button-second-screen", "half a screen of text before the buy button", "MOB-009", "product",
          _before_buying('<div style="height:40px;padding:8px">About the workshop</div>'), device="mobile"),
)  # fmt: skip
