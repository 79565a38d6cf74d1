"""PDP-011."""

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
from auditor.reading.opinions import average_shown, count_shown, has_review_parts, rating_data, speaks_of_reviews
from auditor.reading.visits import language_read, understood


@check(
    id="product/reviews-missing",
    row="PDP-011",
    severity=Severity.SERIOUS,
    templates={Template.PRODUCT},
    title=_("Product pages show no reviews, or no number of them"),
    why=_("Most shoppers read what others say before they buy; an average of unknown many tells them little."),
    fix=_("Show the average with the number of reviews beside the title, and the reviews further down."),
    found=_("No reviews and no rating on {pages} product pages"),
    found_as={"count": _("An average is shown, and not how many reviews it comes from")},
    source="https://baymard.com/blog/user-perception-of-product-ratings",
    scale="share",
)
def reviews_missing(evidence: TemplateEvidence) -> Judgement:
    judged = [page for page in evidence.pages if page.texts and page.layout]
    if not judged:
        raise NotRecorded("no product page's texts were recorded")
    language = {page.page.key: language_read(page.document, page.texts) for page in judged}
    spoken = [page for page in judged if speaks_of_reviews(page, language[page.page.key])]
    built = [page for page in judged if has_review_parts(page)]
    bare = [
        page
        for page in judged
        if average_shown(page) and not count_shown(page, language[page.page.key]) and not rating_data(page).get("count")
    ]
    lacking = len(bare) if spoken or built else len(judged)
    yield Measure(value=round(1 - lacking / len(judged), 4), unit="share", of=len(judged))
    if not spoken:
        # The parts of a rating without a word for it, or in a language we do not read: one detector alone is a doubt.
        doubt = bool(built) or not all(understood(one) for one in language.values())
        certainty = Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN
        for page in judged:
            yield Problem(
                values={"pages": len(judged)}, certainty=certainty, page_key=page.page.key, discriminator="none"
            )
        return
    for page in bare:
        yield Problem(values={"pages": len(judged)}, middle=True, page_key=page.page.key, discriminator="count")
