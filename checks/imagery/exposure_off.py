"""IMG-008."""

from auditor.api import (
    Certainty,
    Judgement,
    Measure,
    NotRecorded,
    Problem,
    Severity,
    Template,
    TemplateEvidence,
    _,
    check,
)
from auditor.reading.gallery import looks, median

LEAST_PRODUCTS = 5
NORM = 0.55
"""The lightest parts of a picture reach this share of what they reach in the shop's others (our band)."""

DARK = 0.4
"""Lightest parts darker than this are dark to any eye; products on black keep their highlights."""

STRAY = 0.3
"""Farther than this from the shop's usual mean brightness (0-1), a person should look."""


@check(
    id="imagery/exposure-off",
    row="IMG-008",
    severity=Severity.MINOR,
    templates={Template.PRODUCT},
    title=_("Main pictures are much darker or lighter than the others"),
    why=_("A dark photograph among light ones hides colour and material, and looks like a mistake."),
    fix=_("Photograph these products again in the light of the others, or correct the exposure."),
    found=_("The lightest parts reach {light} % of white; {usual} % is usual in this shop"),
    found_as={"stray": _("The mean brightness is {mean} %; {usual_mean} % is usual in this shop")},
    source="https://support.google.com/merchants/answer/6324350",
    scale="share",
)
def exposure_off(evidence: TemplateEvidence, *, norm: float = NORM, dark: float = DARK) -> Judgement:
    seen = [
        (page, look.highlights, look.brightness)
        for page, look in looks(evidence.pages)
        if look.highlights is not None and look.brightness is not None
    ]
    if len(seen) < LEAST_PRODUCTS:
        raise NotRecorded(f"{len(seen)} main pictures are too few to tell what is usual in this shop")
    light = median([highlights for _page, highlights, _mean in seen])
    usual = median([mean for _page, _highlights, mean in seen])
    off = [one for one in seen if (one[1] < norm * light and one[1] < dark) or abs(one[2] - usual) > STRAY]
    yield Measure(value=round(1 - len(off) / len(seen), 4), unit="share", of=len(seen))
    for page, highlights, mean in off:
        sure = highlights < norm * light and highlights < dark
        values = {
            "light": round(100 * highlights), "usual": round(100 * light), "mean": round(100 * mean),
            "usual_mean": round(100 * usual),
        }  # fmt: skip
        yield Problem(
            values=values,
            certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
            page_key=page.page.key,
            discriminator="dark" if sure else "stray",
        )
