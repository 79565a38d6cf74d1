"""NAV-024."""

from auditor.api import BackTry, Certainty, Device, JourneyEvidence, Judgement, NotRecorded, Problem, Severity, _, check
from auditor.reading.list_tries import listing_of

NEAR = 1.0
"""Viewports from the view within which a product is found again (row NAV-024)."""
SCROLLED = 1.0


@check(
    id="navigation/back-restores-list",
    row="NAV-024",
    severity=Severity.SERIOUS,
    journeys={"browse"},
    title=_("Back from a product does not lead to where the shopper was"),
    why=_("Shoppers look at one product after another, and give up when each Back costs filter and place again."),
    fix=_("Keep filter and page of a list in its address, and restore the scroll position when Back is pressed."),
    found=_("Back from a product leads to another list than before"),
    found_as={
        "filter": _("Back from a product leads to the list without the filter that was on"),
        "place": _("Back from a product leads to the list, with the product out of view"),
        "layer": _("Back leaves the page instead of closing “{layer}”"),
    },
    source="https://baymard.com/blog/back-button-expectations",
)
def back_restores_list(journey: JourneyEvidence) -> Judgement:
    listing = listing_of(journey)
    if not listing.backs and listing.overlay is None:
        raise NotRecorded("no product was opened from the list")
    for kind, one in {kind: one for one in reversed(listing.backs) if (kind := _lost(one))}.items():
        # Other browsers keep the page as it was and show it again, unless it forbids them to.
        sure = one.cacheable is False
        yield Problem(
            values={"layer": ""},
            certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
            middle=kind == "place",
            discriminator=kind,
            step=one.step,
        )
    layer = listing.overlay
    if layer is not None and layer.left_page and journey.device is Device.MOBILE:
        yield Problem(values={"layer": layer.name}, middle=True, discriminator="layer", step=layer.step)


def _lost(one: BackTry) -> str:
    if one.filtered and one.filter_back is False:
        return "filter"
    if one.list_back is False and not one.filter_back:
        return "list"
    away = one.offset is None or one.offset > NEAR
    return "place" if away and one.scrolled >= SCROLLED else ""
