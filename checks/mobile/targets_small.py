"""MOB-004."""

from auditor.api import (
    Controls,
    Device,
    Document,
    Judgement,
    Measure,
    NotApplicable,
    Page,
    Problem,
    Severity,
    Targets,
    Template,
    _,
    check,
)
from auditor.reading.purchase import buy_button
from auditor.reading.target_size import pressable, too_small

PASS_SHARE = 0.95
POOR_SHARE = 0.85
"""Our bands."""

BUY_PX = 44
"""Apple's and WCAG 2.5.5's size for what matters most."""


@check(
    id="mobile/targets-small",
    row="MOB-004",
    severity=Severity.SERIOUS,
    devices={Device.MOBILE},
    title=_("Links and buttons are too small to hit"),
    why=_("A thumb that misses opens the wrong page; on the buy button it costs the order."),
    fix=_("Make targets at least 24 by 24 px, or keep them apart, and the buy button at least 44 px high."),
    found=_("{count} of {total} targets are too small and too close together"),
    found_as={"buy-button": _("The buy button is {buy_px} px high")},
    source="https://www.w3.org/WAI/WCAG22/Understanding/target-size-minimum",
    scale="share",
)
def targets_small(
    targets: Targets, controls: Controls | None, document: Document, page: Page, *,
    pass_share: float = PASS_SHARE, poor_share: float = POOR_SHARE, buy_px: float = BUY_PX,
) -> Judgement:  # fmt: skip
    total = len(pressable(targets.items))
    if not total:
        raise NotApplicable("the page has nothing to press")
    small = too_small(targets.items)
    share = 1 - len(small) / total
    buy = buy_button(controls, document) if controls and page.template is Template.PRODUCT else None
    height = buy.box.height if buy and buy.box else 0.0
    values = {"count": len(small), "total": total, "buy_px": round(height) or "-"}
    yield Measure(value=round(share, 4), unit="share", of=total)
    if share < pass_share:
        yield Problem(
            selector=small[0].selector, box=small[0].box, values=values, middle=share >= poor_share,
            discriminator="targets",
        )  # fmt: skip
    if buy and 0 < height < buy_px - 0.5:
        yield Problem(
            selector=buy.selector, box=buy.box, values=values, middle=share >= poor_share, discriminator="buy-button"
        )
