"""Defects of search and lists that show only to who uses them."""

from aiohttp import web

from auditor.demo.catalogue import Catalogue, Product
from auditor.demo.defects.defect import Defect, Document, adding, all_of, removing, rows, setting
from auditor.demo.finding import exactly, find, said

FEW_WORDS = 2
FORGETS = "<script>history.replaceState(null, '', location.pathname)</script>"
UP_AGAIN = "<script>history.scrollRestoration = 'manual'</script>"


def _first_words_only(goods: Catalogue, query: str) -> list[Product]:
    return find(goods, query) if len(query.split()) <= FEW_WORDS else []


def _words_only(goods: Catalogue, query: str) -> list[Product]:
    return [] if any(letter.isdigit() for letter in query) else find(goods, query)


def _letter_by_letter(goods: Catalogue, query: str) -> list[Product]:
    """Diacritics, Arabic letters and joiners have to be typed as they are written."""
    wanted = query.casefold().split()
    return [item for item in goods.products if all(word in said(goods, item).casefold() for word in wanted)]


def _everything(goods: Catalogue, query: str) -> list[Product]:
    return find(goods, query) or list(goods.products)


def _blank(page: Document) -> None:
    if not page.every(".card"):
        for element in page.every("main > *:not(.breadcrumb)"):
            element.decompose()


def _without_way_on(page: Document) -> None:
    if not page.every(".card"):
        for element in page.every("main ul.links"):
            element.decompose()


def _not_stored(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    if response.content_type == "text/html":
        response.headers["Cache-Control"] = "no-store"
    return response


def _other_parameter(page: Document) -> None:
    for link in page.every("a.facet"):
        link["href"] = str(link["href"]).replace("?", "?view=", 1)


LIST = rows("category")
SEARCH = rows("search")
FINDABILITY = (
    Defect("search-misses-names", "The search finds nothing for names of three words and more", rows("NAV-013"), SEARCH,
           also=rows("NAV-015"), journey="search", find=_first_words_only),
    Defect("search-misses-codes", "The search does not know the numbers of products", rows("NAV-014"), SEARCH,
           journey="search", find=_words_only),
    Defect("search-misses-typos", "The search forgives no slip of the finger", rows("NAV-015"), SEARCH,
           journey="search", find=exactly),
    Defect("search-misses-spellings", "The search takes every spelling for another word", rows("NAV-016"), SEARCH,
           also=rows("NAV-015"), journey="search", find=_letter_by_letter),
    Defect("search-blank", "A search without results shows an empty page", rows("NAV-017"), SEARCH, journey="search",
           edit=_blank),
    Defect("search-dead-end", "A search without results offers no way on", rows("NAV-017"), SEARCH, journey="search",
           edit=_without_way_on),
    Defect("search-brings-everything", "A search without results silently lists the whole shop", rows("NAV-017"),
           SEARCH, journey="search", find=_everything),
    Defect("search-forgets-query", "The search field is empty on the result page", rows("NAV-018"), SEARCH,
           journey="search", edit=setting("#q", "value", "")),
    Defect("search-suggests-nothing", "The search field suggests nothing", rows("NAV-019"), journey="search",
           edit=setting("form.search", "data-suggest", None)),
    Defect("filter-does-nothing", "Filters lead to the same list again", rows("NAV-021"), LIST, journey="browse",
           edit=_other_parameter),
    Defect("filter-not-shown", "Nothing shows which filter is on", rows("NAV-021"), LIST, journey="browse",
           edit=all_of(removing(".applied"), setting("a.facet", "aria-current", None),
                       setting("a.facet", "class", "facet"))),
    Defect("list-state-lost", "The address of a list loses its filter, and the page is never kept",
           rows("NAV-021 NAV-024"), LIST, journey="browse", edit=adding("body", FORGETS), finish=_not_stored),
    Defect("sort-ignored", "Sorting by price, cheapest first, leaves the usual order", rows("NAV-022"), LIST,
           journey="browse", edit=setting("#sort option[value=price-asc]", "value", "price-up")),
    Defect("sort-missing", "A list cannot be sorted", rows("NAV-022"), LIST, journey="browse", doubtful=True,
           edit=removing("form.sort")),
    Defect("back-to-the-top", "Back leads to the top of the list", rows("NAV-024"), LIST, "mobile", journey="browse",
           edit=adding("body", UP_AGAIN), finish=_not_stored),
)  # fmt: skip
