"""The report's page of incidents and outside companies: ``incidents.html``."""

from dataclasses import dataclass
from pathlib import Path

from auditor.ads.explaining import advice, also, chain_line, page_words, sightings, sign_line, title
from auditor.ads.incidents import Incident, incidents_of
from auditor.ads.inventory import InventoryRow, detection_power, inventory_of
from auditor.ads.loads import loads_of
from auditor.ads.signs import Sign
from auditor.evidence import Device, ShopEvidence
from auditor.run_folder import RunFolder
from reports.crops import Picture, Shot, cut
from reports.html import CONTENT_POLICY, environment
from reports.language import current
from reports.third_parties import evidence_of

MOST_ROWS = 200
FIRST_VIEW_PX = 800
WIDTHS = {Device.MOBILE: 412, Device.DESKTOP: 1350}


@dataclass(frozen=True)
class IncidentCard:
    """One incident in the language of the report."""

    incident: Incident
    title: str
    sightings: str
    chain: str
    advice: str
    also: tuple[str, ...]
    signs: tuple[tuple[str, Sign], ...]
    shot: Shot | None


def write_incidents(folder: RunFolder, shop: ShopEvidence | None = None) -> Path | None:
    """Write ``incidents.html`` into the run folder; None where the run recorded no load that could show one.

    :param shop: what the folder holds, where it has been read already.
    :raises OSError: when the folder cannot be written.
    """
    shop = shop or evidence_of(folder)
    if shop is None or not loads_of(shop):
        return None
    return folder.write_text("incidents.html", incidents_html(shop, folder.path))


def incidents_html(shop: ShopEvidence, folder: Path) -> str:
    """:param folder: the run folder that holds the screenshots."""
    language = current().code
    loads = loads_of(shop)
    cards = [_card(one, shop, language) for one in incidents_of(shop) if one.standing != "log"]
    pictures: dict[Shot, Picture] = cut([card.shot for card in cards if card.shot], folder, page="incidents")
    rows: tuple[InventoryRow, ...] = inventory_of(shop)
    return environment().get_template("incidents.html").render(
        words=page_words(language),
        groups={name: [card for card in cards if card.incident.standing == standing]
                for name, standing in (("alerts", "alert"), ("review", "review"), ("accepted", "accepted"))},
        pictures=pictures,
        rows=rows[:MOST_ROWS],
        more_rows=max(0, len(rows) - MOST_ROWS),
        loads=len(loads),
        share=detection_power(len(loads)),
        first=shop.baseline is None,
        methods=sorted({load.insertions.makers_by for load in loads}),
        lists=shop.filter_lists.lists if shop.filter_lists else (),
        shop=shop.home_url,
        run=folder.name,
        digits=current().digits,
        policy=CONTENT_POLICY,
        language=language,
        direction=current().direction,
    )  # fmt: skip


def _card(incident: Incident, shop: ShopEvidence, language: str) -> IncidentCard:
    return IncidentCard(
        incident=incident,
        title=title(incident, language),
        sightings=current().digits(sightings(incident, language)),
        chain=chain_line(incident, language),
        advice=advice(incident, language),
        also=also(incident, language),
        signs=tuple((sign_line(sign, incident, language), sign) for sign in incident.signs),
        shot=_shot(incident, shop),
    )


def _shot(incident: Incident, shop: ShopEvidence) -> Shot | None:
    """The load that shows it best, with the element framed where it has a place on the picture."""
    seen, lead = incident.best_seen, incident.lead
    if seen is None:
        return None
    if seen.picture and lead.box is not None and lead.box.y > FIRST_VIEW_PX:
        # A look takes a picture of the first view only; a visit takes one of the whole page.
        seen = next((one for one in incident.shown if one.visit and one.device is seen.device), seen)
    width = WIDTHS[seen.device]
    if seen.picture:
        return Shot(seen.device, seen.picture, seen.picture, lead.box, width)
    visit = next((one.visit for one in shop.visits if one.visit.id == seen.visit), None)
    if visit is None:
        return None
    full, view = visit.artifacts.get("full_page"), visit.artifacts.get("viewport")
    return Shot(seen.device, full.path if full else None, view.path if view else None, lead.box, width)
