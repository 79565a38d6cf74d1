"""What speaks for an incident, sign by sign: from the requests and scripts of one load."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from auditor.ads.approval import Approval, bare, innermost_stranger
from auditor.ads.chains import Chains, acted_by
from auditor.ads.parties import party_of, party_of_host
from auditor.ads.placing import signs_in
from auditor.evidence import Asked, Box, Insertions, Maker, Template
from auditor.evidence.storefront_baseline import Kind

KINDS: dict[str, Kind] = {
    "script": "script", "document": "frame", "xhr": "fetch", "fetch": "fetch", "ping": "fetch", "websocket": "fetch",
    "eventsource": "fetch", "stylesheet": "style", "image": "image", "font": "style", "media": "image",
}  # fmt: skip
NEW: dict[Kind, int] = {"script": 45, "frame": 40, "fetch": 35, "style": 25, "image": 20}
ORDINARY = 20
"""A new but well-known company counts this much at most."""

SignKind = Literal[
    "new-party", "new-inline", "names-strangers", "obfuscated", "changed-script", "cookie-stuffing", "card-sent",
    "card-watched", "only-while-typing", "worker-page", "new-worker", "layer", "layer-leads-away", "invisible-catcher",
    "painted-layer", "false-system-message", "hidden-frame", "new-frame", "frame-leads-away", "added-link",
    "link-in-text", "large-link", "rewritten-link", "form-leads-away", "base-leads-away", "sent-away", "window-unasked",
    "download-unasked", "link-diverted", "window-on-press", "press-leads-away", "download-on-press", "buy-leads-away",
    "buy-rebuilt", "only-some-visitors", "page-link", "asks-secrets", "hidden-link", "back-leads-away",
    "search-leads-away", "policy-stripped", "app-unasked",
]  # fmt: skip


@dataclass(frozen=True)
class Sign:
    """``score`` 0-100; ``harm``: by itself bad for shoppers. ``party`` did it, ``leads`` are the parties that gain.

    ``chain`` says who loaded whom. ``absolute``: counts without a baseline too.
    """

    kind: SignKind
    score: int
    harm: bool = False
    party: str = ""
    leads: tuple[str, ...] = ()
    chain: Maker = ()
    selector: str | None = None
    box: Box | None = None
    detail: str = ""
    absolute: bool = True
    seen_in: frozenset[int] = field(default=frozenset(), compare=False)


def request_signs(seen: Insertions, approval: Approval, chains: Chains) -> Iterator[Sign]:
    """New parties by their kind of file, what was asked for while a card number was typed, stuffed cookies."""
    quiet = {party_of(one.url) for one in seen.asked if one.moment != "typing"}
    for asked in seen.asked:
        party, kind = party_of(asked.url), KINDS.get(asked.type)
        chain = chains.of_request(asked.url)[1:] or chains.of(asked.maker)
        if asked.moment == "typing":
            yield from _typing(asked, party, quiet, approval, chains.of(asked.maker))
            continue
        if asked.moment == "pressing":
            continue
        yield from _stuffing(asked, approval, chains)
        if kind is None or not approval.stranger(party) or approval.first or approval.approved(party, kind):
            continue
        score = min(NEW[kind], ORDINARY) if approval.ordinary(party) else NEW[kind]
        yield Sign("new-party", score, party=party, chain=chain, detail=kind, absolute=False)


def _typing(asked: Asked, party: str, quiet: set[str], approval: Approval, chain: Maker) -> Iterator[Sign]:
    if not approval.stranger(party) or approval.approved(party, "card"):
        return
    if asked.carries_card:
        score = 75 if approval.known(party) else 97
        yield Sign("card-sent", score, True, party, chain=chain, detail=asked.url)
    elif party not in quiet:
        yield Sign("only-while-typing", 70, True, party, chain=chain, detail=asked.url)


def _stuffing(asked: Asked, approval: Approval, chains: Chains) -> Iterator[Sign]:
    """An invisible request that strangers redirect to a page of the shop: it only sets their cookie."""
    strange = [party for hop in asked.hops if approval.stranger(party := party_of(hop))]
    ends_here = not approval.stranger(party_of(asked.url)) and "html" in asked.mime
    if any(signs_in(hop, approval.own) for hop in asked.hops):
        return
    if strange and ends_here and not approval.approved(strange[0], "link"):
        yield Sign("cookie-stuffing", 75, True, strange[0], chain=chains.of(asked.maker), detail=asked.hops[0])


def likeliest(seen: Insertions, approval: Approval, chains: Chains, party: str) -> tuple[str, Maker]:
    """Who did what the browser names nobody for: the one unknown company whose script runs, else ``party`` itself."""
    unknown = {
        one: asked.url for asked in seen.asked
        if asked.type == "script" and not approval.known(one := party_of(asked.url)) and not approval.ordinary(one)
    }  # fmt: skip
    if len(unknown) == 1:
        by, url = next(iter(unknown.items()))
        return by, chains.of_request(url)
    return party, ()


def script_signs(seen: Insertions, approval: Approval, chains: Chains) -> Iterator[Sign]:
    """New scripts in the page, and approved ones with new content."""
    for script in seen.scripts:
        if script.url is not None:
            party = party_of(script.url)
            if approval.stranger(party) and approval.new_script(script.url, script.sha256):
                yield Sign(
                    "changed-script", 15, party=party, chain=chains.of_request(script.url), detail=bare(script.url)
                )
            continue
        if not approval.new_inline(script.skeleton):
            continue
        chain = chains.of(script.maker)
        acted = acted_by(chain, approval.own)
        named = [
            one for host in script.hosts if approval.stranger(one := party_of_host(host)) and not approval.known(one)
        ]
        by = acted if acted and not approval.known(acted) else (named[0] if named else acted)
        yield Sign("new-inline", 15, party=by, chain=chain, absolute=False)
        if named:
            capped = all(approval.ordinary(one) for one in named)
            score = ORDINARY if capped else 40
            yield Sign("names-strangers", score, party=by, leads=tuple(named[:3]), chain=chain, absolute=False)
        if script.obfuscated:
            yield Sign("obfuscated", 35, party=by, chain=chain, absolute=False)


def page_signs(seen: Insertions, approval: Approval, chains: Chains, template: Template) -> Iterator[Sign]:
    """Of the document: where it goes, which base it has, who watches its card fields, who serves it."""
    base = party_of(seen.base_url)
    if approval.stranger(base) and not approval.approved(base, "link"):
        yield Sign("base-leads-away", 85, True, base, detail=seen.base_url)
    for leaving in seen.left:
        party = party_of(leaving.url)
        if leaving.how != "app" and (not approval.stranger(party) or approval.approved(party, "link")):
            continue
        chain = chains.of(leaving.maker)
        by = innermost_stranger(approval, chain, "link", (party,)) or party
        if not chain and leaving.how != "redirect":
            by, chain = likeliest(seen, approval, chains, party)
        if leaving.how == "window":
            yield Sign("window-unasked", 75, True, by, (party,), chain, detail=leaving.url)
        elif leaving.how == "app":
            yield Sign("app-unasked", 90, True, by, (), chain, detail=leaving.url)
        elif leaving.how == "download":
            yield Sign("download-unasked", 90, True, by, (party,), chain, detail=leaving.url)
        else:
            # Many shops have their checkout and their accounts with a provider.
            rented = template in (Template.CART, Template.CHECKOUT, Template.ACCOUNT) and leaving.how == "redirect"
            yield Sign("sent-away", 25 if rented else 90, not rented, by, (party,), chain, detail=leaving.url)
    for card in seen.cards:
        for url in card.listeners:
            party = party_of(url)
            if approval.stranger(party) and not approval.approved(party, "card"):
                score, harm = (40, False) if approval.known(party) or approval.first else (60, True)
                yield Sign("card-watched", score, harm, party, chain=chains.of_request(url), selector=card.selector)
    if seen.worker:
        named = [one for host in seen.worker_hosts if approval.stranger(one := party_of_host(host))]
        strange = [one for one in named if not approval.known(one)]
        if strange:
            yield Sign("worker-page", 75, True, strange[0], tuple(strange[:3]), detail=", ".join(seen.worker_hosts[:3]))
        elif approval.baseline is not None and "worker" not in approval.baseline.inline.get("worker", ()):
            yield Sign("new-worker", 30, detail="a service worker answers for pages", absolute=False)
