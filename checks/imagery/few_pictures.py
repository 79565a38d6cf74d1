"""IMG-003."""

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
from auditor.reading.gallery import distinct_pictures, has_arrows, is_book, may_have_more, median

GOOD, POOR = 4, 2
"""Our bands: enough from four, poor below two."""


@check(
    id="imagery/few-pictures",
    row="IMG-003",
    severity=Severity.SERIOUS,
    templates={Template.PRODUCT},
    title=_("Products are shown in too few pictures"),
    why=_("Shoppers judge size, material and the back of a thing by its pictures; what they cannot see they leave."),
    fix=_("Show each product in four pictures or more: from another side, close up, in use, beside something known."),
    found=_("Different pictures on half of the products ({pages} looked at): {pictures} or fewer"),
    source="https://baymard.com/blog/in-scale-product-images",
    scale="share",
)
def few_pictures(evidence: TemplateEvidence, *, good: int = GOOD, poor: int = POOR) -> Judgement:
    judged = [page for page in evidence.pages if page.renditions and page.renditions.items]
    if not judged:
        raise NotRecorded("no pictures of products were read")
    counts = {page.page.key: distinct_pictures(page) for page in judged}
    middle = median(list(counts.values()))
    yield Measure(value=middle, unit="pictures", of=len(judged))
    if middle < good:
        few = sorted((page for page in judged if counts[page.page.key] < good), key=lambda page: counts[page.page.key])
        doubt = any(is_book(page) or has_arrows(page) or may_have_more(page) for page in few)
        for page in few:
            yield Problem(
                values={"pages": len(judged), "pictures": round(middle, 1)},
                middle=middle >= poor,
                certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
                page_key=page.page.key,
                discriminator="count",
            )
