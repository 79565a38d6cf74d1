"""Timed loads in a real browser: numbers and causes of ordinary pages, bounded time and a reason for all others."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from auditor.audit import audit
from auditor.browser import timed_load as timed_load_module
from auditor.browser import timed_machine, tracing
from auditor.browser.browser_process import BrowserProcess
from auditor.browser.session import BrowserSession
from auditor.browser.timed_lane import timed_visits
from auditor.check import load_checks
from auditor.demo import serve
from auditor.evidence import Device, Page, PageEvidence, Template, Timed
from auditor.finding import Verdict
from auditor.progress import Silent
from auditor.reading.repeated import PAINTS, middle_load, repeated
from auditor.replay import replay
from auditor.run_folder import RunFolder
from auditor.settings import Ads, Politeness, ShopSettings, Speed
from auditor.speed import engine
from auditor.speed.node_finder import ENVIRONMENT_VARIABLE
from tests.browser_site import Content, Site, page, serving
from tests.factories import visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def live(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for message in socket:
        await socket.send_str(message.data)
    return socket


sent = asyncio.Event()
RUNS = {
    "draws": b"root.innerHTML = '<h1 style=font-size:60px>Blue mugs for every day of the week</h1>';",
    "shows": b"document.body.style.opacity = 1;",
}


async def heavy(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Type": "text/javascript"})
    await answer.prepare(request)
    await answer.write(RUNS.get(request.query_string, b"window.ran = 1;") + b" //" + b"x" * 900_000)
    await answer.write_eof()
    sent.set()
    return answer


async def after_heavy(_request: web.Request) -> web.Response:
    async with asyncio.timeout(10):
        await sent.wait()
    return web.Response(text="h1 { color: navy; }", content_type="text/css")


TEXT = "<main><h1>Blue mug</h1><p>A fine mug for every day.</p></main>"
PAGES: dict[str, Content] = {
    "/quick": page(f'{TEXT}<img src="/900x600.jpg" width="380" height="250">', '<link rel="stylesheet" href="/style.css">'),
    "/style.css": web.Response(text="h1 { color: navy; }", content_type="text/css"),
    "/races": page(f"{TEXT}<script src=/heavy.js></script>", '<link rel="stylesheet" href="/after-heavy.css">'),
    "/needs": page(TEXT, "<script src=/heavy.js></script>"),
    "/heavy.js": heavy,
    "/drawn": page("<div id=root></div><script src=/heavy.js?draws></script>"),
    "/hidden": page(f"{TEXT}<script async src=/heavy.js?shows></script>", "<style>body { opacity: 0 }</style>"),
    "/grows": page("<p>Mugs</p><div id=root></div><script src=/heavy.js?draws></script>"),
    "/after-heavy.css": after_heavy,
    "/polls": page(TEXT + "<script>setInterval(() => fetch('/poll'), 100)</script>"),
    "/poll": "",
    "/stays": page(TEXT + "<script>onbeforeunload = (event) => { event.preventDefault(); return 'stay'; }</script>"),
    "/blank": page(""),
    "/worker": page(TEXT + "<script>navigator.serviceWorker.register('/worker.js')</script>"),
    "/worker.js": web.Response(text="onfetch = () => {};", content_type="text/javascript"),
    "/down": web.Response(status=503, text="We are down"),
    "/spins": page(TEXT + "<script>addEventListener('load', () => setTimeout(() => { for (;;); }, 300))</script>"),
    "/fails": page(TEXT + "<script src='/gone.js'></script><script>nothing.at.all()</script>"),
    "/socket": page(TEXT + "<script>const socket = new WebSocket(`ws://${location.host}/live`); socket.onopen = () => setInterval(() => socket.send('tick'), 50)</script>"),
    "/live": live,
    "/film": page(TEXT + "<video autoplay muted></video><canvas width=300 height=200></canvas><script>const area = document.querySelector('canvas'), pen = area.getContext('2d'); document.querySelector('video').srcObject = area.captureStream(25); let at = 0; (function draw() { pen.fillStyle = `hsl(${at += 7} 80% 50%)`; pen.fillRect(0, 0, 300, 200); requestAnimationFrame(draw); })()</script>"),
    "/inline": page(f"{TEXT}<script>const much = '{'x' * 5_000_000}'; much.length</script>"),
    "/vanishes": page(f"{TEXT}<h2 id=big style='font-size:90px'>Great mugs of every size and colour</h2><script>setTimeout(() => big.remove(), 300)</script>"),
    "/unload": page(TEXT + "<script>addEventListener('unload', () => {})</script><script src='/much.js'></script>"),
    "/much.js": web.Response(text="function used() {}\nused();\n" + "".join(f"function never{n}() {{ return 'never called {n}'; }}\n" for n in range(200)), content_type="text/javascript"),
    "/jumps": page(f"<div id=late></div>{TEXT}<script>onload = () => requestAnimationFrame(() => setTimeout(() => late.style.height = '400px', 100))</script>"),
}  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with serving(dict(PAGES)) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def process() -> AsyncIterator[BrowserProcess]:
    async with BrowserProcess(proxy=None) as running:
        yield running


Times = Callable[..., Awaitable[list[Timed]]]


@pytest.fixture
def times(site: Site, process: BrowserProcess, monkeypatch: pytest.MonkeyPatch) -> Times:
    monkeypatch.setattr(timed_machine, "LEAST_SPEED", 0.0)

    async def all_of(path: str, **speed: object) -> list[Timed]:
        """What the lane yields of one page, the whole last; one load unless ``runs`` says another number."""
        shop = ShopSettings(
            start_url=site.url, allow_private=True, page_seconds=40, speed=Speed.model_validate({"runs": 1, **speed})
        )
        seen = PageEvidence(page=Page(url=site.url + path, key=path, template=Template.PRODUCT), visit=visit())
        async with BrowserSession(shop, proxy=None, process=process) as session:
            return [found async for found in timed_visits(session, [seen])]

    return all_of


def traces_left() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob("auditor-trace-*"))


async def test_an_ordinary_page_has_numbers_and_causes(
    times: Times, site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found = (await times("/quick", runs=2))[-1]
    assert len(found.loads) >= 2
    for name in ("ttfb", "fcp", "lcp", "tbt", "cls"):
        number = repeated(found, name)
        assert number is not None, found.why
        assert number.method == ("observed" if name in ("ttfb", "cls") else "simulated")
    lcp, fcp = repeated(found, "lcp"), repeated(found, "fcp")
    assert lcp is not None
    assert fcp is not None
    assert lcp.median >= fcp.median
    assert all(load.settled and load.others is not None for load in found.loads)
    middle = middle_load(found)
    assert middle is not None
    assert middle.observed is not None
    assert middle.traced is not None
    assert middle.traced.lcp_url == f"{site.url}/900x600.jpg"
    assert middle.observed.lcp_selector == "html>body>img"
    assert middle.traced.phases is not None
    assert middle.traced.phases.load_delay_ms is not None
    blocking = {one.name: one for one in middle.traced.insights}["RenderBlocking"]
    assert [cause.url for cause in blocking.causes] == [f"{site.url}/style.css"]
    assert middle.traced.failed == {}
    assert traces_left() == []


@pytest.mark.parametrize(
    ("path", "settled"),
    [
        ("/polls", False),
        ("/stays", True),
        ("/worker", True),
        ("/socket", None),
        ("/film", None),
        ("/inline", None),
        ("/vanishes", None),
    ],
)
async def test_a_page_that_does_not_rest_or_let_go_has_numbers_all_the_same(
    times: Times, path: str, settled: bool | None
) -> None:
    (load, *_more) = (await times(path))[-1].loads
    assert load.observed is not None, load.note
    assert load.observed.lcp_ms is not None
    assert settled in (None, load.settled)
    assert load.traced is not None, load.note
    assert load.traced.simulated is not None


HEAVY_MS = 4000


def paints(measured: Timed) -> list[float]:
    return [found.median for name in PAINTS if (found := repeated(measured, name)) is not None]


def held_back(measured: Timed) -> set[str]:
    files = [file for load in measured.loads if load.traced for file in load.traced.fetched]
    return {file.url.rpartition("/")[2] for file in files if file.blocking and file.type == "Script"}


async def test_a_script_at_the_end_that_ran_before_the_paint_is_not_needed_for_it(times: Times) -> None:
    sent.clear()
    end, head = [(await times(path))[-1] for path in ("/races", "/needs")]
    (counted,) = [load.traced.simulated for load in end.loads if load.traced]
    assert counted is not None
    assert counted.fcp_ms > HEAVY_MS, "Lantern counts it, as it was over before the paint"
    assert end.trial is not None
    assert (end.trial.fcp, end.trial.lcp) == (True, True), end.trial.note
    assert [url.rpartition("/")[2] for url in end.trial.raced] == ["heavy.js"]
    assert all(value < HEAVY_MS for value in paints(end))
    assert [held_back(measured) for measured in (end, head)] == [set(), {"heavy.js"}]
    assert head.trial is None, "a script in the head holds the paint back"
    assert all(value > HEAVY_MS for value in paints(head))


@pytest.mark.parametrize(
    ("path", "first", "largest"), [("/drawn", False, False), ("/hidden", False, False), ("/grows", True, False)]
)
async def test_a_script_that_draws_what_is_seen_is_waited_for(
    times: Times, path: str, first: bool, largest: bool
) -> None:
    measured = (await times(path))[-1]
    assert measured.trial is not None
    assert (measured.trial.fcp, measured.trial.lcp) == (first, largest), measured.trial.note
    assert paints(measured)[1] > HEAVY_MS


@pytest.mark.parametrize(
    ("path", "said"), [("/down", "answered 503"), ("/spins", "did not answer within"), ("/nowhere", "answered 404")]
)
async def test_a_page_that_cannot_be_measured_says_why(
    times: Times, monkeypatch: pytest.MonkeyPatch, path: str, said: str
) -> None:
    monkeypatch.setattr(timed_load_module, "READ_SECONDS", 1.0)
    found = (await times(path, runs=5))[-1]
    assert said in found.why
    assert len(found.loads) == 2, "it is not asked again and again"
    assert repeated(found, "lcp") is None
    assert repeated(found, "ttfb") is None


async def test_an_element_that_is_gone_was_the_largest_all_the_same(times: Times) -> None:
    (load, *_more) = (await times("/vanishes", again=False))[-1].loads
    assert load.traced is not None, load.note
    assert load.traced.lcp_element is not None
    assert load.traced.lcp_element.startswith("H2")


async def test_a_page_without_a_paint_has_no_paint(times: Times) -> None:
    found = (await times("/blank"))[-1]
    assert repeated(found, "ttfb") is not None
    assert repeated(found, "lcp") is None
    assert middle_load(found) is None or middle_load(found).traced.simulated is None


async def test_an_engine_that_throws_costs_the_simulation_and_not_the_numbers(
    times: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engine.PROFILES, Device.MOBILE, "noSuchDevice")
    found = (await times("/quick"))[-1]
    number = repeated(found, "lcp")
    assert number is not None
    assert number.method == "observed"
    assert "the trace engine cannot read the trace" in found.why


async def test_a_trace_of_which_the_browser_lost_a_part_is_not_read(
    times: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracing, "BUFFER_KIB", 1)
    found = (await times("/quick"))[-1]
    assert "the browser lost part of it" in found.why
    number = repeated(found, "lcp")
    assert number is not None
    assert number.method == "observed"


async def test_a_slow_machine_gives_a_reason_and_no_numbers(times: Times, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timed_machine, "LEAST_SPEED", 1e9)
    (found,) = await times("/quick")
    assert "too slow" in found.why
    assert found.loads == ()
    assert found.machine is not None
    assert found.machine.speed > 0


async def test_applied_slowness_is_measured_by_the_page_itself(times: Times) -> None:
    found = (await times("/quick", method="applied", again=False))[-1]
    number = repeated(found, "fcp")
    assert number is not None
    assert number.method == "applied"
    assert number.median > 560, "a phone's network takes longer for the page and its style sheet, one after the other"
    assert found.machine is not None
    assert found.machine.slowdown >= 1


async def test_the_second_view_finds_its_cache_filled_and_says_what_ran(times: Times, site: Site) -> None:
    again = (await times("/unload"))[-1].again
    assert again is not None
    assert again.note == ""
    assert again.ttfb_ms is not None
    assert again.kept_whole is False
    assert again.not_kept == ("UnloadHandlerExistsInMainFrame",)
    assert again.unused is not None
    (script,) = again.unused
    assert script.url == f"{site.url}/much.js"
    assert 0.5 * script.bytes < script.unused_bytes < script.bytes


async def test_a_film_is_kept_of_the_load_in_the_middle(
    site: Site, process: BrowserProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timed_machine, "LEAST_SPEED", 0.0)
    shop = ShopSettings(start_url=site.url, allow_private=True, speed=Speed(runs=2, again=False))
    seen = PageEvidence(page=Page(url=f"{site.url}/quick", key="/quick", template=Template.PRODUCT), visit=visit())
    async with BrowserSession(shop, proxy=None, process=process) as session:
        found = [timed async for timed in timed_visits(session, [seen], folder=tmp_path)][-1]
    filmed = [load for load in found.loads if load.film]
    middle = middle_load(found)
    assert middle is not None
    assert filmed == [middle]
    assert middle.first_view is not None
    assert middle.traced is not None
    kinds = {file.url.rpartition("/")[2]: file.blocking for file in middle.traced.fetched}
    assert kinds["style.css"] is True
    assert kinds["900x600.jpg"] is False
    assert sorted(path.name for path in (tmp_path / "pages" / found.visit).iterdir()) == sorted(
        Path(frame.picture).name for frame in middle.film
    ), "pictures of other loads are gone"


async def test_what_moves_and_what_fails_is_recorded(times: Times, site: Site) -> None:
    (moved, *_more) = (await times("/jumps"))[-1].loads
    assert moved.observed is not None
    assert moved.observed.cls is not None
    assert moved.observed.cls > 0.1
    (failed, *_more) = (await times("/fails"))[-1].loads
    assert len(failed.errors) == 2
    assert any("nothing is not defined" in error for error in failed.errors)
    assert f"404 for {site.url}/gone.js" in failed.errors


async def test_without_node_the_pages_own_observers_remain(
    times: Times, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "none"))
    found = (await times("/quick"))[-1]
    number = repeated(found, "lcp")
    assert number is not None
    assert number.method == "observed"
    assert "not simulated" in found.why
    assert ENVIRONMENT_VARIABLE in found.why


async def test_a_trace_that_is_too_large_is_cut_and_said(
    times: Times, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(tracing, "MOST_BYTES", 20_000)
    found = (await times("/quick"))[-1]
    assert "cut" in found.why
    number = repeated(found, "lcp")
    assert number is not None
    assert number.method == "observed"
    assert traces_left() == []


async def test_the_lane_ends_when_its_time_is_over(times: Times) -> None:
    measured = await times("/quick", runs=9, seconds=0.01)
    assert "0.01 s, their limit" in measured[-1].why
    assert len(measured[-1].loads) < 9


async def test_an_audit_times_its_pages_last_and_a_replay_reads_them(process: BrowserProcess, tmp_path: Path) -> None:
    folder, checks = RunFolder.create(tmp_path / "run"), list(load_checks())
    with serve(language="en") as shop:
        settings = ShopSettings(
            start_url=shop.url, allow_private=True, devices=(Device.MOBILE,), max_pages=3, panel={Template.HOME: 1},
            politeness=Politeness(delay_s=0, autothrottle=False), speed=Speed(runs=1), ads=Ads(pages=0), depth="pages",
        )  # fmt: skip
        run = await audit(settings, folder, checks, Silent(), process)
    assert list(run.stages)[-1] == "time"
    (visit,) = folder.visits()
    assert visit.timed is not None
    assert "timed" not in visit.missing
    result, outcomes = replay(folder, checks)
    methods = {metric.name: metric.method for metric in result.metrics}
    assert (methods["lcp"], methods["ttfb"], methods["bytes"]) == ("simulated", "observed", "untimed")
    verdicts = {outcome.check: outcome.verdict for outcome in outcomes}
    assert verdicts["speed/document-large"] is Verdict.PASSED
    (folder.path / "pages" / visit.visit.id / "timed.json").unlink()
    (alone,) = folder.visits()
    assert alone.missing["timed"] == "no timed loads were made of it"
