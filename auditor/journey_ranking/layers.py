"""A layer that opened when a product was to be added: the cart in a drawer, or a dialog that asks how to go on."""

from collections.abc import Iterable

from auditor.evidence.journey import Ranked, StepIntent
from auditor.evidence.sight import Control, FormSeen, Sight
from auditor.journey_ranking import marks
from auditor.journey_ranking.intents import rank
from auditor.journey_ranking.marks import counts_pieces, last_concepts, marks_of
from auditor.journey_ranking.scoring import Tally, ordered
from auditor.journey_ranking.standing import Product, names_product, removes
from auditor.journey_ranking.view import SHORT, View, look, possible
from auditor.lexicon import Concept, mentions, parse_price

CUT = 500
"""Longer texts of layers are cut in a sight; what they say is then looked for among all that lies over the page."""
ROW_PX = 8
_CROSSES = frozenset("×✕✖xX╳")
_ELSEWHERE = (
    Concept.PLACE_ORDER, Concept.PAY, Concept.REMOVE, Concept.WISHLIST, Concept.NOTIFY_ME, Concept.LOG_IN,
    Concept.REGISTER, Concept.NEWSLETTER, Concept.CLOSE, Concept.CONSENT_ACCEPT, Concept.CONSENT_REJECT,
)  # fmt: skip
_ONWARD = (Concept.VIEW_CART, Concept.CHECKOUT, Concept.CONTINUE_SHOPPING)


def new_layers(before: Sight, after: Sight) -> tuple[int, ...]:
    """The places in ``after.layers`` of those that ``before`` does not have."""
    known = {layer.selector for layer in before.layers} | {layer.text for layer in before.layers if layer.text}
    return tuple(at for at, layer in enumerate(after.layers) if not known & {layer.selector, layer.text})


def asking_layer(
    before: Sight, after: Sight, pressed: Control | None, language: str | None, *, added: bool, far: bool = True
) -> int | None:
    """The layer that opened upon pressing ``pressed`` and asks how to go on; None where there is none.

    One inside the form that adds to the cart always asks. Any other does not when the cart took the product already
    (``added``): it confirms; nor when it offers to take something out: it is the cart.
    """
    form = before.forms[pressed.form] if pressed is not None and pressed.form is not None else None
    for at in new_layers(before, after):
        inside = form is not None and any(_is_same(form, other) for other in _forms(after, at))
        held = [one for one in after.controls if one.layer == at and one.visible]
        if not inside and (added or any(removes(one, language) for one in held)):
            continue
        if ways_on(after, at, language, adding=form, far=far):
            return at
    return None


def _forms(sight: Sight, at: int) -> list[FormSeen]:
    held = {one.form for one in sight.controls if one.layer == at and one.form is not None}
    held |= {one.form for one in sight.fields if one.layer == at and one.form is not None}
    return [sight.forms[form] for form in sorted(held)]


def _is_same(form: FormSeen, other: FormSeen) -> bool:
    """Whether it is one form: what a dialog adds to it, hidden fields and marks, makes it no other."""
    return (form.action, form.method) == (other.action, other.method) and set(form.hidden) <= set(other.hidden)


def ways_on(
    sight: Sight, at: int, language: str | None, *, adding: FormSeen | None = None, far: bool = True
) -> tuple[Ranked, ...]:
    """What may add the product or lead on in a layer, best first; never what orders or pays.

    ``adding``: the form that adds to the cart. ``far`` False leaves out what leads beyond the cart.
    """
    view = View(sight, language)
    within = [one for one in sight.controls if one.layer == at and possible(one) and not _is_out(one, view, far)]
    adds = [one for one in within if view.says(one, Concept.ADD_TO_CART)]
    onward = [one for one in within if one not in adds and view.says(one, *_ONWARD, Concept.GO_ON)]
    found = []
    for control in within:
        tally = Tally(control)
        if control in adds:
            # Above another it adds an accessory; above what leads on it may.
            if _is_above(control, adds):
                continue
            tally.add("words", 0.25 if _is_above(control, onward) else 0.5, "it adds to the cart")
        else:
            _leads_on(tally, view)
        if adding is not None and control.form is not None and _is_same(adding, sight.forms[control.form]):
            tally.add("structure", 0.2, "it is in the form that adds to the cart")
        if any("dismiss" in name or marks.CLOSES.search(name) for name in control.attributes):
            tally.add("against", -0.1, "it closes the dialog")
        look(tally)
        found.append(tally.ranked())
    return ordered(found)


def _is_above(control: Control, others: Iterable[Control]) -> bool:
    lowest = max((one.box.y for one in others if one.box), default=0.0)
    return control.box is not None and control.box.bottom <= lowest + ROW_PX


def _leads_on(tally: Tally, view: View) -> None:
    control = tally.control
    short = 1.0 if len(control.name) <= SHORT else 0.4
    for concept, weight in (
        (Concept.VIEW_CART, 0.45), (Concept.CONTINUE_SHOPPING, 0.4), (Concept.CHECKOUT, 0.28), (Concept.GO_ON, 0.3),
    ):  # fmt: skip
        if said := view.says(control, concept):
            tally.add("words", weight * short, f"it says “{said}”")
            break
    if "cart" in last_concepts(control.target):
        tally.add("address", 0.3, "it leads to the address of a cart")


def _is_out(control: Control, view: View, far: bool) -> bool:
    """Whether a control closes the layer, is about something else, or may order: in any language of the lexicon."""
    name = control.name.strip()
    if not name or name in _CROSSES or marks.REMOVES.search(marks_of(control)) or marks.AWAY.search(marks_of(control)):
        return True
    onward = view.says(control, *_ONWARD, Concept.ADD_TO_CART, Concept.GO_ON)
    if any(mentions(name, concept, None) for concept in (Concept.PLACE_ORDER, Concept.PAY)):
        return not onward or bool(view.says(control, Concept.PLACE_ORDER, Concept.PAY))
    beyond = view.says(control, Concept.CHECKOUT) and "cart" not in last_concepts(control.target)
    return bool((beyond and not far) or (not onward and view.says(control, *_ELSEWHERE)))


def layer_holds(sight: Sight, at: int, product: Product, language: str | None) -> tuple[str, ...]:
    """What shows that a layer is a cart with ``product`` in it; what lies below it on the page does not count."""
    layer = sight.layers[at]
    text = layer.text if len(layer.text) < CUT else sight.outside_text
    if not names_product(text, product.name):
        return ()
    signs = [f"the page names “{product.name[:80]}”"]
    wanted = parse_price(product.price, language) if product.price else None
    flat = " ".join(text.split())
    prices = (one.text for one in sight.sums if " ".join(one.text.split()) in flat)
    if wanted and any((money := parse_price(one, language)) and money.amount == wanted.amount for one in prices):
        signs.append(f"it shows the price {product.price}")
    if any(field.shown and field.layer == at and counts_pieces(field) for field in sight.fields):
        signs.append("a quantity can be changed")
    held = [control for control in sight.controls if control.layer == at and control.visible]
    if any(removes(control, language) for control in held):
        signs.append("it can be removed")
    if _any_of(held, rank(StepIntent.START_CHECKOUT, sight, language)):
        signs.append("it leads to a checkout")
    return tuple(signs)


def _any_of(controls: Iterable[Control], ranking: Iterable[Ranked]) -> bool:
    return bool({one.index for one in controls} & {one.index for one in ranking})
