"""How well a control fits for putting a product into the cart, opening the cart, or emptying it."""

from auditor.evidence.journey import StepIntent
from auditor.journey_ranking import marks
from auditor.journey_ranking.marks import action_of, last_concepts, marks_of, removing_form
from auditor.journey_ranking.scoring import Tally
from auditor.journey_ranking.view import NEAR_PX, View, against, elsewhere, hint, look, word
from auditor.lexicon import Concept


def add_to_cart(tally: Tally, view: View) -> Tally | None:
    control, sight = tally.control, view.sight
    hint(tally, view, StepIntent.ADD_TO_CART)
    if not word(tally, view, 0.5, Concept.ADD_TO_CART):
        word(tally, view, 0.2, Concept.BUY_NOW)
    if found := marks.ADDS.search(marks_of(control)):
        tally.add("attributes", 0.3, f"its attributes say {found[0]}")
    where = control.target or action_of(control, sight)
    if marks.ADDING_ADDRESS.search(where):
        tally.add("address", 0.25, "it leads to an address that adds to a cart")
    if control.form is not None:
        form = sight.forms[control.form]
        names = (*form.hidden, *(field.name for field in sight.fields if field.form == control.form))
        if any(marks.PRODUCT_KEYS.search(name) for name in names):
            tally.add("structure", 0.15, "its form names a product")
        if any(marks.QUANTITY.search(name) for name in names):
            tally.add("structure", 0.15, "its form asks for a quantity")
        if form.method == "post":
            tally.add("structure", 0.05, "its form is sent by POST")
    _near_product(tally)
    look(tally)
    elsewhere(tally)
    if control.alike > 3 and control.region != "dialog":
        tally.add("against", -0.3, f"{control.alike} like it are on the page, as in a list")
    if found := marks.AWAY.search(marks_of(control)):
        tally.add("against", -0.4, f"its attributes say {found[0]}")
    if (
        control.tag == "a"
        and control.target
        and not marks.ADDING_ADDRESS.search(control.target)
        and "#" not in control.target
    ):
        tally.add("against", -0.25, "it is a link to another page")
    against(tally, view, 0.4, Concept.WISHLIST, Concept.NOTIFY_ME, Concept.VIEW_CART, Concept.CHECKOUT)
    return tally


def _near_product(tally: Tally) -> None:
    control = tally.control
    if (
        control.price_px is not None
        and control.price_px < NEAR_PX
        and control.heading_px is not None
        and control.heading_px < 2 * NEAR_PX
    ):
        tally.add("place", 0.1, "it is near the heading and a price")
    if control.region in ("main", "other"):
        tally.add("place", 0.05, "it is in the main part")


def open_cart(tally: Tally, view: View) -> Tally | None:
    control, sight = tally.control, view.sight
    hint(tally, view, StepIntent.OPEN_CART)
    if "cart" in last_concepts(control.target):
        tally.add("address", 0.4, "it leads to the address of a cart")
    word(tally, view, 0.35, Concept.VIEW_CART, Concept.CART)
    if found := marks.CART.search(marks_of(control)):
        tally.add("attributes", 0.2, f"its attributes say {found[0]}")
    if control.region in ("header", "nav", "dialog"):
        tally.add("place", 0.1, f"it is in the {control.region}")
    if control.layer is not None and sight.layers[control.layer].covers < 0.9:
        tally.add("place", 0.05, "it is in a layer that lies over the page")
    against(tally, view, 0.4, Concept.ADD_TO_CART, Concept.CHECKOUT, Concept.WISHLIST, Concept.CLOSE)
    against(tally, view, 0.5, Concept.REMOVE)
    if marks.ADDS.search(marks_of(control)) or marks.REMOVES.search(marks_of(control)):
        tally.add("against", -0.4, "it adds or removes something")
    if control.alike > 4 and control.region not in ("header", "nav"):
        tally.add("against", -0.3, f"{control.alike} like it are on the page")
    return tally


def empty_cart(tally: Tally, view: View) -> Tally | None:
    control = tally.control
    said = f"{marks_of(control)} {control.target} {control.attributes.get('aria-label', '')} {control.name[:40]}"
    if found := marks.REMOVES.search(said):
        tally.add("attributes", 0.3, f"it says {found[0]}")
    word(tally, view, 0.3, Concept.REMOVE)
    if verb := removing_form(control, view.sight):
        tally.add("address", 0.3, f"its form is sent to an address that says {verb}")
    if control.attributes.get("name") == "remove" or "remove" in control.target:
        tally.add("structure", 0.2, "it is sent as a removal")
    if control.price_px is not None and control.price_px < NEAR_PX:
        tally.add("place", 0.1, "it is near an amount")
    elsewhere(tally, weight=0.5)
    if marks.AWAY.search(said):
        tally.add("against", -0.3, "it is about something else")
    against(tally, view, 0.5, Concept.CHECKOUT, Concept.ADD_TO_CART)
    return tally
