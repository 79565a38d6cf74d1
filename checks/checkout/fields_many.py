"""CHK-007."""

from auditor.api import JourneyEvidence, Judgement, Measure, Problem, Severity, StepIntent, _, check
from auditor.reading.checkout_steps import form_step, need, needs_address, text_fields

ENOUGH = 8
MANY = 13
"""Most shops need no more than 8 fields; the average is 11.3 (2024)."""


@check(
    id="checkout/fields-many",
    row="CHK-007",
    severity=Severity.SERIOUS,
    title=_("The checkout asks for more than it needs"),
    why=_("The number of fields decides how long and how tiring a checkout is; about one in five gives up over it."),
    fix=_("Ask for the name in one field, hide what few need behind a link, and bill to the delivery address."),
    found=_("A guest meets {fields} text fields; {enough} are enough for most shops"),
    source="https://baymard.com/blog/checkout-flow-average-form-fields",
    scale="curve",
)
def fields_many(journey: JourneyEvidence, *, enough: int = ENOUGH, many: int = MANY) -> Judgement:
    need(journey, StepIntent.REACH_PAYMENT)
    needs_address(journey)
    fields = len(text_fields(journey))
    yield Measure(value=fields, unit="fields")
    if fields > enough:
        yield Problem(
            step=form_step(journey),
            values={"fields": fields, "enough": enough},
            middle=fields < many,
            discriminator="fields",
        )
