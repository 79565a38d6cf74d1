"""What controls carry besides words: identifiers, addresses and platform defaults."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from ruamel.yaml import YAML

from auditor.evidence.sight import Control, FieldSeen, Sight
from auditor.lexicon import path_concepts, path_segments

ADDS = re.compile(
    r"add(?:ed)?[-_]?(?:item)?[-_]?(?:to)?[-_]?(?:cart|basket|bag)|addtocart|addtobasket|buy-?box|cart-?add|basket-?add|in-den-warenkorb|"
    r"do-?koszyka|koszyk-?dodaj|\badd-?cart",
    re.IGNORECASE,
)
ADDING_ADDRESS = re.compile(
    r"add(?:ed)?[-_]?(?:item)?[-_]?to[-_]?(?:cart|basket|bag)|(?:cart|basket|bag|line-item|koszyk|warenkorb)/?[-_.]?(?:add|dodaj)|add/?(?:cart|basket)",
    re.IGNORECASE,
)
CART = re.compile(
    r"cart|basket|shopping-?bag|minicart|koszyk|warenkorb|panier|carrito|carrello|sepet|sabad", re.IGNORECASE
)
CHECKOUT = re.compile(r"check-?out|begin-?checkout|kasse\b|kasa\b|kassa\b|caisse", re.IGNORECASE)
GUEST = re.compile(r"guest|anonym|gast\b|gosc|invite|invitado|ospite|without-?account|no-?account", re.IGNORECASE)
ONWARD = re.compile(r"continue|next|proceed|forward|advance|to-?(?:delivery|shipping|payment)|submit", re.IGNORECASE)
BACKWARD = re.compile(r"\b(?:back|previous|prev|return|cancel|edit|change)\b", re.IGNORECASE)
REMOVES = re.compile(r"remove|delete|trash|usun|entfernen|supprim|elimin|verwijder|clear|empty", re.IGNORECASE)
CLOSES = re.compile(r"close|dismiss|cancel|modal-?x\b|zamknij|schliess|fermer", re.IGNORECASE)
AWAY = re.compile(
    r"wish-?list|compare|favou?rite|share|notify|gift-?card|newsletter|subscribe|review|coupon|voucher|promo",
    re.IGNORECASE,
)
PRODUCT_KEYS = re.compile(
    r"^(?:product|product_?id|id_product|variant|variant_?id|variation_?id|sku|item|item_?id|id|pid|add-to-cart|offer_?id|goods.*)$",
    re.IGNORECASE,
)
QUANTITY = re.compile(
    r"^(?:q|qty|quantity|amount|count|ilosc|menge|anzahl|quantite|cantidad|adet)\b|quantity|qty", re.IGNORECASE
)

_PLAIN = frozenset({"start", "begin", "index", "view", "show"})


@lru_cache(maxsize=1)
def _platform_marks() -> dict[str, dict[str, re.Pattern[str]]]:
    text = files("auditor.journey_ranking").joinpath("platform_marks.yaml").read_text(encoding="utf-8")
    listed: list[dict[str, Any]] = YAML(typ="safe").load(text)
    return {
        entry.pop("platform"): {intent: re.compile(pattern, re.IGNORECASE) for intent, pattern in entry.items()}
        for entry in (dict(one) for one in listed)
    }


def platform_mark(control: Control, sight: Sight, intent: str, platform: str | None) -> str | None:
    """What the platform's defaults say of a control for an intent, or None."""
    pattern = _platform_marks().get(platform or "", {}).get(intent)
    found = (
        pattern.search(" ".join((marks_of(control), control.target, action_of(control, sight)))) if pattern else None
    )
    return found[0] if found else None


def counts_pieces(field: FieldSeen) -> bool:
    """Whether a field asks how many: its name says so, or it is a number that has no name at all."""
    named = field.name or field.id
    return bool(QUANTITY.search(named)) if named else field.type == "number"


def marks_of(control: Control) -> str:
    """Its attributes as ``name=value``, without what a shopper reads or where it leads."""
    shown = ("title", "aria-label", "href", "formaction")
    return " ".join(f"{name}={value}" for name, value in control.attributes.items() if name not in shown)


def action_of(control: Control, sight: Sight) -> str:
    return sight.forms[control.form].action if control.form is not None and control.form < len(sight.forms) else ""


def removing_form(control: Control, sight: Sight) -> str:
    """The word by which the address that its form is sent to takes something away; "" for none, or where the form asks
    first what to take."""
    if control.form is not None and any(field.shown and field.form == control.form for field in sight.fields):
        return ""
    found = REMOVES.search(urlsplit(action_of(control, sight)).path)
    return found[0] if found else ""


def address_concepts(url: str) -> frozenset[str]:
    """What the last two segments of an address mean: cart, checkout, account …"""
    found = path_segments(url)[-2:]
    return frozenset().union(*(path_concepts(segment) for segment in found)) if found else frozenset()


def last_concepts(url: str) -> frozenset[str]:
    """What the last segment that says something means: that of ``/checkout/start`` is the checkout."""
    found = [segment for segment in path_segments(url) if segment not in _PLAIN][-1:]
    return path_concepts(found[0]) if found else frozenset()
