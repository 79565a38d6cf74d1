"""IMG-009."""

from collections import Counter

from auditor.api import Document, Images, Judgement, Measure, NotApplicable, Problem, Severity, Template, _, check
from auditor.reading.gallery import shown_ratio
from auditor.reading.pictures import card_images

FEWEST = 6
"""Fewer product pictures make no grid."""

PASS_SHARE, POOR_SHARE = 0.9, 0.7
"""Our bands; a wall of pictures in free sizes may be meant, so that the finding stays a mild one."""

STEP = 0.06
"""Ratios this close look alike."""


@check(
    id="imagery/grid-uneven",
    row="IMG-009",
    severity=Severity.MODERATE,
    templates={Template.CATEGORY, Template.SEARCH},
    title=_("Pictures in the list have different shapes"),
    why=_("In an uneven grid the eye jumps, and products are harder to compare."),
    fix=_("Bring the pictures of a list to one format, by cropping or by a plain margin."),
    found=_("{share} % of {total} product pictures share one format (from {tallest} to {widest} in width to height)"),
    source="https://support.google.com/merchants/answer/6324350",
    scale="share",
)
def grid_uneven(images: Images, document: Document, *, pass_share: float = PASS_SHARE) -> Judgement:
    cards = [image for image in card_images(images, document) if image.loaded and image.shown_height > 0]
    ratios = {image.selector: shown_ratio(image) for image in cards}
    if len(cards) < FEWEST:
        raise NotApplicable(f"the page shows {len(cards)} pictures of products")
    alike = {one: sum(abs(other / one - 1) <= STEP for other in ratios.values()) for one in ratios.values()}
    common = max(alike, key=lambda ratio: alike[ratio])
    share = alike[common] / len(ratios)
    yield Measure(value=round(share, 4), unit="share", of=len(ratios))
    if share < pass_share:
        odd = max(cards, key=lambda image: abs(ratios[image.selector] / common - 1))
        kinds = Counter(round(ratio, 2) for ratio in ratios.values())
        values = {
            "share": round(100 * share), "total": len(ratios), "tallest": min(kinds), "widest": max(kinds),
        }  # fmt: skip
        yield Problem(
            selector=odd.selector, box=odd.box, values=values, middle=True, discriminator="formats",
            severity=Severity.MINOR if share >= POOR_SHARE else None,
        )  # fmt: skip
