"""What an audit did not see, for a reader: things that share a kind and a reason stand together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from auditor.result import AuditResult, NotSeen
from reports.language import _
from reports.recorded import said
from reports.shop_text import readable
from reports.wording import NOT_SEEN_KINDS

MOST_REASONS = 24
"""Of one kind that are told; the rest is counted."""
MOST_NAMED = 4
"""Things with the same reason that are named."""


@dataclass(frozen=True)
class Reason:
    """``named`` are the first of the things that were not seen because of ``why``, ``more`` counts the others."""

    why: str
    named: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class NotSeenGroup:
    """``left`` counts the things whose reasons are not among ``reasons``."""

    title: str
    count: int
    reasons: tuple[Reason, ...]
    left: int

    PRINTED: ClassVar = 7
    """Reasons that a print shows."""

    @property
    def unprinted(self) -> int:
        """Things that a print only counts."""
        return self.left + sum(len(reason.named) + reason.more for reason in self.reasons[self.PRINTED :])


def not_seen_groups(result: AuditResult) -> Iterator[NotSeenGroup]:
    """Kinds in the order of NOT_SEEN_KINDS, reasons in the order of the result."""
    by_kind: dict[str, dict[str, list[NotSeen]]] = {}
    for entry in result.not_seen:
        by_kind.setdefault(entry.kind, {}).setdefault(entry.why, []).append(entry)
    for kind, title in NOT_SEEN_KINDS.items():
        by_reason = by_kind.get(kind, {})
        if by_reason:
            told = tuple(by_reason.items())[:MOST_REASONS]
            count = sum(map(len, by_reason.values()))
            left = count - sum(len(entries) for _why, entries in told)
            yield NotSeenGroup(title, count, tuple(_reason(why, entries, result) for why, entries in told), left)


def _reason(why: str, entries: list[NotSeen], result: AuditResult) -> Reason:
    named = tuple(_named(entry, result) for entry in entries[:MOST_NAMED])
    return Reason(readable(said(why)), named, len(entries) - len(named))


def _named(entry: NotSeen, result: AuditResult) -> str:
    texts = result.checks.get(entry.what) if entry.kind == "check" else None
    return _(texts.title) if texts else readable(said(entry.what))
