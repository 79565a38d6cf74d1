"""CHK-016."""

from auditor.api import JourneyEvidence, Judgement, NotRecorded, Problem, Severity, _, check
from auditor.reading.checkout_steps import noted


@check(
    id="checkout/entries-lost",
    row="CHK-016",
    severity=Severity.SERIOUS,
    title=_("What was filled in is lost after a mistake"),
    why=_("Typing an address a second time on a phone is where many shoppers stop."),
    fix=_("Send the form back with everything that was filled in; leave out only passwords and card data."),
    found=_("After one mistake, {count} of {fields} other fields were empty: {labels}"),
    source="https://www.w3.org/WAI/WCAG22/Understanding/redundant-entry",
)
def entries_lost(journey: JourneyEvidence) -> Judgement:
    facts = noted(journey)
    probe = facts.probe
    if probe is None or probe.accepted or not probe.filled:
        why = "the shop went on with the form as it was" if probe and probe.accepted else "no form was sent with errors"
        raise NotRecorded(facts.missing.get("probe", why))
    if probe.lost:
        yield Problem(
            step=probe.step,
            values={"count": len(probe.lost), "fields": probe.filled, "labels": ", ".join(probe.lost[:4])},
            middle=len(probe.lost) == 1,
            discriminator="lost",
        )
