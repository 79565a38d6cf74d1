"""Walk guests' journeys on shops that we did not write, and print how far they came.

    python -m benchmarks.journeys                            every shop and language as it is, platform facts on
    python -m benchmarks.journeys --no-platform-facts        the same without
    python -m benchmarks.journeys --shops oscar --languages en-gb --mutations all
    python -m benchmarks.journeys --table --write            no walk: publish what is in --out

Every walk is a line of OUT/walks.jsonl. What is there already is not walked again (unless --again), so a run that was
cut off is started once more and goes on.
"""

import argparse
import asyncio
import sys
from itertools import groupby
from pathlib import Path

from auditor.evidence import Device
from benchmarks.journeys import publishing
from benchmarks.journeys.mutations import MUTATIONS
from benchmarks.journeys.record import Key, Walk, append, read
from benchmarks.journeys.shops import SHOPS
from benchmarks.journeys.walking import walk_all


def main() -> int:
    chosen = _options().parse_args()
    file = chosen.out / "walks.jsonl"
    if not chosen.table:
        known = {} if chosen.again else read(file)
        wanted = [key for key in _wanted(chosen) if key not in known]
        for (shop, language), keys in groupby(wanted, key=lambda key: (key.shop, key.language)):
            asyncio.run(walk_all(shop, language, list(keys), lambda walk: _done(file, walk), chosen.strips))
    walks = list(read(file).values())
    if not walks:
        print("nothing was walked yet")
        return 1
    print(publishing.section(walks))
    if chosen.write:
        publishing.publish(walks)
    return 1 if any(walk.orders for walk in walks) else 0


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks.journeys", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    options.add_argument("--shops", nargs="+", choices=list(SHOPS), default=list(SHOPS))
    options.add_argument("--languages", nargs="+", help="all that the benchmark has for a shop, without this")
    options.add_argument("--mutations", nargs="+", choices=["none", "all", *MUTATIONS], default=["none"])
    options.add_argument("--device", choices=[device.value for device in Device], default=Device.DESKTOP.value)
    options.add_argument("--no-platform-facts", action="store_true", help="leave out what is known of platforms")
    options.add_argument("--out", type=Path, default=Path("runs/benchmark-journeys"), help="%(default)s")
    options.add_argument("--strips", type=Path, help="a folder for a picture of each walk, step by step")
    options.add_argument("--again", action="store_true", help="walk also what was walked before")
    options.add_argument("--table", action="store_true", help="walk nothing, print what is there")
    options.add_argument("--write", action="store_true", help="publish it in docs/accuracy.md")
    return options


def _wanted(chosen: argparse.Namespace) -> list[Key]:
    mutations = list(MUTATIONS) if "all" in chosen.mutations else chosen.mutations
    return [
        Key(name, language, mutation, chosen.device, not chosen.no_platform_facts)
        for name in chosen.shops
        for language in chosen.languages or SHOPS[name].languages
        for mutation in mutations
        if mutation == "none" or MUTATIONS[mutation].by_script or not SHOPS[name].rendered_by_script
    ]


def _done(file: Path, walk: Walk) -> None:
    append(file, walk)
    facts = "" if walk.platform_facts else ", no platform facts"
    print(
        f"{walk.shop} {walk.language}, {walk.mutation}{facts}: {walk.reached or 'no product'}"
        f"{f' ({walk.blocker})' if walk.blocker else ''}, {walk.orders} orders, {walk.own_ms / 1000:.1f} s of ours",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
