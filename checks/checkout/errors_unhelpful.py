"""CHK-015."""

from auditor.api import JourneyEvidence, Judgement, Measure, NotRecorded, Problem, Severity, _, check
from auditor.lexicon import base_language, detect_language, script_of
from auditor.reading.checkout_steps import noted


@check(
    id="checkout/errors-unhelpful",
    row="CHK-015",
    severity=Severity.SERIOUS,
    title=_("Mistakes in the address form are not explained"),
    why=_("A shopper who cannot find or understand what is wrong with a form gives up on it."),
    fix=_("Say at the field what is wrong in the page's language, and move the focus to the first wrong field."),
    found=_("With a field left empty or filled in wrongly, this is missing: {missing}"),
    source="https://www.w3.org/WAI/WCAG22/Understanding/error-identification",
)
def errors_unhelpful(journey: JourneyEvidence) -> Judgement:
    facts = noted(journey)
    probe = facts.probe
    if probe is None or not probe.fields:
        raise NotRecorded(facts.missing.get("probe", "no form was sent with errors"))
    if probe.accepted:
        raise NotRecorded("the shop went on with the form as it was")
    # What the shop takes as it is needs no message.
    refused = [one for one in probe.fields if one.message or one.native]
    spoken = [text for text in (*(one.message for one in refused), *probe.said) if text]
    native = any(one.native for one in probe.fields) and not spoken
    good = {
        "the shop's own message beside the field": bool(refused) and all(one.message for one in refused),
        "what the problem is": native or any(len(text.split()) > 1 or len(text) > 8 for text in spoken),
        "the page's language": native or _own(spoken, journey.language),
        "the focus on the field": probe.focus_in_message or any(one.focused for one in probe.fields),
    }
    missing = [name for name, there in good.items() if not there]
    yield Measure(value=len(good) - len(missing), unit="of 4", of=len(good))
    if missing:
        yield Problem(
            selector=probe.fields[0].selector,
            step=probe.step,
            values={"missing": ", ".join(missing)},
            middle=len(missing) <= 2,
            discriminator="errors",
        )


def _own(spoken: list[str], language: str | None) -> bool:
    return bool(spoken) and not any(_foreign(text, language) for text in spoken)


def _foreign(text: str, language: str | None) -> bool:
    """Another script than the page's, or long enough to be told as another language."""
    own = base_language(language)
    told = detect_language(text, language) if len(text) > 60 else None
    latin = script_of(text) == "Latin"
    return bool(own) and ((own in ("fa", "ar", "ja", "zh") and latin) or (told is not None and told != own))
