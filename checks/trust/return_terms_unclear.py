"""TRU-007."""

from auditor.api import Certainty, Judgement, NotRecorded, Problem, Severity, ShopEvidence, _, check
from auditor.lexicon import Concept
from auditor.reading.main_text import lines_about
from auditor.reading.markets import EUROPEAN_UNION, sells_in
from auditor.reading.promises import return_days
from auditor.reading.terms import pages_about, says_how_to_return, text_about
from auditor.reading.visits import understood

EU_DAYS, IRAN_DAYS = 14, 7
"""Directive 2011/83/EU, art. 9; Iran's Electronic Commerce Act, art. 37 (working days)."""

ENOUGH_LETTERS = 120
"""Two sentences; a page with less has its terms elsewhere, in a file or behind a link (our band)."""


@check(
    id="trust/return-terms-unclear",
    row="TRU-007",
    severity=Severity.SERIOUS,
    title=_("The return terms leave out how long, who pays or how"),
    why=_("Shoppers read the return terms before they buy; what is left out they take for the worst."),
    fix=_("State the number of days, who pays for the parcel, and how a return begins, on one page."),
    found=_("On the page about returns no {missing} was found; days: {days} (“{sentence}”)"),
    found_as={
        "undated": _("On the page about returns no {missing} was found"),
        "short": _("{days} days were found; {least} are usual in this market (“{sentence}”)"),
    },
    source="https://eur-lex.europa.eu/eli/dir/2011/83/oj",
    scored=False,
)
def return_terms_unclear(shop: ShopEvidence) -> Judgement:
    pages = pages_about(shop, Concept.RETURNS)
    text = text_about(shop, Concept.RETURNS)
    if sum(letter.isalpha() for letter in text) < ENOUGH_LETTERS:
        raise NotRecorded("no page about returns was visited")
    language = shop.language
    found = return_days(text, language)
    least = EU_DAYS if sells_in(shop, EUROPEAN_UNION) else IRAN_DAYS if shop.market == "IR" else 0
    lacks = {
        "number of days": found is None,
        "word on who pays": not lines_about(text, Concept.RETURN_COST, language),
        "way to begin": not says_how_to_return(text, language),
    }
    missing = [what for what, lacking in lacks.items() if lacking]
    values = {
        "missing": ", ".join(missing) or "-", "days": found[0] if found else "-", "least": least,
        "sentence": found[1][:160] if found else "-",
    }  # fmt: skip
    doubt = Certainty.CERTAIN if understood(language) else Certainty.NEEDS_REVIEW
    if found and found[0] < least:
        yield Problem(
            values=values, certainty=Certainty.NEEDS_REVIEW, page_key=pages[0].page.key, discriminator="short"
        )
    elif missing:
        yield Problem(
            values=values,
            middle=found is not None,
            certainty=doubt,
            page_key=pages[0].page.key,
            discriminator="missing" if found else "undated",
        )
