"""Which companies on a page sell advertising, what of theirs is shown, and which hosts are on lists of bad ones."""

from auditor.ads.approval import Approval
from auditor.ads.parties import host_of, party_of, party_of_host
from auditor.ads.placing import SMALL_PX
from auditor.evidence import FilterList, FilterLists, Insertions, Piece


def ad_parties(seen: Insertions, approval: Approval, lists: FilterLists | None) -> frozenset[str]:
    """Parties of a load that the third-party-web list or a filter list files under advertising, and that were not
    approved to lead shoppers on."""
    kinds = {one.name: one.kind for one in lists.lists} if lists else {}
    listed = {
        party_of_host(host)
        for host, names in (lists.labels if lists else {}).items() if any(kinds.get(name) == "ads" for name in names)
    }  # fmt: skip
    led_to = (url for piece in seen.pieces for url in piece.leads)
    found = {party_of(url) for url in (*(one.url for one in seen.asked), *led_to)}
    return frozenset(
        party for party in found
        if approval.stranger(party) and not approval.approved(party, "onward")
        and (party in listed or ((vendor := approval.vendor(party)) is not None and vendor.category == "ad"))
    )  # fmt: skip


def shown_advertisements(seen: Insertions, parties: frozenset[str]) -> list[tuple[str, Piece]]:
    """Pieces of those parties that can be seen, none inside another, the largest first. A tracker's pixel is none."""
    found: list[tuple[str, Piece]] = []
    large = [piece for piece in seen.pieces if piece.box and not piece.hidden and piece.box.area >= SMALL_PX]
    for piece in sorted(large, key=lambda one: -(one.box.area if one.box else 0)):
        party = next((one for url in (*piece.files, *piece.leads) if (one := party_of(url)) in parties), "")
        if party and not any(_holds(other, piece) for _, other in found):
            found.append((party, piece))
    return found


def _holds(outer: Piece, inner: Piece) -> bool:
    one, two = outer.box, inner.box
    return one is not None and two is not None and one.x <= two.x and one.y <= two.y and (
        two.right <= one.right + 1 and two.bottom <= one.bottom + 1
    )  # fmt: skip


def bad_hosts(lists: FilterLists) -> dict[str, tuple[FilterList, ...]]:
    """Hosts of the run that lists of bad hosts name, with those lists."""
    bad = {one.name: one for one in lists.lists if one.kind == "bad" and one.hosts}
    found = {host: tuple(bad[name] for name in names if name in bad) for host, names in lists.labels.items()}
    return {host: named for host, named in found.items() if named}


def hosts_met(seen: Insertions) -> frozenset[str]:
    """Every host that a load asked, led to or was sent over."""
    urls = [url for one in seen.asked for url in (one.url, *one.hops)]
    urls += [url for piece in seen.pieces for url in (*piece.leads, *piece.files)]
    urls += [one.url for one in seen.left]
    return frozenset(host for url in urls if (host := host_of(url)))
