"""Whether times became worse over several pages: an exact stratified rank test, and the shift that goes with it.

Each page is a stratum: its loads are ranked among themselves, so that quick and slow pages can be taken together
(van Elteren's test, with equal weights). Under no change every way to deal a page's loads out to the two sides is as
likely as any other; the distribution of the sum over pages is the convolution of theirs. No approximation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import numpy as np
import numpy.typing as npt

from auditor.stats import double_ranks

MOST_LOADS = 40
"""Of one side of one page."""
_TAIL = 1e-12


@dataclass(frozen=True)
class Pair:
    """The loads of one page on both sides, in the metric's unit. ``floor`` is a difference that is none."""

    page: str
    before: tuple[float, ...]
    after: tuple[float, ...]
    floor: float = 0.0

    @property
    def loads(self) -> int:
        return min(len(self.before), len(self.after))

    @property
    def middle(self) -> float:
        """Of the base."""
        return median(self.before)

    @property
    def scale(self) -> float:
        """What shares are shares of: the base's median, or the floor where that is more. Blocking and layout shift are
        0 on many pages, of which nothing is a share."""
        return max(self.middle, self.floor) or 1.0


def p_worse(pairs: Sequence[Pair], shift: float = 0.0) -> float:
    """One-sided p that the loads after are slower than the loads before by more than ``shift`` (a share of each page's
    scale): of all ways to deal the loads of each page out, the share with at least this sum of ranks.

    :raises ValueError: for a page without loads or with more than MOST_LOADS on a side.
    """
    observed, whole = 0, np.ones(1)
    for pair in pairs:
        if not pair.loads or max(len(pair.before), len(pair.after)) > MOST_LOADS:
            raise ValueError(f"a rank test needs 1 to {MOST_LOADS} loads on each side of a page")
        moved = [value - shift * pair.scale for value in pair.after]
        ranks = double_ranks([*pair.before, *moved])
        observed += sum(ranks[value] for value in moved)
        ties = tuple(sorted(ranks[value] for value in [*pair.before, *moved]))
        whole = np.convolve(whole, _shares(ties, len(moved)))
    return float(min(1.0, whole[observed:].sum() + _TAIL))


def p_better(pairs: Sequence[Pair], shift: float = 0.0) -> float:
    """One-sided p that the loads after are slower by less than ``shift``."""
    turned = [Pair(pair.page, tuple(value - shift * pair.scale for value in pair.after), pair.before) for pair in pairs]
    return p_worse(turned)


def shift_of(pairs: Sequence[Pair]) -> float:
    """Hodges-Lehmann over the pages: the median of all differences within a page, each as a share of the page's
    scale."""
    return median((after - before) / pair.scale for pair in pairs for before in pair.before for after in pair.after)


def upper_bound(pairs: Sequence[Pair], error: float = 0.05) -> float | None:
    """The smallest worsening, as a share, that the loads rule out with this one-sided error; None where they rule out
    none."""
    shares = sorted({(after - before) / pair.scale for pair in pairs for before in pair.before for after in pair.after})
    low, high = 0, len(shares)
    while low < high:
        place = (low + high) // 2
        if p_better(pairs, shares[place] + 1e-9) <= error:
            high = place
        else:
            low = place + 1
    return max(0.0, shares[low]) if low < len(shares) else None


@lru_cache(maxsize=512)
def _shares(ranks: tuple[int, ...], take: int) -> npt.NDArray[np.float64]:
    """Sum of doubled ranks → share of all ways to take ``take`` of them."""
    ways = np.zeros((take + 1, sum(ranks) + 1))
    ways[0, 0] = 1.0
    for rank in ranks:
        for taken in range(take, 0, -1):
            ways[taken, rank:] += ways[taken - 1, :-rank]
    shares: npt.NDArray[np.float64] = ways[take] / ways[take].sum()
    return shares
