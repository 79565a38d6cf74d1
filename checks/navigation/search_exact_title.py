"""NAV-013."""

from auditor.api import Certainty, JourneyEvidence, Judgement, Measure, NotRecorded, Problem, Severity, _, check
from auditor.reading.search_tries import answered, finds, inner_page

FIRST = 10
FEWEST = 2
"""Fewer products say nothing of the search (row NAV-013 asks for five)."""


@check(
    id="navigation/search-exact-title",
    row="NAV-013",
    severity=Severity.SERIOUS,
    journeys={"search"},
    title=_("The search does not find products by their own name"),
    why=_("Shoppers type or paste a name they know, and take a search without it for a shop without the product."),
    fix=_("Index product names in full, ignore punctuation, and rank an exact name before partial matches."),
    found=_("{missed} of {asked} product names did not bring their product, among them “{query}”"),
    found_as={
        "inner": _(
            "{missed} of {asked} product names did not bring their product, among them “{query}”; the home page has no "
            "search field, and that of {page} may search a part of the shop only"
        )
    },
    source="https://baymard.com/blog/ecommerce-search-query-types",
    scale="share",
    shopwide=True,
)
def search_exact_title(journey: JourneyEvidence, *, first: int = FIRST) -> Judgement:
    tries = answered(journey, "exact-title", "short-title")
    products = dict.fromkeys(one.stands_for for one in tries if one.kind == "exact-title")
    if len(products) < FEWEST:
        raise NotRecorded("fewer than two product names were asked for")
    found = {one.stands_for for one in tries if finds(journey, one, first)}
    missed = [one for one in tries if one.kind == "exact-title" and one.stands_for not in found]
    yield Measure(value=1 - len(missed) / len(products), unit="share", of=len(products))
    if missed:
        shown = next((one for one in missed if one.step is not None), missed[0])
        inner = inner_page(journey)
        values = {"missed": len(missed), "asked": len(products), "query": shown.query}
        yield Problem(
            values={**values, "page": inner} if inner else values,
            certainty=Certainty.NEEDS_REVIEW if inner else Certainty.CERTAIN,
            middle=len(missed) == 1,
            discriminator="inner" if inner else "titles",
            step=shown.step,
        )
