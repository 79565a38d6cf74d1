"""Layers that cover a page which a shopper has just opened."""

import re
from dataclasses import dataclass

from auditor.ads.loads import loads_of
from auditor.check import NotRecorded
from auditor.evidence import Piece, ShopEvidence
from auditor.lexicon import LANGUAGES, Concept, mentions

_AGE = re.compile(
    r"\b(?:18|21)\s*(?:\+|years|lat\b|roku życia|jahre|ans|años|anni|jaar|let|yaş|سال)|\bage\b.{0,20}\bverif|pełnoletn|"
    r"volljährig|ukończon|majeur|mayor de edad|maggiorenne|هجده سال|۱۸ سال",
    re.I,
)
_COUNTRY = re.compile(
    r"\b(?:your|choose|select)\b.{0,20}\b(?:country|region|language)\b|wybierz (?:kraj|język)|land (?:aus)?wähl|"
    r"choisi\w* .{0,12}(?:pays|langue)|elig\w* .{0,12}(?:país|idioma)|کشور.{0,12}انتخاب|انتخاب.{0,12}(?:کشور|زبان)",
    re.I,
)


@dataclass(frozen=True)
class Covering:
    """``asked_for``: it asks something that the shop may have to ask: the age, the country, who signs in."""

    piece: Piece
    page_key: str
    asked_for: bool


def layers_in_the_way(shop: ShopEvidence, least_share: float) -> list[Covering]:
    """Layers that cover more than ``least_share`` of the screen in loads of shoppers who came by the address. Consent
    dialogs, clear backdrops, and boxes that hold the page itself are none.

    :raises NotRecorded: when no such load was recorded.
    """
    loads = [load for load in loads_of(shop) if load.looked and load.vantage == "direct"]
    if not loads:
        raise NotRecorded("no page was looked at as a shopper opens it")
    return [
        Covering(piece, load.page.key, _needed(piece))
        for load in loads
        for piece in load.insertions.pieces
        if piece.kind == "layer" and piece.share > least_share and not (piece.consent or piece.faint or piece.wraps)
    ]


def _needed(piece: Piece) -> bool:
    check = any(mentions(piece.text, Concept.CAPTCHA, language) for language in LANGUAGES)
    return check or "password" in piece.asks or bool(_AGE.search(piece.text) or _COUNTRY.search(piece.text))
