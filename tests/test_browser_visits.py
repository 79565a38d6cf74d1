"""Each section of the evidence holds the facts of a page built for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image as Picture

from auditor.browser.capture import visit
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, Ended, Page, PageEvidence, Template
from auditor.settings import ShopSettings
from tests.browser_site import Site, page, serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

CARD = '<li class="card"><a href="/p/{n}"><img src="/300x300.jpg?{n}" width="150" height="150" alt="Mug {n}"></a><b>£{n}.50</b></li>'
PRODUCT = page(
    """<header><nav aria-label="Main"><ul><li><a href="/c/mugs">Mugs</a><li><a href="/c/pots">Pots</a></ul></nav>
    <form role="search" action="/find"><input type="search" name="q" aria-label="Search" style="font-size:14px"></form></header>
    <div style="position:absolute;left:-900px"><a id="off" href="/off">Off canvas</a></div>
    <div hidden><a id="gone" href="/gone">Gone</a></div>
    <div style="height:0;overflow:hidden"><a id="clipped" href="/clipped">Clipped</a></div>
    <ul class="breadcrumb"><li><a href="/">Home</a> / </li><li><a href="/c/mugs">Mugs</a> / </li><li>Blue mug</li></ul>
    <main><h1>Blue mug</h1>
    <div class="product-gallery"><a href="/1800x1800.jpg"><img id="main" src="/400x400.jpg" alt="Blue mug"
      srcset="/400x400.jpg 1x, /800x800.jpg 2x" style="width:380px;height:190px;padding:10px" data-zoom-image="/1600x1600.jpg"></a></div>
    <p id="price">12<sup>99</sup> zł</p><p><del>20,00 zł</del></p><p id="toman">قیمت: ۱۲۳٬۰۰۰ تومان</p>
    <p><span id="country">&#8207;29.00&nbsp;UK£</span></p>
    <p><span id="parts"><i>€</i><b>1.299</b><small>,00</small></span></p>
    <form action="/basket/add" method="post"><input type="hidden" name="product" value="1">
      <button id="add" style="width:200px;height:48px">Add to basket</button></form>
    <p>Read <a id="inline" href="/care">how to care</a> for this fine mug every day.</p>
    <a id="small" href="/small" style="display:block;width:16px;height:16px"></a>
    <div style="position:relative;width:120px;height:40px"><a id="below" href="/b" style="position:absolute;inset:0">Under</a>
      <div style="position:absolute;inset:0;background:#eee"></div></div>
    <ul class="list">""" + "".join(CARD.format(n=n) for n in (1, 2, 3)) + """</ul>
    <img id="broken" src="/missing.jpg" alt="" width="90" height="90">
    <div id="hero" style="width:200px;height:100px;background:url(/600x300.jpg) center/cover"></div>
    <div style="height:6000px"></div><img id="lazy" src="/500x500.jpg" loading="lazy" width="200" height="200">
    <shop-note></shop-note><iframe srcdoc="<a href='/framed'>Framed link</a>" width="300" height="60"></iframe></main>
    <footer><a href="/terms">Terms</a> Shop Ltd</footer>
    <script>
      console.log("hello"); setTimeout(() => { throw new Error("boom"); }, 1);
      customElements.define("shop-note", class extends HTMLElement {
        constructor() { super(); this.attachShadow({mode: "open"}).innerHTML = "<a href='/shadow'>Shadow link</a>"; } });
      // A page that redefines what collectors use.
      Array.prototype.map = () => ["lie"]; JSON.stringify = () => "{}"; Map = null; document.querySelectorAll = () => [];
      getComputedStyle = () => ({}); Element.prototype.getBoundingClientRect = () => ({}); Object.prototype.polluted = 1;
    </script>""",
    '<link rel="canonical" href="/p/blue"><script type="application/ld+json">'
    '{"@context": "https://schema.org", "@type": "Product", "name": "Blue mug", "image": "/1200x1200.jpg"}</script>'
    "<style>header{position:sticky;top:0;height:80px;background:#fff}</style>",
)  # fmt: skip
WIDE = page('<p>x</p><div id="wide" style="width:700px;height:20px"></div><div style="width:300px;overflow:auto">'
            '<div style="width:900px;height:9px"></div></div>').replace('lang="en"', "LANG")  # fmt: skip
SHIFTING = page(
    '<p>Top</p><div id="late"></div><h1>Heading</h1><p style="height:3000px">text</p>'
    "<script>setTimeout(() => { late.style.height = '300px' }, 60)</script>"
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    pages = {
        "/product": PRODUCT,
        "/ltr": WIDE.replace("LANG", 'lang="en"'),
        "/rtl": WIDE.replace("LANG", 'lang="fa" dir="rtl"'),
        "/narrow": page("<p>fits</p><div style='position:absolute;left:-900px;width:800px'>menu</div>"),
        "/shifting": SHIFTING,
        "/tall": page(
            "<div style='height:100vh;background:red'></div><div style='height:30000px;background:blue'></div>"
        ),
    }
    async with serving(dict(pages)) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def session(site: Site) -> AsyncIterator[BrowserSession]:
    async with BrowserSession(
        ShopSettings(start_url=site.url, allow_private=True, page_seconds=90), proxy=None
    ) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def product(site: Site, session: BrowserSession, tmp_path_factory: pytest.TempPathFactory) -> PageEvidence:
    evidence = await see(site, session, "/product", tmp_path_factory.mktemp("run"), template=Template.PRODUCT)
    assert evidence.visit.ended is Ended.LOADED, evidence.visit.note
    assert evidence.missing.keys() == {"focus_stops", "timed", "trials"}  # the first and last are tried on the desktop
    return evidence


async def see(
    site: Site, session: BrowserSession, path: str, folder: Path, *, device: Device = Device.MOBILE,
    template: Template = Template.CONTENT,
) -> PageEvidence:  # fmt: skip
    seen = Page(url=site.url + path, key=path, template=template)
    return await visit(session, seen, device, folder / "pages" / f"{path[1:]}.{device}")


async def test_document_and_visit(product: PageEvidence, site: Site) -> None:
    document = product.document
    assert document is not None
    assert (document.status, document.lang, document.direction, document.h1) == (200, "en", "ltr", ("Blue mug",))
    assert (document.viewport_width, document.viewport_height, document.dpr) == (412, 823, 1.75)
    assert document.canonical == site.url + "/p/blue"
    assert document.viewport_metas == ("width=device-width, initial-scale=1",)
    assert document.headers["content-type"].startswith("text/html")
    assert document.html_bytes == len(PRODUCT.encode())
    agent = site.requests_of("/product")[0]["User-Agent"]
    assert agent == product.visit.profile.user_agent
    assert "storefront-auditor/" in agent


async def test_links_know_place_and_visibility(product: PageEvidence, site: Site) -> None:
    assert product.links is not None
    links = {link.url.removeprefix(site.url): link for link in product.links.items}
    assert (links["/c/pots"].region, links["/c/pots"].in_list, links["/c/pots"].visible) == ("nav", True, True)
    assert links["/terms"].region == "footer"
    assert links["/shadow"].name == "Shadow link"
    assert links["/shadow"].visible
    assert " >>> " in links["/shadow"].selector
    assert links["/framed"].visible
    assert [links[path].visible for path in ("/off", "/gone", "/clipped")] == [False, False, False]
    assert links["/off"].selector == "#off"


async def test_selectors_are_unique(product: PageEvidence) -> None:
    assert product.links is not None
    selectors = [link.selector for link in product.links.items]
    assert len(set(selectors)) == len(selectors)


async def test_images_natural_and_shown(product: PageEvidence, site: Site) -> None:
    assert product.images is not None
    images = {image.selector: image for image in product.images.items}
    main = images["#main"]
    assert main.url == site.url + "/800x800.jpg"
    assert (main.natural_width, main.natural_height) == (800, 800)
    assert (main.shown_width, main.shown_height) == (380, 190)
    assert main.bytes is not None
    assert main.bytes > 1000
    assert (main.mime, main.status) == ("image/jpeg", 200)
    assert [candidate.density for candidate in main.candidates] == [1.0, 2.0]
    assert images["#lazy"].loaded
    assert images["#lazy"].alt is None
    assert not images["#broken"].loaded
    assert images["#broken"].status == 404
    assert images["#broken"].alt == ""
    assert images["#hero"].kind == "background"
    assert images["#hero"].natural_width == 600
    cards = {image.card for image in product.images.items if image.url.startswith(site.url + "/300x300.jpg?")}
    assert len(cards) == 3
    assert None not in cards


async def test_prices_in_parts_and_other_digits(product: PageEvidence) -> None:
    assert product.texts is not None
    prices = {price.selector: price for price in product.texts.prices}
    assert prices["#price"].text == "12.99 zł"
    assert "۱۲۳٬۰۰۰ تومان" in prices["#toman"].text
    assert prices["#parts"].text.replace(" ", "") == "€1.299,00"
    assert prices["#country"].text.endswith("29.00 UK£")
    assert [price.text for price in product.texts.prices if price.struck] == ["20,00 zł"]
    assert {"£1.50", "£2.50", "£3.50"} <= {price.text for price in product.texts.prices}


async def test_trails_and_texts(product: PageEvidence, site: Site) -> None:
    assert product.texts is not None
    (trail,) = product.texts.trails
    assert set(trail.detectors) == {"class", "position"}
    assert [(item.text, item.url) for item in trail.items][:2] == [
        ("Home", site.url + "/"),
        ("Mugs", site.url + "/c/mugs"),
    ]
    assert "Shop Ltd" in product.texts.footer
    assert "Terms" not in product.texts.main
    assert "Shadow link" in product.texts.all


async def test_targets_and_hits(product: PageEvidence) -> None:
    assert product.targets is not None
    targets = {target.selector: target for target in product.targets.items}
    assert (targets["#add"].box.width, targets["#add"].box.height) == (200, 48)
    assert targets["#add"].hit
    assert targets["#inline"].inline
    assert not targets["#small"].inline
    assert targets["#small"].box.width == 16
    assert not targets["#below"].hit
    assert "#off" not in targets


async def test_controls(product: PageEvidence, site: Site) -> None:
    assert product.controls is not None
    (search,) = product.controls.fields
    assert (search.name, search.type, search.label, search.font_px) == ("q", "search", "Search", 14)
    assert product.controls.forms[search.form or 0].role == "search"
    add = next(button for button in product.controls.buttons if button.attributes.get("id") == "add")
    assert add.form is not None
    form = product.controls.forms[add.form]
    assert (form.action, form.method, form.hidden_names) == (site.url + "/basket/add", "post", ("product",))


async def test_pinned_layers(product: PageEvidence) -> None:
    assert product.layout is not None
    (header,) = product.layout.pinned
    assert (header.selector, header.position) == ("header", "sticky")
    assert header.share == pytest.approx(80 / 823, abs=0.02)
    assert product.layout.pinned_share == pytest.approx(header.share)


async def test_timing_is_recorded_in_a_world_the_page_cannot_reach(product: PageEvidence) -> None:
    timing = product.timing
    assert timing is not None
    assert timing.ttfb_ms is not None
    assert timing.fcp_ms is not None
    assert timing.lcp_ms is not None
    assert timing.lcp_ms >= timing.fcp_ms > timing.ttfb_ms > 0
    assert timing.load_ms is not None
    assert timing.settled_ms is not None
    assert (
        timing.lcp_selector in {"#main", *(run.selector for run in product.layout.texts)} if product.layout else False
    )


async def test_requests_scripts_console_frames(product: PageEvidence, site: Site) -> None:
    assert product.requests is not None
    by_path = {request.url.removeprefix(site.url): request for request in product.requests.items}
    assert by_path["/product"].type == "document"
    assert by_path["/800x800.jpg"].initiator_type == "parser"
    assert by_path["/800x800.jpg"].party == "first"
    assert by_path["/missing.jpg"].status == 404
    assert by_path["/500x500.jpg"].after_load
    assert product.scripts is not None
    assert all(script.sha256 and len(script.sha256) == 64 for script in product.scripts.items)
    assert len(product.scripts.items) == 1
    assert product.console is not None
    assert "hello" in [message.text for message in product.console.messages]
    assert "boom" in product.console.exceptions[0].text
    assert product.frames is not None
    assert [frame.parent_url for frame in product.frames.items] == [None, site.url + "/product"]


async def test_structured_data_and_accessibility(product: PageEvidence) -> None:
    assert product.structured_data is not None
    assert product.structured_data.json_ld[0]["name"] == "Blue mug"
    assert product.accessibility is not None
    rules = {result.rule: result for result in product.accessibility.violations}
    assert rules["image-alt"].nodes[0].selector == "#lazy"
    assert rules["image-alt"].impact == "critical"


async def test_renditions_of_the_main_picture(product: PageEvidence, site: Site) -> None:
    assert product.renditions is not None
    found = {(item.source, item.width) for item in product.renditions.items}
    assert {("zoom", 1600), ("link", 1800), ("srcset", 800), ("json-ld", 1200)} <= found
    first = product.renditions.items[0]
    assert first.of == "#main"
    assert first.dhash is not None
    assert first.error is None
    assert len(site.requests_of("/1600x1600.jpg")) == 1


async def test_artifacts_are_files_of_the_run_folder(
    product: PageEvidence, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run_folder = next(tmp_path_factory.getbasetemp().glob("run*"))
    artifacts = product.visit.artifacts
    assert {"viewport", "full_page", "html", "dom", "headers", "storage"} <= set(artifacts)
    assert all((run_folder / artifact.path).stat().st_size == artifact.bytes for artifact in artifacts.values())
    with (
        Picture.open(run_folder / artifacts["viewport"].path) as viewport,
        Picture.open(run_folder / artifacts["full_page"].path) as whole,
    ):
        assert viewport.size == (721, 1440)
        assert product.document is not None
        assert whole.size == (412, product.document.page_height)


@pytest.mark.parametrize("path", ["/ltr", "/rtl"])
async def test_a_page_that_scrolls_sideways(site: Site, session: BrowserSession, tmp_path: Path, path: str) -> None:
    evidence = await see(site, session, path, tmp_path)
    assert evidence.layout is not None
    assert [(probe.viewport_px, probe.scrolled_px) for probe in evidence.layout.widths] == [
        (412, 288),
        (360, 340),
        (320, 380),
    ]
    assert [offender.selector for offender in evidence.layout.widths[0].offenders] == ["#wide"]


async def test_an_off_canvas_menu_does_not_scroll(site: Site, session: BrowserSession, tmp_path: Path) -> None:
    evidence = await see(site, session, "/narrow", tmp_path)
    assert evidence.layout is not None
    assert [probe.scrolled_px for probe in evidence.layout.widths] == [0, 0, 0]


async def test_layout_shifts_have_sources(site: Site, session: BrowserSession, tmp_path: Path) -> None:
    evidence = await see(site, session, "/shifting", tmp_path, device=Device.DESKTOP)
    assert evidence.timing is not None
    assert evidence.timing.cls is not None
    assert evidence.timing.cls > 0.02
    assert "h1" in evidence.timing.shifts[0].selectors
    assert evidence.layout is not None
    assert evidence.layout.widths == ()


async def test_full_page_picture_keeps_coordinates(site: Site, session: BrowserSession, tmp_path: Path) -> None:
    evidence = await see(site, session, "/tall", tmp_path)
    assert "15,000" in evidence.missing["artifacts.full_page"]
    with Picture.open(tmp_path / evidence.visit.artifacts["full_page"].path) as whole:
        assert whole.size == (412, 15_000)
        rgb = whole.convert("RGB")
        colours = [list(rgb.crop((200, y, 201, y + 1)).tobytes()) for y in (815, 830)]
    assert [colour.index(max(colour)) for colour in colours] == [0, 2]
