"""Signs from the elements of one load: layers, frames, links, forms, the buy button."""

from collections.abc import Collection, Iterator
from functools import partial

from auditor.ads.approval import Approval, innermost_stranger
from auditor.ads.chains import Chains, acted_by
from auditor.ads.false_messages import imitates_system
from auditor.ads.parties import akin, party_of
from auditor.ads.placing import LARGE_PX, MOSTLY, SMALL_PX, ad_sized, leads_back, signs_in
from auditor.ads.signs import ORDINARY, Sign
from auditor.evidence import Insertions, Maker, Piece

PARTLY = 0.06
"""A layer of which this part leads to somebody else than the stranger who made it is there to lead away. The maker's
name under a chat takes up 1 or 2 %."""

MOST_MENTIONS = 2


def piece_signs(seen: Insertions, approval: Approval, chains: Chains) -> Iterator[Sign]:
    """Everything that the elements of a load say."""
    styles = [
        one.url for one in seen.asked
        if one.type == "stylesheet" and approval.stranger(party_of(one.url))
        and not approval.approved(party_of(one.url), "style") and not approval.ordinary(party_of(one.url))
    ]  # fmt: skip
    linking = _linking(seen, approval, chains)
    for piece in seen.pieces:
        chain = chains.of(piece.maker)
        match piece.kind:
            case "layer":
                yield from _layer(piece, chain, approval, chains, styles, seen)
            case "frame":
                yield from _frame(piece, chain, approval)
            case "link":
                yield from _link(piece, chain, approval, seen, linking)
            case "form":
                yield from _form(piece, chain, approval)
    yield from _buy(seen, approval, chains)


def _leads(piece: Piece, approval: Approval) -> tuple[str, ...]:
    """Parties that a piece leads to and that nobody approved."""
    return tuple(
        dict.fromkeys(one for url in piece.leads if not approval.approved(one := party_of(url), "link") and one)
    )


def _layer(
    piece: Piece, chain: Maker, approval: Approval, chains: Chains, styles: list[str], seen: Insertions
) -> Iterator[Sign]:
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
    # The words of a cookie notice are no excuse for what is one link to somebody else.
    if piece.consent and not piece.faint and piece.leads_share < MOSTLY:
        return
    foreign = [one for one in leads if one != acted and not approval.ordinary(one)]
    away = piece.leads_share >= MOSTLY or (by and foreign and piece.leads_share >= PARTLY)
    if leads and away and not _wanted(acted, approval) and not (approval.first and not piece.maker):
        small = piece.box is not None and piece.box.area < SMALL_PX
        if small or _counts_only(piece, acted, approval):
            yield sign("layer", 30, party=party, leads=leads, absolute=False)
        else:
            yield sign("layer-leads-away", 66, True, party, leads)
    if by and {"password", "card"} & set(piece.asks):
        yield sign("asks-secrets", 70, True, party)
    if piece.faint and (by or leads):
        harm = not _backdrop(piece, acted, seen, approval, chains)
        yield sign("invisible-catcher", 66 if harm else 30, harm, party, leads, absolute=harm)
    elif piece.faint and not approval.first:
        yield sign("invisible-catcher", 30, party=party, absolute=False)
    if piece.painted and styles and piece.share >= 0.1:
        stranger, route = party_of(styles[0]), chains.of_request(styles[0])
        yield Sign("painted-layer", 60, True, stranger, chain=route, selector=piece.selector, box=piece.box)
    if piece.share >= 0.05 and (piece.maker or not approval.first) and imitates_system(piece.text):
        yield sign("false-system-message", 60, True, party, leads)


def _wanted(acted: str, approval: Approval) -> bool:
    """Whether the one who made it was approved to lead shoppers on: the owner's own advertising network."""
    return bool(acted) and approval.approved(acted, "onward")


def _backdrop(piece: Piece, acted: str, seen: Insertions, approval: Approval, chains: Chains) -> bool:
    """Whether it lies behind a layer of the same company that can be seen, and a press on it led nowhere: it waits for
    a press beside that layer."""
    shown = any(
        one.kind == "layer" and not one.faint and one.share > 0.01 and acted
        and acted_by(chains.of(one.maker), approval.own) == acted
        for one in seen.pieces
    )  # fmt: skip
    return shown and any(press.selector == piece.selector and not press.went for press in seen.pressed)


def _counts_only(piece: Piece, acted: str, approval: Approval) -> bool:
    """Whether what somebody made leads to the shop by way of them: recommendations that count who pressed."""
    strange = [url for url in piece.leads if approval.stranger(party_of(url))]
    return bool(acted) and all(party_of(url) == acted and leads_back(url, approval.own) for url in strange)


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
        signing = any(signs_in(url, approval.own) for url in piece.files)
        of_maker = any(akin(home, party_of(url)) for url in chain if party_of(url))
        slipped_in = home != "" and not of_maker and not signing
        score = 55 if slipped_in and not approval.first else 35
        yield sign("hidden-frame", score, slipped_in, party)
    if {"password", "card"} & set(piece.asks) and made_by_other and not ordinary and not akin(home, acted):
        yield sign("asks-secrets", 70, True, party, absolute=False)
    leads = _leads(piece, approval)
    shown = piece.box is not None and piece.box.area >= SMALL_PX and not piece.hidden
    if leads and shown and not ordinary and not approval.approved(home or acted, "onward"):
        # A frame that others let in shows a link to its maker; one that is there to lead away is full of it.
        whole = piece.leads_share >= MOSTLY or (piece.box is not None and ad_sized(piece.box))
        harm = whole and (not approval.first or bool(acted))
        yield sign("frame-leads-away", 65 if harm else 30, harm, party, leads, absolute=harm)


def _linking(seen: Insertions, approval: Approval, chains: Chains) -> frozenset[str]:
    """Who links to others in several places: more than the name of whom a part comes from."""
    acted = [
        maker for piece in seen.pieces
        if piece.kind == "link" and (maker := acted_by(chains.of(piece.maker), approval.own))
        and party_of(piece.leads[0]) != maker
    ]  # fmt: skip
    return frozenset(maker for maker in acted if acted.count(maker) > MOST_MENTIONS)


def _link(piece: Piece, chain: Maker, approval: Approval, seen: Insertions, linking: Collection[str]) -> Iterator[Sign]:
    leads = _leads(piece, approval)
    if not leads or _wanted(acted_by(chain, approval.own), approval):
        return
    target = leads[0]
    by = innermost_stranger(approval, chain, "onward", leads) or acted_by(chain, approval.own)
    sign = partial(Sign, leads=leads, chain=chain, selector=piece.selector, box=piece.box)
    if approval.ordinary(target):
        yield sign("page-link", 10, party=by or target, absolute=False)
        return
    if piece.off_screen and piece.text:
        hidden = [one for one in seen.pieces if one.kind == "link" and one.off_screen and one.text]
        # Links for search engines come in lots, to many companies: whoever hid one hid all.
        first = next((lead for one in hidden for lead in _leads(one, approval)), target)
        yield sign("hidden-link", 62, len(hidden) > 1 or not approval.first, by or first)
        return
    if _counts_only(piece, acted_by(chain, approval.own), approval):
        yield sign("added-link", 20, party=by, absolute=False)
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
    elif target != (acted := acted_by(chain, approval.own)) and (own_place or acted in linking):
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
    elif piece.maker and not {"password", "card"} & set(piece.asks):
        # Newsletters are joined at a company that sends them; the shop's own form turned round is the trick.
        by = acted_by(chain, approval.own)
        yield sign("form-leads-away", 30, party=by or party, absolute=False)
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
