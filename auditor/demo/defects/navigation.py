"""Defects that make the shop hard to find one's way in."""

from typing import Any

from aiohttp import web

from auditor.demo.defects.defect import (
    Defect,
    Document,
    adding,
    all_of,
    removing,
    replying,
    rows,
    setting,
    styled,
    with_data,
    without_data,
)

CRUMBED = rows("category product")
MAGNIFIER = (
    '<a class="search-icon" href="/search" style="display:grid;place-items:center;'
    'width:48px;height:48px;margin-inline-start:auto">'
    '<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
    'stroke-width="2" aria-hidden="true">'
    '<circle cx="10.5" cy="10.5" r="6.5"></circle><path d="M15.5 15.5 21 21"></path></svg></a>'
)


def _soft(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    if response.status == 404 and response.content_type == "text/html":
        response.set_status(200)
    return response


def _to_home(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    missing = response.status == 404 and response.content_type == "text/html"
    return web.Response(status=302, headers={"Location": "/"}) if missing else response


def _bare(page: Document) -> None:
    for child in page.every("body > *"):
        child.decompose()
    page.add("body", "<h1>404</h1>")


def _icon_only(page: Document) -> None:
    name = page.catalogue.words["text"]["search"]
    for form in page.every("form.search"):
        form.insert_before(*list(Document(MAGNIFIER, "", page.catalogue).soup.contents))
        form.decompose()
    for link in page.every("a.search-icon"):
        link["aria-label"] = name


def _broken_positions(data: dict[str, Any]) -> None:
    for item in data["itemListElement"]:
        item["position"] = item["position"] * 2 - 2


def _other_trail(data: dict[str, Any]) -> None:
    for item in data["itemListElement"][1:-1]:
        item["name"] = "Spring collection"
    if len(data["itemListElement"]) == 2:
        data["itemListElement"][-1]["name"] = "Spring collection"


async def _chain(request: web.Request, store: object) -> web.StreamResponse | None:
    steps = {"/our-story": "/company", "/company": "/company-info", "/company-info": "/about"}
    target = steps.get(request.path)
    return web.Response(status=301, headers={"Location": target}) if target else None


NAVIGATION = (
    Defect(
        "nav-menu-missing",
        "No page has a main menu",
        rows("NAV-001"),
        part="menu explored",
        edit=removing("nav.menu", ".menu-button"),
    ),
    Defect(
        "nav-menu-unreachable-on-phone",
        "The menu is hidden on a phone and the button that opens it is missing",
        rows("NAV-001"),
        device="mobile",
        doubtful=True,
        part="menu",
        edit=removing(".menu-button"),
    ),
    Defect(
        "nav-menu-only-on-home",
        "The main menu is on the home page only",
        rows("NAV-001"),
        rows("category product search cart checkout content not_found"),
        part="menu",
        edit=removing("nav.menu", ".menu-button"),
    ),
    Defect(
        "nav-dead-link-in-menu",
        "The menu links to a category that does not exist any more",
        rows("NAV-003"),
        part="menu explored",
        edit=adding("nav.menu > ul", '<li><a href="/category/sale">Sale</a></li>'),
    ),
    Defect(
        "nav-dead-link-in-footer",
        "The footer links to a page that is gone",
        rows("NAV-003"),
        part="explored",
        edit=adding(".footer .columns section:nth-of-type(2) ul", '<li><a href="/careers">Careers</a></li>'),
    ),
    Defect(
        "nav-link-to-server-error",
        "A link on every product page ends in a server error",
        rows("NAV-003"),
        rows("product"),
        part="explored",
        edit=adding("#description + p", ' <a href="/size-guide">Size guide</a>'),
        answer=replying(frozenset({"/size-guide"}), lambda: web.Response(status=500, text="Internal Server Error")),
    ),
    Defect(
        "nav-redirect-chain",
        "A link in the footer passes three redirects",
        rows("NAV-003"),
        part="explored",
        edit=setting(".footer a[href='/about']", "href", "/our-story"),
        answer=_chain,
    ),
    Defect(
        "nav-soft-404",
        "Addresses that do not exist answer with status 200",
        rows("NAV-006"),
        rows("not_found"),
        finish=_soft,
    ),
    Defect(
        "nav-404-to-home",
        "Addresses that do not exist are redirected to the home page",
        rows("NAV-006"),
        rows("not_found"),
        finish=_to_home,
    ),
    Defect(
        "nav-404-bare",
        "The not-found page has no menu, no search and no link",
        rows("NAV-006"),
        rows("not_found"),
        edit=_bare,
    ),
    Defect(
        "nav-breadcrumb-missing",
        "Product and category pages show no breadcrumb and mark none up",
        rows("NAV-009"),
        CRUMBED,
        also=rows("NAV-010"),
        edit=all_of(removing("nav.breadcrumb"), without_data("BreadcrumbList")),
    ),
    Defect(
        "nav-breadcrumb-positions",
        "The positions in the breadcrumb markup do not run from 1 to n",
        rows("NAV-010"),
        CRUMBED,
        edit=with_data("BreadcrumbList", _broken_positions),
    ),
    Defect(
        "nav-breadcrumb-differs",
        "The breadcrumb markup names another trail than the one shown",
        rows("NAV-010"),
        CRUMBED,
        edit=with_data("BreadcrumbList", _other_trail),
    ),
    Defect(
        "nav-breadcrumb-unmarked",
        "The breadcrumb is shown without markup",
        rows("NAV-010"),
        CRUMBED,
        edit=without_data("BreadcrumbList"),
    ),
    Defect(
        "nav-search-missing",
        "No page has a search field",
        rows("NAV-012"),
        edit=all_of(removing("form.search"), without_data("WebSite")),
    ),
    Defect(
        "nav-search-icon-only",
        "On a desktop, search is only an icon",
        rows("NAV-012"),
        device="desktop",
        edit=all_of(_icon_only, styled("@media(min-width:900px){.bar{grid-template-columns:auto 1fr auto}}")),
    ),
    Defect(
        "nav-menu-varies",
        "Product pages have half of the menu",
        rows("NAV-002"),
        rows("product"),
        device="desktop",
        part="menu",
        edit=removing("nav.menu > ul > li:nth-of-type(2n)"),
    ),
    Defect(
        "nav-links-tracked",
        "Links of products carry tracking parameters",
        rows("NAV-007"),
        rows("home category"),
        part="explored",
        edit=setting(
            ".card-link", "href", lambda link: f"{link['href']}?utm_source=shop&utm_medium=tile&utm_campaign=spring"
        ),
    ),
    Defect(
        "nav-cards-without-price",
        "Every third product of a list has no price",
        rows("NAV-011"),
        rows("category"),
        part="cards",
        edit=removing(".cards li:nth-of-type(3n) .price"),
    ),
)
