"""Whether numbers differ: an exact rank test, its shift, and many tests at once. No normal approximation."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb
from statistics import median

LEAST_SAMPLES = 5
"""Of each side. With fewer, no one-sided test can fall under 0.01 (5 against 5: 1/252)."""
MOST_SAMPLES = 60


@dataclass(frozen=True)
class Shift:
    """Hodges-Lehmann: the median of all differences ``after - before``, and their ``confidence`` interval."""

    estimate: float
    low: float
    high: float


def mann_whitney(before: Sequence[float], after: Sequence[float]) -> float:
    """Exact one-sided p that ``after`` is larger, ties included: of all ways to deal the values out to the two sides,
    the share that gives ``after`` at least this rank sum.

    :raises ValueError: when a side is empty or has more than ``MOST_SAMPLES``.
    """
    return mann_whitney_both(before, after)[0]


def mann_whitney_both(before: Sequence[float], after: Sequence[float]) -> tuple[float, float]:
    """The exact one-sided p that ``after`` is larger, and the one that it is smaller, of one table of ways.

    :raises ValueError: as :func:`mann_whitney`.
    """
    if not before or not after or max(len(before), len(after)) > MOST_SAMPLES:
        raise ValueError(f"a rank test needs 1 to {MOST_SAMPLES} values on each side")
    ranks = double_ranks([*before, *after])
    observed = sum(ranks[value] for value in after)
    ties = tuple(sorted((ranks[value], count) for value, count in Counter([*before, *after]).items()))
    ways = _ways(ties, len(after))
    total = sum(ways.values())
    larger = sum(count for rank_sum, count in ways.items() if rank_sum >= observed)
    smaller = sum(count for rank_sum, count in ways.items() if rank_sum <= observed)
    return float(Fraction(larger, total)), float(Fraction(smaller, total))


def hodges_lehmann(before: Sequence[float], after: Sequence[float], confidence: float = 0.95) -> Shift:
    """How much larger ``after`` is. The interval holds the shifts that the two-sided rank test does not reject; with
    too few values for ``confidence`` it is the whole range.

    :raises ValueError: as :func:`mann_whitney`.
    """
    if not before or not after or max(len(before), len(after)) > MOST_SAMPLES:
        raise ValueError(f"a shift needs 1 to {MOST_SAMPLES} values on each side")
    differences = sorted(b - a for a in before for b in after)
    cut = _critical(len(before), len(after), (1 - confidence) / 2)
    return Shift(median(differences), differences[cut], differences[-1 - cut])


def shift_between(before: Sequence[float], after: Sequence[float]) -> float:
    """The estimate of :func:`hodges_lehmann` alone."""
    return median(b - a for a in before for b in after)


def benjamini_hochberg(p_values: Sequence[float], rate: float) -> tuple[bool, ...]:
    """Which of many tests to believe so that at most ``rate`` of the believed are expected to be false."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    last = max((rank for rank, place in enumerate(order, 1) if p_values[place] <= rate * rank / len(order)), default=0)
    believed = set(order[:last])
    return tuple(place in believed for place in range(len(p_values)))


def wilson(hits: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's interval (95 % unless ``z`` says otherwise) of a share. Nothing tried: all is possible."""
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = z / (1 + square / of) * (share * (1 - share) / of + square / (4 * of * of)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def double_ranks(values: Sequence[float]) -> dict[float, int]:
    """Twice the mean rank of each value: whole numbers, ties or not."""
    ranks: dict[float, int] = {}
    below = 0
    for value, count in sorted(Counter(values).items()):
        ranks[value] = 2 * below + count + 1
        below += count
    return ranks


@lru_cache(maxsize=256)
def _ways(ties: tuple[tuple[int, int], ...], take: int) -> dict[int, int]:
    """Rank sum → number of ways to take ``take`` values, of groups of (doubled rank, how many have it)."""
    taken: list[dict[int, int]] = [{0: 1}, *({} for _ in range(take))]
    for rank, count in ties:
        for have in range(take, 0, -1):
            row = taken[have]
            for more in range(1, min(count, have) + 1):
                ways = comb(count, more)
                for rank_sum, number in taken[have - more].items():
                    reached = rank_sum + more * rank
                    row[reached] = row.get(reached, 0) + number * ways
    return taken[take]


def _critical(one: int, two: int, tail: float) -> int:
    """How many of the smallest differences lie outside the interval."""
    ties = tuple((2 * rank, 1) for rank in range(1, one + two + 1))
    ways = _ways(ties, two)
    total, least, reached = sum(ways.values()), two * (two + 1), 0
    for u in range(one * two + 1):
        reached += ways.get(least + 2 * u, 0)
        if reached > tail * total:
            return max(0, min(u - 1, (one * two - 1) // 2))
    return 0
