"""Look at every case of tests/ads_cases, judge it, and print what was told rightly and wrongly.

    python -m benchmarks.ads                     record what is not recorded yet, judge all, print the table
    python -m benchmarks.ads --cases I05 B07     only these
    python -m benchmarks.ads --shops             also django-oscar and the demo shop, unchanged, twice each
    python -m benchmarks.ads --visitors          also extensions in a visitor's browser, by the visitors' script
    python -m benchmarks.ads --table --write     record nothing, judge what is there, publish it

Every case is a file of OUT, written as soon as it is recorded, so that a run that was cut off goes on where it was.
A case that was changed is recorded anew by itself; after a change of the recorder give --again.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from auditor.ads.learning import learned
from auditor.browser.unwanted.visiting import NotLoaded
from auditor.evidence import StorefrontBaseline
from benchmarks.ads import extensions, publishing, record, shops
from benchmarks.ads.judging import Row, judge
from tests.ads_cases.cases import BENIGN, INJECTED, UNCHANGED
from tests.ads_cases.looking import OWN, TODAY, Looking, looking
from tests.ads_cases.site import CLEAN, Case

ALL = (CLEAN, *INJECTED, *BENIGN, UNCHANGED)


def main() -> int:
    chosen = _options().parse_args()
    wanted = [case for case in ALL if case is CLEAN or not chosen.cases or case.name.split()[0] in chosen.cases]
    if not chosen.table:
        asyncio.run(_record(wanted, chosen.out, again=chosen.again))
        if chosen.shops:
            asyncio.run(shops.record_all(chosen.out))
        if chosen.visitors:
            asyncio.run(extensions.meet_all(chosen.out))
    kept = {case.name: found for case in wanted if (found := record.read(case, chosen.out))}
    if CLEAN.name not in kept:
        print("nothing was recorded yet")
        return 1
    baseline = learned(kept[CLEAN.name].seen, OWN, shop="shop.test", today=TODAY)
    rows = [_judged(case, kept[case.name], baseline) for case in wanted if case.name in kept and case is not CLEAN]
    for row in rows:
        fault = f"; {row.wrong}" if row.wrong else ""
        print(f"{'WRONG' if row.wrong else 'right'}  {row.case.name}: {row.told}{fault}")
    measured = publishing.Measured(rows, list(kept.values()), shops.judge_all(chosen.out), extensions.met(chosen.out))
    print(publishing.section(measured))
    if chosen.write:
        publishing.publish(measured)
    wrong = [row for row in rows if row.wrong] + [one for one in measured.met if not one.right]
    return 1 if wrong or any(one.alerts or one.first_run for one in measured.untouched) else 0


def _judged(case: Case, kept: record.Record, baseline: StorefrontBaseline) -> Row:
    return judge(case, kept.seen, kept.wrote, baseline)


async def _record(cases: Sequence[Case], out: Path, *, again: bool) -> None:
    missing = [case for case in cases if again or record.read(case, out) is None]
    if not missing:
        return
    async with looking() as eyes:
        for number, case in enumerate(missing, start=1):
            try:
                kept = await _recorded(eyes, case)
            except NotLoaded as problem:
                print(f"{number}/{len(missing)} {case.name}: {problem}", flush=True)
                continue
            record.write(kept, case, out)
            print(f"{number}/{len(missing)} {case.name}: {len(kept.loads)} loads, {kept.took_s} s", flush=True)


async def _recorded(eyes: Looking, case: Case) -> record.Record:
    eyes.site.wrote.clear()
    start = time.perf_counter()
    loads = await eyes.at(case)
    wrote = [entry for entry in eyes.site.wrote if entry.startswith("shop.test")]
    return record.record(case, loads, wrote, time.perf_counter() - start, eyes.session.version)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks.ads", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    options.add_argument("--cases", nargs="+", help="by the first word of their names")
    options.add_argument("--out", type=Path, default=Path("runs/benchmark-ads"), help="%(default)s")
    options.add_argument("--again", action="store_true", help="record also what was recorded before")
    options.add_argument("--shops", action="store_true", help="look also at shops that we did not change")
    options.add_argument("--visitors", action="store_true", help="look also at extensions in a visitor's browser")
    options.add_argument("--table", action="store_true", help="record nothing, judge what is there")
    options.add_argument("--write", action="store_true", help="publish the table in docs/accuracy.md")
    return options


if __name__ == "__main__":
    sys.exit(main())
