"""Whose turn it is: one page's visits on two devices are not made at once, and far apart where a clock runs down."""

from collections.abc import Iterable

from auditor.evidence import Device, Page

APART_SECONDS = 65.0
"""Between the starts of a page's two visits, where the first one showed a clock: only then a clock that starts anew for
each visitor differs from one that ends at a fixed time (row DRK-001)."""

Turn = tuple[Page, Device]


class VisitOrder:
    """Turns in the given order, but for those that have to wait. Times are seconds of any one clock."""

    def __init__(self, turns: Iterable[Turn]) -> None:
        self._waiting = list(turns)
        self._under_way: set[str] = set()
        self._due: dict[str, float] = {}

    def take(self, now: float) -> Turn | float | None:
        """The next turn; or, where all that are left have to wait, for how many seconds; None where those at work take
        what is left when they have finished."""
        free = [turn for turn in self._waiting if turn[0].key not in self._under_way]
        if not free:
            return None
        ready = [turn for turn in free if self._due.get(turn[0].key, now) <= now]
        if not ready:
            return min(self._due[page.key] for page, _device in free) - now
        self._waiting.remove(ready[0])
        self._under_way.add(ready[0][0].key)
        return ready[0]

    def finished(self, page: Page, started: float, *, clock: bool) -> None:
        """``clock``: the visit, which began at ``started``, showed one that runs down."""
        self._under_way.discard(page.key)
        if clock:
            self._due[page.key] = started + APART_SECONDS
