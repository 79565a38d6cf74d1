"""CHK-008."""

from auditor.api import (
    Certainty,
    JourneyEvidence,
    Judgement,
    NotApplicable,
    NotRecorded,
    Problem,
    Severity,
    StepIntent,
    _,
    check,
)
from auditor.lexicon import Concept, mentions
from auditor.reading.checkout_steps import need, noted
from auditor.reading.visits import understood


@check(
    id="checkout/guest-hidden",
    row="CHK-008",
    severity=Severity.SERIOUS,
    title=_("The way to buy as a guest is easy to overlook"),
    why=_("Shoppers who do not see it believe that they need an account, and leave."),
    fix=_("Make buying as a guest the first choice, a button of its own that says so, above or beside the log-in."),
    found=_("The choice to buy as a guest {failing}"),
    source="https://baymard.com/blog/make-guest-checkout-prominent",
)
def guest_hidden(journey: JourneyEvidence) -> Judgement:
    if journey.guest == "only-way":
        raise NotApplicable("guests are not asked to choose")
    if journey.guest != "offered":
        need(journey, StepIntent.CHOOSE_GUEST)
    choice = noted(journey).guest
    if choice is None:
        raise NotRecorded("the choice was not noted")
    said = mentions(choice.label, Concept.GUEST_CHECKOUT, journey.language)
    lacks = {
        "is a link and no button": choice.kind == "link",
        "does not say so in its label": not said and not choice.label.strip(),
        "comes below the log-in": choice.below_login is True,
        "names no guest": bool(choice.label.strip()) and not said,
    }
    failing = [name for name, lacking in lacks.items() if lacking]
    if failing:
        doubt = failing == ["names no guest"] or not understood(journey.language)
        yield Problem(
            selector=choice.selector or None,
            box=choice.box,
            step=choice.step,
            values={"failing": ", ".join(failing)},
            certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
            middle=len(failing) == 1,
            discriminator="guest",
        )
