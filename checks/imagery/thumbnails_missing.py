"""IMG-013."""

from auditor.api import (
    AcrossDevices,
    Certainty,
    Judgement,
    NotApplicable,
    NotRecorded,
    Problem,
    Severity,
    Template,
    _,
    check,
)
from auditor.reading.gallery import distinct_pictures, gallery_of, stacked, thumbnails

FEWEST = 2


@check(
    id="imagery/thumbnails-missing",
    row="IMG-013",
    severity=Severity.MODERATE,
    templates={Template.PRODUCT},
    title=_("Further pictures are hidden behind dots or swipes"),
    why=_("Shoppers overlook pictures they cannot see; small previews show at a glance that there are more."),
    fix=_("Show a row of small previews under the main picture, on phones too."),
    found=_("{pictures} pictures, and no small previews on {where}"),
    source="https://baymard.com/blog/always-use-thumbnails-additional-images",
)
def thumbnails_missing(devices: AcrossDevices, *, fewest: int = FEWEST) -> Judgement:
    pages = (devices.mobile, devices.desktop)
    if any(page.images is None or page.document is None or page.renditions is None for page in pages):
        raise NotRecorded("the pictures of one device were not recorded")
    slides = min(len(gallery_of(page.images, page.renditions)) for page in pages if page.images and page.renditions)
    pictures = min(distinct_pictures(page) for page in pages)
    if slides < fewest or pictures < fewest:
        raise NotApplicable("the product has one picture in its gallery")
    bare = [page for page in pages if not thumbnails(page) and len(stacked(page)) < 1]
    if not bare or bare == [devices.desktop]:
        return
    both = len(bare) == len(pages)
    yield Problem(
        values={"pictures": pictures, "where": "phone and desktop" if both else "the phone"},
        middle=not both,
        certainty=Certainty.CERTAIN if both else Certainty.NEEDS_REVIEW,
        discriminator="both" if both else "phone",
    )
