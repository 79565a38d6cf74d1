"""Our timed loads against npm Lighthouse 13 and Unlighthouse on the same pages of the same shops.

    python -m benchmarks.speed                               all that is still missing of the plan (hours)
    python -m benchmarks.speed --minutes 20 --parts loads    as much of one part as fits
    python -m benchmarks.speed --table --write               measure nothing: publish what is in --out

Every measurement is a line of OUT/measurements.jsonl. What is there already is not measured again, so that several goes
add up. A turn is three loads of ours and one of Lighthouse, in the Node that the trace engine uses. Times of Lighthouse
are those of its command, browser and all; ours those of a load with its context, trace and judgement, in a browser that
runs already. Nothing else should run on the machine meanwhile.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from auditor.browser.session import BrowserSession
from auditor.evidence import Device
from benchmarks.speed import publishing
from benchmarks.speed.loads import lanes, overlap_of, paths_of, turn_of
from benchmarks.speed.plan import (
    PARTS,
    audits_done,
    loads_wanted,
    overlaps_wanted,
    slowed_wanted,
    wholes_done,
)  # fmt: skip
from benchmarks.speed.record import Chosen, Line, append, read
from benchmarks.speed.slowed import slow_browser
from benchmarks.speed.whole import audit_again, audit_of, unlighthouse_of
from tests.storefronts.shops import Storefront, evershop, oscar

SHOPS: dict[str, Callable[[], AbstractContextManager[Storefront]]] = {"oscar": oscar, "evershop": evershop}


class Go:
    """One go of the benchmark at one shop that runs."""

    def __init__(self, given: argparse.Namespace, name: str, home: str, until: float) -> None:
        self.given, self.name, self.home, self.until = given, name, home, until
        self.out: Path = given.out

    def over(self) -> bool:
        return time.monotonic() > self.until

    def keep(self, *lines: Line) -> None:
        append(self.out, lines)

    async def chosen(self) -> tuple[str, ...]:
        async with lanes(self.home, 1) as (lane,):
            return await self.paths(lane.session)

    async def paths(self, session: BrowserSession) -> tuple[str, ...]:
        """The pages that an earlier go chose, else chosen now."""
        if known := self.known():
            return known
        paths = await paths_of(session, self.home, self.name, self.given.pages)
        self.keep(Chosen(shop=self.name, paths=paths))
        return paths

    def known(self) -> tuple[str, ...]:
        of = [one.paths for one in read(self.out) if isinstance(one, Chosen) and one.shop == self.name]
        return of[-1][: self.given.pages] if of else ()

    async def loads(self) -> None:
        async with lanes(self.home, 1) as (lane,):
            paths = await self.paths(lane.session)
            for turn in loads_wanted(read(self.out), self.name, paths, self.given.turns):
                if self.over():
                    return
                lines = await turn_of(lane, self.name, turn)
                self.keep(*lines)
                said = ", ".join(f"{one.tool} {one.seconds:.1f} s{one.note and f' ({one.note})'}" for one in lines)
                print(f"{self.name} {turn.path} {turn.device}, turn {turn.turn + 1}: {said}", flush=True)

    async def slowed(self) -> None:
        paths = self.known() or await self.chosen()
        async with slow_browser(self.home) as slow:
            for unit in slowed_wanted(read(self.out), self.name, paths, self.given.slow_turns):
                if self.over():
                    return
                line = await slow.load(self.name, unit)
                self.keep(line)
                print(f"{self.name} {unit.path} {unit.device}, slow: {line.values or line.note}", flush=True)

    async def overlap(self) -> None:
        async with lanes(self.home, 2) as both:
            paths = await self.paths(both[0].session)
            for pair in overlaps_wanted(read(self.out), self.name, paths[:4], self.given.pairs):
                if self.over():
                    return
                self.keep(*await overlap_of(both, self.name, pair))
                print(f"{self.name} {' and '.join(pair.paths)} {pair.device}, turn {pair.turn + 1}", flush=True)

    def whole(self) -> None:
        for turn in range(self.given.whole_turns):
            done = {one.device: one for one in wholes_done(read(self.out), self.name) if one.turn == turn}
            with tempfile.TemporaryDirectory(prefix="auditor-bench-") as folder:
                mine = done.get(None)
                if mine is None:
                    if self.over():
                        return
                    into = Path(folder) / "whole"
                    mine = audit_of(self.name, turn, self.home, into, self.given.whole, self.given.runs)
                    self.keep(mine)
                    print(f"{self.name}: {mine.seconds:.0f} s for a whole audit, {mine.stages}", flush=True)
                for device in Device:
                    if device not in done and not self.over():
                        theirs = unlighthouse_of(mine, self.home, Path(folder), device)
                        self.keep(theirs)
                        print(f"{self.name}: {theirs.seconds:.0f} s for Unlighthouse on {device}", flush=True)

    def flips(self) -> None:
        paths = self.known() or asyncio.run(self.chosen())
        for number in range(len(audits_done(read(self.out), self.name)), self.given.flips):
            if self.over():
                return
            with tempfile.TemporaryDirectory(prefix="auditor-bench-") as folder:
                again = audit_again(
                    self.name, self.home, Path(folder) / "run", paths[: self.given.flip_pages], self.given.runs
                )
            self.keep(again)
            print(f"{self.name}: audit {number + 1}, {len(again.failed)} failed, {again.seconds:.0f} s", flush=True)


def main() -> int:
    given = _options().parse_args()
    print(f"load average {os.getloadavg()[0]:.1f} at the start, {os.cpu_count()} processors", flush=True)
    end = time.monotonic() + 60 * (given.minutes or 1e6)
    for place, name in enumerate([] if given.table else given.shops):
        try:
            with SHOPS[name]() as shop:
                now = time.monotonic()
                go = Go(given, name, shop.url, now + (end - now) / (len(given.shops) - place))
                if place == 0 and "whole" in given.parts:
                    go.whole()
                if "loads" in given.parts:
                    asyncio.run(go.loads())
                if "slowed" in given.parts:
                    asyncio.run(go.slowed())
                if "overlap" in given.parts:
                    asyncio.run(go.overlap())
                if place == 0 and "flips" in given.parts:
                    go.flips()
        except RuntimeError as problem:
            print(f"{name}: {problem}", flush=True)
        except KeyboardInterrupt:
            print("interrupted; what was measured is kept, start this again to go on")
            return 130
    done = read(given.out)
    if not done:
        print("nothing was measured yet")
        return 1
    for name, said in publishing.sections(done).items():
        print(f"## {name}\n\n{said}\n")
    if given.write:
        publishing.publish(done)
    return 0


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    add = options.add_argument
    add("--parts", type=_of(PARTS), default=list(PARTS), help=f"of {','.join(PARTS)} (all)")
    add(
        "--shops", type=_of(tuple(SHOPS)), default=list(SHOPS), help="the first one is audited as a whole (%(default)s)"
    )
    add("--minutes", type=float, default=0.0, help="begin nothing after so many minutes; shops share them")
    add("--turns", type=int, default=10, help="for each page and device (%(default)s)")
    add("--slow-turns", type=int, default=3, help="in a browser that is slowed down (%(default)s)")
    add("--pages", type=int, default=5, help="of each shop (%(default)s)")
    add("--pairs", type=int, default=10, help="turns of two loads at once (%(default)s)")
    add("--whole", type=int, default=12, help="pages of the whole audit (%(default)s)")
    add("--whole-turns", type=int, default=3, help="of it and Unlighthouse (%(default)s)")
    add("--flips", type=int, default=10, help="audits of an unchanged shop (%(default)s)")
    add("--flip-pages", type=int, default=5, help="pages of each of them (%(default)s)")
    add("--runs", type=int, default=3, help="timed loads of a page in an audit (%(default)s)")
    add("--out", type=Path, default=Path("runs/benchmark-speed"), help="%(default)s")
    add("--table", action="store_true", help="measure nothing, print what is there")
    add("--write", action="store_true", help="publish the parts that were measured in docs/performance.md")
    return options


def _of(known: tuple[str, ...]) -> Callable[[str], list[str]]:
    def names(text: str) -> list[str]:
        found = text.split(",")
        if set(found) <= set(known):
            return found
        raise argparse.ArgumentTypeError(f"{text!r}: expected some of {','.join(known)}")

    return names


if __name__ == "__main__":
    sys.exit(main())
