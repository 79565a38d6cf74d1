"""SPD-004, a cause of it."""

from auditor.api import Certainty, Judgement, Problem, Severity, Timed, _, check
from auditor.reading.causes import family_of, file_name, in_every_load, insight

LEAST_MS, SURE_MS = 100, 200
"""Our proposal."""


@check(
    id="speed/font-hides-text",
    row="SPD-004",
    severity=Severity.MINOR,
    title=_("Text stays invisible until its font has arrived"),
    why=_("The words are there, but a shopper sees blank lines."),
    fix=_("Add font-display: swap or optional to the font, and preload those of the first screen."),
    found=_("Text in {family} ({file}) is hidden for about {hidden_ms} ms"),
    source="https://developer.chrome.com/docs/performance/insights/font-display",
    scored=False,
)
def font_hides_text(timed: Timed, *, least_ms: float = LEAST_MS) -> Judgement:
    for cause in insight(timed, "FontDisplay").causes:
        hidden = cause.wasted_ms or 0.0
        if hidden >= least_ms:
            family = family_of(cause)
            sure = in_every_load(timed, f"FontDisplay {family}", max(SURE_MS, least_ms))
            yield Problem(
                values={"family": family, "file": file_name(cause.url), "hidden_ms": round(hidden)},
                certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
                discriminator=f"font:{family}",
                owner=cause.owner,
            )
