"""Whether a request may leave. Pure: the same request in the same phase always gets the same answer."""

import re
from typing import NamedTuple
from urllib.parse import unquote_plus, urljoin, urlsplit

from auditor.interlock.body import Carried, read_body, read_query
from auditor.interlock.facts import shapes, words
from auditor.interlock.phase import Phase
from auditor.interlock.request import Intent, Kind, Sent
from auditor.interlock.signs import (
    is_payment_host,
    ordering_address,
    ordering_body,
    ordering_operation,
    paying_key,
)
from auditor.interlock.site import site_of
from auditor.interlock.spelling import is_static, pairs, segments, split_words

READS = ("GET", "HEAD", "OPTIONS")
_OVERRIDES = ("x-http-method-override", "x-http-method", "x-method-override")
_LOCAL = ("data", "blob", "about", "chrome-error", "devtools", "filesystem")


class Verdict(NamedTuple):
    """``why`` is a sentence for the report, or "" where nothing need be said."""

    allowed: bool
    why: str


ALLOWED = Verdict(True, "")


def refuse(why: str) -> Verdict:
    return Verdict(False, why)


def decide(sent: Sent, phase: Phase, sites: frozenset[str], *, platform: str | None = None) -> Verdict:
    """Whether ``sent`` may leave in ``phase``. ``sites``: the registrable domains that belong to the shop.

    ``platform``: the shop's platform, if known, whose harmless requests are allowed besides; no refusal needs it.
    """
    try:
        parts = urlsplit(sent.url)
    except ValueError:
        return refuse("Its address cannot be read.")
    if parts.scheme in _LOCAL:
        return ALLOWED
    if phase is Phase.PAYMENT_SEEN:
        return refuse("The payment step was reached: nothing leaves any more.")
    if sent.kind is Kind.SOCKET or parts.scheme not in ("http", "https"):
        return refuse("A connection that stays open cannot be watched.")
    carried = read_body(sent.body, sent.headers.get("content-type", ""), unread=sent.unread)
    asked = read_query(pairs(sent.url))
    writes = _writes(sent, carried, asked)
    if site_of(sent.url) in sites and _has_known_shape(sent, carried, phase, platform):
        return ALLOWED
    sign = ordering_address(sent.url, writes=writes) or (ordering_body(carried) if writes else None)
    sign = sign or next(filter(None, map(ordering_operation, asked.operations)), None)
    if sign and not _leads_to_checkout(sent, phase, writes):
        return refuse(f"It looks like placing an order or paying: “{sign}”.")
    host = parts.hostname or ""
    if is_payment_host(host) and (
        writes or (sent.kind in (Kind.DOCUMENT, Kind.FRAME) and sent.act.intent is not Intent.NOTHING)
    ):
        return refuse(f"{host} takes payments; nothing is sent there.")
    if not writes:
        return _read(sent, phase)
    return _written(sent, phase, carried, sites)


def _writes(sent: Sent, carried: Carried, asked: Carried) -> bool:
    method = next((sent.headers[name] for name in _OVERRIDES if name in sent.headers), sent.method).upper()
    override = next((value.upper() for name, value in asked.items if name == "_method"), method)
    if override not in READS or sent.method.upper() not in READS:
        return True
    return not carried.empty or any(operation.kind not in ("query", "subscription") for operation in asked.operations)


def _read(sent: Sent, phase: Phase) -> Verdict:
    """Reading changes nothing, unless it carries off what we typed: then it is a write in disguise."""
    if phase is not Phase.DETAILS or sent.act.advances:
        return ALLOWED
    said = unquote_plus(urlsplit(sent.url).query)
    if sum(value in said for value in set(sent.typed) if len(value) > 3) >= 3:
        return refuse("It carries off what was filled in, though nothing was sent by us.")
    return ALLOWED


def _written(sent: Sent, phase: Phase, carried: Carried, sites: frozenset[str]) -> Verdict:
    ours = site_of(sent.url) in sites
    if not ours and phase in (Phase.BROWSING, Phase.CART):
        return ALLOWED
    if not ours:
        return refuse("It writes to another site than the shop's.")
    if phase is Phase.DETAILS:
        return _detail(sent, carried)
    if not carried.readable and sent.act.intent is Intent.NOTHING:
        return refuse("What it carries cannot be read.")
    if key := paying_key(carried):
        return refuse(f"It carries a payment: “{key}”.")
    if _is_query(carried) or _named(sent, carried, words().harmless):
        return ALLOWED
    if any("@" in value and value in carried.text() for value in set(sent.typed)):
        return refuse("It carries our e-mail address, which neither filling nor emptying a cart needs.")
    if phase is Phase.CLEARING:
        removing = _named(sent, carried, words().removal) and (_named(sent, carried, words().cart) or sent.act.removes)
        return ALLOWED if removing else refuse("While the cart is emptied, only removals leave.")
    if phase is Phase.CART and sent.act.adds and not _adds(sent, carried):
        return refuse("“Buy” was pressed to fill the cart, and this does not.")
    if phase is Phase.CART and sent.act.intent in (Intent.PRESS, Intent.FILL):
        keys = {"".join(split_words(name)) for name, _ in carried.items} | {name.lower() for name, _ in carried.items}
        if _named(sent, carried, words().cart) or keys & words().cart_keys or _opens_checkout(sent):
            return ALLOWED
        return refuse("It is neither about the cart nor known to be harmless.")
    return refuse("The page writes on its own, and it is not known to be harmless.")


def _adds(sent: Sent, carried: Carried) -> bool:
    """Goes where the form said or to the address of a cart, and carries a product."""
    keys = {"".join(split_words(name)) for name, _ in carried.items} | {name.lower() for name, _ in carried.items}
    path = {word for part in segments(sent.url) for word in (*part, "".join(part))}
    return bool(keys & words().cart_keys) and (_same_address(sent.url, sent.act.target) or bool(words().cart & path))


def _detail(sent: Sent, carried: Carried) -> Verdict:
    known = words()
    if not carried.readable:
        return refuse("What it carries cannot be read.")
    if key := paying_key(carried):
        return refuse(f"It carries a payment or the consent to terms: “{key}”.")
    if _is_query(carried) or _recalculates(sent):
        return ALLOWED
    if sent.act.intent is Intent.FILL and _takes_over(sent, carried):
        return ALLOWED
    if sent.act.intent is not Intent.PRESS or not sent.act.advances:
        return refuse("In the checkout nothing is sent that we did not press for.")
    named = _named(sent, carried, known.details)
    if sent.kind in (Kind.DOCUMENT, Kind.FRAME):
        if _same_address(sent.url, sent.act.target) or named:
            return ALLOWED
        return refuse("It does not go where the form said.")
    typed = sum(value in carried.text() for value in set(sent.typed) if len(value) > 2)
    if sent.kind is Kind.FETCH and (named or (typed and _same_address(sent.url, sent.act.target))):
        return ALLOWED
    return refuse("It is not known to lead to the next step.")


def _recalculates(sent: Sent) -> bool:
    """Postage, totals and checks of an address, which shops ask for while the shopper types."""
    if sent.kind is not Kind.FETCH or sent.method.upper() not in ("POST", "PUT", "PATCH"):
        return False
    path = segments(sent.url)
    return bool(path) and bool(words().recalculation & set(path[-1])) and not is_static(sent.url)


def _takes_over(sent: Sent, carried: Carried) -> bool:
    """A page that stores the contact, the address or the delivery as soon as it is filled in or chosen: it goes to an
    address, or names an operation, of such a detail, and carries what was filled in or chosen."""
    if sent.kind is not Kind.FETCH or sent.method.upper() not in ("POST", "PUT", "PATCH"):
        return False
    known, path = words().details, segments(sent.url)
    done = [{word for name in (op.name, *op.fields) for word in split_words(name)} for op in carried.operations]
    named = all(known & found for found in done) if done else bool(path) and bool(known & set(path[-1]))
    values = {value for _, value in carried.items if len(value) > 2}
    ours = any(value in said or said in value for value in values for said in set(sent.typed) if len(said) > 2)
    return named and ours


def _named(sent: Sent, carried: Carried, wanted: frozenset[str]) -> bool:
    """Whether the address, an action that is named, or the GraphQL operation speaks of one of ``wanted``."""
    path = {word for part in segments(sent.url) for word in (*part, "".join(part))}
    control = words().control_keys
    said = {
        word
        for name, value in (*pairs(sent.url), *carried.items)
        if name.lower() in control
        for word in split_words(value[:200])
    }
    done = {word for op in carried.operations for name in (op.name, *op.fields) for word in split_words(name)}
    removal = {word for name, _ in carried.items for word in split_words(name)} if wanted is words().removal else set()
    deletes = wanted is words().removal and sent.method.upper() == "DELETE"
    return deletes or bool(wanted & (path | said | done | removal))


def _is_query(carried: Carried) -> bool:
    return bool(carried.operations) and all(op.kind in ("query", "subscription") for op in carried.operations)


def _same_address(url: str, target: str) -> bool:
    return bool(target) and _whole(url) == _whole(urljoin(url, target))


def _whole(url: str) -> str:
    """Without the fragment, and without the question mark of an empty query."""
    return urlsplit(url)._replace(fragment="").geturl()


def _opens_checkout(sent: Sent) -> bool:
    """The form of a cart page that leads to the checkout: nothing was filled in yet."""
    if sent.kind is not Kind.DOCUMENT or sent.typed or not _same_address(sent.url, sent.act.target):
        return False
    path = segments(sent.url)
    return bool(path) and "".join(path[-1]) in words().entrances


def _leads_to_checkout(sent: Sent, phase: Phase, writes: bool) -> bool:
    """Some languages name the checkout after the order. Opening it from the cart, before anything was filled in."""
    if writes or phase is not Phase.CART or sent.typed or sent.kind is not Kind.DOCUMENT:
        return False
    path = segments(sent.url)
    return sent.act.intent in (Intent.PRESS, Intent.OPEN) and bool(path) and "".join(path[-1]) in words().entrances


def _has_known_shape(sent: Sent, carried: Carried, phase: Phase, platform: str | None) -> bool:
    if not carried.readable or phase not in (Phase.CART, Phase.DETAILS) or ordering_body(carried):
        return False
    parts = urlsplit(sent.url)
    where = parts.path + (f"?{parts.query}" if parts.query else "")
    names = [name.lower() for name, _ in carried.items]
    keys = {*names, *(re.split(r"[\[.]", name)[0] for name in names)}
    for shape in shapes():
        if shape.platform != platform or sent.method.upper() not in shape.methods or not shape.path.search(where):
            continue
        if keys & shape.without or (shape.keys and sent.method.upper() != "GET" and not keys & shape.keys):
            continue
        if sent.method.upper() == "GET" and sent.kind is not Kind.DOCUMENT:
            continue
        return True
    return False
