"""TRU-008."""

from auditor.api import Certainty, Judgement, NotApplicable, NotRecorded, Problem, Severity, ShopEvidence, _, check
from auditor.lexicon import Concept
from auditor.reading.markets import EUROPEAN_UNION, sells_in
from auditor.reading.service import names, says
from auditor.reading.visits import loaded, understood

IN_FORCE = "2026-06-19"
"""Directive (EU) 2023/2673: article 11a of Directive 2011/83/EU applies from this day."""


@check(
    id="trust/withdrawal-function-missing",
    row="TRU-008",
    severity=Severity.SERIOUS,
    title=_("No function to withdraw from the contract was found"),
    why=_("From 19 June 2026 shops in the Union offer a labelled function by which a contract can be withdrawn from."),
    fix=_("Link a function named “withdraw from contract here” from every page, usable without an account."),
    shopwide=True,
    found=_("No link or button to withdraw from a contract was found on the pages that were looked at"),
    source="https://eur-lex.europa.eu/eli/dir/2023/2673/oj",
    scored=False,
)
def withdrawal_function_missing(shop: ShopEvidence) -> Judgement:
    if not sells_in(shop, EUROPEAN_UNION):
        raise NotApplicable("the shop does not evidently sell in the European Union")
    visits = [visit for visit in loaded(shop) if visit.links and visit.texts]
    if not visits:
        raise NotRecorded("no page's links were recorded")
    if max(visit.visit.started_at for visit in visits).date().isoformat() < IN_FORCE:
        raise NotApplicable("the duty applies from 19 June 2026")
    if names(shop, Concept.WITHDRAW):
        return
    # It may stand in the customer's account, or be told of in a sentence only.
    account = names(shop, Concept.LOG_IN) or names(shop, Concept.ACCOUNT)
    doubt = bool(account) or bool(says(shop, Concept.WITHDRAW)) or not understood(shop.language)
    yield Problem(certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN, discriminator="function")
