"""Servers that are killed at random moments, over simulated days.

    python -m benchmarks.kills 120 --seed 2      kill 120 servers; what was counted is a line of OUT/kills.jsonl
    python -m benchmarks.kills --table --write   kill nothing: publish all that is in --out

Two servers share one database, as two machines do, and a clock that runs fast. Again and again one of them is killed by
SIGKILL and another is started. An audit is stood in for by a process that writes a finished run folder after a while;
how real audits and their browsers end with their server is shown by tests/test_serve.py and tests/test_janitor.py.
Afterwards every slot that was due must have its one row, and nothing may be left running.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.between import put_between
from benchmarks.json_lines import append_lines, read_lines
from benchmarks.kills.killing import run
from benchmarks.kills.record import FOUND, section


def main() -> int:
    given = _options().parse_args()
    file, holds = given.out / "kills.jsonl", True
    if not given.table:
        found = run(given.kills, given.seed)
        append_lines(file, [found])
        holds = found.holds
        print(found.told, *found.lost, sep="\n")
    every = read_lines(file, FOUND)
    if not every:
        print("nothing was measured yet")
        return 1
    if given.table:
        print(section(every))
    if given.write:
        put_between("kills", section(every))
    return 0 if holds else 1


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    options.add_argument("kills", type=int, nargs="?", default=200, help="how many (%(default)s)")
    options.add_argument("--seed", type=int, default=1, help="of the moments and victims (%(default)s)")
    options.add_argument("--out", type=Path, default=Path("runs/benchmark-kills"), help="%(default)s")
    options.add_argument("--table", action="store_true", help="kill nothing, print what is there")
    options.add_argument("--write", action="store_true", help="publish it in docs/accuracy.md")
    return options


if __name__ == "__main__":
    sys.exit(main())
