"""Signs from the elements of one load: layers, frames, links, forms, the buy button."""

import re
from collections.abc import Iterator
from functools import partial

from auditor.ads.approval import Approval, innermost_stranger
from auditor.ads.chains import Chains, acted_by
from auditor.ads.parties import party_of
from auditor.ads.signs import ORDINARY, Sign
from auditor.evidence import Insertions, Maker, Piece

LARGE_PX = 30_000
"""From this area on a link is an advertisement rather than a mention: 320 × 100 px and the usual sizes above it."""

MOSTLY = 0.4
"""A layer of which this part leads away is there to lead away."""

_URGES = (
    r"updat|outdated|out of date|\binstall\b|virus|infected|expired|aktualiz|nieaktualn|przestarza|zainstaluj|wirus|"
    r"به.?روز|ویروس|نصب|منقضی|aktualisier|veraltet|mise à jour|obsol|actualiz|aggiorn|bijwerken|обнов|устарел|"
    r"güncelle|更新|تحديث"
)
_BRANDS = (
    r"chrome|firefox|browser|flash player|windows|defender|mcafee|norton|przegl[ąa]dark|مرورگر|navigat[eo]ur|navegador"
)
_SYSTEM_MESSAGE = re.compile(f"(?:{_BRANDS}).{{0,60}}(?:{_URGES})|(?:{_URGES}).{{0,60}}(?:{_BRANDS})", re.I | re.S)


def piece_signs(seen: Insertions, approval: Approval, chains: Chains) -> Iterator[Sign]:
    """Everything that the elements of a load say."""
    styles = [
        one.url for one in seen.asked
        if one.type == "stylesheet" and approval.stranger(party_of(one.url))
        and not approval.approved(party_of(one.url), "style") and not approval.ordinary(party_of(one.url))
    ]  # fmt: skip
    for piece in seen.pieces:
        chain = chains.of(piece.maker)
        match piece.kind:
            case "layer":
                yield from _layer(piece, chain, approval, chains, styles)
            case "frame":
                yield from _frame(piece, chain, approval)
            case "link":
                yield from _link(piece, chain, approval, seen)
            case "form":
                yield from _form(piece, chain, approval)
    yield from _buy(seen, approval, chains)


def _leads(piece: Piece, approval: Approval) -> tuple[str, ...]:
    """Parties that a piece leads to and that nobody approved."""
    return tuple(
        dict.fromkeys(one for url in piece.leads if not approval.approved(one := party_of(url), "link") and one)
    )


def _layer(piece: Piece, chain: Maker, approval: Approval, chains: Chains, styles: list[str]) -> Iterator[Sign]:
    acted = acted_by(chain, approval.own)
    if not approval.new_layer(acted, piece.selector) and not approval.first:
        return
    leads = _leads(piece, approval)
    by = innermost_stranger(approval, chain, "layer", leads)
    sign = partial(Sign, chain=chain, selector=piece.selector, box=piece.box)
    party = by or acted or next(iter(leads), "")
    if not approval.approved(by, "layer") or (not acted and piece.share > 0.05):
        score = 10 + min(15, round(25 * piece.share)) + (20 if by else 0) + (10 if by and piece.covers_buy else 0)
        yield sign("layer", score, party=party, leads=leads, absolute=False)
    if piece.consent and not piece.faint:
        return
    foreign = [one for one in leads if one != acted and not approval.ordinary(one)]
    if leads and (piece.leads_share >= MOSTLY or (by and foreign)) and not _wanted(acted, approval):
        served = approval.first and not piece.maker
        if not served:
            yield sign("layer-leads-away", 66, True, party, leads)
    if piece.faint and (by or leads):
        yield sign("invisible-catcher", 60, True, party, leads)
    elif piece.faint and not approval.first:
        yield sign("invisible-catcher", 30, party=party, absolute=False)
    if piece.painted and styles and piece.share >= 0.1:
        stranger, route = party_of(styles[0]), chains.of_request(styles[0])
        yield Sign("painted-layer", 60, True, stranger, chain=route, selector=piece.selector, box=piece.box)
    if piece.share >= 0.05 and (piece.maker or not approval.first) and _SYSTEM_MESSAGE.search(piece.text):
        yield sign("false-system-message", 60, True, party, leads)


def _wanted(acted: str, approval: Approval) -> bool:
    """Whether the one who made it was approved to lead shoppers away: the owner's own advertising network."""
    return bool(acted) and approval.approved(acted, "link")


def _frame(piece: Piece, chain: Maker, approval: Approval) -> Iterator[Sign]:
    homes = [one for url in piece.files if approval.stranger(one := party_of(url))]
    home = homes[-1] if homes else ""
    acted = acted_by(chain, approval.own)
    if home and approval.approved(home, "frame"):
        return
    if not home and not piece.leads:
        return
    sign = partial(Sign, chain=chain, selector=piece.selector, box=piece.box)
    party = home or innermost_stranger(approval, chain, "frame") or next(iter(_leads(piece, approval)), "")
    ordinary = approval.ordinary(home)
    made_by_other = bool(acted) and acted != home
    score = ORDINARY if ordinary else (55 if made_by_other else 45)
    yield sign("new-frame", score, party=party, absolute=False)
    if piece.hidden and not ordinary:
        # A company's own script makes hidden frames of that company all the time; one that others slip in is the trick.
        slipped_in = home != "" and home not in {party_of(url) for url in chain}
        score = 55 if slipped_in and not approval.first else 35
        yield sign("hidden-frame", score, slipped_in, party)
    leads = _leads(piece, approval)
    shown = piece.box is not None and piece.box.area >= 10_000 and not piece.hidden
    if leads and shown and not ordinary and not approval.approved(home or acted, "link"):
        yield sign("frame-leads-away", 65, not approval.first or bool(acted), party, leads)


def _link(piece: Piece, chain: Maker, approval: Approval, seen: Insertions) -> Iterator[Sign]:
    leads = _leads(piece, approval)
    if not leads or _wanted(acted_by(chain, approval.own), approval):
        return
    target = leads[0]
    by = innermost_stranger(approval, chain, "link", leads) or acted_by(chain, approval.own)
    sign = partial(Sign, leads=leads, chain=chain, selector=piece.selector, box=piece.box)
    if approval.ordinary(target):
        yield sign("page-link", 10, party=by or target, absolute=False)
        return
    if not piece.maker:
        yield from _link_of_page(piece, target, approval, seen)
        return
    own_place = acted_by(piece.holder, approval.own) == ""
    intrudes = own_place and (piece.in_heading or piece.in_text)
    if not by:
        yield sign("added-link", 30 if intrudes and not piece.served else 20, party=target, absolute=False)
    elif intrudes:
        yield sign("link-in-text", 65, True, by)
    elif piece.box is not None and piece.box.area >= LARGE_PX:
        yield sign("large-link", 65, True, by)
    elif target != acted_by(chain, approval.own):
        yield sign("added-link", 60, not approval.first, by)
    else:
        yield sign("added-link", 20, party=by, absolute=False)


def _link_of_page(piece: Piece, target: str, approval: Approval, seen: Insertions) -> Iterator[Sign]:
    """A link that came with the HTML. If the HTML does not name where it leads now, a script turned it round."""
    sign = partial(Sign, leads=(target,), selector=piece.selector, box=piece.box)
    unreadable = seen.served_hosts is None or "xn--" in target or seen.makers_by != "browser"
    if not piece.served and not unreadable and any(letter.isalpha() for letter in target):
        yield sign("rewritten-link", 60 if approval.first else 85, not approval.first, target)
    else:
        yield sign("page-link", 20, party=target, absolute=False)


def _form(piece: Piece, chain: Maker, approval: Approval) -> Iterator[Sign]:
    party = next(iter(piece.leads and [party_of(piece.leads[0])]), "")
    if not party or approval.approved(party, "form"):
        return
    sign = partial(Sign, leads=(party,), chain=chain, selector=piece.selector, box=piece.box)
    if approval.ordinary(party) or piece.served:
        yield sign("form-leads-away", ORDINARY, party=party, absolute=False)
    else:
        yield sign("form-leads-away", 60 if approval.first else 85, not approval.first, party)


def _buy(seen: Insertions, approval: Approval, chains: Chains) -> Iterator[Sign]:
    buy = seen.buy
    if buy is None:
        return
    chain = chains.of(buy.maker)
    by = innermost_stranger(approval, chain, "layer")
    sign = partial(Sign, chain=chain, selector=buy.selector, box=buy.box)
    target = party_of(buy.leads or "")
    if approval.stranger(target) and not approval.approved(target, "link") and not approval.approved(target, "form"):
        certain = not approval.first or bool(by)
        yield sign("buy-leads-away", 90 if certain else 40, certain, by or target, (target,))
    if by:
        yield sign("buy-rebuilt", 35, party=by, absolute=False)
