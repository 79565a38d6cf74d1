"""What the trends of the product make of recorded numbers: where nothing changed, and where a change is planted.

The runs are taken in the order in which they were recorded, begun at each of them in turn (the last is followed by the
first), so that neighbours in time stay neighbours. The last ``WATCHED`` are looked at one after the other.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from auditor.trends import Trend, Value, believed, pooled, recovered, trend
from benchmarks.noise.recording import Recorded

WATCHED = 10
PLANTED = (0.2, 0.4)
"""Shares by which the largest paint grows."""
AFTER = (1, 3, 5, 7, 10)
"""Runs after a change."""
STEPS = tuple(step / 100 for step in range(10, 101, 5))
STRIDE = 3
"""Of the orders every third: each step needs them all."""
WANTED = 0.85


class Key(NamedTuple):
    page: str
    template: str
    device: str
    name: str
    method: str


Lines = dict[Key, list[Value | None]]
"""Of each series its value in every run; None where the run has none."""


@dataclass(frozen=True)
class Share:
    """``hits`` of ``of``; ``unknown`` of them were never judged, for lack of usable runs."""

    hits: int
    of: int
    unknown: int = 0


def lines_of(runs: Sequence[Recorded], *, all_count: bool) -> Lines:
    """``all_count``: runs that the product leaves out, because others used the machine, count as well."""
    found: Lines = defaultdict(lambda: [None] * len(runs))
    for place, run in enumerate(runs):
        for one in run.numbers:
            key = Key(one.page, one.template, one.device, one.name, one.method)
            found[key][place] = Value(one.median, run.epoch, one.shared and not all_count)
    return {key: line for key, line in found.items() if one_is_judged(key)}


def one_is_judged(key: Key) -> bool:
    """Untimed times are never compared: they would only make the share of marked series look smaller."""
    return key.method != "untimed" or key.name in ("bytes", "requests")


def marked(lines: Lines, change: float = 0.0, *, turned: bool = True) -> Share:
    """Series that the dashboard marks at least once: without a change worse or better, with one worse. A change is
    planted in the series of the largest paint, and only those are counted then."""
    asked = {key: line for key, line in lines.items() if not change or key.name == "lcp"}
    hits = of = unknown = 0
    for key, line in asked.items():
        for begin in range(len(line) if turned else 1):
            seen = [one.direction for one in _slots(key, line, begin, change)]
            of += 1
            hits += "worse" in seen or (not change and "better" in seen)
            unknown += all(direction == "unknown" for direction in seen)
    return Share(hits, of, unknown)


def told(lines: Lines, change: float = 0.0) -> Share:
    """Templates' series that become a message: believed among all that are judged at once (Benjamini-Hochberg), and
    not back by the run that is asked for to confirm it."""
    hits = of = 0
    runs = len(next(iter(lines.values()), []))
    for begin in range(runs):
        groups = _groups(lines, begin, change)
        sent = set()
        for slot in range(runs - WATCHED, runs - 1):
            trends = {key: trend(key[2], key[3], line[: slot + 1]) for key, line in groups.items()}
            for key in believed(trends):
                if not recovered(key[2], trends[key].reference, groups[key][: slot + 2]):
                    sent.add(key)
        asked = {key for key in groups if not change or key[2] == "lcp"}
        hits, of = hits + len(sent & asked), of + len(asked)
    return Share(hits, of)


def smallest(lines: Lines) -> dict[int, float | None]:
    """For so many runs after it, the smallest of ``STEPS`` by which the largest paint has to grow to be marked in
    ``WANTED`` of its series; None where the largest of them is not."""
    first: dict[float, list[int]] = {}
    for change in STEPS:
        first[change] = [
            _first_worse(_slots(key, line, begin, change))
            for key, line in lines.items()
            if key.name == "lcp"
            for begin in range(0, len(line), STRIDE)
        ]
    return {
        after: next(
            (step for step, seen in first.items() if seen and sum(n <= after for n in seen) >= WANTED * len(seen)), None
        )
        for after in AFTER
    }


def _first_worse(seen: Iterator[Trend]) -> int:
    return next((after for after, one in enumerate(seen, 1) if one.direction == "worse"), WATCHED + 1)


def _slots(key: Key, line: Sequence[Value | None], begin: int, change: float) -> Iterator[Trend]:
    turned = _turned(key, line, begin, change)
    for slot in range(len(line) - WATCHED, len(line)):
        if turned[slot] is not None:
            yield trend(key.name, key.method, [one for one in turned[: slot + 1] if one is not None])


def _turned(key: Key, line: Sequence[Value | None], begin: int, change: float) -> list[Value | None]:
    grown = 1 + change * (key.name == "lcp")
    return [
        one and one._replace(value=one.value * (grown if place >= len(line) - WATCHED else 1))
        for place, one in enumerate([*line[begin:], *line[:begin]])
    ]


def _groups(lines: Lines, begin: int, change: float) -> dict[tuple[str, ...], list[Value]]:
    pages: dict[tuple[str, ...], list[dict[int, Value]]] = defaultdict(list)
    for key, line in lines.items():
        turned = _turned(key, line, begin, change)
        pages[key.template, key.device, key.name, key.method].append(
            {place: one for place, one in enumerate(turned) if one is not None}
        )
    return {key: pooled(group) for key, group in pages.items()}
