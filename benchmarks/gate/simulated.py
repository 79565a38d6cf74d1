"""The rank tests' error level and power on drawn loads: `python -m benchmarks.gate --simulate TRIALS`.

Loads of four pages on two sides in turns: log-normal noise, now and then a spike, a machine that drifts, and pages that
differ. Each trial goes through the looks as a gate does, with three metrics of which the last is often 0.
"""

import time
from random import Random

from auditor.evidence import Device
from auditor.gate.policy import Timing
from auditor.gate.ranks import Pair
from auditor.gate.sequential import answers, looks, wanted
from auditor.stats import wilson

PAGES = {"/": 2400.0, "/c": 3100.0, "/p": 2700.0, "/cart": 1500.0}
NOISE, SPIKES, DRIFT = 0.12, 0.05, 0.25
TIMING = Timing()


def trial(random: Random, worse: float, pages: frozenset[str]) -> tuple[bool, int]:
    """Whether the gate closed, and how many loads were made."""
    sides: dict[str, dict[str, tuple[list[float], list[float]]]] = {
        metric: {page: ([], []) for page in PAGES} for metric in TIMING.metrics
    }
    steps, asked, loads = looks(TIMING), frozenset(PAGES), 0
    speed, made = 1.0, 0
    for look in steps:
        for _round in range(look - made):
            speed *= 1 + random.gauss(0, DRIFT / 10)
            for page in asked:
                for side in random.sample((0, 1), 2):
                    loads += 1
                    slower = 1 + worse if side and page in pages else 1.0
                    for metric in TIMING.metrics:
                        sides[metric][page][side].append(measured(random, metric, page, slower, speed))
        made = look
        samples = {
            metric: [Pair(page, tuple(one), tuple(two), TIMING.floor(metric)) for page, (one, two) in found.items()]
            for metric, found in sides.items()
        }
        asked = wanted(TIMING, samples, Device.MOBILE, len(steps))
        if not asked:
            break
    said = answers(TIMING, samples, Device.MOBILE, len(steps))
    return any(answer.verdict == "worse" for answer in said), loads


def measured(random: Random, metric: str, page: str, slower: float, speed: float) -> float:
    noise = random.lognormvariate(0, NOISE) * (1 + random.random() if random.random() < SPIKES else 1) * speed
    if metric == "cls":
        return 0.0 if random.random() < 0.7 else 0.01 * random.random()
    return PAGES[page] * (0.1 if metric == "tbt" else 1) * noise * slower


def print_table(trials: int) -> None:
    print(f"{trials} trials each, noise {NOISE:.0%}, spikes {SPIKES:.0%}, level {TIMING.level:.0%}")
    print("| change | pages | gate closed | 95 % interval | loads, mean of at most 120 | ms a trial |")
    print("|---|---|---|---|---|---|")
    for worse, pages in (
        (0.0, frozenset(PAGES)),
        (0.1, frozenset(PAGES)),
        (0.2, frozenset(PAGES)),
        (0.4, frozenset(PAGES)),
        (0.2, frozenset({"/p"})),
        (0.4, frozenset({"/p"})),
    ):
        began = time.perf_counter()
        done = [trial(Random(seed), worse, pages) for seed in range(trials)]
        closed = sum(one for one, _loads in done)
        low, high = wilson(closed, trials)
        took = 1000 * (time.perf_counter() - began) / trials
        print(
            f"| {worse:+.0%} | {len(pages)} of {len(PAGES)} | {closed / trials:.1%} | {low:.1%} to {high:.1%} "
            f"| {sum(loads for _one, loads in done) / trials:.0f} | {took:.0f} |"
        )
