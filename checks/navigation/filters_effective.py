"""NAV-021."""

from auditor.api import Certainty, JourneyEvidence, Judgement, NotApplicable, NotRecorded, Problem, Severity, _, check
from auditor.reading.list_tries import lacks, listing_of


@check(
    id="navigation/filters-effective",
    row="NAV-021",
    severity=Severity.SERIOUS,
    journeys={"browse"},
    title=_("A filter does not do what it promises"),
    why=_("Shoppers trust a filtered list to be complete, see which filter is on, and share or reload its address."),
    fix=_("Make a filter narrow the list, show it as chosen with a way to take it off, and keep it in the address."),
    found=_("The filter “{value}” does not narrow the list to a part of it"),
    found_as={
        "empty": _("The filter “{value}”, with a count of {promised} beside it, leads to an empty list"),
        "shown": _("Nothing shows that the filter “{value}” is on"),
        "address": _("The filter “{value}” is gone when the page is loaded again"),
        "shown-and-address": _("Nothing shows that the filter “{value}” is on, and loading the page again loses it"),
    },
    source="https://baymard.com/blog/back-button-expectations",
)
def filters_effective(journey: JourneyEvidence) -> Judgement:
    listing = listing_of(journey)
    if not listing.facets:
        raise NotApplicable("the list has no filters")
    tries = [one for one in listing.filters if one.ended not in ("refused", "error")]
    if not tries:
        raise NotRecorded("no filter could be chosen")
    empty = next((tried for tried in tries if tried.ended == "empty" and tried.promised), None)
    one = empty or min(tries, key=lambda tried: len(lacks(tried)))
    missing = lacks(one)
    if missing:
        # A control may have been pressed that only looks like a filter, or a value that no product has.
        sure = one.ended == "applied" or len(tries) > 1 or one.promised is not None
        counted = one.ended == "empty" and one.promised
        yield Problem(
            values={"value": one.value, "promised": one.promised or 0},
            certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
            middle=len(missing) == 1 and missing != ("narrow",),
            discriminator="empty" if counted else "narrow" if "narrow" in missing else "-and-".join(missing),
            step=one.step,
        )
