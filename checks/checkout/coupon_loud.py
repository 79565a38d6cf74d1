"""CHK-017."""

from auditor.api import JourneyEvidence, Judgement, NotApplicable, Problem, Severity, StepIntent, _, check
from auditor.reading.checkout_steps import need, noted


@check(
    id="checkout/coupon-loud",
    row="CHK-017",
    severity=Severity.MINOR,
    title=_("An open field for a code sends shoppers off to look for one"),
    why=_("Whoever has no code learns that others pay less, and leaves the shop to search for one."),
    fix=_("Hide the field behind a link such as “I have a code”, below the total."),
    found=_("The field for a code stands open"),
    found_as={"above": _("The field for a code stands open above the total")},
    source="https://baymard.com/research/checkout-usability",
)
def coupon_loud(journey: JourneyEvidence) -> Judgement:
    first = need(journey, StepIntent.OPEN_CART)
    pages = [page for page in noted(journey).pages if page.step >= first]
    if not any(page.coupons or page.coupon_opener for page in pages):
        raise NotApplicable("neither cart nor checkout takes a code")
    for page in pages:
        field = next((one for one in page.coupons if one.shown and one.box), None)
        if field is None or field.box is None:
            continue
        above = page.total_y is not None and field.box.y < page.total_y
        yield Problem(
            selector=field.selector,
            box=field.box,
            step=page.step,
            middle=not above,
            discriminator="above" if above else "open",
        )
        return
