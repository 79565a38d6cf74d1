"""DRK-002."""

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
from auditor.reading.pressure import urgent_lines
from auditor.reading.visits import language_read


@check(
    id="dark-patterns/urgency-vague",
    row="DRK-002",
    severity=Severity.MODERATE,
    templates={Template.HOME, Template.CATEGORY, Template.PRODUCT, Template.CART, Template.CHECKOUT},
    title=_("Pattern seen: an offer ends soon, and no date is named"),
    why=_("A deadline without a date cannot be checked, and hurries shoppers into what they would think over."),
    fix=_("Name the last day of the offer, or leave the hurry out."),
    found=_("“{sentence}”"),
    source="https://doi.org/10.1145/3359183",
    scored=False,
)
def urgency_vague(evidence: TemplateEvidence) -> Judgement:
    judged = [page for page in evidence.pages if page.layout]
    if not judged:
        raise NotRecorded("no page's texts were recorded")
    said = [(page, run) for page in judged for run in urgent_lines(page, language_read(page.document, page.texts))]
    yield Measure(value=len({page.page.key for page, _run in said}), unit="pages", of=len(judged))
    for page, run in said[:3]:
        # Whether it is still there in two weeks, only later runs can tell; one word alone may be a product's.
        yield Problem(
            selector=run.selector,
            box=run.box,
            values={"sentence": run.text[:160]},
            middle=True,
            certainty=Certainty.CERTAIN if len(run.text.split()) >= 3 else Certainty.NEEDS_REVIEW,
            page_key=page.page.key,
            discriminator="urgency",
        )
