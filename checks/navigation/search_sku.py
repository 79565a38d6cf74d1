"""NAV-014."""

from auditor.api import Certainty, JourneyEvidence, Judgement, Measure, Problem, Severity, _, check
from auditor.reading.search_tries import answered, finds, inner_page

FIRST = 3


@check(
    id="navigation/search-sku",
    row="NAV-014",
    severity=Severity.MODERATE,
    journeys={"search"},
    title=_("The search does not find products by the code on their page"),
    why=_("Shoppers who reorder or compare copy the code that the page prints."),
    fix=_("Index article numbers, GTIN and model numbers, with and without their separators."),
    found=_("{missed} of {asked} printed codes did not bring their product, among them “{query}”"),
    source="https://baymard.com/blog/ecommerce-search-query-types",
    scale="share",
    shopwide=True,
)
def search_sku(journey: JourneyEvidence, *, first: int = FIRST) -> Judgement:
    tries = answered(journey, "sku")
    missed = [one for one in tries if not finds(journey, one, first)]
    yield Measure(value=1 - len(missed) / len(tries), unit="share", of=len(tries))
    if missed:
        shown = next((one for one in missed if one.step is not None), missed[0])
        inner = inner_page(journey)
        yield Problem(
            values={"missed": len(missed), "asked": len(tries), "query": shown.query},
            certainty=Certainty.NEEDS_REVIEW if inner else Certainty.CERTAIN,
            middle=len(missed) < len(tries),
            discriminator="codes",
            step=shown.step,
        )
