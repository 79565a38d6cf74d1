"""PDP-012."""

from auditor.api import (
    Certainty,
    Judgement,
    Measure,
    NotApplicable,
    NotRecorded,
    Problem,
    Severity,
    Template,
    TemplateEvidence,
    _,
    check,
)
from auditor.reading.opinions import can_be_sorted, levels_shown, review_count, uses_widget
from auditor.reading.visits import language_read, understood

MANY = 20
"""Fewer reviews can be read through (row PDP-012)."""

LEVELS = 4
"""Four of the five levels of stars, each on a line, are a distribution."""

BEGUN = 2
"""One such line may be any number, as that of a quantity."""


@check(
    id="product/reviews-unsorted",
    row="PDP-012",
    severity=Severity.MINOR,
    templates={Template.PRODUCT},
    title=_("Many reviews, and no way to see how they are spread"),
    why=_("Shoppers look for the bad reviews first; an average of hundreds hides them."),
    fix=_("Show how many reviews gave each number of stars, and let shoppers filter by it."),
    found=_("{reviews} reviews without a distribution of stars, a filter or an order to choose"),
    found_as={"sort": _("{reviews} reviews can be sorted, and no distribution of stars is shown")},
    source="https://baymard.com/blog/user-perception-of-product-ratings",
    scale="share",
)
def reviews_unsorted(evidence: TemplateEvidence, *, many: int = MANY) -> Judgement:
    counted = [(page, review_count(page)) for page in evidence.pages if page.texts and page.layout]
    if not counted:
        raise NotRecorded("no product page's texts were recorded")
    judged = [(page, count) for page, count in counted if count is not None and count >= many]
    if not judged:
        raise NotApplicable(f"no product that was looked at states {many} reviews or more")
    lacking = [(page, count) for page, count in judged if levels_shown(page) < LEVELS]
    yield Measure(value=round(1 - len(lacking) / len(judged), 4), unit="share", of=len(judged))
    for page, count in lacking:
        language = language_read(page.document, page.texts)
        sorted_ = can_be_sorted(page, language)
        doubt = uses_widget(page) or levels_shown(page) >= BEGUN or not understood(language)
        yield Problem(
            values={"reviews": count},
            middle=sorted_,
            certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
            page_key=page.page.key,
            discriminator="sort" if sorted_ else "none",
        )
