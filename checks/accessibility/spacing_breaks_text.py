"""A11Y-008."""

from auditor.api import Judgement, Measure, NotApplicable, Problem, Severity, Spacing, Template, _, check

FEW = 3
"""Up to so many are the middle band (row A11Y-008)."""


@check(
    id="accessibility/spacing-breaks-text",
    row="A11Y-008",
    severity=Severity.MINOR,
    templates={Template.HOME, Template.CATEGORY, Template.PRODUCT, Template.CART, Template.CHECKOUT},
    title=_("Texts are cut off when their spacing is widened"),
    why=_("Shoppers with weak sight or dyslexia set letters and lines wider, and then lose prices and buttons."),
    fix=_("Let boxes with text grow: take out fixed heights and “overflow: hidden” around it."),
    found=_("Texts cut off or overlapping with wider spacing: {count}, such as “{text}”"),
    source="https://www.w3.org/WAI/WCAG22/Understanding/text-spacing",
)
def spacing_breaks_text(spacing: Spacing, *, few: int = FEW) -> Judgement:
    if not spacing.texts:
        raise NotApplicable("the page has no cards, forms or buttons with text")
    yield Measure(value=len(spacing.items), unit="texts", of=spacing.texts)
    if spacing.items:
        first = spacing.items[0]
        yield Problem(
            selector=first.selector,
            box=first.box,
            values={"count": len(spacing.items), "text": first.text[:60]},
            middle=len(spacing.items) <= few,
            discriminator="lost",
        )
