"""IMG-010."""

from auditor.api import (
    Document,
    Images,
    Judgement,
    Measure,
    NotApplicable,
    Problem,
    Renditions,
    Severity,
    Template,
    _,
    check,
)
from auditor.reading.pictures import main_image, of_main_picture

GOOD_SHARE, POOR_SHARE = 0.6, 0.4
"""Amazon asks for 85 % of the frame; our bands leave room for long and flat things."""

PLAIN = 0.97


@check(
    id="imagery/object-small",
    row="IMG-010",
    severity=Severity.MODERATE,
    templates={Template.PRODUCT},
    title=_("The product fills little of its picture"),
    why=_("A product lost in a white field shows no detail, and looks smaller than its neighbours in every list."),
    fix=_("Crop main pictures so that the product fills about 85 % of the frame."),
    found=_("On its plain background the product spans {share} % of the frame"),
    source="https://sellercentral.amazon.com/help/hub/reference/G1881",
    scale="share",
)
def object_small(
    renditions: Renditions, images: Images, document: Document, *,
    good_share: float = GOOD_SHARE, poor_share: float = POOR_SHARE,
) -> Judgement:  # fmt: skip
    offered = of_main_picture(renditions)
    largest = max(offered, key=lambda item: max(item.width, item.height), default=None)
    if largest is None or largest.fill is None or (largest.plain or 0) < PLAIN:
        raise NotApplicable("the main picture has no plain background")
    main = main_image(images, document)
    yield Measure(value=largest.fill, unit="share")
    if largest.fill < good_share:
        yield Problem(
            selector=main.selector if main else None,
            box=main.box if main else None,
            values={"share": round(100 * largest.fill)},
            middle=largest.fill >= poor_share,
            discriminator="fill",
        )
