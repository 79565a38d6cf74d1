"""IMG-002."""

from auditor.api import (
    Certainty,
    Document,
    Images,
    Judgement,
    Measure,
    NotApplicable,
    NotRecorded,
    Problem,
    Renditions,
    Severity,
    Template,
    _,
    check,
)
from auditor.reading.pictures import main_image, of_main_picture
from auditor.reading.placeholders import larger_may_exist, named_as_placeholder

GOOD_PX = 1500
POOR_PX = 1000
"""Google Merchant Center advises 1500; Amazon's zoom needs 1000."""

LEAST_PX = 500
"""Google Merchant Center's minimum from 2027-01-31."""


@check(
    id="imagery/resolution-low",
    row="IMG-002",
    severity=Severity.SERIOUS,
    templates={Template.PRODUCT},
    title=_("Product pictures are too small to look at closely"),
    why=_("Shoppers judge material and workmanship by zooming in; a coarse picture hides both."),
    fix=_("Offer the main picture with a longest edge of 1500 px or more."),
    found=_("The largest file offered is {width} by {height} px"),
    source="https://support.google.com/merchants/answer/6324350",
    scale="share",
)
def resolution_low(
    renditions: Renditions, images: Images, document: Document, *, good_px: int = GOOD_PX, poor_px: int = POOR_PX
) -> Judgement:
    main = main_image(images, document)
    if main and (not main.loaded or named_as_placeholder(main, document.lang)):
        raise NotApplicable("the product has no real picture, which is a finding of its own")
    offered = of_main_picture(renditions)
    if not offered:
        raise NotRecorded("no file of the main picture could be read")
    largest = max(offered, key=lambda item: max(item.width, item.height))
    edge = max(largest.width, largest.height)
    yield Measure(value=edge, unit="px")
    if edge < good_px:
        yield Problem(
            selector=main.selector if main else None,
            box=main.box if main else None,
            values={"width": largest.width, "height": largest.height},
            middle=edge >= poor_px,
            severity=Severity.CRITICAL if edge < LEAST_PX else None,
            certainty=Certainty.NEEDS_REVIEW if larger_may_exist(renditions, main) else Certainty.CERTAIN,
            discriminator="resolution",
        )
