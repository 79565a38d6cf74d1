"""Whether a control may be pressed: the veto that outranks every reason to press it."""

import re
from itertools import pairwise
from typing import NamedTuple

from auditor.interlock.buying import buys_into_cart
from auditor.interlock.clickable import Asks, Clickable, Form, PageState
from auditor.interlock.facts import words
from auditor.interlock.filling import asks_for
from auditor.interlock.phase import Phase
from auditor.interlock.request import Act, Intent
from auditor.interlock.signs import host_of, is_payment_host, ordering_address, ordering_name
from auditor.interlock.spelling import segments, split_words
from auditor.interlock.stepping import step_ahead
from auditor.lexicon import Concept, mentions

_PROSE = re.compile(r"data-[\w-]+=(?=(?:\S+\s+){5})[^{}\[\]()<>\"=;/\\]+")
"""A sentence that a script shows; machine names and code are no sentences."""
_FILLED = ("radio", "checkbox", "select", "select-one", "text", "email", "tel")


class Allowed(NamedTuple):
    """The control may be pressed; ``act`` says what the requests that follow may do."""

    act: Act


class Refused(NamedTuple):
    reason: str


def judge_click(clickable: Clickable, phase: Phase) -> Allowed | Refused:
    """Whether ``clickable`` may be pressed in ``phase``."""
    why = _never(clickable, phase)
    if why:
        return Refused(why)
    if _of_list(clickable):
        # The page's own answer to a choice is all that may leave.
        return Allowed(Act(intent=Intent.FILL))
    advances = phase is Phase.DETAILS and _submits(clickable)
    if advances and (why := _no_step_ahead(clickable)):
        return Refused(why)
    target = clickable.target or (clickable.form.action if clickable.form else "")
    removes = bool(words().removal & set(split_words(" ".join((clickable.label, *clickable.names)))))
    adds = phase is Phase.CART and buys_into_cart(clickable, phase)
    return Allowed(Act(intent=Intent.PRESS, target=target, advances=advances, removes=removes, adds=adds))


def _never(control: Clickable, phase: Phase) -> str | None:
    page = control.page
    if phase is Phase.PAYMENT_SEEN:
        return "The payment step was reached: nothing is pressed any more."
    if is_payment_host(host_of(control.frame_url)) or is_payment_host(host_of(control.target)):
        return "It belongs to a payment provider."
    if control.field is not None:
        kind = asks_for(control.field, page.language)
        if kind in (Asks.CARD, Asks.PAYMENT, Asks.TERMS, Asks.CAPTCHA):
            return f"It is a field that asks for {kind}: neither a way of paying nor terms are ever chosen."
        if not control.part and control.field.type in _FILLED:
            return None
    if _of_list(control):
        control = control.model_copy(update={"form": None})
    if sign := _named_so(control):
        return f"It is marked as ordering or paying: “{sign}”."
    if sign := _leads_so(control, phase):
        return f"It leads to an address that orders or pays: “{sign}”."
    return _said_so(control, phase) or _beside_payment(control, phase)


def _named_so(control: Clickable) -> str | None:
    # A value that repeats the label says no more than the label, which is judged for itself.
    label = control.label.strip().casefold()
    own = [name for name in control.names if not label or name.partition("=")[2].strip().casefold() != label]
    names = [*own, *(control.form.names if control.form else ())]
    wallets = words().wallets
    for name in names:
        if _PROSE.fullmatch(name):
            continue
        found = split_words(name)
        if sign := ordering_name(name):
            return sign
        if wallets & _with_pairs(found):
            return name[:80]
    return next(iter(sorted(wallets & _with_pairs(split_words(control.label)))), None)


def _with_pairs(found: tuple[str, ...]) -> set[str]:
    return {*found, *(one + other for one, other in pairwise(found))}


def _leads_so(control: Clickable, phase: Phase) -> str | None:
    if control.target and control.tag == "a":
        return None if _is_entrance(control, phase) else ordering_address(control.target, writes=False)
    writes = control.form is not None and control.form.method.upper() != "GET"
    where = control.target or (control.form.action if control.form else "")
    if not where or (control.form is not None and _is_details_form(control.form, control.page)):
        return ordering_address(where, writes=False) if where else None
    return ordering_address(where, writes=writes)


def _said_so(control: Clickable, phase: Phase) -> str | None:
    """Labels. "Place order" and "checkout" are the same words in some languages: before anything is filled in, such
    a label may lead from the cart to the checkout; "to the payment" may lead there from the delivery."""
    language = control.page.language
    orders = mentions(control.label, Concept.PLACE_ORDER, language) or mentions(
        control.label, Concept.PLACE_ORDER, None
    )
    pays = mentions(control.label, Concept.PAY, language) or mentions(control.label, Concept.PAY, None)
    if buys_into_cart(control, phase):
        return None
    if not (orders or pays):
        return ordering_label(control.label)
    if phase is Phase.CART and _opens_checkout(control):
        return None
    if (
        phase is Phase.DETAILS
        and pays
        and not orders
        and _names_step(control.label, control.page)
        and not _shows_payment(control.page)
    ):
        return None
    return f"Its label orders or pays: “{orders or pays}”."


def ordering_label(label: str) -> str | None:
    sign = ordering_name(label)
    return f"Its label orders or pays: “{sign}”." if sign and len(split_words(label)) <= 8 else None


def _beside_payment(control: Clickable, phase: Phase) -> str | None:
    if phase is not Phase.DETAILS or (control.tag == "a" and control.target and not control.names):
        return None
    if not _submits(control):
        return None
    kinds = _kinds(control.page)
    for kind in (Asks.CARD, Asks.PAYMENT, Asks.TERMS):
        if kind in kinds:
            return f"The page asks for {kind}: what is pressed there may be the order, whatever its label says."
    if any(is_payment_host(host_of(frame)) for frame in control.page.frames):
        return "The page shows a payment provider's frame: what is pressed there may be the order."
    others = [label for label in control.page.buttons if label != control.label]
    spoken = (control.page.language, None)
    if any(mentions(label, Concept.PLACE_ORDER, language) for label in others for language in spoken):
        return "The page has an order button besides: it is the last step."
    return None


def _no_step_ahead(control: Clickable) -> str | None:
    """Why nothing shows that another step follows. Words such as "Next" show nothing."""
    form, page = control.form, control.page
    kinds = {asks_for(field, page.language) for field in (form.fields if form else page.fields)}
    action = form.action if form else ""
    named = bool(action) and _details_path(action)
    if action and not named and segments(action) != segments(page.url) and not _is_checkout(action):
        return "It is sent to an address that names no step: this may be the order."
    if not kinds & {Asks.CONTACT, Asks.ADDRESS, Asks.DELIVERY}:
        if kinds <= {Asks.OTHER, Asks.HIDDEN} and _names_guest(control):
            return None
        return "Nothing in it was filled in for a step of the checkout."
    if Asks.ADDRESS not in kinds and Asks.DELIVERY not in kinds:
        return None
    if named or _details_path(page.url):
        return None
    if step_ahead(page):
        return None
    if _names_step(control.label, page):
        return None
    return "Nothing shows that a payment step follows: this may be the order."


def _is_checkout(url: str) -> bool:
    path = segments(url)
    if len(path) > 1 and path[-1] in (("start",), ("begin",), ("index",)):
        path = path[:-1]
    return bool(path) and bool(words().entrances & {*path[-1], "".join(path[-1])})


def _names_step(label: str, page: PageState) -> bool:
    """Whether a label names the step that it leads to ("continue to delivery"): more than the name of the act."""
    steps = (Concept.SHIPPING, Concept.PAYMENT_METHODS, Concept.PAY)
    named = any(mentions(label, concept, page.language) for concept in steps)
    if mentions(label, Concept.PAY, page.language) and not mentions(label, Concept.PAYMENT_METHODS, page.language):
        named = bool(words().onward & set(split_words(label)))
    return named and (step_ahead(page) or _details_path(page.url))


def _details_path(url: str) -> bool:
    path = segments(url)
    return bool(path) and bool(words().details & set(path[-1])) and ordering_address(url, writes=False) is None


def _is_details_form(form: Form, page: PageState) -> bool:
    kinds = {asks_for(field, page.language) for field in form.fields}
    return bool(kinds & {Asks.CONTACT, Asks.ADDRESS, Asks.DELIVERY}) and _details_path(form.action)


def _kinds(page: PageState) -> set[Asks]:
    return {asks_for(field, page.language) for field in page.fields}


def _shows_payment(page: PageState) -> bool:
    return bool(_kinds(page) & {Asks.CARD, Asks.PAYMENT, Asks.TERMS})


def _of_list(control: Clickable) -> bool:
    """What opens a list or is chosen in it, and by itself sends nothing: known by its structure, not by its words."""
    return bool(control.part) and not control.sends and not control.target


def _submits(control: Clickable) -> bool:
    """Whether pressing it may send something: anything but a link to an address and what only opens or closes."""
    if control.tag in ("summary", "label", "option", "select") or _of_list(control):
        return False
    return not (control.tag == "a" and control.target.startswith(("http:", "https:")) and control.role != "button")


def _names_guest(control: Clickable) -> bool:
    return mentions(control.label, Concept.GUEST_CHECKOUT, control.page.language) is not None


def _is_entrance(control: Clickable, phase: Phase) -> bool:
    return phase is Phase.CART and _is_checkout(control.target)


def _opens_checkout(control: Clickable) -> bool:
    """A link, or the form of a cart page, that leads to a checkout, with nothing of a buyer on the page."""
    if _kinds(control.page) & {Asks.ADDRESS, Asks.CARD, Asks.PAYMENT}:
        return False
    where = control.target or (control.form.action if control.form else "")
    return ordering_address(where, writes=False) is None and _is_checkout(where)
