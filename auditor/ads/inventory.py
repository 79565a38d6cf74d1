"""Every outside company on the shop's pages: who it is, what it loads, who brought it in, whether it is approved."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from auditor.ads.approval import Approval
from auditor.ads.chains import Chains, parties_of
from auditor.ads.loads import Seen, approval_of, loads_of
from auditor.ads.parties import party_of, party_of_host
from auditor.ads.signs import KINDS
from auditor.evidence import FilterLists, ShopEvidence

Approved = Literal["yes", "in part", "no", "ended", "no baseline"]


@dataclass
class InventoryRow:
    """``owner`` and ``category`` by the third-party-web list, "" where it does not know. ``via``: who brings it in.

    ``script_ms``: time on the main thread by the timed load that shows most of it, None where none was measured.
    ``first_seen``: the day on which the baseline took it up. ``lists``: filter lists that name it."""

    party: str
    owner: str = ""
    category: str = ""
    kinds: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    scripts: int = 0
    requests: int = 0
    bytes: int = 0
    pages: tuple[str, ...] = ()
    approved: Approved = "no baseline"
    why: str = ""
    script_ms: int | None = None
    first_seen: date | None = None
    lists: tuple[str, ...] = ()
    _kinds: set[str] = field(default_factory=set, repr=False)
    _via: set[str] = field(default_factory=set, repr=False)


def inventory_of(shop: ShopEvidence) -> tuple[InventoryRow, ...]:
    """One row a party: not approved ones first, then unknown ones, then by name. ``bytes`` of the panel's visits."""
    approval = approval_of(shop)
    rows: dict[str, InventoryRow] = {}
    pages: dict[str, dict[str, None]] = defaultdict(dict)
    scripts: dict[str, set[str]] = defaultdict(set)
    for load in loads_of(shop):
        _count(load, approval, rows, pages, scripts)
    for visit in shop.visits:
        for request in visit.requests.items if visit.requests else ():
            row = rows.get(party_of(request.url))
            if row is not None:
                row.bytes += request.transferred_bytes or 0
    for party, row in rows.items():
        vendor = approval.vendor(party)
        row.owner, row.category = (vendor.name, vendor.category) if vendor else ("", "")
        row.kinds, row.via = tuple(sorted(row._kinds)), tuple(sorted(row._via))
        row.pages, row.scripts = tuple(pages[party]), len(scripts[party])
        row.approved, row.why = _approved(party, row.kinds, approval)
        row.first_seen, row.lists = approval.since(party), _listed(party, shop.filter_lists)
    _add_script_time(shop, rows.values())
    order = {"no": 0, "ended": 1, "in part": 2, "no baseline": 3, "yes": 4}
    return tuple(sorted(rows.values(), key=lambda row: (order[row.approved], bool(row.owner), row.party)))


def _count(
    load: Seen, approval: Approval, rows: dict[str, InventoryRow], pages: dict[str, dict[str, None]],
    scripts: dict[str, set[str]],
) -> None:  # fmt: skip
    chains = Chains(load.insertions)
    for asked in load.insertions.asked:
        party, kind = party_of(asked.url), KINDS.get(asked.type)
        if kind is None or not approval.stranger(party) or asked.moment not in ("load", "late"):
            continue
        row = rows.setdefault(party, InventoryRow(party))
        row.requests += 1
        row._kinds.add(kind)
        row._via |= {one for one in parties_of(chains.of(asked.maker))[:1] if approval.stranger(one) and one != party}
        pages[party][load.page.key] = None
        if kind == "script":
            scripts[party].add(asked.url.split("?")[0])


def _listed(party: str, lists: FilterLists | None) -> tuple[str, ...]:
    labels = lists.labels.items() if lists else ()
    return tuple(dict.fromkeys(name for host, names in labels if party_of_host(host) == party for name in names))


def _add_script_time(shop: ShopEvidence, rows: Iterable[InventoryRow]) -> None:
    """Chrome's trace engine tells it by the owners of the same list of companies."""
    by_owner = {row.owner: row for row in rows if row.owner}
    loads = (load for visit in shop.visits if visit.timed for load in visit.timed.loads if load.traced)
    for load in loads:
        assert load.traced is not None
        for cause in (one for each in load.traced.insights if each.name == "ThirdParties" for one in each.causes):
            row = by_owner.get(cause.owner)
            if row is not None and cause.wasted_ms is not None:
                row.script_ms = max(row.script_ms or 0, round(cause.wasted_ms))


def _approved(party: str, kinds: Iterable[str], approval: Approval) -> tuple[Approved, str]:
    if approval.first:
        return "no baseline", ""
    if approval.expired(party):
        return "ended", approval.why(party)
    if not approval.known(party):
        return "no", ""
    whole = all(approval.approved(party, kind) for kind in kinds)  # type: ignore[arg-type]
    return ("yes" if whole else "in part"), approval.why(party)


def detection_power(loads: int) -> int:
    """What is shown to at least this share of visitors, in per cent, would have been seen with 95 % certainty."""
    return 100 if loads < 1 else round(100 * (1 - 0.05 ** (1 / loads)))
