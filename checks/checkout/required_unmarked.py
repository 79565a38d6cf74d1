"""CHK-009."""

from auditor.api import Certainty, FieldLabel, JourneyEvidence, Judgement, NotApplicable, Problem, Severity, _, check
from auditor.lexicon import Concept, mentions
from auditor.reading.checkout_steps import needs_address, noted
from auditor.reading.visits import understood

FEW = 3
"""A form of fewer fields needs no marks."""
STARS = "*＊✱∗"


@check(
    id="checkout/required-unmarked",
    row="CHK-009",
    severity=Severity.MODERATE,
    title=_("Fields do not say whether they must be filled in"),
    why=_("Shoppers fill in what nobody needs, or leave out what is needed and are sent back."),
    fix=_("Mark every field as required or optional, or say once above the form which mark is missing and why."),
    found=_("{marked} of {fields} fields say whether they are required or optional"),
    source="https://www.w3.org/WAI/WCAG22/Understanding/labels-or-instructions",
)
def required_unmarked(journey: JourneyEvidence) -> Judgement:
    needs_address(journey)
    form = max(noted(journey).forms, key=lambda one: len(one.fields), default=None)
    if form is None or len(form.fields) < FEW:
        raise NotApplicable("no form has more than two fields")
    starred = [one for one in form.fields if _required(one, journey.language)]
    optional = [one for one in form.fields if _optional(one, journey.language)]
    marked = len(starred) + len([one for one in optional if one not in starred])
    noting = [note for note in form.notes if len(note) > 12]
    if marked == len(form.fields) or (noting and (starred or optional or _says_all(noting, journey.language))):
        return
    doubt = bool(noting) or not understood(journey.language)
    yield Problem(
        selector=next((one.selector for one in form.fields if one not in starred and one not in optional), None),
        step=form.step,
        values={"marked": marked, "fields": len(form.fields)},
        middle=bool(starred or optional),
        certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
        discriminator="unmarked",
    )


def _required(field: FieldLabel, language: str | None) -> bool:
    said = f"{field.label} {field.placeholder if field.placed != 'outside' else ''}"
    return any(star in said for star in STARS) or mentions(said, Concept.REQUIRED, language) is not None


def _optional(field: FieldLabel, language: str | None) -> bool:
    return mentions(f"{field.label} {field.placeholder}", Concept.OPTIONAL, language) is not None


def _says_all(notes: list[str], language: str | None) -> bool:
    return any(mentions(note, Concept.REQUIRED, language) for note in notes)
