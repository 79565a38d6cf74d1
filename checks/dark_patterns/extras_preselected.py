"""DRK-006."""

from auditor.api import Certainty, FieldSeen, JourneyEvidence, Judgement, Problem, Severity, _, check
from auditor.lexicon import Concept, has_currency, mentions, parse_price
from auditor.reading.checkout_steps import bought, noted

CONSENT = (Concept.NEWSLETTER, Concept.MARKETING)


@check(
    id="dark-patterns/extras-preselected",
    row="DRK-006",
    severity=Severity.SERIOUS,
    title=_("A paid extra or a consent is ticked beforehand"),
    why=_("What is ticked for them, shoppers pay for or agree to without wanting it."),
    fix=_("Leave boxes for extras, insurance and newsletters empty until the shopper ticks them."),
    found=_("“{label}” is ticked although nobody ticked it"),
    source="https://arxiv.org/abs/1907.07032",
)
def extras_preselected(journey: JourneyEvidence) -> Judgement:
    bought(journey)
    seen = set()
    for page in noted(journey).pages:
        for box in page.ticks:
            label = box.label or box.legend or box.name
            kind = _kind(box, journey.language)
            if kind and label not in seen:
                seen.add(label)
                yield Problem(
                    selector=box.selector,
                    box=box.box,
                    step=page.step,
                    values={"label": label[:120]},
                    certainty=Certainty.NEEDS_REVIEW if kind == "extra" else Certainty.CERTAIN,
                    discriminator=kind,
                )


def _kind(box: FieldSeen, language: str | None) -> str | None:
    """A priced box is paid for; an extra without a price may be free."""
    said = f"{box.label} {box.legend}"
    if any(mentions(said, concept, language) for concept in CONSENT) or "newsletter" in f"{box.name} {box.id}".lower():
        return "consent"
    money = parse_price(said[:300], language) if has_currency(said) else None
    if money is not None and money.amount > 0:
        return "paid"
    return "extra" if mentions(said, Concept.EXTRA, language) else None
