"""IMG-007."""

from auditor.api import Judgement, Measure, NotRecorded, Problem, Severity, Template, TemplateEvidence, _, check
from auditor.reading.gallery import looks, median

LEAST_PRODUCTS = 5
"""Fewer pictures do not show what is usual in a shop."""

OUTLIER = 0.5
"""An edge half as sharp as usual in this shop, at one size for all (our band): never an absolute limit."""

MANY = 0.2
LARGE_PX = 500


@check(
    id="imagery/out-of-focus",
    row="IMG-007",
    severity=Severity.MODERATE,
    templates={Template.PRODUCT},
    title=_("Main pictures are blurred, unlike others of the shop"),
    why=_("A blurred photograph beside sharp ones makes a product look cheap, and its material cannot be judged."),
    fix=_("Photograph these products again in focus, or upload the file that was not enlarged."),
    found=_("Edges are {share} % as sharp as is usual in this shop ({blurred} of {total} main pictures)"),
    source="https://support.google.com/merchants/answer/6324350",
    scale="share",
)
def out_of_focus(evidence: TemplateEvidence, *, outlier: float = OUTLIER, many: float = MANY) -> Judgement:
    seen = [
        (page, look.sharpness)
        for page, look in looks(evidence.pages)
        if look.sharpness is not None and max(look.width, look.height) >= LARGE_PX
    ]
    if len(seen) < LEAST_PRODUCTS:
        raise NotRecorded(f"{len(seen)} main pictures are too few to tell what is usual in this shop")
    usual = median([sharpness for _page, sharpness in seen])
    blurred = [(page, sharpness) for page, sharpness in seen if sharpness < outlier * usual]
    yield Measure(value=round(1 - len(blurred) / len(seen), 4), unit="share", of=len(seen))
    for page, sharpness in blurred:
        yield Problem(
            values={"share": round(100 * sharpness / usual), "blurred": len(blurred), "total": len(seen)},
            middle=len(blurred) <= many * len(seen),
            page_key=page.page.key,
            discriminator="blur",
        )
