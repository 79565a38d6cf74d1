"""CHK-018."""

from auditor.api import Certainty, JourneyEvidence, Judgement, Problem, Severity, StepIntent, _, check
from auditor.lexicon import Concept, mentions
from auditor.reading.checkout_payments import TYPICAL
from auditor.reading.checkout_steps import need, noted, place


@check(
    id="checkout/payments-unnamed",
    row="CHK-018",
    severity=Severity.MODERATE,
    title=_("Ways of paying are not shown before the payment step"),
    why=_("A shopper who does not know whether the own way of paying is taken does not start a checkout."),
    fix=_("Name or picture the ways of paying in the footer, on product pages and in the cart."),
    found=_("Neither product page nor cart names or pictures a way of paying"),
    found_as={"typical": _("Ways of paying are shown, but none that shoppers in {market} expect: {expected}")},
    source="https://baymard.com/lists/cart-abandonment-rate",
)
def payments_unnamed(journey: JourneyEvidence) -> Judgement:
    at = need(journey, StepIntent.OPEN_CART)
    facts = noted(journey)
    payment = place(journey, StepIntent.REACH_PAYMENT)
    early = [page for page in facts.pages if page.step <= at]
    before = {name for page in early for name in page.payments}
    known = {name for page in facts.pages for name in page.payments}
    expected = TYPICAL.get(facts.market or "", frozenset())
    values = {"market": facts.market or "-", "expected": ", ".join(sorted(expected))}
    if before:
        if expected and not known & expected:
            yield Problem(
                step=at, values=values, discriminator="typical", middle=True, certainty=Certainty.NEEDS_REVIEW
            )
        return
    lines = [line for page in early for line in page.lines]
    spoken = any(mentions(line, Concept.PAYMENT_METHODS, journey.language) for line in lines)
    # Ways that are not known by name may well be among those that are shown.
    doubt = spoken or (payment is not None and not known)
    yield Problem(
        step=at,
        values=values,
        middle=True,
        certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
        discriminator="late",
    )
