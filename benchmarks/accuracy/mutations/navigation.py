"""Finding one's way."""

import json
import re

from aiohttp import web

from benchmarks.accuracy.mutation import Answer, Edit, alike, all_of, at_main, defect
from benchmarks.accuracy.remedies import healthy
from benchmarks.accuracy.shop_page import MONEY, ShopPage

LISTS = "home category"


def _no_menu(page: ShopPage) -> None:
    """Neither the menu, nor its button, nor another list of categories."""
    for tag in page.soup.select("header nav, .bench-menu, aside, nav#top_page"):
        if not tag.select_one("[role=search]"):
            tag.decompose()
    known = {link.get("href") for link in page.soup.select("header a[href]")}
    for link in page.main.select("ul a[href]"):
        if not link.find_parent(class_="bench") and not link.select("img") and link.get("href") not in known:
            link.decompose()


def _menu_folded(page: ShopPage) -> None:
    """The categories are behind a button that says what it is."""
    menu = page.soup.select_one(".bench-menu") or page.menu
    if menu is None:
        raise LookupError("the page has no menu")
    details, summary = page.soup.new_tag("details"), page.soup.new_tag("summary")
    summary["style"] = "padding:12px"
    summary.string = "Menu"
    menu.wrap(details)
    details.insert(0, summary)


def _other_menu(page: ShopPage) -> None:
    for number, link in enumerate(page.soup.select("header nav a[href]")):
        link["href"] = f"/campaign-{number}"
        link.string = f"Deal {number}"


def _no_trail(page: ShopPage) -> None:
    if page.breadcrumb is None:
        raise LookupError("the page has no breadcrumb")
    page.breadcrumb.decompose()


def _trail_as_text(page: ShopPage) -> None:
    """The trail in one line with signs between, no list and no landmark."""
    links = [f'<a href="{path}">{name}</a>' if path else f"<span>{name}</span>" for name, path in page.trail]
    old = page.breadcrumb
    if old is None:
        raise LookupError("the page has no breadcrumb")
    page.before(old, f'<div class="path">{" › ".join(links)}</div>')
    old.decompose()


def _trail_data(change: str) -> Edit:
    def edit(page: ShopPage) -> None:
        for script in page.soup.select('script[type="application/ld+json"]'):
            data = json.loads(script.string or "{}")
            if data.get("@type") != "BreadcrumbList":
                continue
            places = data["itemListElement"]
            if change == "absent":
                script.decompose()
                continue
            for number, place in enumerate(places):
                if change == "positions":
                    place["position"] = 1
                elif change == "nameless":
                    place.pop("name")
                elif change == "other":
                    place["name"] = f"Shelf {number}"
                    place["item"] = f"/shelf-{number}"
                elif change == "objects" and "item" in place:
                    place["item"] = {"@id": place["item"], "name": place.pop("name")}
            script.string = json.dumps(data)

    return edit


def _bare(what: str, share: int) -> Edit:
    """Every ``share``-th card loses its price or its name."""

    def edit(page: ShopPage) -> None:
        if len(page.cards) < 4:
            raise LookupError("the list has no cards")
        for card in page.cards[::share]:
            if what == "price":
                for text in card.find_all(string=MONEY):
                    text.replace_with("")
            else:
                for picture in card.select("img"):
                    picture["alt"] = ""
                for link in [*card.select("a[href]"), *([card] if card.name == "a" else [])]:
                    link.attrs.pop("title", None)
                    link.attrs.pop("aria-label", None)
                    for text in link.find_all(string=True):
                        if not MONEY.search(text):
                            text.replace_with("")
                for heading in card.select("h2,h3,h4"):
                    heading.decompose()

    return edit


def _no_search(page: ShopPage) -> None:
    for tag in page.soup.select('form[action*="search"], [role=search], .search__box'):
        tag.decompose()


def _search_far_down(page: ShopPage) -> None:
    _no_search(page)
    page.add(
        page.footer, '<form role="search" action="/search"><input type="search" name="q" aria-label="Search"></form>'
    )


def _search_icon(page: ShopPage) -> None:
    """A field that a labelled icon opens, as most themes have it on phones."""
    _no_search(page)
    page.add(
        page.header, '<button type="button" aria-label="Search" style="width:48px;height:48px">&#128269;</button>', at=0
    )


def _total(number: int) -> Edit:
    """The list says that it has more products than it shows, and offers neither filters nor pages."""

    def edit(page: ShopPage) -> None:
        for tag in page.soup.select("aside, form:not([role=search], [action*=basket], .bench, .bench *), fieldset"):
            if not tag.select("img"):
                tag.decompose()
        for text in page.main.find_all(string=re.compile("Filter|Show results for|Sort")):
            if text.parent is not None:
                text.parent.decompose()
        for field in page.main.select(
            "input[type=checkbox], input[type=range], select, [role=slider], [role=checkbox]"
        ):
            field.decompose()
        for link in page.main.select('a[href*="facet"], a[href*="page="]'):
            link.decompose()
        for section in page.main.select("button"):
            if not section.find_parent("form"):
                section.decompose()
        for tag in page.main.find_all(class_=lambda name: bool(name) and "filter" in name):
            tag.decompose()
        for text in page.main.find_all(string=re.compile(r"^\s*\d+\s*$|^\s*\d+ products|^\s*results")):
            if text.parent is not None and text.parent.name in ("strong", "div", "p", "form"):
                text.replace_with("")
        heading = page.h1
        if heading is None:
            raise LookupError("the list has no heading")
        page.after(heading, f"<p>{number} products</p>")

    return edit


def _fine_404(request: web.Request) -> web.Response | None:
    if "no-such-page" not in request.path:
        return None
    page = ShopPage(
        "<!doctype html><html lang=en><head><title>Not found</title></head><body><header><nav><a href=/>Home</a></nav>"
        "</header><main><h1>This page is gone</h1><p>Try the search.</p></main><footer></footer></body></html>",
        "other", "/x",
    )  # fmt: skip
    healthy(page)
    return web.Response(status=404, text=str(page), content_type="text/html")


def _reply(status: int, html: str, headers: dict[str, str] | None = None) -> Answer:
    def answer(request: web.Request) -> web.Response | None:
        if "no-such-page" not in request.path:
            return None
        return web.Response(status=status, text=html, content_type="text/html", headers=headers)

    return answer


BANNER = (
    '<div style="grid-column:1/-1"><a href="/faq"><img alt="Gift guide" width="300" height="90" '
    'src="/bench-media/plain/cup-5-900.webp" style="object-fit:cover;max-width:100%"></a></div>'
)
BARE = "<!doctype html><html lang=en><head><title>Error</title></head><body><h1>Not found</h1></body></html>"
SOFT = (
    "<!doctype html><html lang=en><head><title>Welcome</title></head><body><header><a href=/>Home</a></header><main>"
    "<h1>Welcome to our shop</h1><p>Look around and find what you like.</p></main></body></html>"
)


def _dead_in_menu(page: ShopPage) -> None:
    page.add(
        page.header, '<nav aria-label="Season"><ul><li><a href="/autumn-sale-2019/">Autumn sale</a></li></ul></nav>'
    )


def _gone(request: web.Request) -> web.Response | None:
    return web.Response(status=404, text=BARE, content_type="text/html") if "autumn-sale" in request.path else None


def _broken_server(request: web.Request) -> web.Response | None:
    return web.Response(status=500, text=BARE, content_type="text/html") if "autumn-sale" in request.path else None


def _moved(request: web.Request) -> web.Response | None:
    return web.Response(status=301, headers={"Location": "/returns"}) if "autumn-sale" in request.path else None


def _session_links(page: ShopPage) -> None:
    for number, link in enumerate(page.main.select("a[href^='/']")):
        link["href"] = f"{link['href']}{'&' if '?' in str(link['href']) else '?'}sessionid=a8f31{number:027x}"


def _tracked_links(page: ShopPage) -> None:
    for link in page.main.select("a[href^='/']"):
        if "?" not in str(link["href"]):
            link["href"] = f"{link['href']}?utm_source=shop&utm_medium=grid&utm_campaign=list&utm_content=card"


def _links_with_choice(page: ShopPage) -> None:
    for link in page.main.select("a[href^='/']"):
        if "?" not in str(link["href"]):
            link["href"] = f"{link['href']}?colour=blue&size=m"


NAVIGATION = (
    defect("menu-removed", "no menu and no other list of categories", "NAV-001", "home product", _no_menu,
           also="NAV-012 NAV-002 NAV-006 TRU-001 A11Y-002 NAV-009 NAV-020"),
    alike("menu-behind-a-button", "the menu is behind a button called Menu", "NAV-001", LISTS, _menu_folded,
          also="NAV-002", device="mobile"),
    defect("menu-changes", "another menu on the product page", "NAV-002", "product", _other_menu, also="NAV-003",
           device="desktop"),
    defect("breadcrumb-removed", "no breadcrumb on product pages", "NAV-009", "product",
           all_of(_no_trail, _trail_data("absent"))),
    defect("breadcrumb-removed-lists", "no breadcrumb in lists", "NAV-009", "category",
           all_of(_no_trail, _trail_data("absent"))),
    alike("breadcrumb-as-plain-links", "the trail is one line of links with signs between", "NAV-009 NAV-010",
          "product", _trail_as_text),
    defect("breadcrumb-unmarked", "no markup of the breadcrumb", "NAV-010", "product category", _trail_data("absent")),
    defect("breadcrumb-positions", "all positions are 1", "NAV-010", "product", _trail_data("positions")),
    defect("breadcrumb-nameless", "the markup names nothing", "NAV-010", "product", _trail_data("nameless")),
    defect("breadcrumb-differs", "the markup names other categories", "NAV-010", "product", _trail_data("other")),
    alike("breadcrumb-as-objects", "items are objects with an @id", "NAV-010", "product category",
          _trail_data("objects")),
    defect("cards-without-price", "every third product of a list has no price", "NAV-011", "category",
           _bare("price", 3)),
    defect("cards-without-name", "every second product of a list has no name", "NAV-011", "category", _bare("name", 2),
           also="A11Y-004 A11Y-001 A11Y-002 MOB-004"),
    alike("one-banner-among-cards", "a banner stands among the products", "NAV-011", "category",
          lambda page: page.before(page.cards[2], BANNER), also="IMG-006"),
    defect("search-removed", "no search anywhere", "NAV-012", "home category product", _no_search, also="NAV-006",
           shops="oscar"),
    defect("search-in-the-footer", "the search is at the foot of the page", "NAV-012", "home product", _search_far_down,
           shops="oscar"),
    alike("search-behind-an-icon", "phones show an icon called Search", "NAV-012", "home product", _search_icon,
          device="mobile", shops="oscar"),
    defect("filters-removed", "60 products and no filter", "NAV-020", "category", _total(60), also="NAV-023 NAV-022"),
    alike("filters-not-needed", "12 products and no filter", "NAV-020 NAV-023", "category", _total(12)),
    defect("list-ends", "15 of 60 products and no way to the others", "NAV-023", "category", _total(60),
           also="NAV-020"),
    defect("list-loads-more", "a button loads more and has no address", "NAV-023", "category",
           all_of(_total(60), at_main('<button type="button" style="min-height:48px">Load more</button>')),
           also="NAV-020"),
    alike("list-has-pages", "further pages have addresses", "NAV-023", "category",
          all_of(_total(60), at_main('<nav aria-label="Pages"><a href="?page=2">2</a> <a href="?page=3">3</a> '
                                     '<a href="?page=2" rel="next">Next page</a></nav>')), also="NAV-020 MOB-004"),
    defect("error-page-200", "a wrong address answers 200", "NAV-006", "cart", crawl=True, device="desktop",
           answer=_reply(200, SOFT)),
    defect("error-page-bare", "the error page has no way on", "NAV-006", "cart", crawl=True, device="desktop",
           answer=_reply(404, BARE)),
    defect("error-page-to-home", "a wrong address leads to the home page", "NAV-006", "cart", crawl=True,
           device="desktop", answer=_reply(302, "", {"Location": "/"})),
    alike("error-page-other-layout", "an error page of its own, with search", "NAV-006", "cart", crawl=True,
          device="desktop", answer=_fine_404),
    defect("dead-link-in-header", "the header links a page that is gone", "NAV-003",
           "home category product cart content", _dead_in_menu, crawl=True, device="desktop", answer=_gone,
           also="NAV-002"),
    defect("dead-link-server-error", "a linked page answers 500", "NAV-003", "home category", _dead_in_menu, crawl=True,
           device="desktop", answer=_broken_server, also="NAV-002"),
    alike("moved-link", "a linked page has moved once", "NAV-003", "home category product", _dead_in_menu, crawl=True,
          device="desktop", answer=_moved, also="NAV-002"),
    defect("links-with-session", "links carry session numbers", "NAV-007", "home category", _session_links,
           device="desktop", also="NAV-008"),
    defect("links-with-tracking", "links carry four tracking parameters", "NAV-007", "home category", _tracked_links,
           device="desktop"),
    alike("links-with-choice", "links carry a colour and a size", "NAV-007", "home category",
          _links_with_choice,
          device="desktop"),
)  # fmt: skip
