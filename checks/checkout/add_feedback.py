"""CHK-001."""

from auditor.api import (
    Blocker,
    Certainty,
    JourneyEvidence,
    Judgement,
    Measure,
    NotRecorded,
    Problem,
    Severity,
    StepIntent,
    _,
    check,
)
from auditor.reading.checkout_steps import need, noted
from auditor.reading.visits import OVERLOAD

AT_ONCE_MS = 1000
NOTICED_MS = 3000
"""A second keeps the flow of thought; after ten the shopper is elsewhere (row CHK-001 takes three)."""


@check(
    id="checkout/add-feedback",
    row="CHK-001",
    severity=Severity.SERIOUS,
    title=_("Nothing confirms that the product is in the cart"),
    why=_("A shopper who sees no answer presses again and buys two, or takes the shop for broken."),
    fix=_("Show within a second what was added: open the cart, a drawer, or a message that names the product."),
    found=_("After “add to cart” nothing in view said that the product was taken"),
    found_as={
        "slow": _("The product was confirmed in the cart only {after_ms} ms after the press"),
        "unseen": _("Only a number out of view said that the product was taken"),
    },
    source="https://www.nngroup.com/articles/response-times-3-important-limits/",
)
def add_feedback(
    journey: JourneyEvidence, *, at_once_ms: float = AT_ONCE_MS, noticed_ms: float = NOTICED_MS
) -> Judgement:
    at = need(journey, StepIntent.ADD_TO_CART)
    facts = noted(journey)
    added = facts.added
    presses = [press for press in facts.presses if press.step == at]
    if added is None or not presses:
        raise NotRecorded("what followed the press was not seen")
    if added.after_ms is not None:
        yield Measure(value=added.after_ms, unit="ms")
    seen = [kind for kind in added.shown if kind != "hidden-badge"]
    if not seen:
        hidden = "hidden-badge" in added.shown
        # A text that came into view may be a confirmation in words that are not known; and an empty cart confirms that
        # there was nothing to confirm.
        texts = any(one.in_view and one.text for press in presses for one in press.changes)
        doubt = hidden or texts or journey.blocker is Blocker.CART_EMPTY
        yield Problem(
            step=at,
            discriminator="unseen" if hidden else "none",
            certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
        )
    elif added.after_ms is not None and added.after_ms > at_once_ms:
        # Our own looking slows the page, and other work on our machine does.
        sure = added.after_ms > noticed_ms and (facts.host_load or 0) <= OVERLOAD
        yield Problem(
            step=at,
            discriminator="slow",
            values={"after_ms": added.after_ms},
            middle=added.after_ms <= noticed_ms,
            certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
        )
