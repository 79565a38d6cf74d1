"""Incidents as the problems of checks: each incident belongs to the one check that its leading sign names."""

from collections.abc import Iterator

from auditor.ads.explaining import chain_line, title
from auditor.ads.incidents import Incident, incidents_of
from auditor.ads.loads import loads_of
from auditor.ads.signs import SignKind
from auditor.check import NotRecorded
from auditor.evidence import ShopEvidence
from auditor.finding import Certainty, Problem

SENT_ELSEWHERE: frozenset[SignKind] = frozenset(
    ("sent-away", "window-unasked", "download-unasked", "base-leads-away", "app-unasked")
)  # fmt: skip
HIJACKED: frozenset[SignKind] = frozenset(
    (
        "link-diverted", "window-on-press", "rewritten-link", "buy-leads-away", "form-leads-away", "invisible-catcher",
        "back-leads-away", "search-leads-away",
    )
)  # fmt: skip
CARD: frozenset[SignKind] = frozenset(("card-sent", "card-watched", "only-while-typing"))
CLOAKED: frozenset[SignKind] = frozenset(("only-some-visitors", "policy-stripped"))
INJECTED: frozenset[SignKind] = frozenset(
    (
        "layer-leads-away", "painted-layer", "false-system-message", "press-leads-away", "download-on-press",
        "frame-leads-away", "added-link", "link-in-text", "large-link", "hidden-frame", "cookie-stuffing",
        "worker-page", "asks-secrets", "hidden-link",
    )
)  # fmt: skip


def alerts(shop: ShopEvidence, kinds: frozenset[SignKind], *, pressed: bool = False) -> Iterator[Problem]:
    """The alerts whose leading sign is one of ``kinds``. ``pressed``: they show when something is pressed.

    :raises NotRecorded: when no load was recorded that could have shown one.
    """
    loads = loads_of(shop)
    if not loads:
        raise NotRecorded("what appears on the pages was not recorded")
    found = [one for one in incidents_of(shop) if one.standing == "alert" and one.lead.kind in kinds]
    if pressed and not found and not any(load.insertions.pressed for load in loads):
        raise NotRecorded("nothing was pressed")
    yield from (problem_of(one) for one in found)


def problem_of(incident: Incident) -> Problem:
    """One problem for one incident; its identity is the outside party, which is whom the owner has to deal with."""
    lead = incident.lead
    return Problem(
        selector=lead.selector,
        values={
            "what": title(incident), "party": incident.party or "the shop itself", "shown": incident.shown_in,
            "loads": incident.looked_at, "chain": chain_line(incident), "vector": incident.vector,
            "score": incident.score, "incident": incident.id,
        },
        certainty=Certainty.CERTAIN if incident.standing == "alert" else Certainty.NEEDS_REVIEW,
        discriminator=incident.id,
        box=lead.box,
        page_key=incident.pages[0] if incident.pages else None,
        owner=incident.party or "shop",
    )  # fmt: skip
