"""How well a control fits for starting a checkout, going on as guest, or leading from its form to the next step."""

from collections.abc import Iterable

from auditor.evidence.journey import Ranked, StepIntent
from auditor.evidence.sight import Sight
from auditor.journey_ranking import marks
from auditor.journey_ranking.marks import action_of, last_concepts, marks_of, platform_mark
from auditor.journey_ranking.scoring import Tally, ordered
from auditor.journey_ranking.view import NEAR_PX, SHORT, View, against, elsewhere, hint, look, possible, word
from auditor.lexicon import Concept


def start_checkout(tally: Tally, view: View) -> Tally | None:
    control, sight = tally.control, view.sight
    hint(tally, view, StepIntent.START_CHECKOUT)
    concepts = last_concepts(control.target or action_of(control, sight))
    if "checkout" in concepts:
        tally.add("address", 0.4, "it leads to the address of a checkout")
    if not word(tally, view, 0.5, Concept.CHECKOUT):
        # In some languages "checkout" and "place the order" are the same words.
        word(tally, view, 0.25, Concept.PLACE_ORDER, Concept.PAY)
    if found := marks.CHECKOUT.search(marks_of(control)):
        tally.add("attributes", 0.3, f"its attributes say {found[0]}")
    if control.price_px is not None and control.price_px < NEAR_PX:
        tally.add("place", 0.1, "it is near an amount")
    look(tally)
    elsewhere(tally, weight=0.2)
    if "cart" in last_concepts(control.target) and "checkout" not in concepts:
        tally.add("against", -0.3, "it leads to the cart")
    if marks.REMOVES.search(marks_of(control)) or marks.AWAY.search(marks_of(control)):
        tally.add("against", -0.4, "it is about something else")
    against(
        tally, view, 0.4, Concept.LOG_IN, Concept.REGISTER, Concept.VIEW_CART, Concept.SHIPPING, Concept.DISCOUNT_CODE
    )
    return tally


def choose_guest(tally: Tally, view: View) -> Tally | None:
    control = tally.control
    hint(tally, view, StepIntent.CHOOSE_GUEST)
    word(tally, view, 0.5, Concept.GUEST_CHECKOUT)
    if found := marks.GUEST.search(f"{marks_of(control)} {control.target} {action_of(control, view.sight)}"):
        tally.add("attributes", 0.3, f"its attributes say {found[0]}")
    look(tally)
    elsewhere(tally)
    return tally


_FIELDS = ("radio", "checkbox", "switch", "combobox", "option")


def advance(
    sight: Sight, filled: Iterable[int], language: str | None = None, platform: str | None = None
) -> tuple[Ranked, ...]:
    """The control that leads from a form to the next step, best first. ``filled``: indices of the fields we filled."""
    view = View(sight, language, platform)
    touched = [field for field in sight.fields if field.index in set(filled)]
    forms = {field.form for field in touched if field.form is not None}
    lowest = max((field.box.bottom for field in touched if field.box), default=0.0)
    found = []
    for control in sight.controls:
        if (
            not possible(control)
            or control.role in _FIELDS
            or (control.tag == "a" and control.region in ("header", "nav", "footer"))
        ):
            continue
        found.append(_advance(Tally(control), view, forms, lowest).ranked())
    return ordered(found)


def _advance(tally: Tally, view: View, forms: set[int], lowest: float) -> Tally:
    control = tally.control
    if mark := platform_mark(control, view.sight, "advance", view.platform):
        tally.add("platform", 0.4, f"{view.platform} marks it so: {mark}")
    if forms and control.form in forms:
        tally.add("structure", 0.25, "it is in the form that was filled in")
        if control.type == "submit" or (control.tag == "button" and not control.type):
            tally.add("structure", 0.1, "it sends that form")
    elif forms and control.form is not None:
        tally.add("against", -0.3, "it belongs to another form")
    if control.box and lowest and 0 <= control.box.y - lowest < 2 * NEAR_PX:
        tally.add("place", 0.15, "it comes below what was filled in")
    look(tally)
    word(tally, view, 0.2, Concept.SHIPPING, Concept.PAYMENT_METHODS, Concept.CHECKOUT, Concept.NEXT_PAGE)
    if found := marks.ONWARD.search(f"{marks_of(control)} {control.name[:SHORT]}"):
        tally.add("attributes", 0.2, f"it says {found[0]}")
    if control.tag == "a" and control.target:
        tally.add("against", -0.2, "it is a link")
    if found := marks.BACKWARD.search(f"{marks_of(control)} {control.name[:SHORT]}"):
        tally.add("against", -0.3, f"it says {found[0]}")
    if marks.AWAY.search(marks_of(control)):
        tally.add("against", -0.4, "it is about something else")
    elsewhere(tally)
    against(
        tally,
        view,
        0.4,
        Concept.LOG_IN,
        Concept.REGISTER,
        Concept.DISCOUNT_CODE,
        Concept.SEARCH,
        Concept.NEWSLETTER,
        Concept.VIEW_CART,
    )
    return tally
