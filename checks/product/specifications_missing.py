"""PDP-007."""

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
from auditor.lexicon import Concept
from auditor.reading.description import pairs_in_data, pairs_shown
from auditor.reading.main_text import lines_about, main_text
from auditor.reading.visits import language_read, understood

FEWEST_PAIRS = 4
USUAL_SHARE = 0.5
"""Where half of the shop's products have such a table, the others miss it: fashion and gifts often have none."""

FEWEST_PAGES = 2


@check(
    id="product/specifications-missing",
    row="PDP-007",
    severity=Severity.MODERATE,
    templates={Template.PRODUCT},
    title=_("Products lack the table of properties that others have"),
    why=_("Shoppers compare sizes, weights and materials; one gap sends them to a shop that fills it."),
    fix=_("Give each product of a kind the same table of properties and values."),
    found=_("{pairs} properties are listed here; {with_table} of {pages} products have a table of four or more"),
    source="https://baymard.com/blog/structure-descriptions-by-highlights",
    scale="share",
)
def specifications_missing(evidence: TemplateEvidence, *, usual: float = USUAL_SHARE) -> Judgement:
    judged = [page for page in evidence.pages if page.layout and page.texts]
    if len({page.page.key for page in judged}) < FEWEST_PAGES:
        raise NotRecorded("one product page does not tell what is usual in this shop")
    pairs = {page.page.key: pairs_shown(page) for page in judged}
    lacking = [page for page in judged if pairs[page.page.key] < FEWEST_PAIRS]
    with_table = len(judged) - len(lacking)
    if with_table < usual * len(judged):
        raise NotApplicable(f"{with_table} of {len(judged)} products have a table of properties: it is not usual here")
    yield Measure(value=round(with_table / len(judged), 4), unit="share", of=len(judged))
    for page in lacking:
        language = language_read(page.document, page.texts)
        hints = lines_about(main_text(page), Concept.SPECIFICATIONS, language) or pairs_in_data(page)
        doubt = bool(hints) or pairs[page.page.key] > 0 or not understood(language)
        yield Problem(
            values={"pairs": pairs[page.page.key], "with_table": with_table, "pages": len(judged)},
            middle=with_table < 0.9 * len(judged),
            certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
            page_key=page.page.key,
            discriminator="table",
        )
