"""The loads of a run that are judged together, and what is approved on its day."""

from dataclasses import dataclass
from datetime import date

from auditor.ads.approval import Approval
from auditor.ads.parties import party_of
from auditor.evidence import Device, Ended, Insertions, Page, ShopEvidence, VantageName


@dataclass(frozen=True)
class Seen:
    """One load: of a visit of the panel or as another kind of shopper. ``visit`` is the id of the panel's visit."""

    page: Page
    device: Device
    vantage: VantageName
    insertions: Insertions
    visit: str | None = None
    picture: str | None = None
    looked: bool = False
    via: str = ""


def loads_of(shop: ShopEvidence) -> tuple[Seen, ...]:
    """Every load of the run that was recorded."""
    panel = [
        Seen(visit.page, visit.visit.device, "direct", visit.insertions, visit.visit.id)
        for visit in shop.visits
        if visit.insertions is not None and visit.visit.ended is Ended.LOADED
    ]
    looks = [
        Seen(one.page, one.device, one.vantage, one.insertions, picture=one.picture, looked=True, via=one.via)
        for one in shop.vantages
        if one.insertions is not None
    ]
    return (*panel, *looks)


def approval_of(shop: ShopEvidence) -> Approval:
    """What is approved on the day of the run."""
    days = [visit.visit.started_at.date() for visit in shop.visits]
    own = {party_of(shop.start_url), party_of(shop.home_url)}
    return Approval(own, shop.baseline, max(days, default=date.min))
