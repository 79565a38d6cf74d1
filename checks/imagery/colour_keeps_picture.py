"""IMG-012."""

from auditor.api import (
    Certainty,
    Device,
    Document,
    Judgement,
    Measure,
    NotApplicable,
    NotRecorded,
    Problem,
    Severity,
    Template,
    Trials,
    _,
    check,
)
from auditor.reading.trials import changed_picture, other_colours

PASS_SHARE, POOR_SHARE = 0.9, 0.6
"""Our bands (row IMG-012)."""


@check(
    id="imagery/colour-keeps-picture",
    row="IMG-012",
    severity=Severity.MODERATE,
    templates={Template.PRODUCT},
    devices={Device.DESKTOP},
    title=_("Choosing another colour does not change the picture"),
    why=_("Shoppers buy the colour they see; one that is only named is doubted, or is sent back."),
    fix=_("Show pictures of each colour, and swap the main picture as soon as a colour is chosen."),
    found=_("{kept} of {tried} other colours left the main picture as it was, such as “{name}”"),
    source="https://baymard.com/blog/color-variation-search-results",
    scale="share",
)
def colour_keeps_picture(
    trials: Trials, document: Document | None, *, pass_share: float = PASS_SHARE, poor_share: float = POOR_SHARE
) -> Judgement:
    if trials.colours_offered < 2:
        raise NotApplicable("the product is offered in one colour")
    tries = other_colours(trials, document)
    if not tries:
        raise NotRecorded("no other colour could be chosen")
    kept = [one for one in tries if not changed_picture(one)]
    if any(one.refused for one in kept):
        raise NotRecorded("the page asks the shop by a request that is never sent")
    share = 1 - len(kept) / len(tries)
    yield Measure(value=round(share, 4), unit="share", of=len(tries))
    if share < pass_share:
        yield Problem(
            selector=trials.selector,
            values={"kept": len(kept), "tried": len(tries), "name": kept[0].name},
            middle=share >= poor_share,
            # One colour of several may be the one that the first picture shows already.
            certainty=Certainty.CERTAIN if len(kept) > 1 or len(tries) == 1 else Certainty.NEEDS_REVIEW,
            discriminator="colours",
        )
