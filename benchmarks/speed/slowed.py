"""Which estimate is nearer to Chrome itself: paints of a browser that is slowed down as Lighthouse slows one down."""

import os
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median
from urllib.parse import urljoin

from auditor.audit import egress_policy
from auditor.browser.applied import NETWORKS, Network, slow_down
from auditor.browser.session import BrowserSession
from auditor.browser.timed_lane import APPLIED_ARGS, Opens
from auditor.browser.timed_load import measure
from auditor.egress import EgressProxy
from auditor.evidence import Device
from auditor.reading.repeated import PAINTS, MetricName
from auditor.settings import ShopSettings
from benchmarks.speed.plan import LoadUnit
from benchmarks.speed.ratios import Row
from benchmarks.speed.record import Slowed

SLOWED = {
    Device.MOBILE: (NETWORKS[Device.MOBILE], 4.0),
    Device.DESKTOP: (Network(40 * 3.75, 10 * 1024 * 0.9, 10 * 1024 * 0.9), 1.0),
}
"""The networks and processors of Lantern's phone and desktop, with the factors by which Lighthouse turns a round trip
and a throughput into Chrome's delay of a request and its throughput; it does so for phones only."""


class SlowBrowser:
    """A browser in which every page is slow."""

    def __init__(self, shop: ShopSettings, session: BrowserSession, opens: Opens) -> None:
        self._shop, self._session, self._opens = shop, session, opens

    async def load(self, name: str, unit: LoadUnit) -> Slowed:
        network, slowdown = SLOWED[unit.device]
        before, start = os.getloadavg()[0], time.perf_counter()
        measured = await measure(
            await self._opens(unit.device), urljoin(self._shop.start_url, unit.path),
            self._session.profile(unit.device), self._shop, traced=False,
            slow=partial(slow_down, network=network, slowdown=slowdown),
        )  # fmt: skip
        load = await measured.judged(None)
        seen = load.observed
        values = {"fcp": seen.fcp_ms, "lcp": seen.lcp_ms} if seen else {}
        return Slowed(
            shop=name, load=before, path=unit.path, device=unit.device, turn=unit.turn,
            seconds=round(time.perf_counter() - start, 3), note=load.note,
            values={paint: at for paint, at in values.items() if at is not None},
        )  # fmt: skip


@asynccontextmanager
async def slow_browser(home: str) -> AsyncIterator[SlowBrowser]:
    shop = ShopSettings(start_url=home, allow_private=True)
    async with (
        EgressProxy(egress_policy(shop)) as egress,
        BrowserSession(shop, proxy=egress.url) as session,
        session.timing(APPLIED_ARGS) as opens,
    ):
        yield SlowBrowser(shop, session, opens)


@dataclass(frozen=True)
class Compared:
    """A paint of one page in ms: in the slow browser, ours, Lantern's of the same loads, Lighthouse's."""

    row: Row
    name: MetricName
    slow: float
    ours: float
    lantern: float
    theirs: float

    @property
    def apart(self) -> tuple[float, float, float]:
        """How far the three are from the slow browser, as shares of its time."""
        ours, lantern, theirs = (abs(one / self.slow - 1) for one in (self.ours, self.lantern, self.theirs))
        return ours, lantern, theirs


def compared(slowed: Sequence[Slowed], rows: Iterable[Row]) -> list[Compared]:
    """Of every page and device that all three have loaded."""
    found = []
    for row in rows:
        key = (row.shop, row.path, row.device)
        loads = [one.values for one in slowed if (one.shop, one.path, one.device) == key]
        for name in PAINTS:
            slow = [values[name] for values in loads if name in values]
            sides = (slow, row.ours.of(name), row.ours.of(f"lantern_{name}"), row.theirs.of(name))
            if all(sides):
                found.append(Compared(row, name, *(median(side) for side in sides)))
    return found


def slowed_table(slowed: Sequence[Slowed], rows: Iterable[Row]) -> Iterator[str]:
    pages = compared(slowed, rows)
    if not pages:
        return
    turns = sorted(Counter((one.shop, one.path, one.device) for one in slowed).values())
    counts = " to ".join(dict.fromkeys((str(turns[0]), str(turns[-1]))))
    yield (
        f"{len({id(one.row) for one in pages})} pages and devices, {counts} slow loads each. How far "
        "the median of each is from the slow browser's, as a share of it; in brackets the page that is farthest:"
    )
    yield ""
    yield "| paint | device | ours | Lantern's, of our loads | Lighthouse's |"
    yield "|---|---|---|---|---|"
    for name in PAINTS:
        for device in Device:
            of = [one.apart for one in pages if one.name == name and one.row.device is device]
            if of:
                cells = [f"{median(side):.0%} ({max(side):.0%})" for side in zip(*of, strict=True)]
                yield f"| {name.upper()} | {device} | {' | '.join(cells)} |"
    yield ""
    yield "| shop, page | device | paint | slow browser | ours | Lantern's | Lighthouse's |"
    yield "|---|---|---|---|---|---|---|"
    for one in pages:
        values = " | ".join(f"{value:.0f}" for value in (one.slow, one.ours, one.lantern, one.theirs))
        yield f"| {one.row.shop} {one.row.path} | {one.row.device} | {one.name.upper()} | {values} |"
