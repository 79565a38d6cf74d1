"""What it costs to record what others put on pages, and what the visitors' script costs a page, as measured in one run.

    python -m benchmarks.ads_cost              both
    python -m benchmarks.ads_cost recording    visits of django-oscar with the recorder and without, in turns
    python -m benchmarks.ads_cost script       the script on pages of 5,000 nodes, processor slowed down 4 times

Goals: at most 15 % over a visit without; at most 30 µs for an inserted node, and no task of the script over 50 ms.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from playwright.async_api import Browser

from auditor.browser import recording
from auditor.browser.browser_process import BrowserProcess
from auditor.browser.capture import visit_panel
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, Page
from auditor.settings import ShopSettings
from auditor.visitors.snippet import compressed_bytes, snippet
from benchmarks.visits import oscar_panel

ROUNDS, TIMES = 5, 9
_RECORDER = "UnwantedRecorder"
NODES, SLOWDOWN = 5000, 4
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


class _NoRecorder:
    """Takes the recorder's place in a visit."""

    def __init__(self, *_given: object) -> None: ...

    async def start(self) -> None: ...

    async def section(self, *_given: object) -> None: ...


async def recording_cost(home: str) -> None:
    shop = ShopSettings(start_url=home, allow_private=True)
    real = getattr(recording, _RECORDER)
    spent: dict[str, list[float]] = {"with": [], "without": []}
    async with BrowserSession(shop, proxy=None) as session:
        panel = await oscar_panel(session, home)
        pages = [panel[0], panel[1], panel[4]]
        await _visited(session, pages)
        for turn in range(ROUNDS):
            for which in ("with", "without") if turn % 2 else ("without", "with"):
                setattr(recording, _RECORDER, real if which == "with" else _NoRecorder)
                spent[which].append(await _visited(session, pages))
    setattr(recording, _RECORDER, real)
    ratios = [one / other - 1 for one, other in zip(spent["with"], spent["without"], strict=True)]
    print(
        f"recording: {100 * median(ratios):+.1f} % over a visit without it, median of {ROUNDS} turns "
        f"({', '.join(f'{100 * one:+.0f}' for one in sorted(ratios))}); goal at most +15 %"
    )


async def _visited(session: BrowserSession, pages: Sequence[Page]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        async for _ in visit_panel(session, pages, (Device.DESKTOP,), Path(folder)):
            pass
        return time.perf_counter() - start


async def script_cost() -> None:
    async with BrowserProcess(proxy=None) as process:
        browser = await process.browser()
        with_it = [await _page(browser, with_script=True) for _ in range(TIMES)]
        without = [await _page(browser, with_script=False) for _ in range(TIMES)]
    per_node = median(one["node"] for one in with_it) - median(one["node"] for one in without)
    longest = median(one["longest"] for one in with_it)
    start = median(one["start"] for one in with_it) - median(one["start"] for one in without)
    print(f"script: {compressed_bytes()} bytes compressed; goal at most 1536")
    print(
        f"script: {per_node:.1f} µs for an inserted node at {SLOWDOWN} times slowdown, median of {TIMES}; "
        "goal at most 30"
    )
    print(
        f"script: longest task of its own on a page of {NODES} nodes {longest:.1f} ms, its start {start:.1f} ms, "
        f"medians of {TIMES}; goal at most 50"
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
