"""PDP-009."""

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
from auditor.lexicon import Concept, mentions
from auditor.reading.addresses import leads_to
from auditor.reading.main_text import FRAME, lines_about, main_text
from auditor.reading.page_by_page import page_by_page
from auditor.reading.promises import days_in, return_days
from auditor.reading.visits import language_read, understood


@check(
    id="product/returns-unsaid",
    row="PDP-009",
    severity=Severity.SERIOUS,
    templates={Template.PRODUCT},
    title=_("The product page does not say how long it can be returned"),
    why=_("Whoever buys unseen wants to know that a mistake can be undone, before it is in the cart."),
    fix=_("Say beside the buy button within how many days the product can be returned, with a link to the terms."),
    found=_("Neither a word nor a link about returns in the main part of the page"),
    found_as={"link": _("The main part speaks of returns and names no number of days")},
    source="https://baymard.com/blog/footer-needs-return-shipping-links",
    scale="share",
)
def returns_unsaid(evidence: TemplateEvidence) -> Judgement:
    judged = [page for page in evidence.pages if page.texts and page.links]
    return page_by_page(judged, _problem, "no product page's texts were recorded")


def _problem(page: PageEvidence) -> Problem | None:
    language = language_read(page.document, page.texts)
    text = main_text(page)
    if return_days(text, language):
        return None
    said = (*lines_about(text, Concept.RETURNS, language), *lines_about(text, Concept.WITHDRAW, language))
    linked = [
        link
        for link in (page.links.items if page.links else ())
        if link.region not in FRAME
        and (leads_to(link.url, Concept.RETURNS) or mentions(link.name[:60], Concept.RETURNS, language))
    ]
    if said or linked:
        # A number of days not far away may belong to it, in a sentence of its own.
        doubt = any(days_in(line, language) for line in said)
        kind = "link"
    else:
        kind, doubt = "none", not understood(language)
    return Problem(
        certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
        middle=kind == "link",
        page_key=page.page.key,
        discriminator=kind,
    )
