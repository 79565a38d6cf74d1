"""Well-known companies by host, from the third-party-web list: a label for the report, never a verdict by itself."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from auditor.ads.parties import party_of_host

_LIST = Path(__file__).parents[1] / "browser/vendor/node_modules/third-party-web/dist/entities.json"


class Vendor(NamedTuple):
    """``category`` in the list's words: ad, analytics, customer-success, consent-provider, tag-manager, …"""

    name: str
    category: str


@cache
def _vendors() -> dict[str, Vendor]:
    try:
        entries = json.loads(_LIST.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    found: dict[str, Vendor] = {}
    for entry in entries:
        category = (entry.get("categories") or ["other"])[0]
        for domain in entry.get("domains", ()):
            found.setdefault(domain.removeprefix("*."), Vendor(str(entry["name"]), str(category)))
    return found


def list_is_there() -> bool:
    """Whether the list was put into the package by its build. Without it nobody has a name."""
    return bool(_vendors())


@cache
def vendor_of(party: str) -> Vendor | None:
    """The company behind a party; None where the list does not know it."""
    known = _vendors()
    if party in known:
        return known[party]
    return next((one for host, one in _by_party().get(party, ())), None)


@cache
def _by_party() -> dict[str, tuple[tuple[str, Vendor], ...]]:
    found: dict[str, tuple[tuple[str, Vendor], ...]] = {}
    for host, vendor in _vendors().items():
        party = party_of_host(host)
        found[party] = (*found.get(party, ()), (host, vendor))
    return found
