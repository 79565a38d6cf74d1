"""A baseline from what was seen: everything that is there now, but for what is wrong whoever does it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from auditor.ads.approval import Approval, bare
from auditor.ads.chains import Chains, acted_by, parties_of
from auditor.ads.loads import Seen
from auditor.ads.parties import party_of
from auditor.ads.signs import KINDS
from auditor.ads.vendors import vendor_of
from auditor.evidence import Insertions, Piece, StorefrontBaseline
from auditor.evidence.storefront_baseline import ApprovedLayer, ApprovedParty, ApprovedScript, Kind
from auditor.finding import skeleton

ORDER: tuple[Kind, ...] = (
    "script", "frame", "fetch", "style", "image", "link", "onward", "layer", "form", "worker", "card",
)  # fmt: skip


def learned(
    loads: Iterable[Seen], own: Collection[str], *, shop: str, today: date, leave_out: Collection[str] = ()
) -> StorefrontBaseline:
    """The baseline of ``loads``. Parties in ``leave_out`` are not approved: their incidents come back."""
    kinds: dict[str, set[Kind]] = defaultdict(set)
    via: dict[str, set[str]] = defaultdict(set)
    scripts: dict[str, set[str]] = defaultdict(set)
    inline: dict[str, tuple[str, ...]] = {}
    layers: dict[tuple[str, str], None] = {}
    templates: dict[str, None] = {}
    plain = Approval(own, None, today)
    for load in loads:
        seen, chains = load.insertions, Chains(load.insertions)
        templates[load.page.template] = None
        _learn_requests(seen, plain, chains, kinds, via)
        for script in seen.scripts:
            if script.url is None:
                inline.setdefault(script.skeleton, script.hosts)
            elif plain.stranger(party_of(script.url)) and script.sha256:
                scripts[bare(script.url)].add(script.sha256)
        if seen.worker:
            inline["worker"] = ("worker",)
        for piece in seen.pieces:
            maker = acted_by(chains.of(piece.maker), plain.own)
            if piece.kind == "layer":
                layers[maker, skeleton(piece.selector)] = None
                if maker:
                    kinds[maker].add("layer")
            for home in {maker, *(party_of(url) for url in piece.files if piece.kind == "frame")}:
                if plain.stranger(home) and _leads_on(piece, home, plain):
                    kinds[home].add("onward")
            for url in piece.leads:
                kinds[party_of(url)].add("form" if piece.kind == "form" else "link")
            if piece.kind == "frame":
                for url in piece.files:
                    kinds[party_of(url)].add("frame")
        for target in (party_of(seen.buy.leads or "") if seen.buy else "",):
            if plain.stranger(target):
                kinds[target] |= {"link", "form"}
    out = frozenset(leave_out)
    return StorefrontBaseline(
        shop=shop, made=today,
        parties={
            party: ApprovedParty(
                kinds=tuple(kind for kind in ORDER if kind in kinds[party]),
                via=tuple(sorted(via[party] - {party} - out)),
                why=_why(party), on=today,
            )
            for party in sorted(kinds) if party and plain.stranger(party) and party not in out
        },
        scripts={
            url: ApprovedScript(sha256=tuple(sorted(hashes)), party=party_of(url))
            for url, hashes in sorted(scripts.items()) if party_of(url) not in out
        },
        inline={
            form: hosts for form, hosts in sorted(inline.items())
            if form and not any(party_of(f"https://{host}") in out for host in hosts)
        },
        layers=tuple(ApprovedLayer(maker=maker, selector=selector) for maker, selector in layers if maker not in out),
        templates=tuple(sorted(templates)),
    )  # fmt: skip


def _leads_on(piece: Piece, home: str, plain: Approval) -> bool:
    """Whether somebody's element leads to others than themselves."""
    return any(plain.stranger(one := party_of(url)) and one != home and not plain.ordinary(one) for url in piece.leads)


def _learn_requests(
    seen: Insertions, plain: Approval, chains: Chains, kinds: dict[str, set[Kind]], via: dict[str, set[str]]
) -> None:
    for asked in seen.asked:
        party, kind = party_of(asked.url), KINDS.get(asked.type)
        if asked.moment == "typing" and asked.carries_card and plain.stranger(party):
            kinds[party].add("card")
        if kind is None or not plain.stranger(party) or asked.moment not in ("load", "late"):
            continue
        kinds[party].add(kind)
        route = [one for one in parties_of(chains.of(asked.maker)) if plain.stranger(one) and one != party]
        via[party] |= set(route[:1])


def _why(party: str) -> str:
    vendor = vendor_of(party)
    return f"{vendor.name} ({re.sub('-', ' ', vendor.category)})" if vendor else ""
