"""Writing ``storefront-baseline.yaml``, and approving an incident in it."""

import io
import os
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML

from auditor.ads.incidents import Incident
from auditor.ads.parties import party_of
from auditor.evidence import StorefrontBaseline
from auditor.evidence.storefront_baseline import ApprovedHarm, ApprovedLayer, ApprovedParty, Kind
from auditor.finding import skeleton

_HEAD = """# What may appear on the shop's pages. Keep this file under version control, beside the shop's own code.
# Take out whom you do not know. `auditor ads approve INCIDENT --run RUN --why …` adds to it; approvals end.
# It helps with the list of scripts and reasons of PCI DSS 6.4.3 and 11.6.1; it does not make a shop compliant.
"""
_KIND_OF: dict[str, Kind] = {
    "new-frame": "frame", "hidden-frame": "frame", "layer": "layer", "painted-layer": "style", "card-watched": "card",
    "card-sent": "card", "only-while-typing": "card", "form-leads-away": "form", "new-worker": "worker",
}  # fmt: skip
_LEADING = frozenset(
    (
        "layer-leads-away", "added-link", "link-in-text", "large-link", "page-link", "frame-leads-away",
        "press-leads-away", "window-on-press", "buy-leads-away", "sent-away", "window-unasked", "back-leads-away",
        "search-leads-away",
    )
)  # fmt: skip


def baseline_text(baseline: StorefrontBaseline) -> str:
    """The file's text, in an order that makes its changes readable."""
    yaml = YAML()
    yaml.width = 110
    yaml.default_flow_style = None
    out = io.StringIO()
    yaml.dump({"version": baseline.version} | baseline.model_dump(mode="json", exclude_defaults=True), out)
    return _HEAD + out.getvalue()


def write_baseline(path: Path, baseline: StorefrontBaseline) -> None:
    """Write the file whole or not at all.

    :raises OSError: when it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_text(baseline_text(baseline), encoding="utf-8")
        os.replace(unfinished, path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def approve(
    baseline: StorefrontBaseline, incident: Incident, *, why: str, by: str, on: date, until: date
) -> StorefrontBaseline:
    """The baseline with an incident approved: its party for what it did, and its harm as looked at."""
    parties = dict(baseline.parties)
    kinds: set[Kind] = set()
    for sign in incident.signs:
        if sign.kind == "new-party":
            kinds |= {_file_kind(one) for one in incident.files}
        elif sign.kind in _KIND_OF:
            kinds.add(_KIND_OF[sign.kind])
        if sign.kind in _LEADING:
            kinds |= {"link", "onward"}
    wanted: dict[str, set[Kind]] = {incident.party: kinds} if incident.party else {}
    for party, kind in incident.brought:
        wanted.setdefault(party, set()).add(_file_kind(kind))
    for party, more in wanted.items():
        held: set[Kind] = set(parties[party].kinds) if party in parties else set()
        if held | more:
            parties[party] = ApprovedParty(kinds=tuple(sorted(held | more)), why=why, by=by, on=on, until=until)
    harm = tuple(sorted({sign.kind for sign in incident.signs if sign.harm}))
    layers = {(one.maker, one.selector): one for one in baseline.layers}
    for sign in incident.signs:
        if sign.kind in ("layer", "layer-leads-away", "invisible-catcher") and sign.selector:
            maker = incident.party if sign.chain and party_of(sign.chain[0]) == incident.party else ""
            form = skeleton(sign.selector)
            layers[maker, form] = ApprovedLayer(maker=maker, selector=form, why=why, until=until)
    accepted = tuple(one for one in baseline.accepted if one.party != incident.party)
    if harm:
        accepted += (ApprovedHarm(party=incident.party, signs=harm, why=why, by=by, on=on, until=until),)
    return baseline.model_copy(update={"parties": parties, "layers": tuple(layers.values()), "accepted": accepted})


def _file_kind(kind: str) -> Kind:
    files: dict[str, Kind] = {"frame": "frame", "fetch": "fetch", "style": "style", "image": "image"}
    return files.get(kind, "script")
