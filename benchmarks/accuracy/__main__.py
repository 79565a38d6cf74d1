"""Plant one defect after the other in real pages of shops that we did not write, and count what the checks say.

    python -m benchmarks.accuracy                           every mutation on every shop, visited and judged
    python -m benchmarks.accuracy --shop oscar --only mobile-viewport-missing
    python -m benchmarks.accuracy --table --write           no visit: publish what is in --out

Every trial is a line of OUT/trials.jsonl. What is there is not measured again (unless --again or --only), so a run that
was cut off is started once more and goes on.
"""

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from auditor.check import CheckSpec, load_checks
from auditor.finding import Outcome
from benchmarks.accuracy import publishing
from benchmarks.accuracy.measuring import Bench, bench
from benchmarks.accuracy.mutation import Mutation
from benchmarks.accuracy.mutations import MUTATIONS
from benchmarks.accuracy.shops import SHOPS
from benchmarks.accuracy.tables import section
from benchmarks.accuracy.trial import Trial, append, crashes, new_problems, outcomes_of, problems, read


def main() -> int:
    chosen = _options().parse_args()
    file = chosen.out / "trials.jsonl"
    if not chosen.table:
        for name in chosen.shop:
            asyncio.run(_measure_shop(name, chosen, file))
    known = {mutation.name: mutation for mutation in MUTATIONS}
    # What a mutation may also break is said today; what was seen stays as it was.
    trials = [
        one.model_copy(update={"also": tuple(sorted(known[one.mutation].also))})
        for one in read(file).values()
        if one.mutation in known and one.shop in (known[one.mutation].shops or SHOPS)
    ]
    if not trials:
        print("nothing was measured yet")
        return 1
    waiting = _waiting({(one.shop, one.mutation) for one in trials})
    print(section(trials, waiting))
    if chosen.write:
        publishing.publish(trials, waiting=waiting)
    return 0


def _waiting(measured: set[tuple[str, str]]) -> dict[str, list[str]]:
    return {
        shop: [
            one.name for one in MUTATIONS if (not one.shops or shop in one.shops) and (shop, one.name) not in measured
        ]
        for shop in SHOPS
    }


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    options.add_argument("--shop", nargs="+", choices=list(SHOPS), default=list(SHOPS))
    options.add_argument("--only", nargs="+", help="mutations by name")
    options.add_argument("--row", nargs="+", help="mutations that are about these rows")
    options.add_argument("--url", default="", help="the shop runs already, at this address")
    options.add_argument("--out", type=Path, default=Path("runs/benchmark-accuracy"), help="%(default)s")
    options.add_argument("--keep", type=Path, help="what each trial recorded is kept in this folder")
    options.add_argument("--again", action="store_true", help="measure also what was measured before")
    options.add_argument("--table", action="store_true", help="measure nothing, print what is there")
    options.add_argument("--write", action="store_true", help="publish it in docs/accuracy.md")
    return options


async def _measure_shop(name: str, chosen: argparse.Namespace, file: Path) -> None:
    known = read(file)
    wanted = [
        one for one in MUTATIONS
        if (not one.shops or name in one.shops)
        and (not chosen.only or one.name in chosen.only)
        and (not chosen.row or one.rows & set(chosen.row))
        and (chosen.again or chosen.only or chosen.row or (name, one.name) not in known)
    ]  # fmt: skip
    if not wanted:
        return
    checks = list(load_checks())
    wanted.sort(key=lambda one: (one.every, one.crawl))
    async with bench(SHOPS[name], MUTATIONS, checks, chosen.out, chosen.url, chosen.keep) as ready:
        for mutation in wanted:
            since = monotonic()
            trial = await _trial(ready, mutation, checks)
            if "timed_out" not in trial.note:
                append(file, trial)
            print(f"{_told(trial)} ({monotonic() - since:.0f} s)", flush=True)


async def _trial(ready: Bench, mutation: Mutation, checks: list[CheckSpec]) -> Trial:
    rows = {spec.id: spec.row for spec in checks}
    note, browser = "", ""
    after: tuple[Outcome, ...] = ()
    places: set[tuple[str | None, str | None]] = set()
    try:
        measured = await ready.measure(mutation)
        places = {(one.page.key, one.visit.device) for one in measured.visits}
        browser = measured.browser
        after = await asyncio.to_thread(outcomes_of, measured.evidence, measured.visits, checks)
    except LookupError as problem:
        note = str(problem)
    there = [one for one in ready.before if one.page_key is None or (one.page_key, one.device) in places]
    seen = new_problems(ready.before, after, rows)
    failing = {one.row for one in problems(there, rows).values() if one.certain}
    return Trial(
        shop=ready.shop.name, mutation=mutation.name, benign=mutation.benign, summary=mutation.summary,
        wanted=tuple(sorted(mutation.rows)), also=tuple(sorted(mutation.also)), seen=seen,
        before=tuple(sorted(failing & mutation.rows)), crashed=crashes(after), note=note,
        verdicts={
            f"{one.check} {one.page_key or one.template or ''} {one.device or ''}".strip(): f"{one.verdict} {one.note}"
            for one in after if rows[one.check] in mutation.rows
        },
        shop_version=ready.shop.version, browser=browser, at=datetime.now(UTC),
    )  # fmt: skip


def _told(trial: Trial) -> str:
    found = " ".join(f"{row}:{trial.verdict(row)}" for row in trial.wanted)
    false = " ".join(f"{one.row}({one.of})" for one in trial.false)
    return (
        f"{trial.shop} {trial.mutation}{' [benign]' if trial.benign else ''}: {found}"
        f"{f' | FALSE {false}' if false else ''}{f' | before {trial.before}' if trial.before else ''}"
        f"{f' | {trial.note}' if trial.note else ''}{f' | CRASHED {trial.crashed}' if trial.crashed else ''}"
    )


if __name__ == "__main__":
    sys.exit(main())
