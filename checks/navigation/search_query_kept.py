"""NAV-018."""

from auditor.api import Device, JourneyEvidence, Judgement, NotRecorded, Problem, Severity, _, check

FEWEST = 2
LOST = 0.5


@check(
    id="navigation/search-query-kept",
    row="NAV-018",
    severity=Severity.MODERATE,
    journeys={"search"},
    title=_("The search field forgets what was asked"),
    why=_("Shoppers refine a query by changing a word of it, and must type all of it again."),
    fix=_("Keep the query in the search field of the result page, also where the field is folded on a phone."),
    found=_("On {device}, {lost} of {asked} result pages had an empty search field, or another text in it"),
    source="https://baymard.com/blog/persist-search-query",
    shopwide=True,
)
def search_query_kept(journey: JourneyEvidence) -> Judgement:
    tries = [one for one in journey.searches if one.query_kept is not None]
    if len(tries) < FEWEST:
        raise NotRecorded(journey.note or "no result page with a search field was seen")
    lost = [one for one in tries if not one.query_kept]
    if len(lost) >= LOST * len(tries):
        shown = next((one for one in lost if one.step is not None), lost[0])
        yield Problem(
            values={"device": journey.device.value, "lost": len(lost), "asked": len(tries)},
            middle=journey.device is Device.MOBILE,
            discriminator=f"lost:{journey.device}",
            step=shown.step,
        )
