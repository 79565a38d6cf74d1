"""Signs from the difference between loads: a party that only some visitors meet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from auditor.ads.approval import Approval
from auditor.ads.chains import Chains, parties_of
from auditor.ads.loads import Seen
from auditor.ads.parties import party_of
from auditor.ads.signs import Sign
from auditor.evidence import Device, VantageName

Class = tuple[str, str]
NETWORK = "network "
LEAST = 2
"""Loads with and without the party that are needed before its absence means anything."""


def vantage_signs(loads: Sequence[Seen], signs: Iterable[Sign], approval: Approval) -> list[Sign]:
    """One sign for each unknown party that all loads of one kind of shopper meet and no other load does.

    Shoppers who accepted cookies are left out: that they meet more companies is what they agreed to.
    """
    met: dict[str, set[int]] = defaultdict(set)
    for place, load in enumerate(loads):
        if load.vantage == "accepted":
            continue
        for asked in load.insertions.asked:
            party = party_of(asked.url)
            if asked.moment in ("load", "late") and asked.type in ("script", "document") and approval.stranger(party):
                met[party].add(place)
    found = []
    for party, places in met.items():
        if approval.known(party) or approval.ordinary(party):
            continue
        sign = _sign(party, places, loads, approval)
        if sign is not None:
            found.append(sign)
    return [*found, *_stripped(loads)]


def _stripped(loads: Sequence[Seen]) -> list[Sign]:
    """The policy that the shop sends and that the loads of one network lack."""
    sent = [at for at, load in enumerate(loads) if load.insertions.headers.csp]
    lacking = [at for at, load in enumerate(loads) if not load.insertions.headers.csp]
    pages = {loads[at].page.key for at in sent}
    lacking = [at for at in lacking if loads[at].page.key in pages]
    network = _network(lacking, sent, loads)
    if network is None:
        return []
    told = f"{NETWORK}{network}"
    return [Sign("policy-stripped", 62, True, detail=told, seen_in=frozenset(lacking))]


def _sign(party: str, places: set[int], loads: Sequence[Seen], approval: Approval) -> Sign | None:
    pages = {loads[place].page.key for place in places}
    comparable = [at for at, load in enumerate(loads) if load.page.key in pages and load.vantage != "accepted"]
    without = [at for at in comparable if at not in places]
    if not without:
        return None
    first = loads[min(places)]
    chain = _chain(party, first)
    at = frozenset(places)
    vantages = {loads[place].vantage for place in places}
    for name, detail in (("search", "search"), ("returning", "returning"), ("plain", "plain")):
        if vantages == {name} and all(at in places for at in comparable if loads[at].vantage == name):
            sure = len(places) >= LEAST and len(without) >= LEAST and not _speak_otherwise(places, without, loads)
            # No honest company waits for visitors of search engines: this alone is enough.
            score = 30 if not sure else 62 if name == "search" else 55
            return Sign("only-some-visitors", score, sure, party, chain=chain, detail=detail, seen_in=at)
    network = _network(places, without, loads)
    if network is not None:
        return Sign("only-some-visitors", 55, True, party, chain=chain, detail=f"{NETWORK}{network}", seen_in=at)
    devices = {loads[place].device for place in places}
    if len(devices) == 1 and any(loads[place].device not in devices for place in without):
        device = next(iter(devices))
        if all(at in places for at in comparable if loads[at].device == device):
            # Pages ask for some companies on one device only; a company's file that brings in a stranger there is odd.
            carried = [one for one in parties_of(chain)[1:] if approval.stranger(one)]
            often = len(places) >= LEAST and len(without) >= LEAST and not _speak_otherwise(places, without, loads)
            sure = bool(carried) and often and not _carrier(chain, carried[0])
            score = 55 if sure else 20
            return Sign("only-some-visitors", score, sure, party, chain=chain, detail=device, seen_in=at)
    return None


def _network(places: Iterable[int], without: Iterable[int], loads: Sequence[Seen]) -> str | None:
    """The network whose loads show it all while those of another never do: its name, "" for our own."""
    here, there = Counter(loads[at].via for at in places), Counter(loads[at].via for at in without)
    if len(here) != 1 or set(here) & set(there) or min(here.total(), there.total()) < LEAST:
        return None
    return next(iter(here))


def _speak_otherwise(places: Iterable[int], without: Iterable[int], loads: Sequence[Seen]) -> bool:
    """Whether those who meet the party get the page in another language than those who do not: then it may belong to
    that language's shop."""
    here = {loads[at].insertions.language for at in places} - {""}
    there = {loads[at].insertions.language for at in without} - {""}
    return bool(here and there) and not here & there


def _carrier(chain: Sequence[str], party: str) -> bool:
    """Whether a company on the chain is a tag manager, whose work is to bring in others."""
    marks = ("gtm.js", "gtag/js", "utag.js", "/tagmanager", "tag-manager", "tagmanager", "/container_", "/launch-")
    return any(party_of(url) == party and any(mark in url.lower() for mark in marks) for url in chain)


def _chain(party: str, load: Seen) -> tuple[str, ...]:
    chains = Chains(load.insertions)
    for asked in load.insertions.asked:
        if party_of(asked.url) == party:
            return chains.of_request(asked.url)
    return ()


def unsure_differences(loads: Sequence[Seen], approval: Approval) -> list[tuple[str, Device, VantageName]]:
    """Loads to make again: of a kind of shopper that seems to meet a party alone, and of one that does not.

    Page key, device and vantage, each once.
    """
    found: dict[tuple[str, Device, VantageName], None] = {}
    for sign in vantage_signs(loads, (), approval):
        if sign.harm:
            continue
        places = sorted(sign.seen_in)
        key = loads[places[0]].page.key
        without = [at for at, one in enumerate(loads) if one.page.key == key and at not in sign.seen_in]
        for at in (*places[:1], *(one for one in without[:1] if loads[one].vantage != "accepted")):
            found[loads[at].page.key, loads[at].device, loads[at].vantage] = None
    return list(found)
