"""Signs that something orders or pays: in an address, in a name, in what is carried."""

from urllib.parse import urlsplit

from auditor.interlock.body import Carried, Operation
from auditor.interlock.facts import words
from auditor.interlock.spelling import is_static, pairs, segments, split_words

_NEAR = 2
_SLUG = 4
"""A part of a path with more words than this is a title, such as that of a product."""
_GENERAL = {"information", "info", "details", "personal", "billing"}
"""Details of what? "payment-information" is the payment's."""
_PICTURES = {"gif", "png", "jpg", "jpeg", "webp", "avif", "svg"}


def ordering_name(text: str) -> str | None:
    """The sign in a name such as ``placeOrder``, ``btn-confirm-payment``: a verb beside a noun. None without one."""
    known, found = words(), split_words(text)
    joined = "".join(found)
    if joined in known.alone or any(word in known.alone - {"pay", "buy"} for word in found):
        return text[:80]
    return _verb_and_noun(found, weak=True)


def ordering_address(url: str, *, writes: bool) -> str | None:
    """The sign in an address. ``writes``: the request can change something, so that a mere noun is enough."""
    known = words()
    path = segments(url)
    if is_static(url) and not writes:
        last = path[-1] if path else ()
        bare = last[:-1] if last[-1:] and last[-1] in _PICTURES else ()
        return "-".join(last) if _is_ordering(bare) else None
    flat = tuple(word for part in path if writes or len(part) <= _SLUG for word in part)
    sign = _verb_and_noun(flat, weak=writes)
    if sign:
        return sign
    for part in path:
        if "".join(part) in known.alone - {"pay", "buy"} or "".join(part) in {"placeorder", "purchase"}:
            return "-".join(part)
    if path and _is_ordering(path[-1]) and not known.details & set(path[-1]):
        return "-".join(path[-1])
    if path and path[0] == ("module",) and path[-1] == ("validation",):
        return "module validation"
    if writes:
        noun = next((word for word in flat if word in known.written_nouns or word in known.alone), None)
        if noun and not (path and (known.details - _GENERAL) & set(path[-1])):
            return noun
    return _in_pairs(pairs(url), writes=writes)


def ordering_body(carried: Carried) -> str | None:
    """The sign in what a write carries: names of keys, values of keys that name an action, GraphQL operations."""
    operations = (ordering_operation(operation) for operation in carried.operations)
    return _in_pairs(carried.items, writes=True) or next(filter(None, operations), None)


def ordering_operation(operation: Operation) -> str | None:
    """The sign in a GraphQL operation. A query only reads; one whose text is not there is judged as if it wrote."""
    if operation.kind in ("query", "subscription"):
        return None
    known = words()
    for name in (operation.name, *operation.fields):
        found = split_words(name)
        if sign := ordering_name(name):
            return sign
        noun = known.written_nouns & set(found)
        if noun and not known.details & set(found):
            return name
    return None


def paying_key(carried: Carried) -> str | None:
    """A name that only a payment step sends, with a value."""
    known = words().payment_keys
    for name, value in carried.items:
        flat = "_".join(split_words(name))
        bare = flat.replace("_", "")
        alike = {flat, bare, name.lower()} & known or {"cvv", "cvc", "iban"} & set(split_words(name))
        if value and alike:
            return name[:80]
    return None


def is_payment_host(host: str) -> bool:
    host = host.lower().rstrip(".")
    known = words().payment_hosts
    parts = host.split(".")
    return any(".".join(parts[at:]) in known for at in range(len(parts)))


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def confirms_order(url: str) -> bool:
    """Whether an address is that of a page which says that an order was placed."""
    path = "/" + "/".join("-".join(part) for part in segments(url)) + "/"
    return any(f"/{word}/" in path for word in words().confirmed)


def reports_purchase(url: str, carried: Carried) -> bool:
    """Whether a request tells analytics of a purchase: ``en=purchase`` and its like of other vendors."""
    names = {"en", "ev", "event", "event_name", "eventname", "e", "ea", "action", "pa", "t", "type", "name"}
    said = [*pairs(url), *carried.items]
    return any(name.lower() in names and split_words(value) in PURCHASES for name, value in said)


PURCHASES = {
    ("purchase",), ("place", "an", "order"), ("order", "completed"), ("completed", "order"),
    ("checkout", "completed"), ("complete", "payment"), ("ecommerce", "purchase"),
}  # fmt: skip


def _in_pairs(found: tuple[tuple[str, str], ...], *, writes: bool) -> str | None:
    known = words()
    for name, value in found:
        if (sign := _verb_and_noun(split_words(name), weak=False)) or (
            "".join(split_words(name)) in known.alone - {"pay", "buy"}
        ):
            return sign or name
        if name.lower() not in known.control_keys and split_words(name)[-1:] != ("action",):
            continue
        said = split_words(value[:200])
        ends_so = writes and said[-1:] in (("pay",), ("buy",), ("order",))
        if ends_so or ordering_name(value[:200]) or _is_ordering(said):
            return f"{name}={value[:60]}"
        if name.lower() == "wc-ajax" and said == ("checkout",):
            return "wc-ajax=checkout"
    return None


def _is_ordering(found: tuple[str, ...]) -> bool:
    """Whether the whole of a name is an order: ``order``, ``orders``, ``purchase``, ``pay``, ``api-order``."""
    known = words()
    if not found:
        return False
    rest = [word for word in found if word not in _FILLERS]
    return "".join(found) in known.alone or (len(rest) == 1 and (rest[0] in known.alone or rest[0] in _BARE))


_BARE = {"order", "orders"}
_FILLERS = {"api", "my", "the", "now", "rest", "v", "do", "ajax", "a", "an", "one"}


def _verb_and_noun(found: tuple[str, ...], *, weak: bool) -> str | None:
    known = words()
    for at, word in enumerate(found):
        strong, slight = word in known.strong_verbs, weak and word in known.weak_verbs
        if not (strong or slight):
            continue
        near = found[max(0, at - _NEAR) : at + _NEAR + 1]
        nouns = known.ordering_nouns | (known.finished_nouns if strong else frozenset())
        noun = next((other for other in near if other in nouns), None)
        if noun:
            return f"{word} {noun}" if noun in found[at:] else f"{noun} {word}"
    return None
