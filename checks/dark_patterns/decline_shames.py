"""DRK-007."""

from auditor.api import Certainty, Controls, Document, Judgement, Links, Problem, Severity, Texts, _, check
from auditor.reading.shaming import declines_with_shame
from auditor.reading.visits import language_read


@check(
    id="dark-patterns/decline-shames",
    row="DRK-007",
    severity=Severity.MINOR,
    title=_("Pattern suspected: declining an offer is worded as a fault"),
    why=_("Making shoppers say something foolish of themselves wins a few addresses and costs goodwill."),
    fix=_("Word the way out plainly: “No, thank you”."),
    found=_("The way out of an offer reads “{text}”"),
    source="https://doi.org/10.1145/3359183",
    scored=False,
)
def decline_shames(
    controls: Controls, links: Links | None, document: Document | None, texts: Texts | None
) -> Judgement:
    found = declines_with_shame(controls, links, language_read(document, texts))
    if found:
        selector, text, box = found[0]
        # Tone cannot be judged by words alone (row DRK-007: a person decides).
        yield Problem(
            selector=selector, box=box, values={"text": text[:100]}, certainty=Certainty.NEEDS_REVIEW,
            discriminator="shaming",
        )  # fmt: skip
