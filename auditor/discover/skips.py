"""What was left out, by reason."""

from collections import Counter

MOST_REMEMBERED = 200_000


class Skips:
    """Counts each address once for each reason, as far as a bounded memory reaches; beyond that it counts no more."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._seen: set[int] = set()

    def count(self, reason: str, url: str) -> None:
        """An address was left out."""
        mark = hash((reason, url))
        if mark not in self._seen and len(self._seen) < MOST_REMEMBERED:
            self._seen.add(mark)
            self.counts[reason] += 1

    def add(self, reason: str, number: int) -> None:
        """Addresses that waited were dropped."""
        if number:
            self.counts[reason] += number
