"""Who links to whom, in numbers: click depth without keeping the links."""

from array import array
from collections import deque


class ClickGraph:
    """Nodes are addresses that were taken in, in order of arrival; an edge costs eight bytes."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._urls: list[str] = []
        self._sources = array("I")
        self._targets = array("I")

    def node(self, url: str) -> int:
        """The number of an address, a new one if need be."""
        number = self._ids.get(url)
        if number is None:
            number = self._ids[url] = len(self._urls)
            self._urls.append(url)
        return number

    def alias(self, url: str, of: str) -> None:
        """Two addresses are one page: ``url`` redirects to ``of`` or the other way round."""
        if url not in self._ids:
            self._ids[url] = self.node(of)

    def link(self, source: int, target: int) -> None:
        """The page ``source`` links to ``target``."""
        self._sources.append(source)
        self._targets.append(target)

    def depths(self, home: str) -> dict[str, tuple[int, str | None]]:
        """For each address that can be clicked to: the least number of clicks from home, and the page before it."""
        size = len(self._urls)
        starts = array("I", bytes(4 * (size + 1)))
        for source in self._sources:
            starts[source + 1] += 1
        for at in range(size):
            starts[at + 1] += starts[at]
        ends = array("I", starts)
        sorted_targets = array("I", bytes(4 * len(self._targets)))
        for source, target in zip(self._sources, self._targets, strict=True):
            sorted_targets[ends[source]] = target
            ends[source] += 1
        first = self.node(home)
        depth = array("i", [-1]) * len(self._urls)
        before = array("i", [-1]) * len(self._urls)
        depth[first] = 0
        waiting = deque([first])
        while waiting:
            source = waiting.popleft()
            for at in range(starts[source], starts[source + 1]) if source < size else ():
                target = sorted_targets[at]
                if depth[target] < 0:
                    depth[target] = depth[source] + 1
                    before[target] = source
                    waiting.append(target)
        return {
            url: (depth[number], self._urls[before[number]] if before[number] >= 0 else None)
            for url, number in self._ids.items()
            if depth[number] >= 0
        }
