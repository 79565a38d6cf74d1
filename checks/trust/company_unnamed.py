"""TRU-011."""

from auditor.api import (
    Certainty,
    Judgement,
    Measure,
    NotApplicable,
    NotRecorded,
    Problem,
    Severity,
    ShopEvidence,
    Template,
    _,
    check,
)
from auditor.lexicon import Concept
from auditor.reading.contact import emails
from auditor.reading.terms import ABOUT_THE_SHOP, KNOWN_MARKETS, identity, pages_about, unread_pages
from auditor.reading.visits import loaded


@check(
    id="trust/company-unnamed",
    row="TRU-011",
    severity=Severity.SERIOUS,
    title=_("The shop does not say who runs it"),
    why=_("Shoppers look for a name, an address and a number before they pay a shop they do not know."),
    fix=_("State legal name, postal address, registration or tax number and e-mail on the contact page and the terms."),
    shopwide=True,
    found=_("Not found on the pages that were looked at ({pages}): {missing}"),
    source="https://eur-lex.europa.eu/eli/dir/2000/31/oj",
    scored=False,
)
def company_unnamed(shop: ShopEvidence) -> Judgement:
    if shop.market not in KNOWN_MARKETS:
        raise NotApplicable("what companies state is not known for this market")
    visits = [visit for visit in loaded(shop, Template.HOME) if visit.texts]
    about = pages_about(shop, *ABOUT_THE_SHOP)
    if not visits:
        raise NotRecorded("the home page's text was not recorded")
    known = identity(shop)
    told = {
        "legal name": known.name,
        "postal address": known.address,
        "registration or tax number": known.number,
        "e-mail": any(address for visit in loaded(shop) for address in emails(visit)),
    }
    missing = [what for what, there in told.items() if not there]
    yield Measure(value=len(told) - len(missing), unit="facts", of=len(told))
    if missing:
        # Sole traders have no legal form; an imprint or terms that were not opened may hold it all.
        sure = (
            bool(about) and len(missing) > 1 and not unread_pages(shop, Concept.IMPRINT, Concept.TERMS, Concept.ABOUT)
        )
        yield Problem(
            values={"pages": len({visit.page.key for visit in (*visits, *about)}), "missing": ", ".join(missing)},
            middle=len(missing) == 1,
            certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
            discriminator="identity",
        )
