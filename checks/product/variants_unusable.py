"""PDP-005."""

from auditor.api import Certainty, JourneyEvidence, Judgement, NotApplicable, Problem, Severity, StepIntent, _, check
from auditor.reading.checkout_cart import chosen_line, chosen_variants, says
from auditor.reading.checkout_steps import need, noted, place

LETTERS = 3
"""Shorter options ("S", "42") stand in other texts by chance."""


@check(
    id="product/variants-unusable",
    row="PDP-005",
    severity=Severity.SERIOUS,
    title=_("Choosing a variant does not lead to that variant"),
    why=_("A shopper who chose blue and finds red in the cart, or learns it from the parcel, sends it back."),
    fix=_("Put into the cart what was chosen, name it in the cart's line, and label every choice."),
    found=_("“{chosen}” was chosen, and the cart holds “{held}”"),
    found_as={"unlabelled": _("A choice of {options} has no label")},
    source="https://baymard.com/research/product-page",
)
def variants_unusable(journey: JourneyEvidence) -> Judgement:
    at = need(journey, StepIntent.ADD_TO_CART)
    facts = noted(journey)
    if not facts.variants:
        raise NotApplicable("the product has nothing to choose")
    line = chosen_line(facts.cart.lines, journey) if facts.cart else None
    for chosen, others in chosen_variants(journey) if line else ():
        held = [other for other in others if len(other) >= LETTERS and line and says(line.text, other)]
        if held and line and not says(line.text, chosen) and not any(says(journey.product_name, one) for one in held):
            yield Problem(
                step=place(journey, StepIntent.OPEN_CART),
                selector=line.selector,
                values={"chosen": chosen, "held": held[0]},
                discriminator="wrong",
            )
    bare = next((one for one in facts.variants if not one.label.strip()), None)
    if bare is not None:
        yield Problem(
            step=max(0, at - 1),
            selector=bare.selector,
            values={"chosen": bare.chosen, "held": "", "options": " / ".join(bare.options[:3])},
            middle=True,
            certainty=Certainty.NEEDS_REVIEW,
            discriminator="unlabelled",
        )
