"""A11Y-003."""

from auditor.api import (
    Accessibility,
    Certainty,
    Controls,
    Document,
    Judgement,
    Layout,
    Measure,
    Problem,
    Severity,
    Template,
    Texts,
    _,
    check,
)
from auditor.reading.contrast import money_contrast, place_of, ratio_of
from auditor.reading.visits import language_read


@check(
    id="accessibility/contrast-low",
    row="A11Y-003",
    severity=Severity.SERIOUS,
    templates={Template.PRODUCT, Template.CART, Template.CHECKOUT},
    title=_("Price, buy button or stock can hardly be read"),
    why=_("In sunlight, on a cheap screen or with tired eyes, pale text is no text; here it costs the order."),
    fix=_("Raise the contrast to 4.5:1, or 3:1 for large text."),
    found=_("The {what} has a contrast of {ratio} to 1"),
    found_as={"unmeasured": _("The contrast of the {what} could not be measured: look whether it can be read")},
    source="https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum",
)
def contrast_low(
    accessibility: Accessibility, controls: Controls, document: Document, texts: Texts, layout: Layout | None
) -> Judgement:
    language = language_read(document, texts)
    pale = money_contrast(accessibility, controls, document, texts, language)
    unknown = money_contrast(accessibility, controls, document, texts, language, unsure=True)
    yield Measure(value=len(pale), unit="texts")
    for certainty, found in ((Certainty.CERTAIN, pale), (Certainty.NEEDS_REVIEW, unknown)):
        for what in dict.fromkeys(kind for kind, _node in found):
            node = next(node for kind, node in found if kind == what)
            yield Problem(
                selector=node.selector,
                box=place_of(node, controls, layout),
                values={"what": what, "ratio": ratio_of(node) or "?"},
                certainty=certainty,
                discriminator=what if ratio_of(node) else f"unmeasured:{what}",
            )
