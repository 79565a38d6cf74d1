"""Run the gate on releases of the demo shop, with nothing changed and with a regression planted, and print how often it
is right and how long it takes.

    python -m benchmarks.gate                            all that is still missing of the plan
    python -m benchmarks.gate --minutes 14               as much of it as fits
    python -m benchmarks.gate --only unchanged:pair=60   so many of one kind
    python -m benchmarks.gate --table --write            no gate: publish what is in --out
    python -m benchmarks.gate --simulate 200             the rank tests alone, on drawn loads

Every gate is a line of OUT/trials.jsonl. What is there already is not run again, so a run that was cut off is started
once more and goes on.
"""

import argparse
import sys
import time
from pathlib import Path

from benchmarks.gate import publishing, simulated
from benchmarks.gate.record import append, read, still_wanted
from benchmarks.gate.releases import RELEASES
from benchmarks.gate.trial import SETTINGS, Trial, try_out

PLAN = {
    ("unchanged", "fast"): 5,
    ("unchanged", "full"): 3,
    ("unchanged", "pair"): 34,
    ("harmless", "short"): 4,
    ("lcp-20", "pair"): 10,
    ("lcp-40", "pair"): 8,
    ("script-300-kib", "short"): 8,
    ("layout-shift", "short"): 8,
    ("alt-removed", "short"): 8,
    ("third-party", "short"): 8,
    ("cart-dead", "cart"): 8,
}


def main() -> int:
    chosen = _options().parse_args()
    if chosen.simulate:
        simulated.print_table(chosen.simulate)
        return 0
    file, began = chosen.out / "trials.jsonl", time.monotonic()
    wanted = [] if chosen.table else still_wanted(chosen.only or PLAN, read(file))
    for release, setting in wanted:
        if chosen.minutes and time.monotonic() - began > 60 * chosen.minutes:
            print("the time is over; start this again to go on")
            break
        try:
            trial = try_out(release, SETTINGS[setting], chosen.out)
        except KeyboardInterrupt:
            print("interrupted; what was run is kept, start this again to go on")
            return 130
        append(file, trial)
        print(_line(trial), flush=True)
    trials = read(file)
    if not trials:
        print("no gate was run yet")
        return 1
    print(publishing.section(trials, PLAN))
    if chosen.write:
        publishing.publish(trials, PLAN)
    return 0


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks.gate", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    options.add_argument("--only", nargs="+", type=_kind, action=_Kinds, help="RELEASE:SETTING=NUMBER instead of all")
    options.add_argument("--minutes", type=float, default=0.0, help="begin no gate after so many minutes")
    options.add_argument("--out", type=Path, default=Path("runs/benchmark-gate"), help="%(default)s")
    options.add_argument("--table", action="store_true", help="run no gate, print what is there")
    options.add_argument("--write", action="store_true", help="publish it in docs/accuracy.md")
    options.add_argument("--simulate", type=int, metavar="TRIALS", help="draw loads instead, TRIALS for each row")
    return options


def _kind(text: str) -> tuple[tuple[str, str], int]:
    name, _, number = text.partition("=")
    release, _, setting = name.partition(":")
    if release not in RELEASES or setting not in SETTINGS or not number.isdecimal():
        raise argparse.ArgumentTypeError(
            f"{text!r}: expected RELEASE:SETTING=NUMBER, of {', '.join(RELEASES)} and {', '.join(SETTINGS)}"
        )
    return (release, setting), int(number)


class _Kinds(argparse.Action):
    def __call__(self, parser: object, namespace: argparse.Namespace, values: object, option: object = None) -> None:
        assert isinstance(values, list)
        setattr(namespace, self.dest, dict(values))


def _line(trial: Trial) -> str:
    said = ", ".join(trial.reasons) or trial.answer
    others = "" if trial.others is None else f", others {trial.others:.0%}"
    shifts = "".join(f", {metric} {shift:+.0%}" for metric, shift in trial.shifts.items())
    return f"{trial.release} ({trial.setting}): {said}, {trial.took_s:.0f} s{others}{shifts}"


if __name__ == "__main__":
    sys.exit(main())
