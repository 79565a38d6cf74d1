"""Where a checkout stands: what it shows now, and whether that is another step than before."""

import re
from collections import Counter
from typing import NamedTuple
from urllib.parse import urlsplit

from auditor.evidence.journey import Ranked, StepIntent
from auditor.evidence.sight import FieldSeen, Sight
from auditor.interlock.clickable import Asks
from auditor.interlock.clickable import Field as JudgedField
from auditor.interlock.filling import asks_for
from auditor.journey_ranking.intents import rank
from auditor.journey_ranking.marks import GUEST, last_concepts
from auditor.journey_ranking.standing import buyer_fields, groups, has_password, kind_of, order_button, payment_signs
from auditor.lexicon import Concept, mentions

ADDRESS_FIELDS = 3
_STRONG = re.compile(r"ways of paying|a card can|provider's frame|an order button|terms are")
_CODE = re.compile(r"one-time-code|\botp\b|verification-?code|sms-?code|verify_?code", re.IGNORECASE)


class Guest(NamedTuple):
    """A way on without an account: a radio button, or a control."""

    radio: FieldSeen | None
    control: Ranked | None


def at_payment(sight: Sight, language: str | None) -> tuple[str, ...]:
    """The signs of the payment step, when they are enough: two, one of which is a thing and not a word."""
    signs = payment_signs(sight, language)
    strong = [sign for sign in signs if _STRONG.search(sign)]
    if len(signs) < 2 or not strong:
        return ()
    # Links to terms and a heading are on many pages; alone they show no payment step.
    only_words = all(sign.startswith(("terms are", "an order button")) for sign in strong)
    return signs if not only_words or len(strong) > 1 or order_button(sight, language) else ()


def past_address(sight: Sight, language: str | None) -> tuple[str, ...]:
    """The signs of a payment step whose things are yet to come, once an address was given: its address or its place in
    the step indicator, and nothing of contact, address or delivery is asked for any more."""
    placed = tuple(
        sign
        for sign in payment_signs(sight, language)
        if sign.startswith(("the step is called", "the address is that"))
    )
    if not placed or buyer_fields(sight, language) or delivery_choice(sight, language) or has_password(sight):
        return ()
    return (*placed, "neither contact, address nor delivery is asked for any more")


def in_checkout(sight: Sight, cart: Sight, language: str | None) -> tuple[str, ...] | None:
    """What shows that the page after the cart belongs to a checkout."""
    moved = urlsplit(sight.url)[:3] != urlsplit(cart.url)[:3]
    fresh = len(buyer_fields(sight, language)) - (0 if moved else len(buyer_fields(cart, language)))
    signs = []
    if fresh >= 2:
        signs.append(f"{fresh} fields for contact or address are shown")
    if moved and has_password(sight):
        signs.append("it asks to log in or goes on as guest")
    if moved and fresh == 1 and "checkout" in last_concepts(sight.url) | _any_concepts(sight.url):
        signs.append("it asks for the e-mail address first")
    if moved and guest_way(sight, language) is not None:
        signs.append("a guest may go on without an account")
    if moved and delivery_choice(sight, language):
        signs.append("ways of delivery can be chosen")
    if moved and at_payment(sight, language):
        signs.append("it is the payment step already")
    if moved and asks_code(sight):
        signs.append("it asks for a one-time code")
    if moved and _asks_phone(sight, language):
        signs.append("it asks for a phone number first")
    return tuple(signs) or None


def _any_concepts(url: str) -> frozenset[str]:
    return (
        frozenset({"checkout"})
        if re.search(r"checkout|kasse|kasa|kassa|caisse|order", urlsplit(url).path, re.IGNORECASE)
        else frozenset()
    )


def _asks_phone(sight: Sight, language: str | None) -> bool:
    return any(field.type == "tel" for field in buyer_fields(sight, language))


def guest_way(sight: Sight, language: str | None, platform: str | None = None) -> Guest | None:
    """How to go on as a guest, where the page offers it."""
    for field in sight.fields:
        if field.type == "radio" and field.shown and not field.disabled:
            said = mentions(field.label, Concept.GUEST_CHECKOUT, language)
            if said or GUEST.search(f"{field.value} {field.id}"):
                return Guest(field, None)
    ranking = rank(StepIntent.CHOOSE_GUEST, sight, language, platform)
    return Guest(None, ranking[0]) if ranking and ranking[0].score >= 0.3 else None


def asks_code(sight: Sight) -> bool:
    """Whether a one-time code is asked for, which only a real phone or mailbox gets."""
    return any(field.shown and _CODE.search(f"{field.autocomplete} {field.name} {field.id}") for field in sight.fields)


def state_key(sight: Sight, language: str | None) -> tuple[object, ...]:
    """What makes a step another step: address, step indicator, fields, ways of delivery and of paying."""
    parts = urlsplit(sight.url)
    shown = frozenset(
        field.name or field.id or field.label
        for field in sight.fields
        if field.shown and field.region not in ("header", "footer", "nav")
    )
    kinds = tuple(kind for kind in (Asks.DELIVERY, Asks.PAYMENT) if groups(sight, kind, language))
    return parts.path, parts.query, parts.fragment, sight.current_step, shown, kinds, tuple(sight.h1)


def moved_on(before: Sight, after: Sight, language: str | None) -> str | None:
    """What shows that another step is reached, or None."""
    if at_payment(after, language) and not at_payment(before, language):
        return "the payment step is shown"
    old, new = urlsplit(before.url), urlsplit(after.url)
    if (old.path, old.query, old.fragment) != (new.path, new.query, new.fragment):
        return f"the address went to {new.path}"
    if before.current_step != after.current_step and after.current_step is not None:
        return "the step indicator went on"
    was, now = _fields(before), _fields(after)
    if len(now - was) >= 2 or (was - now and len(was - now) >= max(2, len(was) // 2)):
        return "other fields are shown"
    for kind in (Asks.DELIVERY, Asks.PAYMENT):
        if set(groups(after, kind, language)) - set(groups(before, kind, language)):
            return f"a choice of {kind} was revealed"
    return None


def _fields(sight: Sight) -> set[str]:
    return {
        f"{field.name}|{field.id}|{field.selector}"
        for field in sight.fields
        if field.shown and field.region not in ("header", "footer", "nav")
    }


def errors(sight: Sight) -> tuple[str, ...]:
    found = [
        f"{field.label or field.name}: {field.error}".strip(": ")
        for field in sight.fields
        if field.invalid and field.shown
    ]
    return tuple(dict.fromkeys(found))[:10]


def delivery_choice(sight: Sight, language: str | None) -> tuple[FieldSeen, ...]:
    """The radio buttons of the first choice of delivery."""
    found = groups(sight, Asks.DELIVERY, language).values()
    return next((ways for ways in found if not all(_of_address(one, language) for one in ways)), ())


def _of_address(field: FieldSeen, language: str | None) -> bool:
    """Whether a choice speaks of an address only: "same as the shipping address"."""
    return asks_for(JudgedField(words=field.label), language) is Asks.ADDRESS


def login_form(sight: Sight) -> set[int | None]:
    """Forms that hold a visible password field, but for those of an address in which an account is a choice."""
    passwords = [field for field in sight.fields if field.type == "password" and field.shown]
    return {field.form for field in passwords} - {form for form in _beside_address(sight) if form is not None}


def _beside_address(sight: Sight) -> set[int | None]:
    """Forms of an address whose password may be left empty: a box offers the account, or the field says so."""
    language = sight.language
    asked = Counter(one.form for one in buyer_fields(sight, language) if kind_of(one, language) is Asks.ADDRESS)
    left = {
        one.form for one in sight.fields
        if (one.type == "checkbox" and not one.filled and mentions(one.label, Concept.REGISTER, language))
        or (one.type == "password" and mentions(f"{one.label} {one.placeholder}", Concept.OPTIONAL, language))
    }  # fmt: skip
    needed = {one.form for one in sight.fields if one.type == "password" and one.shown and one.required}
    return {form for form, many in asked.items() if many >= ADDRESS_FIELDS and form in left} - needed


def is_buyers(field: FieldSeen, language: str | None) -> bool:
    return kind_of(field, language) in (Asks.CONTACT, Asks.ADDRESS)
