"""Audit the unchanged demo shop again and again, and tell how often its series are marked for nothing, and how often a
planted change of what was recorded is.

    python -m benchmarks.noise                      what is still missing of 30 audits, beside whatever the machine does
    python -m benchmarks.noise --load               the same on a quiet machine: load is made, another for each audit
    python -m benchmarks.noise --minutes 14         as many of them as fit
    python -m benchmarks.noise --table --write      no audit: publish what is in --out

Each audit is a line of OUT/runs.jsonl, so a run that was cut off is started once more and goes on.
"""

import argparse
import sys
import time
from pathlib import Path

from auditor.demo import serve
from benchmarks.between import put_between
from benchmarks.noise import publishing
from benchmarks.noise.recording import LOADS, append, read, record

RUNS = 30


def main() -> int:
    chosen = _options().parse_args()
    file, began = chosen.out / "runs.jsonl", time.monotonic()
    if not chosen.table:
        with serve(language="en") as shop:
            while (made := len(read(file))) < chosen.runs:
                if chosen.minutes and time.monotonic() - began > 60 * chosen.minutes:
                    print("the time is over; start this again to go on")
                    break
                try:
                    one = record(shop, LOADS[made % len(LOADS)] if chosen.load else 0.0)
                except KeyboardInterrupt:
                    print("interrupted; what was recorded is kept, start this again to go on")
                    return 130
                append(file, one)
                print(f"{made + 1}: {one.ended}, {one.took_s:.0f} s, others {one.others}", flush=True)
    runs = read(file)
    print(publishing.section(runs))
    if chosen.write:
        put_between("noise", publishing.section(runs))
    return 0


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks.noise", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    options.add_argument("--runs", type=int, default=RUNS, help="audits in all (%(default)s)")
    options.add_argument("--minutes", type=float, default=0.0, help="begin no audit after so many minutes")
    options.add_argument("--load", action="store_true", help="make load, another for each audit")
    options.add_argument("--out", type=Path, default=Path("runs/benchmark-noise"), help="%(default)s")
    options.add_argument("--table", action="store_true", help="audit nothing, print what is there")
    options.add_argument("--write", action="store_true", help="publish it in docs/accuracy.md")
    return options


if __name__ == "__main__":
    sys.exit(main())
