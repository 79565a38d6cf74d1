"""The demo shop: it answers like a shop in three languages, and every defect shows where it says."""

import gzip
import http.client
import io
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

import imagehash
import phonenumbers
import pytest
from bs4 import BeautifulSoup
from lxml import etree
from PIL import Image

from auditor.demo import DEFECTS, LANGUAGES, STATES, DemoShop, serve
from auditor.demo.catalogue import load
from auditor.demo.pictures import draw
from auditor.demo.wording import matches, money

ROWS = {
    *(f"NAV-{n:03d}" for n in (1, 2, 3, *range(6, 25))),
    *(f"SPD-{n:03d}" for n in (*range(1, 7), *range(8, 13))),
    *(f"MOB-{n:03d}" for n in range(1, 12)),
    *(f"IMG-{n:03d}" for n in range(1, 14)),
    *(f"PDP-{n:03d}" for n in range(1, 16)),
    *(f"TRU-{n:03d}" for n in range(1, 13)),
    *(f"A11Y-{n:03d}" for n in range(1, 9)),
    *(f"DRK-{n:03d}" for n in range(1, 11)),
    *(f"CHK-{n:03d}" for n in range(1, 23)),
}
ADDRESS = dict.fromkeys(("first_name", "last_name", "street", "postcode", "city"), "Test") | {"email": "a@example.com"}
DELAYS = frozenset({"speed-hero-late", "speed-hero-very-late", "speed-slow-server", "speed-very-slow-server"})


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html.parser")


class Shopper:
    """Asks the shop over HTTP and keeps its cookies, following nothing by itself."""

    def __init__(self, shop: DemoShop) -> None:
        self.shop = shop
        self.goods = shop.storefront.catalogue
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> Reply:
        parts = urlsplit(self.shop.url)
        link = http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=30)
        headers = {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        link.request("GET" if form is None else "POST", quote(path, safe="/?&=%:."), urlencode(form or {}), headers)
        answer = link.getresponse()
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        reply = Reply(answer.status, dict(answer.getheaders()), answer.read())
        link.close()
        return reply

    def path(self, template: str) -> str:
        item = next(p for p in self.goods.products if p.stock and p.sizes)
        return {
            "home": "/",
            "category": self.goods.departments[0].path,
            "product": item.path,
            "search": f"/search?q={quote(item.name)}",
            "cart": "/cart",
            "checkout": "/checkout",
            "content": "/returns",
            "not_found": "/no/such/page",
        }[template]


@pytest.fixture(scope="module", params=LANGUAGES)
def shopper(request: pytest.FixtureRequest) -> Iterator[Shopper]:
    with serve(request.param) as shop:
        yield Shopper(shop)


@pytest.fixture(scope="module")
def english() -> Iterator[Shopper]:
    with serve() as shop:
        yield Shopper(shop)


@pytest.mark.server
@pytest.mark.parametrize("template", ["home", "category", "product", "search", "cart", "content"])
def test_pages_answer_in_their_language(shopper: Shopper, template: str) -> None:
    page = shopper.ask(shopper.path(template))
    assert page.status == 200
    root = page.soup.html
    assert root is not None
    assert root["lang"] == shopper.goods.language
    assert root["dir"] == ("rtl" if shopper.goods.language == "fa" else "ltr")
    assert page.headers["Content-Encoding"] == "gzip"


@pytest.mark.server
def test_no_text_is_left_unfilled(shopper: Shopper) -> None:
    for template in ("home", "category", "product", "search", "cart", "content", "not_found"):
        text = shopper.ask(shopper.path(template)).text
        assert not re.search(r"\{\w+\}", text.replace("{search_term_string}", ""))
        assert "built-in method" not in text


@pytest.mark.server
def test_every_internal_link_of_the_main_pages_lives(shopper: Shopper) -> None:
    found: set[str] = set()
    for template in ("home", "category", "product", "search", "content", "not_found"):
        found |= {str(a["href"]) for a in shopper.ask(shopper.path(template)).soup.select("a[href^='/']")}
    assert len(found) > 40
    assert {path: shopper.ask(path).status for path in found} == dict.fromkeys(found, 200)


@pytest.mark.server
def test_unknown_addresses_are_not_found_with_help(shopper: Shopper) -> None:
    for path in ("/no/such/page", "/product/none", "/category/none", "/static/0/none", "/media/none-1-400.webp"):
        assert shopper.ask(path).status == 404
    page = shopper.ask("/no/such/page").soup
    assert page.select("form[role=search]")
    assert len(page.select("main a")) >= 5


@pytest.mark.server
def test_search_finds_titles_numbers_and_folded_spellings(shopper: Shopper) -> None:
    item = shopper.goods.products[10]
    for query in (item.name, item.sku, item.gtin):
        links = [str(a["href"]) for a in shopper.ask(f"/search?q={quote(query)}").soup.select(".card a")]
        assert quote(item.path) in links
    assert not shopper.ask("/search?q=qqqzzz").soup.select(".card")


def test_folding_ignores_diacritics_and_persian_spelling() -> None:
    assert matches("swieca", "Świeca z wosku sojowego")
    assert matches("كاسه", "کاسه سفالی")
    assert matches("شمع ٢", "شمع ۲")
    assert not matches("lampa", "Kubek")


def test_amounts_are_written_as_their_language_writes_them() -> None:
    assert money(1299, "en") == "£1,299.00"
    assert money(1299, "pl") == "1\u00a0299,00\u00a0zł"
    assert money(1_299_000, "fa") == "۱٬۲۹۹٬۰۰۰ تومان"


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_large_and_without_twins(language: str) -> None:
    goods = load(language)
    assert len(goods.products) >= 60
    assert len(goods.departments) >= 6
    for name in ("path", "name", "gtin", "sku"):
        assert len({getattr(p, name) for p in goods.products}) == len(goods.products)
    assert any(not p.stock for p in goods.products)
    assert set(goods.words["text"]) == set(load("en").words["text"])
    assert len(goods.words["pages"]["returns"]) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_phone_number_is_valid_for_its_market(language: str) -> None:
    words = load(language).words
    number = phonenumbers.parse(words["shop"]["phone"])
    assert phonenumbers.is_valid_number_for_region(number, words["language"]["country"])
    shown = phonenumbers.parse(words["shop"]["phone_shown"], words["language"]["country"])
    assert shown.national_number == number.national_number


@pytest.mark.server
def test_lists_filter_sort_and_continue_by_real_addresses(shopper: Shopper) -> None:
    first = shopper.ask("/category/all").soup
    assert len(first.select(".card")) == 12
    assert first.select("a[rel=next]")
    facet = first.select(".facet")[0]
    fewer = shopper.ask(str(facet["href"])).soup
    assert 0 < len(fewer.select(".applied li")) < len(first.select(".facet"))
    cheap = [p.price for p in sorted(shopper.goods.products, key=lambda p: p.price)][:12]
    names = [a.get_text() for a in shopper.ask("/category/all?sort=price-asc").soup.select(".card .price")]
    assert names == [money(price, shopper.goods.language) for price in cheap]
    assert shopper.ask("/category/all?page=٣&colour=none&price=x-y&sort=%00").status == 200


@pytest.mark.server
def test_trail_and_its_markup_are_the_same(shopper: Shopper) -> None:
    for template in ("category", "product"):
        page = shopper.ask(shopper.path(template)).soup
        data = [json.loads(s.get_text()) for s in page.select('script[type="application/ld+json"]')]
        marked = next(d for d in data if d["@type"] == "BreadcrumbList")["itemListElement"]
        assert [i["position"] for i in marked] == list(range(1, len(marked) + 1))
        assert [i["name"] for i in marked] == [li.get_text(strip=True) for li in page.select(".breadcrumb li")]


@pytest.mark.server
def test_product_markup_equals_the_page(shopper: Shopper) -> None:
    item = next(p for p in shopper.goods.products if p.stock and p.sizes)
    page = shopper.ask(item.path).soup
    data = [json.loads(s.get_text()) for s in page.select('script[type="application/ld+json"]')]
    offer = next(d for d in data if d["@type"] == "Product")["offers"]
    assert float(offer["price"]) == item.price * (10 if shopper.goods.language == "fa" else 1)
    assert offer["priceCurrency"] == {"en": "GBP", "pl": "PLN", "fa": "IRR"}[shopper.goods.language]
    assert [p.get_text() for p in page.select(".price-block .price")] == [money(item.price, shopper.goods.language)]


@pytest.mark.server
def test_robots_and_sitemaps_are_well_formed_and_complete(shopper: Shopper) -> None:
    assert f"Sitemap: {shopper.shop.url}sitemap.xml" in shopper.ask("/robots.txt").text.splitlines()
    index = etree.fromstring(shopper.ask("/sitemap.xml").text.encode())
    parts = [urlsplit(str(loc.text)).path for loc in index.iter("{*}loc")]
    assert parts == ["/sitemap-pages.xml", "/sitemap-products.xml.gz"]
    pages = etree.fromstring(shopper.ask(parts[0]).text.encode())
    products = etree.fromstring(gzip.decompress(shopper.ask(parts[1]).body))
    assert len(list(products.iter("{*}url"))) == len(shopper.goods.products)
    for loc in [*pages.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]:
        assert shopper.ask(urlsplit(str(loc.text)).path).status == 200


@pytest.mark.server
def test_pictures_have_the_size_and_format_they_claim(english: Shopper) -> None:
    page = english.ask(english.path("product")).soup
    main = page.select(".main-picture img")[0]
    candidates = [c.split() for c in str(main["srcset"]).split(", ")]
    assert max(int(width[:-1]) for _, width in candidates) >= 1500
    for address, width in (candidates[0], candidates[-1]):
        reply = english.ask(address)
        with Image.open(io.BytesIO(reply.body)) as picture:
            assert (picture.format, picture.size) == ("WEBP", (int(width[:-1]),) * 2)
        assert int(re.findall(r"max-age=(\d+)", reply.headers["Cache-Control"])[0]) >= 30 * 86400
    with Image.open(io.BytesIO(english.ask(candidates[0][0].replace(".webp", ".jpg")).body)) as picture:
        assert picture.format == "JPEG"
    assert english.ask(candidates[0][0].replace("-400.", "-401.")).status == 404


@pytest.mark.slow
def test_no_two_products_look_alike_and_pictures_are_repeatable() -> None:
    goods = load("en")
    colours = dict(goods.colours)
    seen = {p.id: imagehash.phash(draw(p.picture, 1, 96, colours)) for p in goods.products}
    assert min(a - b for a, b in itertools.combinations(seen.values(), 2)) > 0
    first = goods.products[0].picture
    assert draw(first, 3, 96, colours).tobytes() == draw(first, 3, 96, colours).tobytes()
    assert len({draw(first, n, 96, colours).tobytes() for n in range(1, 5)}) == 4


@pytest.mark.server
def test_guest_reaches_payment_without_an_order(shopper: Shopper) -> None:
    buyer = Shopper(shopper.shop)
    before = shopper.shop.orders
    item = next(p for p in shopper.goods.products if p.stock and p.sizes)
    choice = {"product": item.id, "colour": item.colours[0], "size": item.sizes[0], "quantity": "2"}
    added = buyer.ask("/cart/add", choice)
    assert added.status == 303
    cart = buyer.ask(added.headers["Location"]).soup
    assert cart.select(".lines input[name=quantity]")[0]["value"] == "2"
    assert money(item.price * 2, shopper.goods.language) in cart.get_text()
    assert buyer.ask("/checkout/payment").headers["Location"] == "/checkout"
    assert len(buyer.ask("/checkout", {"email": "nonsense"}).soup.select(".error")) == 6
    assert buyer.ask("/checkout", ADDRESS).headers["Location"] == "/checkout/delivery"
    assert buyer.ask("/checkout/delivery", {"delivery": "pickup"}).headers["Location"] == "/checkout/payment"
    payment = buyer.ask("/checkout/payment").soup
    form = payment.select("form[action='/order']")[0]
    assert form.select("button")[0].get_text() == shopper.goods.words["text"]["place_order"]
    assert shopper.shop.orders == before
    buyer.ask("/order", {})
    assert shopper.shop.orders == before + 1


@pytest.mark.server
def test_cart_lines_can_be_changed_and_removed(english: Shopper) -> None:
    buyer = Shopper(english.shop)
    item = next(p for p in english.goods.products if p.stock and not p.sizes)
    buyer.ask("/cart/add", {"product": item.id})
    line = f"{item.id}|{item.colours[0]}|"
    buyer.ask("/cart/update", {"line": line, "quantity": "3"})
    assert buyer.ask("/cart").soup.select(".lines input[name=quantity]")[0]["value"] == "3"
    buyer.ask("/cart/update", {"line": line, "quantity": "3", "remove": "1"})
    assert not buyer.ask("/cart").soup.select(".lines")
    sold_out = next(p for p in english.goods.products if not p.stock)
    buyer.ask("/cart/add", {"product": sold_out.id})
    assert not buyer.ask("/cart").soup.select(".lines")


@pytest.mark.server
def test_consent_is_asked_once_and_never_redirects_elsewhere(english: Shopper) -> None:
    visitor = Shopper(english.shop)
    assert len(visitor.ask("/").soup.select(".consent button")) == 2
    assert visitor.ask("/consent", {"choice": "rejected", "back": "//example.com/"}).headers["Location"] == "/"
    assert not visitor.ask("/").soup.select(".consent")


def test_unknown_names_are_refused_with_a_list() -> None:
    with pytest.raises(ValueError, match="nav-menu-missing"):
        DemoShop(defects={"no-such-thing"})
    with pytest.raises(ValueError, match="en, pl, fa"):
        DemoShop(language="xx")


def test_defects_cover_every_row() -> None:
    assert len(DEFECTS) >= 44
    assert frozenset().union(*(d.expect for d in DEFECTS.values())) == ROWS
    for name, defect in DEFECTS.items():
        assert defect.name == name
        assert defect.expect
        assert not defect.expect & defect.also
        assert defect.device in (None, "mobile", "desktop", "both")


def _shown(visitor: Shopper, template: str) -> list[tuple[int, str, bytes]]:
    paths = [visitor.path(template), "/favicon.ico"]
    kept = ("Content-Encoding", "Cache-Control", "Location")
    replies = [visitor.ask(path) for path in paths]
    return [(r.status, str([r.headers.get(k) for k in kept]), r.body) for r in replies]


# Those that compare products change some products' pages, or pictures, only.
SHOWN_AT_ONCE = {name for name, one in DEFECTS.items() if one.journey is None and one.products < 6} - DELAYS


@pytest.mark.server
@pytest.mark.parametrize("name", sorted(SHOWN_AT_ONCE))
def test_defect_changes_what_is_served_only_where_it_says(name: str, english: Shopper) -> None:
    defect = DEFECTS[name]
    with serve("en", {name}) as shop:
        visitor = Shopper(shop)
        places = defect.templates - {"checkout"} or {"home", "product", "content"}
        others = {"home", "category", "product", "cart"} - defect.templates if defect.templates else set()
        if name == "trust-returns-gone":
            places = {"content"}

        def own(found: list[tuple[int, str, bytes]], port: str) -> list[tuple[int, str, bytes]]:
            return [(s, h, _plain(b).replace(port.encode(), b"")) for s, h, b in found]

        for place in places:
            assert own(_shown(visitor, place), shop.url) != own(_shown(english, place), english.shop.url)
        for place in others:
            assert own(_shown(visitor, place), shop.url) == own(_shown(english, place), english.shop.url)


def _plain(body: bytes) -> bytes:
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


@pytest.mark.server
@pytest.mark.parametrize("language", ["pl", "fa"])
def test_all_defects_can_be_planted_in_every_language(language: str) -> None:
    with serve(language, set(DEFECTS) - DELAYS - {"image-main-broken"}) as shop:
        visitor = Shopper(shop)
        for template in ("home", "category", "product", "search", "cart", "content"):
            assert visitor.ask(visitor.path(template)).status in (200, 404)


@pytest.mark.server
@pytest.mark.parametrize(
    ("state", "status"),
    [("login-wall", 302), ("bot-wall", 403), ("maintenance", 503), ("too-many-requests", 429), ("empty-site", 200)],
)
def test_states_answer_for_the_whole_shop(state: str, status: int) -> None:
    with serve("en", {state}) as shop:
        visitor = Shopper(shop)
        for template in ("home", "category", "product"):
            assert visitor.ask(visitor.path(template)).status == status
    assert state in STATES


@pytest.mark.server
def test_script_built_pages_hold_no_link() -> None:
    with serve("en", {"js-only-links"}) as shop:
        assert not Shopper(shop).ask("/").soup.select("a")
