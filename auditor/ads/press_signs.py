"""Signs from what presses did on one load."""

from collections.abc import Iterator

from auditor.ads.approval import Approval, innermost_stranger
from auditor.ads.chains import Chains, acted_by, parties_of
from auditor.ads.parties import party_of
from auditor.ads.placing import LARGE_PX, MOSTLY, ad_sized
from auditor.ads.signs import Sign, likeliest
from auditor.evidence import Insertions, Leaving, Maker, Piece, Press

_DOWNLOADS = (".exe", ".msi", ".apk", ".dmg", ".pkg", ".scr", ".bat", ".js", ".vbs", ".crx", ".jar", ".iso")


def press_signs(seen: Insertions, approval: Approval, chains: Chains) -> Iterator[Sign]:
    """Presses that led where they should not."""
    for press in seen.pressed:
        for leaving in press.went:
            party = party_of(leaving.url)
            # A program of the shop itself, its own app for phones, is what the shop offers.
            downloads = approval.stranger(party) and (
                leaving.how == "download" or leaving.url.lower().split("?")[0].endswith(_DOWNLOADS)
            )
            if not downloads and (not approval.stranger(party) or approval.approved(party, "link")):
                continue
            if press.what in ("link", "buy", "back", "search"):
                yield from _diverted(press, leaving, party, seen, approval, chains)
            else:
                yield from _over(press, leaving, party, seen, approval, chains, downloads)


def _diverted(
    press: Press, leaving: Leaving, party: str, seen: Insertions, approval: Approval, chains: Chains
) -> Iterator[Sign]:
    if press.expected is not None and party == party_of(press.expected):
        return
    by, chain = _who(press, leaving, seen, approval, chains)
    at = {"party": by or party, "leads": (party,) if party else (), "chain": chain, "selector": press.selector}
    if leaving.how == "window":
        yield Sign("window-on-press", 80, True, detail=leaving.url, **at)  # type: ignore[arg-type]
    elif press.what == "back":
        yield Sign("back-leads-away", 80, True, detail=leaving.url, **at)  # type: ignore[arg-type]
    elif press.what == "search":
        yield Sign("search-leads-away", 80, True, detail=leaving.url, **at)  # type: ignore[arg-type]
    elif press.what == "buy":
        declared = seen.buy is not None and party_of(seen.buy.leads or "") == party and approval.first and not by
        yield Sign("buy-leads-away", 40 if declared else 90, not declared, detail=leaving.url, **at)  # type: ignore[arg-type]
    else:
        yield Sign("link-diverted", 85, True, detail=leaving.url, **at)  # type: ignore[arg-type]


def _who(press: Press, leaving: Leaving, seen: Insertions, approval: Approval, chains: Chains) -> tuple[str, Maker]:
    """Who turned a press round: the script that asked to go, else the likeliest of those that listen to presses."""
    leads = (party_of(leaving.url),)
    if leaving.maker:
        chain = chains.of(leaving.maker)
        return innermost_stranger(approval, chain, "link", leads), chain
    listening = [chains.of((url,)) for url in (*press.listeners, *seen.click_listeners)]
    for chain in listening:
        stranger = innermost_stranger(approval, chain, "link")
        if stranger and not approval.known(stranger):
            return stranger, chain
    by, chain = likeliest(seen, approval, chains, "")
    if by:
        return by, chain
    foreign = [chain for chain in listening if any(approval.stranger(one) for one in parties_of(chain))]
    if len(foreign) == 1 or (foreign and not approval.first):
        return "", foreign[0]
    return "", listening[0] if listening else ()


def _over(
    press: Press, leaving: Leaving, party: str, seen: Insertions, approval: Approval, chains: Chains, downloads: bool
) -> Iterator[Sign]:
    """A press on something that lies over the page, or that others put into it."""
    piece = _piece(press, seen)
    found, heard = ("", ()) if piece else _who(press, leaving, seen, approval, chains)
    chain = chains.of(piece.maker) if piece else heard
    leads = (party,) if approval.stranger(party) else ()
    homes = {party_of(url) for url in piece.files} if piece and piece.kind == "frame" else set()
    by = innermost_stranger(approval, chain, "onward", (*homes, *leads)) if piece else found
    at = {"chain": chain, "selector": press.selector, "box": piece.box if piece else None, "detail": leaving.url}
    if downloads:
        yield Sign("download-on-press", 85, True, by or party, leads, **at)  # type: ignore[arg-type]
        return
    if piece is not None and piece.kind == "link" and press.expected and party_of(press.expected) == party:
        return
    if approval.ordinary(party):
        return
    if any(approval.approved(one, "onward") for one in homes if approval.stranger(one)):
        return
    made_by_strangers = bool(by) or bool(homes)
    harm = made_by_strangers or not approval.first or bool(piece and (piece.faint or piece.maker))
    if piece is not None and _opens_its_own(piece, party, homes | {by, acted_by(chain, approval.own)}):
        harm = False
    who = by or next(iter(homes), "") or party
    yield Sign("press-leads-away", 65 if harm else 30, harm, who, leads, **at)  # type: ignore[arg-type]


def _opens_its_own(piece: Piece, party: str, makers: set[str]) -> bool:
    """Whether it is a button of a company that opens a window of that company: a chat, a wallet, a map, a survey. An
    advertisement is a link all over, or has the size of one."""
    if party not in makers or piece.faint or piece.box is None or ad_sized(piece.box):
        return False
    linked = any(party_of(url) == party for url in piece.leads) and piece.leads_share < MOSTLY
    framed = piece.kind == "frame" and piece.links_share < MOSTLY
    return piece.box.area < LARGE_PX or linked or framed


def _piece(press: Press, seen: Insertions) -> Piece | None:
    same = [piece for piece in seen.pieces if piece.selector == press.selector]
    return next((piece for piece in same if piece.kind == press.what), same[0] if same else None)
