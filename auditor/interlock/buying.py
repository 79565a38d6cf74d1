"""A bare "Buy" on a product's page, which puts the product into the cart in many shops and orders it in some."""

from auditor.interlock.clickable import Asks, Clickable, Form, PageState
from auditor.interlock.facts import words
from auditor.interlock.filling import asks_for
from auditor.interlock.phase import Phase
from auditor.interlock.signs import host_of, is_payment_host, ordering_address
from auditor.interlock.spelling import segments, split_words
from auditor.lexicon import Concept, mentions, path_concepts, path_segments

_BARE_WORDS = 3
_OF_A_BUYER = {Asks.CONTACT, Asks.ADDRESS, Asks.DELIVERY, Asks.PASSWORD, Asks.CARD, Asks.PAYMENT, Asks.TERMS}
_OF_A_CHECKOUT = {Asks.ADDRESS, Asks.DELIVERY, Asks.PASSWORD, Asks.CARD, Asks.PAYMENT, Asks.TERMS}

_STEPS = (Concept.SHIPPING, Concept.PAYMENT_METHODS, Concept.PAY, Concept.PLACE_ORDER)


def buys_into_cart(control: Clickable, phase: Phase) -> bool:
    """Whether ``control`` only says "Buy", and the page around it leaves nothing that it could do but fill the cart.

    While the shop is only looked at, nothing of a buyer may be asked for. Once the cart may be filled, the button has
    to send the form of one product: with a number or a choice, to the product's own page or to a cart, on a page that
    is neither cart nor checkout and shows no steps. In the checkout it is never so.
    """
    language = control.page.language
    bare = mentions(control.label, Concept.BUY_NOW, language) or split_words(control.label) == ("buy",)
    asked = {asks_for(field, language) for field in (control.form.fields if control.form else ())}
    shown = {asks_for(field, language) for field in control.page.fields}
    if not bare or len(split_words(control.label)) > _BARE_WORDS or asked & _OF_A_BUYER:
        return False
    if phase is Phase.BROWSING:
        return not shown & (_OF_A_CHECKOUT - {Asks.DELIVERY, Asks.PASSWORD})
    if phase is not Phase.CART or control.form is None or shown & _OF_A_CHECKOUT:
        return False
    return _sells_one(control.form, control.page) and _is_plain(control.page)


def _sells_one(form: Form, page: PageState) -> bool:
    """A form that asks how many or which of a product, and is sent to its own page or to a cart."""
    kinds = [asks_for(field, page.language) for field in form.fields]
    which = any(field.type in ("radio", "select", "select-one", "listbox") for field in form.fields)
    product = any({"".join(split_words(field.name)), field.name.lower()} & words().cart_keys for field in form.fields)
    if kinds.count(Asks.QUANTITY) > 1 or not (Asks.QUANTITY in kinds or which or product):
        return False
    if form.method.upper() != "POST" or ordering_address(form.action, writes=False) is not None:
        return False
    where = {word for part in segments(form.action) for word in (*part, "".join(part))}
    return segments(form.action) == segments(page.url) or bool(words().cart & where)


def _is_plain(page: PageState) -> bool:
    """Neither cart nor checkout: by its address, its steps and the frames of payment providers."""
    last = path_segments(page.url)[-1:]
    stage = {"cart", "checkout"} & (path_concepts(last[0]) if last else frozenset())
    later = page.current is not None and page.current < len(page.steps) - 1
    told = any(mentions(step, concept, page.language) for step in page.steps for concept in _STEPS)
    return not (stage or later or told or any(is_payment_host(host_of(frame)) for frame in page.frames))
