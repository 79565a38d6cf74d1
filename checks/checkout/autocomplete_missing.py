"""CHK-010."""

from auditor.api import FieldUse, JourneyEvidence, Judgement, Measure, NotApplicable, Problem, Severity, _, check
from auditor.reading.checkout_fields import TOKENS, tokens_of
from auditor.reading.checkout_steps import form_step, needs_address

GOOD, FAIR = 0.9, 0.6
FEW = 3


@check(
    id="checkout/autocomplete-missing",
    row="CHK-010",
    severity=Severity.SERIOUS,
    title=_("Browsers cannot fill in the address for the shopper"),
    why=_("With the right hints a browser fills in name, address and card at one press; without them all is typed."),
    fix=_("Give each field for name, e-mail, phone, address and card its `autocomplete` token, such as `postal-code`."),
    found=_("{right} of {fields} fields carry the right hint; not {wrong}"),
    source="https://www.w3.org/WAI/WCAG22/Understanding/identify-input-purpose",
    scale="share",
)
def autocomplete_missing(journey: JourneyEvidence, *, good: float = GOOD, fair: float = FAIR) -> Judgement:
    uses = [use for use in needs_address(journey) if use.meaning in TOKENS and not use.field.framed]
    if len(uses) < FEW:
        raise NotApplicable("fewer than three fields could be filled in by a browser")
    wrong = [use for use in uses if not tokens_of(use) & TOKENS[use.meaning]]
    share = 1 - len(wrong) / len(uses)
    yield Measure(value=share, unit="share", of=len(uses))
    if share < good:
        names = ", ".join(dict.fromkeys(_called(use) for use in wrong))
        yield Problem(
            selector=wrong[0].field.selector,
            step=form_step(journey),
            values={"right": len(uses) - len(wrong), "fields": len(uses), "wrong": names},
            middle=share >= fair,
            discriminator="tokens",
        )


def _called(use: FieldUse) -> str:
    """By its label, unless that holds the options of a list."""
    plain = use.field.tag != "select" and 0 < len(use.field.label) <= 40
    return use.field.label if plain else use.meaning.replace("_", " ")
