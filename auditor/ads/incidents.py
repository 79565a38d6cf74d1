"""All signs about one outside party as one incident, with a score and a verdict."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from auditor.ads.approval import Approval
from auditor.ads.chains import Chains, parties_of
from auditor.ads.loads import Seen, approval_of, loads_of
from auditor.ads.piece_signs import piece_signs
from auditor.ads.press_signs import press_signs
from auditor.ads.signs import Sign, page_signs, request_signs, script_signs
from auditor.ads.vantage_signs import vantage_signs
from auditor.ads.vectors import Vector, vector_of
from auditor.evidence import Maker, ShopEvidence

ALERT, REVIEW, HARMLESS_CAP = 60, 30, 59
"""An alert needs harm and this score; without harm nothing gets above the cap, however new it is."""

Standing = Literal["alert", "review", "log", "accepted"]


@dataclass(frozen=True)
class Incident:
    """``party`` is the outside company, "" the shop's own pages. ``shown_in`` of ``looked_at`` loads show it.

    ``signs``: the strongest of each kind, strongest first; the first harmful one is ``lead``, and ``best_seen`` the
    load that shows it. ``brought``: newcomers that came with it, each with the kind of what came of them.
    """

    id: str
    party: str
    standing: Standing
    score: int
    signs: tuple[Sign, ...]
    vector: Vector
    first_link: str
    chain: Maker
    leads: tuple[str, ...]
    pages: tuple[str, ...]
    loads: tuple[int, ...]
    looked_at: int
    files: tuple[str, ...]
    shown: tuple[Seen, ...]
    best_seen: Seen | None = None
    brought: tuple[tuple[str, str], ...] = ()

    @property
    def lead(self) -> Sign:
        return next((sign for sign in self.signs if sign.harm), self.signs[0])

    @property
    def harm(self) -> bool:
        return any(sign.harm for sign in self.signs)

    @property
    def shown_in(self) -> int:
        return len(self.loads)


def incidents_of(shop: ShopEvidence) -> tuple[Incident, ...]:
    """The incidents of a run, the worst first. The last answer is kept, because several checks ask for the same."""
    if not _ANSWERED or _ANSWERED[0][0] is not shop:
        _ANSWERED[:] = [(shop, judge_loads(loads_of(shop), approval_of(shop)))]
    return _ANSWERED[0][1]


_ANSWERED: list[tuple[ShopEvidence, tuple[Incident, ...]]] = []


def judge_loads(loads: tuple[Seen, ...], approval: Approval) -> tuple[Incident, ...]:
    """The incidents of some loads, the worst first."""
    signs = [sign for place, load in enumerate(loads) for sign in _signs(place, load, approval)]
    signs += vantage_signs(loads, signs, approval)
    if approval.first:
        signs = [sign for sign in signs if sign.absolute or sign.kind in _CONTEXT]
    found = [_incident(party, mine, loads, approval) for party, mine in _by_party(signs, approval).items()]
    kept = [one for one in found if not (approval.first and not one.harm)]
    return tuple(sorted(kept, key=lambda one: (not one.harm, -one.score, one.party)))


_CONTEXT = frozenset({"layer"})


def _signs(place: int, load: Seen, approval: Approval) -> Iterable[Sign]:
    seen, chains = load.insertions, Chains(load.insertions)
    here = frozenset({place})
    for sign in (
        *request_signs(seen, approval, chains),
        *script_signs(seen, approval, chains),
        *page_signs(seen, approval, chains, load.page.template),
        *piece_signs(seen, approval, chains),
        *press_signs(seen, approval, chains),
    ):
        yield replace(sign, seen_in=here)


def _by_party(signs: Iterable[Sign], approval: Approval) -> Mapping[str, list[Sign]]:
    """Signs by the party that did it; who only gains by another's deed belongs to that one's incident."""
    signs = list(signs)
    gains: dict[str, str] = {}
    for sign in sorted(signs, key=lambda one: -one.score):
        for lead in sign.leads:
            if sign.harm and lead != sign.party and approval.stranger(sign.party) and not approval.known(lead):
                gains.setdefault(lead, sign.party)
    found: dict[str, list[Sign]] = defaultdict(list)
    for sign in signs:
        party, met = sign.party, {sign.party}
        while (onward := gains.get(party)) and onward not in met:
            met.add(onward)
            party = onward
        found[party].append(sign)
    return _with_whom_they_came(found, approval)


def _with_whom_they_came(found: dict[str, list[Sign]], approval: Approval) -> dict[str, list[Sign]]:
    """A harmless newcomer that only another newcomer brings in is told with that one: a widget and its second domain
    are one question to the owner."""
    for party in list(found):
        brought = {_bringer(sign, party, approval) for sign in found[party]}
        (by, *others) = brought
        if others or by not in found or by == party or any(sign.harm for sign in found[party]):
            continue
        found[by] += found.pop(party)
    return found


def _bringer(sign: Sign, party: str, approval: Approval) -> str:
    """The unknown company nearest to ``party`` on the chain of a sign."""
    return next((
        one for one in parties_of(sign.chain)
        if one != party and approval.stranger(one) and not approval.known(one) and not approval.ordinary(one)
    ), party)  # fmt: skip


def _incident(party: str, signs: list[Sign], loads: tuple[Seen, ...], approval: Approval) -> Incident:
    best: dict[str, Sign] = {}
    for sign in signs:
        known = best.get(sign.kind)
        if known is None or (sign.harm, sign.score, len(sign.chain)) > (known.harm, known.score, len(known.chain)):
            best[sign.kind] = sign
    ranked = tuple(sorted(best.values(), key=lambda one: (-one.score, one.kind)))
    harm = any(sign.harm for sign in ranked)
    remaining = 1.0
    for sign in ranked:
        remaining *= 1 - sign.score / 100
    score = round(100 * (1 - remaining))
    score = score if harm else min(score, HARMLESS_CAP)
    harmful = {sign.kind for sign in ranked if sign.harm}
    standing: Standing = "alert" if harm and score >= ALERT else "review" if score >= REVIEW else "log"
    if harmful and approval.accepted(party, harmful):
        standing = "accepted"
    telling = [sign for sign in signs if sign.harm or not harm]
    shown = tuple(sorted({place for sign in telling for place in sign.seen_in}))
    lead = next((sign for sign in ranked if sign.harm), ranked[0])
    chain = _best_chain(lead, ranked)
    vector, first = vector_of(party, lead, chain, frozenset(shown), loads, approval)
    return Incident(
        id=incident_id(party), party=party, standing=standing, score=score, signs=ranked, vector=vector,
        first_link=first, chain=chain, leads=tuple(dict.fromkeys(one for sign in ranked for one in sign.leads)),
        pages=tuple(dict.fromkeys(loads[place].page.key for place in shown)), loads=shown, looked_at=len(loads),
        files=tuple(sorted({sign.detail for sign in signs if sign.kind == "new-party" and sign.party == party})),
        shown=tuple(loads[place] for place in shown),
        best_seen=loads[min(lead.seen_in)] if lead.seen_in else None,
        brought=_brought(party, signs),
    )  # fmt: skip


def _brought(party: str, signs: list[Sign]) -> tuple[tuple[str, str], ...]:
    came = (one for one in signs if one.kind in _COMING and not one.harm and one.party not in ("", party))
    return tuple(sorted({(one.party, one.detail if one.kind == "new-party" else "frame") for one in came}))


_COMING = ("new-party", "new-frame", "hidden-frame")


def _best_chain(lead: Sign, signs: tuple[Sign, ...]) -> Maker:
    """The chain of the leading sign; where that one has none, of any other."""
    return lead.chain or next((sign.chain for sign in signs if sign.chain), ())


def incident_id(party: str) -> str:
    """Stays the same from run to run: ``inc-`` and six hexadecimal digits."""
    return "inc-" + hashlib.sha256((party or "shop").encode()).hexdigest()[:6]
