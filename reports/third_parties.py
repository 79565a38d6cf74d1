"""Outside companies on the shop's pages, and unwanted content, as a chapter of the report."""

from dataclasses import dataclass, field
from typing import Any

from auditor.ads.explaining import advice, page_words, sightings, title
from auditor.ads.incidents import Incident, incidents_of
from auditor.ads.inventory import detection_power, inventory_of
from auditor.ads.loads import loads_of
from auditor.evidence import ShopEvidence
from auditor.run_folder import RunFolder, RunFolderError
from reports.language import _, current, number
from reports.shop_text import clean

MOST_PARTIES = 40
COLUMNS = 7
"""Of those of the page of incidents: the last one says whether the company is approved."""

MOST_INCIDENTS = 12


@dataclass(frozen=True)
class Party:
    """``kinds`` of files in the catalogue's words; ``via`` who brought it in; ``bad``: nobody approved it."""

    name: str
    owner: str
    category: str
    kinds: str
    via: str
    requests: int
    kilobytes: str
    approved: str
    bad: bool


@dataclass(frozen=True)
class SeenIncident:
    """``standing``: alert, review or accepted."""

    id: str
    standing: str
    title: str
    seen: str
    advice: str


@dataclass(frozen=True)
class ThirdParties:
    """``power`` says what the loads could have shown. Empty where no load recorded who asked for what."""

    power: str = ""
    first: str = ""
    columns: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    more: int = 0
    incidents: tuple[SeenIncident, ...] = ()
    headings: dict[str, str] = field(default_factory=dict)


def evidence_of(folder: RunFolder) -> ShopEvidence | None:
    """What was recorded of who loads what, without the pages and links that were discovered; None where the run folder
    cannot be read."""
    try:
        discovery, panel = folder.discovery(), folder.panel()
        order = {entry.page.key: place for place, entry in enumerate(panel.pages)}
        visits = sorted(folder.visits(), key=lambda visit: (order.get(visit.page.key, 0), visit.visit.device))
        return ShopEvidence(
            start_url=discovery.start_url, home_url=discovery.home_url, language=discovery.language, market=None,
            discovery=discovery, panel=panel, pages=(), dead_links=(), links_checked=0, links_unchecked=0,
            visits=tuple(visits), vantages=tuple(folder.vantages()), baseline=folder.baseline(),
            filter_lists=folder.filter_lists(),
        )  # fmt: skip
    except RunFolderError:
        return None


def third_parties(shop: ShopEvidence | None) -> ThirdParties:
    loads = loads_of(shop) if shop is not None else ()
    if shop is None or not loads:
        return ThirdParties()
    language = current().code
    words = page_words(language)
    rows = inventory_of(shop)
    incidents = [one for one in incidents_of(shop) if one.standing != "log"]
    count, share = number(len(loads), 0), number(detection_power(len(loads)), 0)
    return ThirdParties(
        power=str(words["power"]).format(loads=count, share=share),
        # The page of incidents says how to write one: that is the operator's work, and this is the client's report.
        first="" if shop.baseline else _("There is no list of approved companies: only what is wrong of any is shown."),
        columns=tuple(words["columns"])[:COLUMNS],
        parties=tuple(
            Party(
                name=clean(row.party, 80),
                owner=clean(row.owner, 80) or words["unknown"],
                category=clean(row.category, 40),
                kinds=", ".join(row.kinds),
                via=clean(", ".join(row.via), 120),
                requests=row.requests,
                kilobytes=number(row.bytes / 1024, 0),
                approved=words["approved"][row.approved],
                bad=row.approved in ("no", "ended"),
            )
            for row in rows[:MOST_PARTIES]
        ),
        more=max(0, len(rows) - MOST_PARTIES),
        incidents=tuple(_seen(one, language) for one in incidents[:MOST_INCIDENTS]),
        headings=_headings(words),
    )


def _headings(words: dict[str, Any]) -> dict[str, str]:
    return {name: str(words[name]) for name in ("companies", "alerts", "review", "accepted", "none", "do")}


def _seen(incident: Incident, language: str) -> SeenIncident:
    return SeenIncident(
        id=incident.id,
        standing=incident.standing,
        title=clean(title(incident, language), 300),
        seen=clean(sightings(incident, language), 300),
        advice=clean(advice(incident, language), 600),
    )
