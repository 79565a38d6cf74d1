"""What a visit tries on a page: the focus, wider spacing, the main picture, colours, and numbers on other shoppers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from auditor.browser.capture import visit
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, Ended, Page, PageEvidence, Template
from auditor.settings import ShopSettings
from tests.browser_site import Site, page, serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LINKS = "".join(f'<a class="plain" href="/{n}" style="display:block">Link {n}</a>' for n in range(4))
FOCUS = page(
    f"""<button id="style">Shown by the browser</button><button id="unseen">Nothing to see</button>
    <p id="near" style="margin:0;width:200px;height:4px"></p><button id="pixels">Shown beside it</button>
    <input id="caret" aria-label="Field"><div style="height:560px"></div>{LINKS}
    <a id="under" href="/under" style="position:absolute;top:880px">Under the bar</a>
    <div class="bar" style="position:fixed;bottom:0;left:0;right:0;height:120px;background:#ddd">Bar</div>""",
    "<style>button:focus,#caret:focus{outline:none}#style:focus{outline:2px solid blue}"
    "body:has(#pixels:focus) #near{background:red}</style>",
)
SPACING = page(
    """<ul>"""
    + "".join(
        f'<li class="card"><a href="/p/{n}"><img src="/200x200.jpg" width="180" height="100" alt=""></a>'
        f'<div class="name">Stoneware mug with a handle, number {n}</div><div class="cut">Blue, green and yellow mugs</div></li>'
        for n in range(3)
    )
    + "</ul><button>Buy now</button>",
    "<style>.card{width:180px}.name{height:38px;line-height:19px;overflow:hidden}"
    ".cut{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}</style>",
)
BOXED = SPACING.replace(
    "</body>",
    """<div style="width:290px;height:60px;line-height:20px;overflow:hidden">Free delivery from fifty euros on, today and
    tomorrow only, to every address in town</div><p style="width:220px;height:30px;overflow:hidden">Told at length: a text
    of which a shopper opens the rest, and of which the first line is shown</p></body>""",
)
HIDDEN = page(
    """<main><h1>Mug</h1><form><input name="n" aria-label="Number"><button>Add to cart</button></form>
    <p class="wide">Delivery takes two days</p><details><summary>More</summary><p>Fired twice</p></details>
    <h2 style="cursor:pointer">Care</h2><div class="wide">Wash by hand</div>
    <a href="#size">Size</a><p>Read on</p><p id="size" class="wide">Nine centimetres</p>
    <p>In short</p><div class="wide">At length</div><button>Read more</button>
    <p>In stock</p><section class="wide"><h2>Reviews</h2><p>Rated by nine</p></section></main>""",
    "<style>.wide{display:none}</style>",
)
PRODUCT = """<main><h1>Mug</h1><div class="gallery">{picture}</div>
<form method="post" action="/cart"><fieldset><legend>{legend}</legend>{choices}</fieldset>
<button>Add to cart</button></form></main><script>{script}</script>"""
MAIN = '<img id="main" src="/500x500.jpg" width="500" height="500" alt="Mug">'
RADIOS = "".join(
    f'<label><input type="radio" name="v" value="{n}"{" checked" if n == 1 else ""}>{word}</label>'
    for n, word in enumerate(("Blue", "Red", "Green"), 1)
)
LENS = """main.onmousemove = () => { if (document.querySelector(".big")) return;
  const big = document.createElement("img"); big.className = "big"; big.src = "/1400x1400.jpg";
  big.style = "position:absolute;left:520px;top:0"; document.body.append(big); };"""
SWAP = "document.querySelectorAll('input').forEach((one) => one.onchange = () => { main.src = `/50${one.value}x500.jpg`; });"
ASKS = """document.querySelectorAll('input').forEach((one) => one.onchange = () =>
  fetch('/variant', {method: 'POST'}).then(() => { main.src = '/501x500.jpg'; }));"""
LEAVES = "main.onclick = () => { location = '/elsewhere'; };"
LIVE = "fetch('/viewers').then((a) => a.text()).then((n) => { crowd.textContent = n + ' people are viewing this right now'; });"
CROWD = page(
    """<main><h1>Mug</h1><p id="made-up"></p><p id="crowd"></p><p>7 people are viewing this right now</p>
    <p>Rated by 31 customers</p></main><script>
    document.getElementById("made-up").textContent = (900 + Math.floor(Math.random() * 99)) + " people are viewing this right now";
    </script><script>"""
    + LIVE
    + "</script>"
)


async def count(_request: web.Request) -> web.Response:
    return web.Response(text="4321")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with serving(
        {"/focus": FOCUS, "/spacing": BOXED, "/crowd": CROWD, "/viewers": count, "/hidden": HIDDEN}
    ) as site:
        yield site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def session(site: Site) -> AsyncIterator[BrowserSession]:
    settings = ShopSettings(start_url=site.url, allow_private=True)
    async with BrowserSession(settings, proxy=None) as session:
        yield session


async def seen(session: BrowserSession, url: str, template: Template, device: Device, folder: Path) -> PageEvidence:
    evidence = await visit(session, Page(url=url, key=url, template=template), device, folder / "pages" / "one")
    assert evidence.visit.ended is Ended.LOADED, evidence.visit.note
    return evidence


async def product(
    session: BrowserSession, site: Site, folder: Path, script: str, legend: str = "Colour", choices: str = RADIOS
) -> PageEvidence:
    site.pages["/p"] = page(PRODUCT.format(picture=MAIN, legend=legend, choices=choices, script=script))
    return await seen(session, f"{site.url}/p", Template.PRODUCT, Device.DESKTOP, folder)


async def test_the_focus_is_seen_by_style_caret_or_pixels(session: BrowserSession, site: Site, tmp_path: Path) -> None:
    evidence = await seen(session, f"{site.url}/focus", Template.CONTENT, Device.DESKTOP, tmp_path)
    assert evidence.focus_stops
    stops = {stop.selector: stop for stop in evidence.focus_stops.items}
    assert {name: stops[name].shown for name in ("#style", "#unseen", "#pixels", "#caret")} == {
        "#style": "style", "#unseen": "", "#pixels": "pixels", "#caret": "caret",
    }  # fmt: skip
    assert stops["#under"].hidden_by == "div.bar"
    assert not stops["#style"].hidden_by


async def test_spacing_tells_what_is_cut_off_and_not_by_design(
    session: BrowserSession, site: Site, tmp_path: Path
) -> None:
    evidence = await seen(session, f"{site.url}/spacing", Template.CATEGORY, Device.MOBILE, tmp_path)
    assert evidence.spacing
    assert evidence.spacing.letters
    assert {item.text[:9] for item in evidence.spacing.items} == {"Stoneware", "Free deli"}
    assert {item.kind for item in evidence.spacing.items} == {"clipped"}


async def test_what_is_hidden_and_opened_by_nothing_is_told_apart(
    session: BrowserSession, site: Site, tmp_path: Path
) -> None:
    evidence = await seen(session, f"{site.url}/hidden", Template.CONTENT, Device.MOBILE, tmp_path)
    assert evidence.texts
    hidden, unopened = (set(text.splitlines()) for text in (evidence.texts.folded, evidence.texts.unopened))
    assert {"Fired twice", "Wash by hand", "Nine centimetres", "At length"} <= hidden - unopened
    assert unopened == {"Delivery takes two days", "Reviews", "Rated by nine"}


async def test_letters_of_joined_scripts_are_not_spaced(session: BrowserSession, site: Site, tmp_path: Path) -> None:
    site.pages["/fa"] = SPACING.replace("Stoneware mug with a handle, number", "لیوان سفالی دسته‌دار بزرگ").replace(
        "Blue, green and yellow mugs", "لیوان‌های آبی و سبز و زرد"
    )
    evidence = await seen(session, f"{site.url}/fa", Template.CATEGORY, Device.MOBILE, tmp_path)
    assert evidence.spacing
    assert not evidence.spacing.letters


async def test_a_lens_is_a_larger_view_and_colours_change_the_picture(
    session: BrowserSession, site: Site, tmp_path: Path
) -> None:
    evidence = await product(session, site, tmp_path, LENS + SWAP)
    assert evidence.trials
    assert evidence.trials.zoom
    assert (evidence.trials.zoom.by, evidence.trials.zoom.view_file_px) == ("hover", 1400)
    assert [one.after.rsplit("/", 1)[1] for one in evidence.trials.colours] == ["502x500.jpg", "503x500.jpg"]


async def test_nothing_is_sent_and_the_page_is_not_left(session: BrowserSession, site: Site, tmp_path: Path) -> None:
    evidence = await product(session, site, tmp_path, ASKS + LEAVES)
    assert evidence.trials
    assert evidence.trials.zoom
    assert (evidence.trials.zoom.by, evidence.trials.zoom.refused) == ("none", 1)
    assert [one.refused for one in evidence.trials.colours] == [1, 1]
    assert not site.requests_of("/variant")
    assert not site.requests_of("/elsewhere")


async def test_sizes_are_no_colours(session: BrowserSession, site: Site, tmp_path: Path) -> None:
    sizes = "".join(f'<label><input type="radio" name="s" value="{size}">{size}</label>' for size in "SML")
    evidence = await product(session, site, tmp_path, SWAP, "Size", sizes)
    assert evidence.trials
    assert evidence.trials.colours_offered == 0


async def test_numbers_on_others_are_traced_to_where_they_come_from(
    session: BrowserSession, site: Site, tmp_path: Path
) -> None:
    evidence = await seen(session, f"{site.url}/crowd", Template.CATEGORY, Device.MOBILE, tmp_path)
    assert evidence.activity
    claims = {claim.number: claim for claim in evidence.activity.items}
    assert set(claims) - {7, 4321} == {number for number in claims if 900 <= number < 999}
    drawn = next(claim for number, claim in claims.items() if 900 <= number < 999)
    assert (drawn.sent, drawn.answered) == (False, False)
    assert "Math.random" in drawn.random
    assert (claims[7].sent, claims[7].random) == (True, "")
    assert (claims[4321].answered, claims[4321].random) == (True, "")
