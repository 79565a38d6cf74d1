"""Pages that break things end in bounded time with a sentence, and the browser goes on."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from auditor.browser.capture import visit
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, Ended, Page, PageEvidence, Template
from auditor.settings import ShopSettings
from tests.browser_site import Content, Site, page, picture, serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

DIALOGS = (
    "<script>alert(1); confirm(2); prompt(3); onbeforeunload = () => 'stay'; open('/popup'); </script><h1>Dialogs</h1>"
)
LOOPS = "<h1>Loops</h1><script>addEventListener('load', () => setTimeout(() => { for (;;); }, 30))</script>"
NESTED = "<h1>Deep</h1>" + "<div>" * 20_000
MANY = "<h1>Many</h1><script>const f = document.createDocumentFragment(); for (let i = 0; i < 40000; i++) { const a = document.createElement('a'); a.href = '/' + i; a.textContent = 'x' + i; f.append(a, ' '); } document.body.append(f)</script>"
GOES_ON = "<h1>Next</h1><script>setInterval(() => { location.href = '/self?' + Math.random() }, 60)</script>"
REFRESH = page("<h1>Wait</h1>", '<meta http-equiv="refresh" content="0;url=/landed">')


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"content-type": "text/html"})
    await response.prepare(request)
    try:
        while True:
            await response.write(b"<p>more and more text</p>" * 2000)
            await asyncio.sleep(0.05)
    except (ConnectionError, asyncio.CancelledError):
        return response


async def redirect(request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("/circle")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    pages: dict[str, Content] = {
        "/dialogs": page(DIALOGS),
        "/popup": page("popup"),
        "/loops": page(LOOPS),
        "/nested": page(NESTED),
        "/many": page(MANY),
        "/self": page(GOES_ON),
        "/refresh": REFRESH,
        "/landed": page("<h1>Landed</h1>"),
        "/endless": endless,
        "/circle": redirect,
        "/pdf": web.Response(body=b"%PDF-1.4 x", headers={"content-type": "application/pdf"}),
        "/download": web.Response(body=b"x" * 100, headers={"content-type": "application/zip"}),
        "/wall": web.Response(status=403, text="Access denied", content_type="text/html"),
        "/broken": "<div><table><tr><p>unclosed <b>text<h1>Broken</h2></div></span>",
        "/empty": "",
        "/pictures": page(
            "<main><h1>P</h1><img id=m src='/bomb.png' width=300 height=300><img src='/cut.jpg' width=90 height=90></main>"
        ),
        "/cut.jpg": web.Response(body=picture(300, 300)[:900], headers={"content-type": "image/jpeg"}),
        "/bomb.png": web.Response(body=bomb_file(), headers={"content-type": "image/png"}),
    }
    async with serving(pages) as running:
        yield running


def bomb_file() -> bytes:
    from tests.test_browser_reading import bomb

    return bomb(12_000)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def session(site: Site) -> AsyncIterator[BrowserSession]:
    async with BrowserSession(
        ShopSettings(start_url=site.url, allow_private=True, page_seconds=12), proxy=None
    ) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def patient(site: Site) -> AsyncIterator[BrowserSession]:
    """For pages that are read: how long a busy machine takes for them is no matter of these tests."""
    async with BrowserSession(
        ShopSettings(start_url=site.url, allow_private=True, page_seconds=90), proxy=None
    ) as running:
        yield running


async def see(
    site: Site, session: BrowserSession, path: str, folder: Path, template: Template = Template.CONTENT
) -> PageEvidence:
    seen = Page(url=site.url + path if path.startswith("/") else path, key=path, template=template)
    return await visit(session, seen, Device.DESKTOP, folder / "pages" / "x.desktop")


@pytest.mark.parametrize(
    ("path", "heading"), [("/dialogs", "Dialogs"), ("/nested", "Deep"), ("/refresh", "Landed"), ("/broken", "Broken")]
)
async def test_pages_that_are_read_all_the_same(
    site: Site, patient: BrowserSession, tmp_path: Path, path: str, heading: str
) -> None:
    evidence = await see(site, patient, path, tmp_path)
    assert evidence.visit.ended is Ended.LOADED, evidence.visit.note
    assert evidence.document is not None
    assert evidence.document.h1 == (heading,)
    shopper = await patient.shopper(Device.DESKTOP)
    assert shopper.context is not None
    assert [tab.url for tab in shopper.context.pages if "popup" in tab.url] == []


async def test_too_many_elements_are_cut_and_said(site: Site, patient: BrowserSession, tmp_path: Path) -> None:
    evidence = await see(site, patient, "/many", tmp_path)
    assert evidence.visit.ended is Ended.LOADED, evidence.visit.note
    assert evidence.links is not None
    assert len(evidence.links.items) == 3000
    assert "elements" in evidence.missing


@pytest.mark.parametrize(
    ("path", "ended", "said"),
    [
        ("/loops", Ended.TIMED_OUT, ""),
        ("/self", Ended.TIMED_OUT, ""),
        ("/endless", Ended.TIMED_OUT, "not complete"),
        ("/circle", Ended.HTTP_ERROR, "circle"),
        ("/download", Ended.HTTP_ERROR, "no web page"),
        ("/pdf", Ended.HTTP_ERROR, "no web page"),
        ("/wall", Ended.BLOCKED, "user agent"),
        ("/nowhere", Ended.HTTP_ERROR, "404"),
        ("http://127.0.0.1:9/", Ended.HTTP_ERROR, ""),
        ("http://shop.invalid/", Ended.HTTP_ERROR, "host name"),
    ],
)
async def test_pages_that_are_not_judged(
    site: Site, session: BrowserSession, tmp_path: Path, path: str, ended: Ended, said: str
) -> None:
    evidence = await see(site, session, path, tmp_path)
    assert evidence.visit.ended is ended, evidence.visit.note
    assert said in evidence.visit.note
    assert evidence.visit.note.endswith(".")
    assert evidence.missing["accessibility"] == f"the visit ended in {ended}"


async def test_an_empty_page_is_never_judged(site: Site, session: BrowserSession, tmp_path: Path) -> None:
    evidence = await see(site, session, "/empty", tmp_path)
    assert evidence.visit.ended is Ended.HTTP_ERROR
    assert "empty" in evidence.visit.note


async def test_bombs_and_broken_pictures_are_named(site: Site, patient: BrowserSession, tmp_path: Path) -> None:
    evidence = await see(site, patient, "/pictures", tmp_path, Template.PRODUCT)
    assert evidence.renditions is not None
    errors = {item.url.rpartition("/")[2]: item.error for item in evidence.renditions.items}
    assert "million pixels" in (errors["bomb.png"] or "")
    assert "cannot be read" in (errors["cut.jpg"] or "")


async def test_the_browser_goes_on_after_all_of_it(site: Site, session: BrowserSession, tmp_path: Path) -> None:
    evidence = await see(site, session, "/landed", tmp_path)
    assert evidence.visit.ended is Ended.LOADED, evidence.visit.note
