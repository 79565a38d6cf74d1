"""IMG-004."""

from auditor.api import (
    Certainty,
    Device,
    Judgement,
    NotRecorded,
    Problem,
    Renditions,
    Severity,
    Template,
    Trials,
    _,
    check,
)
from auditor.reading.trials import ENOUGH, LARGE_PX, larger_file_named, larger_view


@check(
    id="imagery/no-zoom",
    row="IMG-004",
    severity=Severity.MODERATE,
    templates={Template.PRODUCT},
    devices={Device.DESKTOP},
    title=_("The main picture cannot be seen larger"),
    why=_("Shoppers zoom in to judge material and finish; who cannot look closer buys elsewhere or sends it back."),
    fix=_("Open a file of at least 1500 px when the main picture is pressed or pointed at."),
    found=_("Pointed at and pressed, the picture of {shown} px appears no larger"),
    found_as={"same": _("Pressed, the picture of {shown} px opens a view of {view} px")},
    source="https://baymard.com/blog/ensure-sufficient-image-resolution-and-zoom",
)
def no_zoom(
    trials: Trials, renditions: Renditions | None, *, enough: float = ENOUGH, large_px: int = LARGE_PX
) -> Judgement:
    zoom = trials.zoom
    if zoom is None:
        raise NotRecorded("no main picture was found to be tried")
    if zoom.file_px >= large_px or larger_view(zoom, enough):
        return
    if not zoom.tried:
        raise NotRecorded("the main picture was not pressed")
    opened = zoom.view_px > 0
    # A larger file is named for a zoom, or a request was kept back: a script may have waited for something of ours.
    unsure = bool(zoom.refused) or larger_file_named(renditions, zoom, enough)
    yield Problem(
        selector=zoom.selector,
        values={"shown": round(zoom.shown_px), "view": round(zoom.view_px)},
        middle=opened,
        certainty=Certainty.NEEDS_REVIEW if unsure else Certainty.CERTAIN,
        discriminator="same" if opened else "none",
    )
