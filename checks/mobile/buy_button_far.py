"""MOB-009."""

from auditor.api import (
    Certainty,
    Controls,
    Device,
    Document,
    Judgement,
    Layout,
    Measure,
    NotApplicable,
    Problem,
    Severity,
    Template,
    Texts,
    _,
    check,
)
from auditor.reading.purchase import buy_button
from auditor.reading.visits import language_read

GOOD_SCREENS, POOR_SCREENS = 2.0, 3.0
"""Our bands: how many screens down the button begins."""


@check(
    id="mobile/buy-button-far",
    row="MOB-009",
    severity=Severity.MODERATE,
    templates={Template.PRODUCT},
    devices={Device.MOBILE},
    title=_("The buy button is far down the page on a phone"),
    why=_("A shopper who has decided has to scroll past everything else, and some do not find it at all."),
    fix=_("Move the buy button up to the price, or keep it at the edge of the screen."),
    found=_("The buy button is {screens} screens down, and does not stay in view"),
    source="https://baymard.com/blog/mobile-ux-ecommerce",
    scale="share",
)
def buy_button_far(
    controls: Controls, document: Document, texts: Texts, layout: Layout, *,
    good: float = GOOD_SCREENS, poor: float = POOR_SCREENS,
) -> Judgement:  # fmt: skip
    button = buy_button(controls, document, language_read(document, texts))
    if button is None or button.box is None:
        raise NotApplicable("no buy button was found on the page")
    # Where options come first, the shopper has to reach the first of them.
    options = [
        field.box.y
        for field in controls.fields
        if field.visible and field.box and field.region in ("main", "other") and field.type in ("radio", "select")
    ]
    top = min([button.box.y, *options]) if button.disabled else button.box.y
    # Other products have such a button too: the first one may be theirs where this product has none.
    twins = sum(other.visible and other.name == button.name for other in controls.buttons)
    screens = round(top / document.viewport_height, 1)
    yield Measure(value=screens, unit="screens")
    if screens > good and not any(layer.holds_buy_button for layer in layout.pinned):
        yield Problem(
            selector=button.selector,
            box=button.box,
            values={"screens": screens},
            middle=screens <= poor,
            certainty=Certainty.NEEDS_REVIEW if button.disabled or twins > 1 else Certainty.CERTAIN,
            discriminator="far",
        )
