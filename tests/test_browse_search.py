"""Search and browse: the queries that are made, how a shop's answers are read, and what walking the demo shop shows."""

from decimal import Decimal
from pathlib import Path

import pytest

from auditor.browser.journey import walk_browse, walk_search
from auditor.browser.session import BrowserSession
from auditor.check import load_checks
from auditor.demo import DEFECTS, DemoShop
from auditor.evaluate import judge
from auditor.evidence import Device, JourneyEvidence, JourneyName, ListedProduct, QueryKind, StructuredData, Texts
from auditor.finding import Verdict
from auditor.lexicon import fold
from auditor.queries import Catalogue, Goods, beginnings, catalogue_of, queries
from auditor.queries.foldings import foldings
from auditor.queries.typos import KINDS, neighbours, typo
from auditor.reading.list_orders import in_order, lowest_prices, price_order
from auditor.reading.list_page import Line, ListPage, did_you_mean, same_goods, says_nothing, total_of
from auditor.settings import Politeness, ShopSettings
from tests import factories as make

CHECKS = [spec for spec in load_checks() if spec.scope == "journey" and spec.journeys & {"search", "browse"}]
SECONDS = 150.0
WORDS: frozenset[QueryKind] = frozenset({"clean", "typo", "nonsense", "exact-title"})


def goods_of(shop: DemoShop, most: int = 100) -> Catalogue:
    stock = shop.storefront.catalogue
    listed = sorted(stock.products, key=lambda item: item.path)
    return Catalogue(
        tuple(Goods(item.path, item.name, (item.sku,)) for item in listed)[:most],
        tuple(item.name for item in listed),
        tuple(one.name for one in stock.categories.values()),
        stock.language,
        whole_shop=True,
    )


async def walked(
    shop: DemoShop, journey: JourneyName, device: Device, folder: Path, kinds: frozenset[QueryKind] | None = None
) -> JourneyEvidence:
    language = shop.storefront.catalogue.language
    settings = ShopSettings(start_url=shop.url, allow_private=True, politeness=Politeness(delay_s=0))
    async with BrowserSession(settings, proxy=None) as session:
        if journey == "search":
            return await walk_search(
                session, settings, device, folder, catalogue=goods_of(shop), home_url=shop.url, language=language,
                seconds=SECONDS, kinds=kinds,
            )  # fmt: skip
        shelf = shop.storefront.catalogue.departments[0]
        return await walk_browse(
            session, settings, device, folder, lists=[shop.url.rstrip("/") + shelf.path], home_url=shop.url,
            language=language, seconds=SECONDS,
        )  # fmt: skip


def verdicts(evidence: JourneyEvidence) -> dict[str, Verdict]:
    """By row. The demo shop is smaller than the shops that need suggestions, so that limit is lowered."""
    limits = {"navigation/search-suggestions": {"few_products": 50}}
    return {
        spec.row: judge(spec, evidence, limits.get(spec.id)).verdict
        for spec in CHECKS
        if evidence.journey in spec.journeys
    }


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("language", "device"), [("en", Device.DESKTOP), ("pl", Device.MOBILE), ("fa", Device.MOBILE)])
async def test_the_clean_shop_is_searched_without_a_finding(language: str, device: Device, tmp_path: Path) -> None:
    async with DemoShop(language) as shop:
        journey = await walked(shop, "search", device, tmp_path)
        assert shop.orders == 0
        assert not shop.storefront._sessions
    assert (journey.ended, journey.note) == ("completed", "")
    found = verdicts(journey)
    plain = {"NAV-016": Verdict.NOT_APPLICABLE} if language == "en" else {}
    assert found == {f"NAV-{n:03d}": Verdict.PASSED for n in range(13, 20)} | plain
    assert {one.kind for one in journey.searches} >= {"exact-title", "sku", "typo", "nonsense"}
    shown = [journey.steps[one.step] for one in journey.searches if one.step is not None]
    assert shown
    assert all(step.intent == "search" and step.picture and (tmp_path / step.picture.path).is_file() for step in shown)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("language", "device"), [("en", Device.MOBILE), ("pl", Device.DESKTOP), ("fa", Device.MOBILE)])
async def test_the_clean_shop_is_browsed_without_a_finding(language: str, device: Device, tmp_path: Path) -> None:
    async with DemoShop(language) as shop:
        journey = await walked(shop, "browse", device, tmp_path)
        assert shop.orders == 0
    assert (journey.ended, journey.note) == ("completed", "")
    assert verdicts(journey) == {f"NAV-{n:03d}": Verdict.PASSED for n in (21, 22, 24)}
    listing = journey.listing
    assert listing is not None
    (tried,) = listing.filters
    assert (tried.total_after, tried.kept, tried.marked) == (tried.promised, True, True)
    assert [sort.up for sort in listing.sorts] == [True, False]
    assert [back.filtered for back in listing.backs] == [True, False]


TOGETHER: list[tuple[JourneyName, str, Device, frozenset[QueryKind], frozenset[str]]] = [
    ("search", "en", Device.DESKTOP, WORDS,
     frozenset({"search-misses-typos", "search-forgets-query", "search-suggests-nothing"})),
    ("search", "en", Device.MOBILE, frozenset({"exact-title"}), frozenset({"search-misses-names"})),
    ("search", "pl", Device.DESKTOP, frozenset({"sku", "nonsense", "exact-title"}),
     frozenset({"search-misses-codes", "search-dead-end"})),
    ("search", "fa", Device.MOBILE, frozenset({"nonsense", "exact-title"}), frozenset({"search-blank"})),
    ("search", "en", Device.DESKTOP, frozenset({"nonsense", "exact-title"}), frozenset({"search-brings-everything"})),
    ("search", "fa", Device.MOBILE, frozenset({"clean", "folded"}), frozenset({"search-misses-spellings"})),
    ("browse", "en", Device.DESKTOP, frozenset(), frozenset({"filter-does-nothing", "sort-ignored"})),
    ("browse", "fa", Device.MOBILE, frozenset(), frozenset({"filter-not-shown", "sort-missing"})),
    ("browse", "pl", Device.DESKTOP, frozenset(), frozenset({"list-state-lost"})),
    ("browse", "en", Device.MOBILE, frozenset(), frozenset({"back-to-the-top"})),
]  # fmt: skip


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("journey", "language", "device", "kinds", "names"), TOGETHER)
async def test_planted_defects_are_found_by_exactly_their_rows(
    journey: JourneyName,
    language: str,
    device: Device,
    kinds: frozenset[QueryKind],
    names: frozenset[str],
    tmp_path: Path,
) -> None:
    planted = [DEFECTS[name] for name in names]
    async with DemoShop(language, names) as shop:
        found = verdicts(await walked(shop, journey, device, tmp_path, kinds or None))
    failed = {row for row, verdict in found.items() if verdict is Verdict.FAILED}
    doubted = {row for row, verdict in found.items() if verdict is Verdict.NEEDS_REVIEW}
    wanted = frozenset().union(*(one.expect for one in planted))
    assert failed <= wanted.union(*(one.also for one in planted))
    certain = frozenset().union(*(one.expect for one in planted if not one.doubtful))
    assert certain <= failed
    assert wanted <= failed | doubted


def test_every_defect_of_a_journey_is_among_those_that_are_walked() -> None:
    walked_through = frozenset().union(*(names for *_rest, names in TOGETHER))
    assert walked_through == {name for name, one in DEFECTS.items() if one.journey in ("search", "browse")}


@pytest.mark.browser
async def test_a_shop_without_a_search_field_ends_the_journey_by_its_name(tmp_path: Path) -> None:
    async with DemoShop("en", {"nav-search-missing"}) as shop:
        journey = await walked(shop, "search", Device.MOBILE, tmp_path)
    assert (journey.ended, journey.blocker, journey.stuck_at) == ("stuck", "no-search", "search")
    assert set(verdicts(journey).values()) == {Verdict.NOT_RECORDED}
    assert journey.steps[-1].picture is not None


GOODS = Catalogue(
    tuple(Goods(f"/p/{n}", title) for n, title in enumerate(("Brass lamp", "Oak stool", "Wool blanket, 140 × 200 cm"))),
    ("Brass lamp", "Oak stool", "Wool blanket, 140 × 200 cm", "Glass lamp", "Linen blanket"),
    ("Lamps", "Blankets", "All products"),
    "en",
)


def test_queries_are_the_same_every_time_and_begin_with_each_kind() -> None:
    made = queries(GOODS)
    assert made == queries(GOODS)
    assert {one.kind for one in made[:6]} >= {"exact-title", "nonsense", "typo", "clean"}
    assert len({(one.kind, one.text) for one in made}) == len(made)
    assert {one.text for one in made if one.kind == "exact-title"} == {goods.title for goods in GOODS.goods}
    assert "products" not in {fold(one.text) for one in made}, "no product is called after the menu's catch-all"
    assert all(len(word) >= 5 for word in beginnings(GOODS))


@pytest.mark.parametrize("word", ["świeca", "blanket", "صندلی", "Stehlampe"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_typo_is_one_slip_behind_the_first_letter(word: str, kind: str) -> None:
    made = typo(word, kind, "pl" if word == "świeca" else "fa" if word == "صندلی" else "de")
    assert made is not None
    assert made[0] == word[0]
    assert abs(len(made) - len(word)) <= 1
    assert fold(made) != fold(word)
    assert typo(word, kind, None, {fold(made)}) != made


@pytest.mark.parametrize(
    ("letter", "language", "beside"), [("a", "en", "s"), ("a", "fr", "z"), ("z", "de", "tu"), ("ی", "fa", "سب"), ("é", "fr", "")]
)  # fmt: skip
def test_slips_hit_the_next_key_of_the_language(letter: str, language: str, beside: str) -> None:
    assert neighbours(letter, language) == beside


@pytest.mark.parametrize(
    ("language", "text", "spellings"),
    [
        ("pl", "Łóżko", {"Lozko"}),
        ("fa", "صندلی‌ها ۱۲", {"صندلي‌ها ۱۲", "صندلیها ۱۲", "صندلی ها ۱۲", "صندلی‌ها 12"}),
        ("tr", "ışık", {"isik", "işik"}),
        ("ja", "ＡＢＣ１２", {"ABC12"}),
        ("en", "lamp", set()),
    ],
)
def test_words_are_spelt_as_shoppers_type_them(language: str, text: str, spellings: set[str]) -> None:
    assert {made for one in foldings(language) if (made := one.of(text)) != text} == spellings


def test_codes_are_taken_only_where_people_can_read_them() -> None:
    product = {"@type": "Product", "name": "Oak stool", "sku": "INT-99812", "gtin13": "5901234123457"}
    text = "Oak stool\nArt. no.: ST-0042\nEAN 5901234123457\nModel: new"
    visit = make.page_evidence(texts=Texts(all=text, main=text), structured_data=StructuredData(json_ld=(product,)))
    assert visit.document is not None
    visit = visit.model_copy(update={"document": visit.document.model_copy(update={"h1": ("Oak stool",)})})
    (goods,) = catalogue_of([], [visit], "en").goods
    assert goods.codes == ("5901234123457", "ST-0042")


def test_the_size_of_a_list_is_read_from_what_counts_it() -> None:
    def page(*lines: Line) -> ListPage:
        return ListPage(url="https://shop.example/lamps", lines=lines)

    assert total_of(page(Line(text="Showing 1–12 of 1,240 products", marks="toolbar")), 12) == 1240
    assert total_of(page(Line(text="۳۷ کالا", live=True)), 12) == 37
    assert total_of(page(Line(text="12 24 48 per page", marks="per-page count")), 12) is None
    assert total_of(page(Line(text="From £40", marks="count")), 12) is None
    assert total_of(page(Line(text="3 reviews", marks="review-count")), 2) is None


def test_nothing_found_is_read_by_words_or_by_a_zero() -> None:
    def page(text: str, **fields: object) -> ListPage:
        return ListPage(url="https://shop.example/search?q=x", lines=(Line.model_validate({"text": text, **fields}),))

    assert says_nothing(page("Brak wyników dla „qzx”"), "qzx", 0, "pl")
    assert says_nothing(page("Löytyi 0 tuotetta", heading=True), "qzx", 0, "fi")
    assert not says_nothing(page("Your basket: no products found"), "lamp", 12, "en")
    assert not says_nothing(page("12 products", live=True), "qzx", 12, "en")


def test_the_right_word_counts_as_offered_only_where_it_answers_the_query() -> None:
    def page(**line: object) -> ListPage:
        return ListPage(url="https://shop.example/search?q=lmap", lines=(Line.model_validate(line),))

    link = "https://shop.example/search?q=lamp"
    assert did_you_mean(page(text="lamp", link=link, linked=True), "lmap", "lamp")
    assert did_you_mean(page(text="Showing results for lamp instead of lmap"), "lmap", "lamp")
    assert not did_you_mean(page(text="Lamps", link="https://shop.example/c/lamps", linked=True), "lmap", "lamp")


@pytest.mark.parametrize(
    ("key", "name", "wanted", "title", "same"),
    [
        ("/lighting/birk-lamp", "Birk", "/p/birk-lamp", "", True),
        ("/p?product_id=4&search=x", "", "/p?product_id=4", "", True),
        ("/p?product_id=5", "", "/p?product_id=4", "", False),
        ("/p/other", "Birk Lamp", "/p/birk-lamp", "birk lamp", True),
        ("/a/index.html", "", "/b/index.html", "", False),
        ("/p/birk-lamp-set", "Birk lamp set", "/p/birk-lamp", "Birk lamp", False),
    ],
)
def test_a_product_is_known_by_where_its_link_leads(key: str, name: str, wanted: str, title: str, same: bool) -> None:
    assert same_goods(key, name, wanted, title) is same


@pytest.mark.parametrize(
    ("label", "value", "language", "up"),
    [
        ("Price: low to high", "", "en", True), ("Cena malejąco", "", "pl", False), ("ارزان‌ترین", "", "fa", True),
        ("Preis", "price-desc", "de", False), ("A–Z", "name_asc", "en", None), ("Sort", "p.price&order=ASC", "en", True),
        ("Popular", "bestsellers", "en", None),
    ],
)  # fmt: skip
def test_an_order_by_price_is_known_by_words_or_value(label: str, value: str, language: str, up: bool | None) -> None:
    assert price_order(label, value, language) is up


def test_prices_are_compared_by_the_lowest_one_and_without_paid_places() -> None:
    products = (
        ListedProduct(key="/ad", name="", prices=("£1",), sponsored=True),
        ListedProduct(key="/a", name="", prices=("£20", "£10")),
        ListedProduct(key="/b", name="", prices=()),
        ListedProduct(key="/c", name="", prices=("£15",)),
    )
    prices = lowest_prices(products, "en")
    assert prices == [Decimal(10), Decimal(15)]
    assert (in_order(prices, True), in_order(prices, False), in_order(prices, None)) == (1.0, 0.0, 1.0)
