"""NAV-015."""

from auditor.api import JourneyEvidence, Judgement, Measure, NotRecorded, Problem, Severity, _, check
from auditor.reading.search_tries import answered, pairs, recovers

GOOD, POOR = 0.8, 0.5
FEWEST = 4
"""Fewer misspelt words would judge the search by chance. Our proposal."""


@check(
    id="navigation/search-typo",
    row="NAV-015",
    severity=Severity.SERIOUS,
    journeys={"search"},
    title=_("The search does not understand a slip of the finger"),
    why=_("On a phone every other query has a typo, and an empty page reads as “we do not sell this”."),
    fix=_("Let the search accept one wrong letter in words of five or more, or offer the right word to press."),
    found=_("{missed} of {asked} words with one wrong letter led nowhere: “{query}” for “{clean}”"),
    source="https://baymard.com/blog/autocomplete-design",
    scale="share",
    shopwide=True,
)
def search_typo(journey: JourneyEvidence, *, good: float = GOOD, poor: float = POOR) -> Judgement:
    answered(journey, "typo")
    found = list(pairs(journey, "typo"))
    if len(found) < FEWEST:
        raise NotRecorded(f"too few misspelt words could be compared with the right one: {len(found)}")
    missed = [pair.other for pair in found if not recovers(pair)]
    share = 1 - len(missed) / len(found)
    yield Measure(value=share, unit="share", of=len(found))
    if share < good:
        shown = next((one for one in missed if one.step is not None), missed[0])
        yield Problem(
            values={"missed": len(missed), "asked": len(found), "query": shown.query, "clean": shown.stands_for},
            middle=share >= poor,
            discriminator="typos",
            step=shown.step,
        )
