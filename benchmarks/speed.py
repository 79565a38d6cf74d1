"""Our timed loads against npm Lighthouse 13 and Unlighthouse on the same pages of the same shops.

    python -m benchmarks.speed [--turns 6] [--pages 6] [--shops oscar,evershop] [--flips 10] [--skip whole] [URL ...]

Each turn loads a page three times with our lane and once with Lighthouse, in the Node that the trace engine uses. Times
of Lighthouse are those of its command, browser and all; ours those of a load with its context, trace and judgement, in
a browser that runs already. Nothing else should run on the machine meanwhile.
"""

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from auditor.audit import egress_policy
from auditor.browser.finder import find_chromium
from auditor.browser.session import BrowserSession
from auditor.browser.timed_lane import TIMED_ARGS
from auditor.browser.timed_load import timed_load
from auditor.egress import EgressProxy
from auditor.evidence import Device, Timed
from auditor.settings import ShopSettings
from auditor.speed.engine import TraceEngine
from benchmarks.speed_ratios import OURS_PER_TURN, Row, Series, ours_of, said_of, summary
from benchmarks.speed_tools import lighthouse
from benchmarks.speed_whole import flips, whole
from benchmarks.visits import LINKS, oscar_panel
from tests.storefronts.shops import Storefront, evershop, oscar

SHOPS: dict[str, Callable[[], AbstractContextManager[Storefront]]] = {"oscar": oscar, "evershop": evershop}
WHOLE_PAGES, FLIP_PAGES = 12, 6


async def pages_of(session: BrowserSession, home: str, name: str, count: int) -> list[str]:
    """The home page and pages that it links to, one of each first part of the path before more of one."""
    if name == "oscar":
        return [page.url for page in await oscar_panel(session, home)][:count]
    shopper = await session.shopper(Device.DESKTOP)
    assert shopper.context is not None
    tab = await shopper.context.new_page()
    await tab.goto(home)
    links = dict.fromkeys(link.split("#")[0] for link in await tab.evaluate(LINKS))
    await tab.close()
    own = [link for link in links if urlsplit(link).netloc == urlsplit(home).netloc and link != home]
    seen: dict[str, int] = {}
    ranked = []
    for link in own:
        kind = urlsplit(link).path.strip("/").partition("/")[0]
        seen[kind] = seen.get(kind, 0) + 1
        ranked.append((seen[kind], link))
    return [home, *(link for _turn, link in sorted(ranked, key=lambda one: one[0]))][:count]


async def compared(name: str, home: str, urls: Sequence[str], pages: int, turns: int) -> list[Row]:
    chromium = str((await asyncio.to_thread(find_chromium)).path or "")
    shop = ShopSettings(start_url=home, allow_private=True)
    rows = []
    async with (
        EgressProxy(egress_policy(shop)) as egress,
        BrowserSession(shop, proxy=egress.url) as session,
        TraceEngine() as engine,
        session.timing(TIMED_ARGS) as opens,
    ):
        await engine.ready()
        for url in list(urls) or await pages_of(session, home, name, pages):
            for device in Device:
                ours, theirs = Series(), Series()
                for _turn in range(turns):
                    for _load in range(OURS_PER_TURN):
                        start = time.perf_counter()
                        load = await timed_load(await opens(device), url, session.profile(device), shop, engine)
                        took = time.perf_counter() - start
                        timed = Timed(
                            visit="-", page_key=url, device=device, method="simulated", wanted=1,
                            started_at=datetime.now(UTC), loads=(load,),
                        )  # fmt: skip
                        if (values := ours_of(timed)) is None:
                            print(f"  ours gave no numbers: {load.note}", flush=True)
                        else:
                            ours.loads.append(values)
                            ours.seconds.append(took)
                    try:
                        values, took = await lighthouse(url, device, chromium)
                    except RuntimeError as problem:
                        print(f"  Lighthouse gave no numbers: {problem}", flush=True)
                    else:
                        theirs.loads.append(values)
                        theirs.seconds.append(took)
                if ours.loads and theirs.loads:
                    rows.append(Row(url, device, ours, theirs))
                    print(said_of(rows[-1]), flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("urls", nargs="*")
    parser.add_argument("--turns", type=int, default=6)
    parser.add_argument("--pages", type=int, default=6, help="of each shop")
    parser.add_argument("--shops", default="oscar,evershop")
    parser.add_argument("--flips", type=int, default=10, help="audits of an unchanged shop")
    parser.add_argument("--runs", type=int, default=3, help="timed loads of a page in a whole audit")
    parser.add_argument("--whole", type=int, default=WHOLE_PAGES, help="pages of the whole audit")
    parser.add_argument("--skip", default="", help="of: loads, whole, flips")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    skip = set(given.skip.split(","))
    print(f"load average {os.getloadavg()[0]:.1f} at the start, {os.cpu_count()} processors", flush=True)
    rows: list[Row] = []
    if given.urls:
        rows = asyncio.run(compared("", given.urls[0], given.urls, given.pages, given.turns))
        skip |= {"whole", "flips"}
    else:
        for number, name in enumerate(given.shops.split(",")):
            with SHOPS[name]() as shop, tempfile.TemporaryDirectory(prefix="auditor-bench-") as folder:
                if "loads" not in skip:
                    rows += asyncio.run(compared(name, shop.url, (), given.pages, given.turns))
                if number == 0 and "whole" not in skip:
                    print(whole(shop.url, given.whole, given.runs, str(find_chromium().path), Path(folder)), flush=True)
                if number == 0 and "flips" not in skip:
                    print(flips(shop.url, given.flips, FLIP_PAGES, given.runs, Path(folder)), flush=True)
    if rows:
        print(summary(rows))
    if given.json:
        found = [
            {"url": row.url, "device": row.device, "ours": vars(row.ours), "theirs": vars(row.theirs)} for row in rows
        ]
        given.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
