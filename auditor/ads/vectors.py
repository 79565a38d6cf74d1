"""Which way an unwanted thing came to the page: what its owner must look at first."""

from collections.abc import Sequence
from typing import Literal

from auditor.ads.approval import Approval
from auditor.ads.loads import Seen
from auditor.ads.parties import party_of
from auditor.ads.signs import Sign
from auditor.evidence import Maker

Vector = Literal["own-server", "third-party-tag", "network", "conditional"]


def vector_of(
    party: str, lead: Sign, chain: Maker, shown: frozenset[int], loads: Sequence[Seen], approval: Approval
) -> tuple[Vector, str]:
    """The vector and the first link of the chain that brought the stranger in: a party, or "" for the shop's server."""
    first = _first_link(party, chain, approval)
    if _by_network(lead, shown, loads):
        return "network", first
    if _conditional(lead, shown, loads):
        return "conditional", first
    return ("third-party-tag" if first else "own-server"), first


def _first_link(party: str, chain: Maker, approval: Approval) -> str:
    """The trusted company nearest to the stranger on the chain that brought it in."""
    if approval.known(party) and approval.stranger(party):
        return party
    parties = [one for url in chain if (one := party_of(url)) and approval.stranger(one)]
    onward = parties[len(parties) - parties[::-1].index(party) :] if party in parties else parties
    trusted = [one for one in onward if approval.known(one) or approval.ordinary(one)]
    if trusted:
        return trusted[0]
    return next((one for one in onward if one != party), "")


def _by_network(lead: Sign, shown: frozenset[int], loads: Sequence[Seen]) -> bool:
    """Whether the loads of one network show it and those of another, made alike, do not."""
    if lead.kind in ("only-some-visitors", "policy-stripped"):
        return lead.detail.startswith("network ")
    pages = {loads[at].page.key for at in shown}
    others = {load.via for at, load in enumerate(loads) if load.looked and load.page.key in pages and at not in shown}
    here = {loads[at].via for at in shown}
    return len(here) == 1 and bool(others) and not here & others


def _conditional(lead: Sign, shown: frozenset[int], loads: Sequence[Seen]) -> bool:
    """Whether every load of some kinds of shopper shows it and no load of the others does."""
    if lead.kind == "only-some-visitors":
        return True
    pages = {loads[place].page.key for place in shown}
    # What shows itself to a press or after a minute only is not missing where nobody pressed or waited.
    whole = all(loads[place].insertions.pressed for place in shown if loads[place].looked)
    looked = [
        at for at, load in enumerate(loads)
        if load.page.key in pages and load.looked and load.vantage != "accepted"
        and (bool(load.insertions.pressed) or not whole)
    ]  # fmt: skip
    meets = {(loads[at].vantage, loads[at].device) for at in looked if at in shown}
    # A layer that comes once to each visitor is missing the second time: that says nothing about who meets it.
    others = {(loads[at].vantage, loads[at].device) for at in looked if loads[at].vantage != "returning"} - meets
    if not meets or not others:
        return False
    return all(at in shown for at in looked if (loads[at].vantage, loads[at].device) in meets)
