"""PDP-008."""

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
from auditor.reading.main_text import main_text
from auditor.reading.papers import manual_link
from auditor.reading.promises import warranty_term
from auditor.reading.visits import language_read, understood

RELEVANT = 0.2
"""Where this share of the shop's products has one, the kind of goods calls for it (row PDP-008)."""

USUAL = 0.75
FEWEST_PAGES = 2


@check(
    id="product/papers-missing",
    row="PDP-008",
    severity=Severity.MINOR,
    templates={Template.PRODUCT},
    title=_("Products lack the warranty term or the manual others have"),
    why=_("Shoppers of technical goods read the manual first, and compare how long the maker stands by them."),
    fix=_("State the length of the warranty, and link the manual or data sheet, on each product that has one."),
    found=_("{what} is missing here; {having} of {pages} products have it"),
    source="https://www.nngroup.com/articles/product-descriptions/",
    scale="share",
)
def papers_missing(evidence: TemplateEvidence, *, relevant: float = RELEVANT, usual: float = USUAL) -> Judgement:
    judged = [page for page in evidence.pages if page.texts and page.links]
    if len({page.page.key for page in judged}) < FEWEST_PAGES:
        raise NotRecorded("one product page does not tell what is usual in this shop")
    language = {page.page.key: language_read(page.document, page.texts) for page in judged}
    having = {
        "warranty": [page for page in judged if warranty_term(main_text(page), language[page.page.key])],
        "manual": [page for page in judged if manual_link(page, language[page.page.key])],
    }
    wanted = {what: pages for what, pages in having.items() if len(pages) > relevant * len(judged)}
    if not wanted:
        raise NotApplicable("hardly any product of the shop has a manual or a stated warranty")
    least = min(len(pages) for pages in wanted.values())
    yield Measure(value=round(least / len(judged), 4), unit="share", of=len(judged))
    for what, pages in wanted.items():
        doubt = len(pages) < usual * len(judged) or not all(understood(one) for one in language.values())
        for page in judged:
            if page not in pages:
                yield Problem(
                    values={"what": what, "having": len(pages), "pages": len(judged)},
                    certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
                    page_key=page.page.key,
                    discriminator=what,
                )
