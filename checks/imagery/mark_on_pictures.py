"""IMG-011."""

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
from auditor.reading.gallery import looks
from auditor.reading.watermark import same_mark

LEAST_PRODUCTS = 3
PASS_SHARE, POOR_SHARE = 0.02, 0.10
"""Our bands: the share of main pictures with the mark."""

PLAIN = 0.75
"""A ring of one colour but for the mark: then what is in one corner on product after product is no part of a scene."""


@check(
    id="imagery/mark-on-pictures",
    row="IMG-011",
    severity=Severity.MINOR,
    templates={Template.PRODUCT},
    title=_("Main pictures carry a logo, badge or text"),
    why=_("Marks cover the product, and Google refuses such pictures in its product listings."),
    fix=_("Keep the pictures clean and lay badges over them in the page."),
    found=_("The same mark is in the {corner} of {marked} of {total} main pictures"),
    source="https://support.google.com/merchants/answer/6324350",
    scale="share",
)
def mark_on_pictures(evidence: TemplateEvidence, *, pass_share: float = PASS_SHARE) -> Judgement:
    seen = [(page, look) for page, look in looks(evidence.pages) if look.corners]
    if len(seen) < LEAST_PRODUCTS:
        raise NotRecorded(f"{len(seen)} main pictures are too few to see a mark return")
    found = same_mark([look for _page, look in seen], LEAST_PRODUCTS)
    marked = len(found.places) if found else 0
    yield Measure(value=round(1 - marked / len(seen), 4), unit="share", of=len(seen))
    if found and marked > pass_share * len(seen):
        plain = all((seen[place][1].plain or 0) >= PLAIN for place in found.places)
        for place in found.places:
            yield Problem(
                values={"corner": found.corner, "marked": marked, "total": len(seen)},
                middle=marked <= POOR_SHARE * len(seen),
                certainty=Certainty.CERTAIN if plain else Certainty.NEEDS_REVIEW,
                page_key=seen[place][0].page.key,
                discriminator="mark",
            )
