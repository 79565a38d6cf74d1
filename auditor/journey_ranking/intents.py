"""Which control means what the shopper wants next. Pure: a stored sight is ranked again with the same result."""

from collections.abc import Callable, Iterable

from auditor.evidence.journey import Ranked, Step, StepIntent
from auditor.evidence.sight import Control, Sight
from auditor.journey_ranking import marks
from auditor.journey_ranking.marks import action_of, last_concepts, marks_of, platform_mark
from auditor.journey_ranking.scoring import Tally, ordered
from auditor.lexicon import Concept, mentions

NEAR_PX = 400
SHORT = 45


class View:
    """A sight with what is known of the shop: the page's language and the platform (None: not known, or not used)."""

    def __init__(self, sight: Sight, language: str | None = None, platform: str | None = None) -> None:
        self.sight = sight
        self.language = sight.language or language
        self.platform = platform

    def says(self, control: Control, *concepts: Concept) -> str | None:
        return next((word for concept in concepts if (word := mentions(control.name, concept, self.language))), None)


def rank(
    intent: StepIntent, sight: Sight, language: str | None = None, platform: str | None = None
) -> tuple[Ranked, ...]:
    """The candidates for an intent, best first."""
    score = _SCORES[intent]
    view = View(sight, language, platform)
    tallies = (score(Tally(control), view) for control in sight.controls if _possible(control, intent))
    return ordered(tally.ranked() for tally in tallies if tally is not None)


def _possible(control: Control, intent: StepIntent) -> bool:
    return control.visible and not control.disabled and control.box is not None and control.type != "reset"


def _platform(tally: Tally, view: View, intent: StepIntent) -> None:
    if found := platform_mark(tally.control, view.sight, intent.value, view.platform):
        tally.add("platform", 0.6, f"{view.platform} marks it so: {found}")


def _word(tally: Tally, view: View, weight: float, *concepts: Concept) -> bool:
    word = view.says(tally.control, *concepts)
    if word:
        short = len(tally.control.name) <= SHORT
        tally.add("words", weight if short else weight / 3, f"it says “{word}”")
    return word is not None


def _against(tally: Tally, view: View, weight: float, *concepts: Concept) -> None:
    word = view.says(tally.control, *concepts)
    if word:
        tally.add("against", -weight, f"it says “{word}”")


def _elsewhere(tally: Tally, *, weight: float = 0.3) -> None:
    if tally.control.region in ("header", "nav", "footer", "breadcrumb"):
        tally.add("against", -weight, f"it is in the {tally.control.region}")


def _look(tally: Tally) -> None:
    box = tally.control.box
    if box and tally.control.contrast > 0.25 and box.width >= 80 and box.height >= 24:
        tally.add("look", 0.1, "it is a large button in a colour of its own")


def _add_to_cart(tally: Tally, view: View) -> Tally | None:
    control, sight = tally.control, view.sight
    _platform(tally, view, StepIntent.ADD_TO_CART)
    if not _word(tally, view, 0.5, Concept.ADD_TO_CART):
        _word(tally, view, 0.2, Concept.BUY_NOW)
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
    _look(tally)
    _elsewhere(tally)
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
    _against(tally, view, 0.4, Concept.WISHLIST, Concept.NOTIFY_ME, Concept.VIEW_CART, Concept.CHECKOUT)
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


def _open_cart(tally: Tally, view: View) -> Tally | None:
    control, sight = tally.control, view.sight
    _platform(tally, view, StepIntent.OPEN_CART)
    if "cart" in last_concepts(control.target):
        tally.add("address", 0.4, "it leads to the address of a cart")
    _word(tally, view, 0.35, Concept.VIEW_CART, Concept.CART)
    if found := marks.CART.search(marks_of(control)):
        tally.add("attributes", 0.2, f"its attributes say {found[0]}")
    if control.region in ("header", "nav", "dialog"):
        tally.add("place", 0.1, f"it is in the {control.region}")
    if control.layer is not None and sight.layers[control.layer].covers < 0.9:
        tally.add("place", 0.05, "it is in a layer that lies over the page")
    _against(tally, view, 0.4, Concept.ADD_TO_CART, Concept.CHECKOUT, Concept.WISHLIST, Concept.CLOSE)
    if marks.ADDS.search(marks_of(control)) or marks.REMOVES.search(marks_of(control)):
        tally.add("against", -0.4, "it adds or removes something")
    if control.alike > 4 and control.region not in ("header", "nav"):
        tally.add("against", -0.3, f"{control.alike} like it are on the page")
    return tally


def _start_checkout(tally: Tally, view: View) -> Tally | None:
    control, sight = tally.control, view.sight
    _platform(tally, view, StepIntent.START_CHECKOUT)
    concepts = last_concepts(control.target or action_of(control, sight))
    if "checkout" in concepts:
        tally.add("address", 0.4, "it leads to the address of a checkout")
    if not _word(tally, view, 0.5, Concept.CHECKOUT):
        # In some languages "checkout" and "place the order" are the same words.
        _word(tally, view, 0.25, Concept.PLACE_ORDER, Concept.PAY)
    if found := marks.CHECKOUT.search(marks_of(control)):
        tally.add("attributes", 0.3, f"its attributes say {found[0]}")
    if control.price_px is not None and control.price_px < NEAR_PX:
        tally.add("place", 0.1, "it is near an amount")
    _look(tally)
    _elsewhere(tally, weight=0.2)
    if "cart" in last_concepts(control.target) and "checkout" not in concepts:
        tally.add("against", -0.3, "it leads to the cart")
    if marks.REMOVES.search(marks_of(control)) or marks.AWAY.search(marks_of(control)):
        tally.add("against", -0.4, "it is about something else")
    _against(
        tally, view, 0.4, Concept.LOG_IN, Concept.REGISTER, Concept.VIEW_CART, Concept.SHIPPING, Concept.DISCOUNT_CODE
    )
    return tally


def _choose_guest(tally: Tally, view: View) -> Tally | None:
    control = tally.control
    _platform(tally, view, StepIntent.CHOOSE_GUEST)
    _word(tally, view, 0.5, Concept.GUEST_CHECKOUT)
    if found := marks.GUEST.search(f"{marks_of(control)} {control.target} {action_of(control, view.sight)}"):
        tally.add("attributes", 0.3, f"its attributes say {found[0]}")
    _look(tally)
    _elsewhere(tally)
    return tally


def _close_layer(tally: Tally, view: View) -> Tally | None:
    control = tally.control
    if control.layer is None:
        return None
    _word(tally, view, 0.5, Concept.CLOSE, Concept.CONSENT_REJECT)
    if found := marks.CLOSES.search(f"{marks_of(control)} {control.attributes.get('aria-label', '')}"):
        tally.add("attributes", 0.3, f"its attributes say {found[0]}")
    if control.name.strip() in ("×", "✕", "✖", "x", "X", "╳"):
        tally.add("words", 0.4, "it shows a cross")
    box = control.box
    if box and box.width <= 60 and box.height <= 60:
        tally.add("look", 0.1, "it is small, as crosses are")
    if control.target and control.tag == "a":
        tally.add("against", -0.4, "it leads to another page")
    return tally


def _empty_cart(tally: Tally, view: View) -> Tally | None:
    control = tally.control
    said = f"{marks_of(control)} {control.target} {control.attributes.get('aria-label', '')} {control.name[:40]}"
    if found := marks.REMOVES.search(said):
        tally.add("attributes", 0.3, f"it says {found[0]}")
    if control.attributes.get("name") == "remove" or "remove" in control.target:
        tally.add("structure", 0.2, "it is sent as a removal")
    if control.price_px is not None and control.price_px < NEAR_PX:
        tally.add("place", 0.1, "it is near an amount")
    _elsewhere(tally, weight=0.5)
    if marks.AWAY.search(said):
        tally.add("against", -0.3, "it is about something else")
    _against(tally, view, 0.5, Concept.CHECKOUT, Concept.ADD_TO_CART)
    return tally


_SCORES: dict[StepIntent, Callable[[Tally, View], Tally | None]] = {
    StepIntent.ADD_TO_CART: _add_to_cart,
    StepIntent.OPEN_CART: _open_cart,
    StepIntent.START_CHECKOUT: _start_checkout,
    StepIntent.CHOOSE_GUEST: _choose_guest,
    StepIntent.CLOSE_LAYER: _close_layer,
    StepIntent.EMPTY_CART: _empty_cart,
}


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
        if not _possible(control, StepIntent.FILL_ADDRESS) or (
            control.tag == "a" and control.region in ("header", "nav", "footer")
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
    _look(tally)
    _word(tally, view, 0.2, Concept.SHIPPING, Concept.PAYMENT_METHODS, Concept.CHECKOUT, Concept.NEXT_PAGE)
    if found := marks.ONWARD.search(f"{marks_of(control)} {control.name[:SHORT]}"):
        tally.add("attributes", 0.2, f"it says {found[0]}")
    if control.tag == "a" and control.target:
        tally.add("against", -0.2, "it is a link")
    if found := marks.BACKWARD.search(f"{marks_of(control)} {control.name[:SHORT]}"):
        tally.add("against", -0.3, f"it says {found[0]}")
    if marks.AWAY.search(marks_of(control)):
        tally.add("against", -0.4, "it is about something else")
    _elsewhere(tally)
    _against(
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


def rerank(step: Step, sight: Sight, language: str | None = None, platform: str | None = None) -> tuple[Ranked, ...]:
    """The ranking of a stored step, made again from its stored sight."""
    if step.intent in _SCORES:
        return rank(step.intent, sight, language, platform)
    touched = (use.field.index for use in step.fields if use.action in ("filled", "chosen", "prefilled"))
    return advance(sight, touched, language, platform)
