"""The incidents of a run as report.json holds them, and how much was looked at."""

from collections.abc import Iterable
from typing import Literal

from auditor.ads.explaining import title
from auditor.ads.incidents import Standing, incidents_of
from auditor.ads.inventory import detection_power
from auditor.ads.loads import Seen, loads_of
from auditor.ads.signs import SignKind
from auditor.ads.vectors import Vector
from auditor.evidence import Device, ShopEvidence, VantageName
from auditor.evidence.frozen import Frozen


class IncidentSign(Frozen):
    """``score`` 0-100; ``harm``: by itself bad for shoppers."""

    kind: SignKind
    score: int
    harm: bool


class IncidentResult(Frozen):
    """Everything about one outside party. ``party`` is "" for the shop's own pages; ``leads`` are those who gain.

    ``chain``: addresses of who loaded whom, from the script that acted to the one that the page asked for;
    ``first_link`` the company that let it in. Shown in ``shown_in`` of ``looked_at`` loads.
    """

    id: str
    party: str
    standing: Standing
    score: int
    title: str
    vector: Vector
    first_link: str
    chain: tuple[str, ...]
    leads: tuple[str, ...]
    signs: tuple[IncidentSign, ...]
    pages: tuple[str, ...]
    shown_in: int
    looked_at: int


class LookedFor(Frozen):
    """``seen_from_percent``: what is shown to at least this share of visitors would have been seen with 95 % certainty.

    ``baseline``: whether there was a list of what is approved; ``makers_by`` how makers of elements were told. Software
    on visitors' devices is beyond an audit: ``visitors_measured`` is false in every one.
    """

    loads: int
    seen_from_percent: int
    vantages: tuple[VantageName, ...]
    devices: tuple[Device, ...]
    baseline: bool
    makers_by: tuple[str, ...]
    visitors_measured: Literal[False] = False


def incident_results(shop: ShopEvidence) -> tuple[IncidentResult, ...]:
    """The worst first; what is only in the log is left out."""
    return tuple(
        IncidentResult(
            id=one.id, party=one.party, standing=one.standing, score=one.score, title=title(one), vector=one.vector,
            first_link=one.first_link, chain=one.chain, leads=one.leads, pages=one.pages,
            signs=tuple(IncidentSign(kind=sign.kind, score=sign.score, harm=sign.harm) for sign in one.signs),
            shown_in=one.shown_in, looked_at=one.looked_at,
        )
        for one in incidents_of(shop) if one.standing != "log"
    )  # fmt: skip


def looked_for(shop: ShopEvidence) -> LookedFor | None:
    """None where no load was recorded that could have shown anything."""
    loads = loads_of(shop)
    if not loads:
        return None
    return LookedFor(
        loads=len(loads), seen_from_percent=detection_power(len(loads)), baseline=shop.baseline is not None,
        vantages=tuple(sorted({load.vantage for load in loads})),
        devices=tuple(sorted({load.device for load in loads})),
        makers_by=_makers(loads),
    )  # fmt: skip


def _makers(loads: Iterable[Seen]) -> tuple[str, ...]:
    return tuple(sorted({load.insertions.makers_by for load in loads}))
