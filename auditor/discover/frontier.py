"""What is to be asked next: fair between the kinds of pages, with budgets for what repeats itself."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from auditor.discover.link_address import Address
from auditor.discover.link_address import address as _address
from auditor.discover.url_pattern import Shape, shape_of
from auditor.discover.url_rules import url_rules
from auditor.evidence.pages import Region

FEW_PAGES = 4
"""Pages of a paged list that are followed: enough to see how the list pages, not all of it."""
FEW_LOOKS = 2
"""Orders or views of lists that are followed, for each pattern."""
FEW_DATES = 6
"""Addresses with dates, for each pattern: a calendar has no end."""
REPEATS = 4
"""Repeated pages after which a parameter is taken to carry nothing."""
REPEATS_IN_A_ROW = 12
"""Repeated pages after which a whole pattern is given up."""
MOST_BUCKETS = 400

_WEIGHTS = {
    "asked": 1e9,
    "header": 3.0,
    "nav": 3.0,
    "card": 3.0,
    "footer": 2.5,
    "main": 2.0,
    "sitemap": 1.2,
    "paged": 0.7,
    "facet": 0.4,
    "look": 0.3,
}
_ANYWHERE = "*"
_ROUTES = frozenset({"route", "controller", "option", "view", "cl", "fc"})


@dataclass(slots=True, frozen=True)
class Candidate:
    """An address that may be asked, and how it was found. ``depth`` is None for what only a sitemap names."""

    where: Address
    shape: Shape
    group: str
    depth: int | None = None
    found_from: str | None = None
    in_sitemap: bool = False
    card: bool = False


class Frontier:
    """Buckets by pattern and place of the link; the bucket that had least for its weight is next."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._queued = 0
        self._order = count()
        self._buckets: dict[tuple[str, str], list[tuple[int, int, Candidate]]] = {}
        self._taken: Counter[tuple[str, str]] = Counter()
        self._seen: set[str] = set()
        self._listed: Counter[str] = Counter()
        self._looks: Counter[str] = Counter()
        self._dates: Counter[str] = Counter()
        self._new_by_name: Counter[tuple[str, str]] = Counter()
        self._repeats_by_name: Counter[tuple[str, str]] = Counter()
        self._row: Counter[str] = Counter()
        self._numbered: Counter[str] = Counter()
        self._closed: set[str] = set()

    def __len__(self) -> int:
        return self._queued

    def seen(self, url: str) -> bool:
        """Whether an address was offered and taken in before."""
        return url in self._seen

    def mark_seen(self, url: str) -> None:
        """The content of an address is known already, from a redirect that led there."""
        self._seen.add(url)

    def offer(
        self,
        where: Address,
        *,
        region: Region | None = None,
        card: bool = False,
        depth: int | None = None,
        found_from: str | None = None,
        asked: bool = False,
        in_sitemap: bool = False,
    ) -> str | None:
        """Take in an address that is not ``seen``. The answer is why it is left out, or None."""
        shape = shape_of(where)
        group = "asked" if asked else self._group(region, card, shape, where, in_sitemap)
        reason = None if asked else self._over_budget(where, shape, group)
        if reason:
            return reason
        if in_sitemap:
            # A link says more of a page than a sitemap does: what is linked later is taken in again, in its own bucket.
            if self._listed[shape.family] >= self._most or self._listed.total() >= 3 * self._most + 1000:
                return "queue-full"
            self._listed[shape.family] += 1
        else:
            self._seen.add(where.url)
        source = shape_of(found).pattern if group == "main" and found_from and (found := _address(found_from)) else ""
        key = (shape.family, f"{group} {source}")
        if key not in self._buckets and len(self._buckets) >= MOST_BUCKETS:
            key = ("*", group)
        candidate = Candidate(where, shape, group, depth, found_from, in_sitemap, card)
        heapq.heappush(
            self._buckets.setdefault(key, []), (depth if depth is not None else 99, next(self._order), candidate)
        )
        self._queued += 1
        return None

    def take(self) -> Candidate | None:
        """The next address to ask for."""
        while True:
            candidate = self._pop()
            if candidate is None or candidate.group != "sitemap":
                return candidate
            if candidate.where.url not in self._seen:
                self._seen.add(candidate.where.url)
                return candidate

    def _pop(self) -> Candidate | None:
        best = None
        least = 0.0
        for key, bucket in self._buckets.items():
            if bucket:
                share = (self._taken[key] + 1) / _WEIGHTS[key[1].split(" ", 1)[0]]
                if best is None or share < least:
                    best, least = key, share
        if best is None:
            return None
        self._taken[best] += 1
        self._queued -= 1
        return heapq.heappop(self._buckets[best])[2]

    def learn(self, candidate: Candidate, verdict: str) -> int:
        """Take note of what a page told (see ``Novelty.judge``). The answer is how many waiting addresses were
        dropped."""
        shape = candidate.shape
        names = [name for name in shape.names if name not in _ROUTES]
        if verdict == "new":
            self._row[shape.family] = 0
            self._numbered[shape.family] = 0
            self._new_by_name.update((where, name) for name in names for where in (shape.pattern, _ANYWHERE))
            return 0
        if verdict == "numbered":
            self._numbered[shape.family] += 1
            if self._numbered[shape.family] >= max(50, self._most // 4):
                return self._close(shape.family)
            return 0
        self._row[shape.family] += 1
        self._repeats_by_name.update((where, name) for name in names for where in (shape.pattern, _ANYWHERE))
        dropped = sum(self._drop_named(name) for name in names if self._worthless(shape.pattern, name))
        if self._row[shape.family] >= REPEATS_IN_A_ROW:
            dropped += self._close(shape.family)
        return dropped

    def _group(self, region: Region | None, card: bool, shape: Shape, where: Address, in_sitemap: bool) -> str:
        rules = url_rules()
        if in_sitemap:
            return "sitemap"
        if shape.page > 1:
            return "paged"
        if any(rules.is_presentation(name.lower(), value.lower()) for name, value in where.query):
            return "look"
        if set(shape.names) - _ROUTES and where.url.partition("?")[0] in self._seen:
            return "facet"
        if card:
            return "card"
        return region if region in ("header", "nav", "footer") else "main"

    def _over_budget(self, where: Address, shape: Shape, group: str) -> str | None:
        if shape.page > FEW_PAGES and (group == "paged"):
            return "pagination"
        if shape.family in self._closed or any(self._worthless(shape.pattern, name) for name in shape.names):
            return "near-duplicate"
        if group == "look":
            if self._looks[shape.pattern] >= FEW_LOOKS:
                return "near-duplicate"
            self._looks[shape.pattern] += 1
        if shape.dated:
            if self._dates[shape.pattern] >= FEW_DATES:
                return "calendar"
            self._dates[shape.pattern] += 1
        return (
            "queue-full"
            if group != "sitemap" and self._queued - self._listed.total() >= 3 * self._most + 1000
            else None
        )

    def _worthless(self, pattern: str, name: str) -> bool:
        for where in (pattern, _ANYWHERE):
            repeats = self._repeats_by_name.get((where, name), 0)
            if repeats >= REPEATS and repeats > 3 * self._new_by_name[where, name]:
                return True
        return False

    def _close(self, family: str) -> int:
        self._closed.add(family)
        return sum(self._drop(key, lambda candidate: candidate.shape.family == family) for key in list(self._buckets))

    def _drop_named(self, name: str) -> int:
        def named(candidate: Candidate) -> bool:
            return name in candidate.shape.names and self._worthless(candidate.shape.pattern, name)

        return sum(self._drop(key, named) for key in list(self._buckets))

    def _drop(self, key: tuple[str, str], unwanted: Callable[[Candidate], bool]) -> int:
        if key[1].startswith("asked"):
            return 0
        bucket = self._buckets[key]
        kept = [entry for entry in bucket if not unwanted(entry[2])]
        dropped = len(bucket) - len(kept)
        if dropped:
            heapq.heapify(kept)
            self._buckets[key] = kept
            self._queued -= dropped
        return dropped
