"""What a buyer's journey came to, for checks: its steps, its forms, and what was noted of its pages."""

from auditor.check import NotApplicable, NotRecorded
from auditor.evidence import Blocker, CheckoutFacts, FieldUse, JourneyEvidence, Step, StepIntent

TYPED = ("text", "email", "tel", "number", "textarea", "password", "url", "date", "search", "")
_CHECKOUT = (
    StepIntent.CHOOSE_GUEST, StepIntent.FILL_CONTACT, StepIntent.FILL_ADDRESS, StepIntent.CHOOSE_DELIVERY,
    StepIntent.REACH_PAYMENT,
)  # fmt: skip
_ADDRESS = frozenset({"email", "phone", "postcode", "city", "address_line1", "street", "last_name", "full_name"})
_ASIDE = frozenset({"coupon", "search", "quantity", "newsletter_email", "password", "otp", "loyalty_number"})
NOT_THE_SHOPS = frozenset({
    Blocker.CAPTCHA, Blocker.BOT_WALL, Blocker.ONE_TIME_CODE, Blocker.MINIMUM_ORDER, Blocker.NO_DELIVERY,
    Blocker.OFF_DOMAIN, Blocker.TIMEOUT, Blocker.SPINNER, Blocker.INTERLOCK, Blocker.TRIPPED, Blocker.BROWSER_DIED,
    Blocker.NO_PRODUCT, Blocker.SOLD_OUT,
})  # fmt: skip
"""Ends that say nothing of the shop's way to buy: walls against us, our own limits, goods that are gone."""


def noted(journey: JourneyEvidence) -> CheckoutFacts:
    """:raises NotRecorded: for journeys that were recorded without it."""
    if journey.checkout is None:
        raise NotRecorded("this journey's pages were not noted")
    return journey.checkout


def place(journey: JourneyEvidence, intent: StepIntent) -> int | None:
    """The place of the last confirmed step of an intent."""
    found = [at for at, step in enumerate(journey.steps) if step.intent is intent and step.confirmed]
    return found[-1] if found else None


def need(journey: JourneyEvidence, intent: StepIntent) -> int:
    """The same; it must have been reached.

    :raises NotRecorded: naming where the journey ended.
    """
    at = place(journey, intent)
    if at is None:
        why = f" ({journey.blocker})" if journey.blocker else ""
        where = "at the cart, as asked" if journey.depth == "cart" and journey.ended == "completed" else "before it"
        raise NotRecorded(f"the journey ended {where}{why}; “{intent.value.replace('_', ' ')}” was not reached")
    return at


def checkout_steps(journey: JourneyEvidence) -> tuple[tuple[int, Step], ...]:
    """Places and steps of the checkout itself."""
    return tuple((at, step) for at, step in enumerate(journey.steps) if step.intent in _CHECKOUT)


def fields_asked(journey: JourneyEvidence) -> tuple[FieldUse, ...]:
    """Each field that the checkout showed a guest once, in order; header, footer and log-in forms are left out."""
    found: dict[tuple[str, str, str], FieldUse] = {}
    for _at, step in checkout_steps(journey):
        for use in step.fields:
            found.setdefault((use.field.name, use.field.id, use.field.label), use)
    uses = tuple(found.values())
    # A layer that lies over a checkout is about something else, unless it is the checkout.
    beneath = tuple(use for use in uses if use.field.layer is None)
    return beneath if len(beneath) * 2 > len(uses) else uses


def text_fields(journey: JourneyEvidence) -> tuple[FieldUse, ...]:
    """Those that are typed into and that buying needs: codes, search and log-in are not among them."""
    return tuple(
        use for use in fields_asked(journey)
        if use.field.tag in ("input", "textarea") and use.field.type in TYPED and use.meaning not in _ASIDE
    )  # fmt: skip


def needs_address(journey: JourneyEvidence) -> tuple[FieldUse, ...]:
    """:raises NotRecorded: when no form for contact and address was reached."""
    uses = fields_asked(journey)
    if not {use.meaning for use in uses} & _ADDRESS:
        need(journey, StepIntent.FILL_ADDRESS)
        raise NotRecorded("no form for contact or address was seen")
    return uses


def form_step(journey: JourneyEvidence) -> int | None:
    """The step whose picture shows the first form of the checkout: the one before it was filled in."""
    at = next((at for at, step in checkout_steps(journey) if step.fields), None)
    return None if at is None else max(0, at - 1)


def payment_reached(journey: JourneyEvidence) -> bool:
    return place(journey, StepIntent.REACH_PAYMENT) is not None


def bought(journey: JourneyEvidence) -> None:
    """:raises NotApplicable: when there was nothing to walk."""
    if journey.ended == "not_walked":
        raise NotApplicable(journey.note or "there was no product to buy")
