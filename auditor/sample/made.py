"""Addresses of pages that nothing links to: search results and the cart."""

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from auditor.classify.address import SEARCH_NAMES
from auditor.evidence import FormFacts, Page, PageFacts, PanelPage, Template
from auditor.lexicon import path_concepts, path_segments
from auditor.platforms import detect

_MADE = "made from "
Made = tuple[PanelPage | None, str]
"""The page, or None and why there is none."""


def search_page(home: PageFacts | None, product: PageFacts | None, home_url: str) -> Made:
    """A search for a word of a product's name, by the GET form of the home page or else by the platform's default."""
    if home is None:
        return None, "no search page was found, and no start page that could hold a search form"
    word = query_word(product)
    if word is None:
        return None, "no search page was found, and no product name to search for"
    for form in home.signals.forms:
        url = _searching(form, home, word)
        if url:
            return _made(
                url, Template.SEARCH, "made from the search form on the home page", f"A search for “{word}”.", home
            ), ""
    platform = detect(home.signals, home.url).platform
    url = platform.search_url(home_url, word) if platform else None
    if platform and url:
        because = f"made from the address that {platform.name} gives to searches"
        return _made(url, Template.SEARCH, because, f"A search for “{word}”.", home), ""
    return None, "no search page was found, and no search form whose address could be made"


def cart_page(home: PageFacts | None, home_url: str) -> Made:
    """The cart at the platform's default address, or at the one that a form of the home page is sent to."""
    if home is None:
        return None, "no cart page was found"
    for form in home.signals.forms:
        url = urljoin(home.final_url or home.url, form.action)
        segments = path_segments(url)
        if segments and "cart" in path_concepts(segments[-1]) and _same_host(url, home_url):
            return _made(
                url.partition("?")[0],
                Template.CART,
                "made from a form on the home page that is sent there",
                "The cart, without goods in it.",
                home,
            ), ""
    platform = detect(home.signals, home.url).platform
    if platform and platform.cart:
        because = f"made from the address that {platform.name} gives to carts"
        return _made(
            urljoin(home_url, platform.cart), Template.CART, because, "The cart, without goods in it.", home
        ), ""
    return None, "no cart page was found, and nothing says where it would be"


def is_made(page: Page) -> bool:
    """Whether the address was made here, in this run or an earlier one."""
    return page.because[:1] != () and page.because[0].startswith(_MADE)


def query_word(product: PageFacts | None) -> str | None:
    """The longest word of a product's name, which is most likely to find something."""
    if product is None:
        return None
    name = product.h1 or re.split(r"\s[|–—·-]\s", product.title)[0]
    found = re.findall(r"[^\W\d_][^\W_]*", name)
    return max(found, key=len, default=None)


def _searching(form: FormFacts, home: PageFacts, word: str) -> str | None:
    if form.method.lower() not in ("", "get"):
        return None
    field = next((name for name in form.names if name.lower() in SEARCH_NAMES), None)
    action = urljoin(home.final_url or home.url, form.action or "")
    if field is None or not _same_host(action, home.final_url or home.url):
        return None
    parts = urlsplit(action)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != field]
    return parts._replace(query=urlencode([*kept, (field, word)], quote_via=quote), fragment="").geturl()


def _made(url: str, template: Template, because: str, reason: str, home: PageFacts) -> PanelPage:
    parts = urlsplit(url)
    key = (parts.path.rstrip("/") or "/") + (f"?{parts.query}" if parts.query else "")
    page = Page(url=url, key=key, template=template, because=(because,), found_from=home.url, depth=1)
    return PanelPage(page=page, reason=reason)


def _same_host(url: str, other: str) -> bool:
    return urlsplit(url).hostname == urlsplit(other).hostname
