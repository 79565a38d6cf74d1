"""PDP-006."""

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
from auditor.reading.description import own_words, told_by_pictures

GOOD_WORDS, POOR_WORDS = 45, 20
"""Our bands, in words of the product's own: the row's 60 are many in languages that inflect."""


@check(
    id="product/description-thin",
    row="PDP-006",
    severity=Severity.MODERATE,
    templates={Template.PRODUCT},
    title=_("Products are hardly described"),
    why=_("Shoppers who cannot touch a thing read about it; without words on what it is for, they look elsewhere."),
    fix=_("Describe each product in its own words: what it is for, what it is made of, what comes with it."),
    found=_("{words} words besides what most products repeat; {good} or more are enough"),
    source="https://www.nngroup.com/articles/product-descriptions/",
    scale="share",
)
def description_thin(evidence: TemplateEvidence, *, good: int = GOOD_WORDS, poor: int = POOR_WORDS) -> Judgement:
    judged = [page for page in evidence.pages if page.layout and page.texts]
    if not judged:
        raise NotRecorded("no product page's texts were recorded")
    counts = {page.page.key: own_words(page, judged) for page in judged}
    thin = [page for page in judged if counts[page.page.key] < good]
    yield Measure(value=round(1 - len(thin) / len(judged), 4), unit="share", of=len(judged))
    for page in thin:
        words = counts[page.page.key]
        yield Problem(
            values={"words": words, "good": good},
            middle=words >= poor,
            certainty=Certainty.NEEDS_REVIEW if told_by_pictures(page) else Certainty.CERTAIN,
            page_key=page.page.key,
            discriminator="words",
        )
