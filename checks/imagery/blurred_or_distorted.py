"""IMG-005."""

from auditor.api import Document, Images, Judgement, Measure, NotApplicable, Problem, Severity, Template, _, check
from auditor.reading.fit import device_pixel_steps, is_blurred, is_distorted, judged_for_fit
from auditor.reading.pictures import main_image, worst_first

PASS_SHARE, POOR_SHARE = 0.95, 0.85
"""Our bands."""


@check(
    id="imagery/blurred-or-distorted",
    row="IMG-005",
    severity=Severity.MODERATE,
    templates={Template.HOME, Template.CATEGORY, Template.PRODUCT, Template.SEARCH, Template.CART},
    title=_("Pictures are shown blurred or out of shape"),
    why=_("A blurred or squeezed picture makes the product look worse than it is."),
    fix=_("Send files of at least the shown size times the screen's density, and keep their proportions."),
    found=_("Pictures {what}: {count} of {total}, such as one of {natural} px shown at {shown}"),
    source="https://developer.chrome.com/docs/lighthouse/best-practices/image-size-responsive",
    scale="share",
)
def blurred_or_distorted(
    images: Images, document: Document, *, pass_share: float = PASS_SHARE, poor_share: float = POOR_SHARE
) -> Judgement:
    shown = judged_for_fit(images)
    if not shown:
        raise NotApplicable("the page shows no picture with a size of its own")
    density = device_pixel_steps(document.dpr)
    blurred = [image for image in shown if is_blurred(image, density)]
    distorted = [image for image in shown if is_distorted(image)]
    fine = sum(image not in blurred and image not in distorted for image in shown)
    yield Measure(value=round(fine / len(shown), 4), unit="share", of=len(shown))
    main = main_image(images, document)
    for what, bad in (("blurred", blurred), ("distorted", distorted)):
        share = 1 - len(bad) / len(shown)
        if share < pass_share or main in bad:
            worst = worst_first(bad)[0]
            values = {
                "count": len(bad), "total": len(shown), "what": what,
                "natural": f"{worst.natural_width}×{worst.natural_height}",
                "shown": f"{worst.shown_width:.0f}×{worst.shown_height:.0f}",
            }  # fmt: skip
            yield Problem(
                selector=worst.selector, box=worst.box, values=values, discriminator=what, middle=share >= poor_share
            )
