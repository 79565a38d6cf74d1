"""PDP-002."""

from auditor.api import (
    Certainty,
    Judgement,
    Measure,
    NotApplicable,
    NotRecorded,
    PageEvidence,
    Problem,
    Severity,
    ShopEvidence,
    Template,
    _,
    check,
)
from auditor.lexicon import Concept, mentions
from auditor.reading.markets import EUROPEAN_UNION, sells_in
from auditor.reading.reductions import announced
from auditor.reading.visits import language_of, loaded, understood


@check(
    id="product/reduction-unreferenced",
    row="PDP-002",
    severity=Severity.SERIOUS,
    title=_("A price reduction does not show the lowest price of 30 days"),
    why=_("A crossed-out price that was never asked misleads; in the Union the lowest of 30 days stands beside it."),
    fix=_("Show the lowest price of the 30 days before the reduction beside each reduced price."),
    found=_("The reduced price {price} stands beside {was}, and the lowest price of 30 days was not found"),
    source="https://eur-lex.europa.eu/eli/dir/1998/6/oj",
    scored=False,
)
def reduction_unreferenced(shop: ShopEvidence) -> Judgement:
    if not sells_in(shop, EUROPEAN_UNION):
        raise NotApplicable("the shop does not evidently sell in the European Union")
    visits = [visit for visit in loaded(shop, Template.PRODUCT) if visit.texts and visit.document and visit.controls]
    if not visits:
        raise NotRecorded("no product page's prices were recorded")
    reduced = [visit for visit in visits if announced(visit, language_of(visit, shop))]
    if not reduced:
        raise NotApplicable("no product that was looked at announces a reduction")
    bare = [visit for visit in reduced if not _referenced(visit, shop)]
    yield Measure(value=round(1 - len(bare) / len(reduced), 4), unit="share", of=len(reduced))
    for visit in bare:
        language = language_of(visit, shop)
        shown = announced(visit, language)
        assert shown
        recommended = mentions(visit.texts.all if visit.texts else "", Concept.RECOMMENDED_PRICE, language)
        yield Problem(
            selector=shown.was.selector,
            box=shown.was.box,
            values={"price": shown.price.text, "was": shown.was.text},
            middle=True,
            certainty=Certainty.NEEDS_REVIEW if recommended or not understood(language) else Certainty.CERTAIN,
            page_key=visit.page.key,
            discriminator="lowest",
        )


def _referenced(visit: PageEvidence, shop: ShopEvidence) -> bool:
    text = f"{visit.texts.all}\n{visit.texts.folded}" if visit.texts else ""
    return mentions(text, Concept.LOWEST_PRICE, language_of(visit, shop)) is not None
