"""An incident in the words of a shop's owner: English, Polish or Persian."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from auditor.ads.incidents import Incident
from auditor.ads.parties import party_of
from auditor.ads.signs import Sign

LANGUAGES = ("en", "pl", "fa")
MOST_PAGES = 3
_ARROW = " ← "
_ISOLATE, _ISOLATED = "\u2068", "\u2069"
"""Unicode's isolates: an address stays in one piece in a line that is written from right to left."""


@cache
def _words(language: str) -> dict[str, Any]:
    """Those of a language; English where we do not speak it."""
    known = language[:2].lower() if language[:2].lower() in LANGUAGES else "en"
    return tomllib.loads((Path(__file__).parent / "wording" / f"{known}.toml").read_text("utf-8"))


def title(incident: Incident, language: str = "en") -> str:
    """One line: what happens, and who gains."""
    words, lead = _words(language), incident.lead
    own = words["close"]["own"]
    target = next((one for one in (*lead.leads, *incident.leads, incident.party) if one), own)
    texts = words["title"]
    text: str = texts.get(lead.kind) or texts["other"]
    return text.format(party=incident.party or own, target=target)


def sign_line(sign: Sign, incident: Incident, language: str = "en") -> str:
    """What one sign says, in a few words."""
    words = _words(language)
    texts = words["sign"] | words["title"]
    own = words["close"]["own"]
    target = next((one for one in (*sign.leads, sign.party, incident.party) if one), own)
    text: str = texts.get(sign.kind) or texts["other"]
    return text.format(party=sign.party or incident.party or own, target=target)


def chain_line(incident: Incident, language: str = "en") -> str:
    """Who loaded whom, from what acted to what the page itself asked for."""
    own = _words(language)["close"]["own"]
    steps = (_step(url, own) for url in incident.chain[:8])
    return _ARROW.join(dict.fromkeys(steps))


def _step(url: str, own: str) -> str:
    if not party_of(url):
        return own
    parts = urlsplit(url)
    name = parts.path.rstrip("/").rpartition("/")[2][:40]
    return f"{name} ({parts.hostname})" if name else str(parts.hostname)


def advice(incident: Incident, language: str = "en") -> str:
    """What to look at first."""
    words = _words(language)
    kinds = words["close"]["kinds"]
    named = dict.fromkeys(kinds.get(one.vantage, "") for one in incident.shown if one.vantage != "direct")
    devices = {one.device.value for one in incident.shown}
    detail = [kinds[next(iter(devices))]] if len(devices) == 1 else []
    detail = [*(one for one in named if one), *detail] or [kinds["direct"]]
    where = incident.first_link or words["close"]["server"]
    text: str = words["vector"][incident.vector]
    return text.format(first=incident.first_link or incident.party, detail=", ".join(detail), where=where)


def also(incident: Incident, language: str = "en") -> tuple[str, ...]:
    """What else is bad for shoppers in it, beside what the title says; three lines at most."""
    harm = (sign for sign in incident.signs if sign.harm and sign is not incident.lead)
    told = dict.fromkeys(sign_line(sign, incident, language) for sign in harm)
    return tuple(line for line in told if line != title(incident, language))[:3]


def sightings(incident: Incident, language: str = "en") -> str:
    """How often it was seen, and on which pages."""
    pages = incident.pages[:MOST_PAGES]
    if language == "fa":
        pages = tuple(f"{_ISOLATE}{page}{_ISOLATED}" for page in pages)
    shown = ", ".join(pages) + (" …" if len(incident.pages) > MOST_PAGES else "")
    text: str = _words(language)["who"]["shown"]
    return text.format(shown=incident.shown_in, all=incident.looked_at, pages=shown)


def made_by(incident: Incident, language: str = "en") -> str:
    """Who put it there."""
    who = _words(language)["who"]
    chain = chain_line(incident, language)
    return str(who["chain"].format(chain=chain) if chain else who["nobody"])


def paragraph(incident: Incident, language: str = "en") -> str:
    """All of it in a few sentences."""
    told = f"{title(incident, language)}. {sightings(incident, language)} {made_by(incident, language)}"
    return f"{told} {advice(incident, language)}"


def page_words(language: str = "en") -> dict[str, Any]:
    """The labels of the report's page of incidents."""
    labels: dict[str, Any] = _words(language)["page"]
    return labels
