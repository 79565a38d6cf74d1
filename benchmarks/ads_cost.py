"""What it costs to record what others put on pages, and what the visitors' script costs a page, as measured in one run.

    python -m benchmarks.ads_cost              both, in less than ten minutes
    python -m benchmarks.ads_cost recording    visits of django-oscar with the recorder and without, in turns
    python -m benchmarks.ads_cost script       the script on pages of 5,000 nodes, processor slowed down 4 times

Each page is visited with the recorder and without it by turns (ABBA), by itself, and the ratio of each pair is taken.
Goals: at most 15 % over a visit without; at most 30 µs for an inserted node, and no task of the script over 50 ms.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.async_api import Browser

from auditor.browser import recording
from auditor.browser.browser_process import BrowserProcess
from auditor.browser.capture import visit
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, Page
from auditor.settings import ShopSettings
from auditor.visitors.snippet import MOST_BYTES, compressed_bytes, snippet
from benchmarks.visits import oscar_panel

ROUNDS, TIMES = 6, 9
_RECORDER = "UnwantedRecorder"
NODES, SLOWDOWN, STRANGE = 5000, 4, 60
_WATCH = """<script>const spent = [];
const timed = (work) => function (...given) { const since = performance.now(); try { return work.apply(this, given) } finally { spent.push(performance.now() - since) } };
const Original = MutationObserver; window.MutationObserver = class extends Original { constructor(work) { super(timed(work)) } };
const idle = requestIdleCallback; window.requestIdleCallback = (work) => idle(timed(work));
const began = performance.now();</script>"""  # noqa: E501
_GROW = """(nodes) => {
  const room = document.body.appendChild(document.createElement("section")), since = performance.now();
  for (let at = 0; at < nodes; at++) { const one = document.createElement("p"); one.textContent = at; room.appendChild(one); }
  return Promise.resolve().then(() => (performance.now() - since) * 1000 / nodes);
}"""  # noqa: E501
# As software of the visitor does it: from a world of its own, so that the script has to look at each of them.
_INTRUDE = """for (let at = 0; at < %d; at++) {
  const one = document.createElement("div");
  one.innerHTML = '<a href="https://deals.example.com/x">Cheaper</a><img src="data:,">'.repeat(20);
  document.body.append(one);
}"""
_IDLE = "async () => { for (let at = 0; at < 20; at++) await new Promise((done) => idle(done)); }"


class _NoRecorder:
    """Takes the recorder's place in a visit."""

    def __init__(self, *_given: object) -> None: ...

    async def start(self) -> None: ...

    async def section(self, *_given: object) -> None: ...


async def recording_cost(home: str) -> None:
    shop = ShopSettings(start_url=home, allow_private=True)
    real = getattr(recording, _RECORDER)
    pairs: list[tuple[float, float]] = []
    async with BrowserSession(shop, proxy=None) as session:
        panel = await oscar_panel(session, home)
        pages = [panel[0], panel[1], panel[4]]
        for page in pages:
            await _visited(session, page)
        session.costs.clear()
        try:
            for turn in range(ROUNDS):
                for page in pages:
                    spent = {}
                    for with_it in (True, False) if turn % 2 else (False, True):
                        setattr(recording, _RECORDER, real if with_it else _NoRecorder)
                        spent[with_it] = await _visited(session, page)
                    pairs.append((spent[True], spent[False]))
        finally:
            setattr(recording, _RECORDER, real)
    ratios = [100 * (one / other - 1) for one, other in pairs]
    low, _, high = quantiles(ratios, n=4)
    whole = 100 * (sum(one for one, _ in pairs) / sum(other for _, other in pairs) - 1)
    print(
        f"recording: {median(ratios):+.1f} % over a visit without it, median of {len(pairs)} pairs of visits of "
        f"{len(pages)} pages (middle half {low:+.1f} to {high:+.1f}; all seconds together {whole:+.1f}); "
        "goal at most +15 %"
    )
    own = 1000 * session.costs.get("insertions", 0) / (2 * len(pairs))
    print(
        f"recording: {median(one for one, _ in pairs):.2f} s a visit with it, "
        f"{median(other for _, other in pairs):.2f} s without; its own step takes {own:.0f} ms on average of both"
    )


async def _visited(session: BrowserSession, page: Page) -> float:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        await visit(session, page, Device.DESKTOP, Path(folder) / "page", run_folder=Path(folder))
        return time.perf_counter() - start


async def script_cost() -> None:
    with_it, without = [], []
    async with BrowserProcess(proxy=None) as process:
        browser = await process.browser()
        await _page(browser, with_script=True)
        for _ in range(TIMES):
            with_it.append(await _page(browser, with_script=True))
            without.append(await _page(browser, with_script=False))
    per_node = median(one["node"] for one in with_it) - median(one["node"] for one in without)
    start = median(one["start"] for one in with_it) - median(one["start"] for one in without)
    longest = median(max(one["longest"], one["start"]) for one in with_it)
    print(f"script: {compressed_bytes()} bytes compressed; goal at most {MOST_BYTES}")
    print(
        f"script: {per_node:.1f} µs for an inserted node at {SLOWDOWN} times slowdown, difference of the medians of "
        f"{TIMES} pages with it and {TIMES} without, in turns; goal at most 30"
    )
    print(
        f"script: longest task of its own on a page of {NODES} nodes {longest:.1f} ms (its start {start:.1f} ms), "
        f"median of {TIMES}, worst {max(max(one['longest'], one['start']) for one in with_it):.1f}; goal at most 50"
    )


async def _page(browser: Browser, *, with_script: bool) -> dict[str, Any]:
    """Microseconds for an inserted node, and milliseconds of the script's start and of its longest task."""
    code = f'<script data-to="/r" data-share="1">{snippet()}</script>' if with_script else "<script></script>"
    rows = "".join(f"<p class=row>{at}</p>" for at in range(NODES))
    html = f"<!doctype html><html><head>{_WATCH}{code}<script>const start = performance.now() - began;</script></head><body>{rows}</body></html>"  # noqa: E501
    context = await browser.new_context()
    try:
        tab = await context.new_page()
        cdp = await context.new_cdp_session(tab)
        await cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        await tab.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
        await tab.goto("http://shop.example/")
        node = await tab.evaluate(_GROW, NODES)
        frame = (await cdp.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        world = (await cdp.send("Page.createIsolatedWorld", {"frameId": frame}))["executionContextId"]
        await cdp.send("Runtime.evaluate", {"expression": _INTRUDE % STRANGE, "contextId": world})
        await tab.evaluate(_IDLE)
        longest, start = await tab.evaluate("[Math.max(0, ...spent), start]")
        return {"node": node, "longest": longest, "start": start}
    finally:
        await context.close()


def main() -> None:
    which = sys.argv[1:] or ["script", "recording"]
    if "script" in which:
        asyncio.run(script_cost())
    if "recording" in which:
        from tests.storefronts.shops import oscar

        with oscar() as shop:
            asyncio.run(recording_cost(shop.url))


if __name__ == "__main__":
    main()
