"""What public filter lists say of the hosts that a run met: labels, with the day of each list."""

from datetime import date
from typing import Literal

from auditor.evidence.frozen import Frozen

ListKind = Literal["ads", "trackers", "bad"]
"""``bad``: malware, phishing, swindle."""


class FilterList(Frozen):
    """One list as it was at hand. ``dated``: the day that it says it is of; ``hosts``: rules for whole hosts that were
    understood, ``rules`` all that it has. ``note``: why it could not be used or may mislead, "" for nothing."""

    name: str
    kind: ListKind
    dated: date | None = None
    sha256: str = ""
    hosts: int = 0
    rules: int = 0
    note: str = ""


class FilterLists(Frozen):
    """``labels``: hosts of the run that a list names, to the names of those lists. Other hosts are on none."""

    lists: tuple[FilterList, ...] = ()
    labels: dict[str, tuple[str, ...]] = {}
