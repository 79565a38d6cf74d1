"""How often trends are marked where nothing changed, and how often a planted change is found. A simulation.

``python -m benchmarks.trends``: series of runs with five loads each, noise of 12 % within a run and 5 % between runs,
one load in twenty half as slow again; 30 calm runs, then 10 that are watched.
"""

import random
from statistics import median

from auditor.stats import wilson
from auditor.trends import Trend, Value, believed, trend

SERIES = 400
CALM, WATCHED, LOADS = 30, 10, 5
TOGETHER = 40
"""Series that are judged at once where messages are counted."""


def series(randomly: random.Random, change: float) -> list[Value]:
    level = randomly.uniform(1200, 4000)
    values = []
    for number in range(CALM + WATCHED):
        here = level * (1 + change * (number >= CALM)) * randomly.gauss(1, 0.05)
        loads = [here * randomly.gauss(1, 0.12) * (1.5 if randomly.random() < 0.05 else 1) for _ in range(LOADS)]
        values.append(Value(median(loads), "one"))
    return values


def rates(change: float, seed: int) -> dict[str, int]:
    """Of ``SERIES`` how many were marked worse, better, and sent as a message at least once."""
    randomly = random.Random(seed)
    counts = {"worse": 0, "better": 0, "message": 0}
    for _ in range(SERIES // TOGETHER):
        group = [series(randomly, change) for _ in range(TOGETHER)]
        seen: dict[str, set[int]] = {name: set() for name in counts}
        for end in range(CALM + 1, CALM + WATCHED + 1):
            trends: dict[tuple[str, ...], Trend] = {
                (str(place),): trend("lcp", "simulated", one[:end]) for place, one in enumerate(group)
            }
            for key, one in trends.items():
                if one.direction in seen:
                    seen[one.direction].add(int(key[0]))
            seen["message"] |= {int(key[0]) for key in believed(trends)}
        for name, places in seen.items():
            counts[name] += len(places)
    return counts


def main() -> None:
    print(f"{SERIES} simulated series, {WATCHED} runs watched; share and 95 % interval")
    for change in (0.0, 0.1, 0.2, 0.4):
        for name, many in rates(change, 7).items():
            low, high = wilson(many, SERIES)
            print(f"LCP {change:+.0%}: {name:<8} {many / SERIES:6.1%}  ({low:.1%} to {high:.1%})")


if __name__ == "__main__":
    main()
