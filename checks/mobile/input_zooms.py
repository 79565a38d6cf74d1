"""MOB-006."""

from auditor.api import (
    Controls,
    Device,
    Document,
    Judgement,
    NotApplicable,
    Page,
    Problem,
    Severity,
    Template,
    _,
    _n,
    check,
)
from auditor.reading.viewport import largest_zoom

LEAST_PX = 16
"""Safari on iPhones zooms the page when a field with smaller text gets the focus."""

_PRESSED = {"checkbox", "radio", "range", "color", "file", "submit", "button", "reset", "image", "hidden"}


@check(
    id="mobile/input-zooms",
    row="MOB-006",
    severity=Severity.MINOR,
    devices={Device.MOBILE},
    title=_("Fields make iPhones zoom the page"),
    why=_("The page jumps larger at the first tap into a field, and the shopper has to shrink it again."),
    fix=_("Set the text of form fields in 16 px or more."),
    found=_n(
        "{count} of {total} fields has small text: {font_px} px",
        "{count} of {total} fields have small text, down to {font_px} px",
    ),
    source="https://css-tricks.com/16px-or-larger-text-prevents-ios-form-zoom/",
)
def input_zooms(controls: Controls, document: Document, page: Page, *, least_px: float = LEAST_PX) -> Judgement:
    typed = [
        field for field in controls.fields
        if field.visible and not field.disabled and field.tag in ("input", "select", "textarea")
        and field.type.lower() not in _PRESSED
    ]  # fmt: skip
    if not typed:
        raise NotApplicable("the page shows no field to type into")
    if any(largest_zoom(content) == 1 for content in document.viewport_metas[-1:]):
        raise NotApplicable("the page forbids zooming, which is a finding of its own")
    small = [field for field in typed if field.font_px < least_px - 0.05]
    if small:
        yield Problem(
            selector=small[0].selector,
            box=small[0].box,
            values={"count": len(small), "total": len(typed), "font_px": round(min(f.font_px for f in small), 1)},
            middle=page.template not in (Template.CART, Template.CHECKOUT),
            discriminator="fields",
        )
