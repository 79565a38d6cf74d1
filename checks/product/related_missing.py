"""PDP-013."""

from auditor.api import (
    Certainty,
    Judgement,
    PageEvidence,
    Problem,
    Severity,
    Template,
    TemplateEvidence,
    _,
    check,
)
from auditor.lexicon import Concept
from auditor.reading.main_text import lines_about, main_text
from auditor.reading.other_products import other_products
from auditor.reading.page_by_page import page_by_page
from auditor.reading.visits import language_read, understood

FEWEST = 3
"""Fewer alternatives are no choice (our band)."""

HEADING_CHARS = 60


@check(
    id="product/related-missing",
    row="PDP-013",
    severity=Severity.MINOR,
    templates={Template.PRODUCT},
    title=_("The product page leads to no other product"),
    why=_("A shopper for whom this is not quite the right thing needs a way to the next one, or to what goes with it."),
    fix=_("Show three or more similar or matching products that are in stock."),
    found=_("No link to another product, and no heading that announces one"),
    found_as={"few": _("Other products shown: {products}; three are a choice")},
    source="https://baymard.com/blog/product-page-suggestions",
    scale="share",
)
def related_missing(evidence: TemplateEvidence, *, fewest: int = FEWEST) -> Judgement:
    judged = [page for page in evidence.pages if page.texts and page.links and page.images and page.document]
    return page_by_page(judged, lambda page: _problem(page, fewest), "no product page's links were recorded")


def _problem(page: PageEvidence, fewest: int) -> Problem | None:
    language = language_read(page.document, page.texts)
    others = other_products(page)
    if len(others) >= fewest:
        return None
    headed = any(_heads(line) for line in lines_about(main_text(page), Concept.RELATED, language))
    doubt = headed or not understood(language)
    return Problem(
        values={"products": len(others)},
        certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
        middle=bool(others),
        page_key=page.page.key,
        discriminator="few" if others else "none",
    )


def _heads(line: str) -> bool:
    """Whether it may stand over other products: that a lamp goes with light wood is told in a sentence."""
    return len(line) <= HEADING_CHARS and not line.endswith(".")
